"""Wires the questions about the whole portfolio: a part of the composition root."""

from collections.abc import Sequence

from fastapi import APIRouter

from radar_chassis.access.guard import Access
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.entrypoints.features_api import features_router
from radar_health_score.entrypoints.funnel_api import funnel_router
from radar_health_score.entrypoints.growth_api import growth_router
from radar_health_score.entrypoints.losses_api import losses_router
from radar_health_score.entrypoints.portfolio_api import portfolio_router
from radar_health_score.entrypoints.portfolio_forecast_api import portfolio_forecast_router
from radar_health_score.entrypoints.requests_api import requests_router
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.funnel_rows import FunnelRows
from radar_health_score.repositories.renewal_lists import RenewalLists
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.portfolio.feature_scan import FeatureScan
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.cohorts import CohortQueries
from radar_health_score.service.queries.features import FeatureQueries
from radar_health_score.service.queries.funnel import FunnelQueries
from radar_health_score.service.queries.growth import GrowthQueries
from radar_health_score.service.queries.losses import LossQueries
from radar_health_score.service.queries.portfolio import PortfolioQueries
from radar_health_score.service.queries.portfolio_forecast import PortfolioForecastQueries
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.requests import RequestQueries
from radar_health_score.service.state.account_records import AccountRecordsReader
from radar_health_score.settings import Settings


def portfolio_routes(
    settings: Settings,
    context: QueryContext,
    bulk: Bulk,
    workspace: WorkspaceSettings,
    rates: Rates,
    access: Access,
) -> Sequence[APIRouter]:
    """Return the routes whose answers take a scan of all accounts."""
    rows = ScanRows(bulk)
    records = AccountRecordsReader(rows=context.rows, scan=rows, days=context.reader.days)
    scan = PortfolioScan(database=context.database, records=records, clock=context.clock, rates=rates)
    features = FeatureScan(
        database=context.database,
        rows=context.rows,
        scan=rows,
        records=records,
        rates=rates,
        clock=context.clock,
        is_key=workspace.is_key,
    )
    health = settings.health
    return (
        portfolio_router(PortfolioQueries(context, scan, health.cac), access),
        growth_router(CohortQueries(context, scan), GrowthQueries(context, scan, health.growth_from), access),
        funnel_router(FunnelQueries(context, FunnelRows()), access),
        losses_router(LossQueries(context, scan), access),
        portfolio_forecast_router(PortfolioForecastQueries(context, RenewalLists(), scan), access),
        requests_router(RequestQueries(scan), access),
        features_router(FeatureQueries(features), access),
    )
