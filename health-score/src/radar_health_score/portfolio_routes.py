"""Wires the questions about the whole portfolio: a part of the composition root."""

from collections.abc import Sequence

from fastapi import APIRouter

from radar_chassis.access.guard import Access
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.rules import WorkspaceRules
from radar_health_score.entrypoints.features_api import features_router
from radar_health_score.entrypoints.funnel_api import funnel_router
from radar_health_score.entrypoints.growth_api import growth_router
from radar_health_score.entrypoints.losses_api import losses_router
from radar_health_score.entrypoints.outlook_api import outlook_router
from radar_health_score.entrypoints.portfolio_api import portfolio_router
from radar_health_score.entrypoints.requests_api import requests_router
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.funnel_rows import FunnelRows
from radar_health_score.repositories.renewal_lists import RenewalLists
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.portfolio.feature_scan import FeatureScan
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.cohorts import CohortQueries
from radar_health_score.service.queries.desk import Desk
from radar_health_score.service.queries.features import FeatureQueries
from radar_health_score.service.queries.funnel import FunnelQueries
from radar_health_score.service.queries.growth import GrowthQueries
from radar_health_score.service.queries.losses import LossQueries
from radar_health_score.service.queries.outlook import OutlookQueries
from radar_health_score.service.queries.portfolio import PortfolioQueries
from radar_health_score.service.queries.requests import RequestQueries
from radar_health_score.service.state.paper import PaperReader
from radar_health_score.settings import Settings


def portfolio_routes(
    settings: Settings, desk: Desk, bulk: Bulk, rules: WorkspaceRules, rates: Rates, access: Access
) -> Sequence[APIRouter]:
    """Return the routes whose answers take a scan of all accounts."""
    rows = ScanRows(bulk)
    paper = PaperReader(rows=desk.rows, scan=rows, days=desk.reader.days)
    scan = PortfolioScan(database=desk.database, paper=paper, clock=desk.clock, rates=rates)
    features = FeatureScan(
        database=desk.database,
        rows=desk.rows,
        scan=rows,
        paper=paper,
        rates=rates,
        clock=desk.clock,
        is_key=rules.is_key,
    )
    health = settings.health
    return (
        portfolio_router(PortfolioQueries(desk, scan, health.cac), access),
        growth_router(CohortQueries(desk, scan), GrowthQueries(desk, scan, health.growth_from), access),
        funnel_router(FunnelQueries(desk, FunnelRows()), access),
        losses_router(LossQueries(desk, scan), access),
        outlook_router(OutlookQueries(desk, RenewalLists(), scan), access),
        requests_router(RequestQueries(scan), access),
        features_router(FeatureQueries(features), access),
    )
