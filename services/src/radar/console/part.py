"""Wires the console: a part of a process like any service, without tasks and without a store."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import httpx2

from radar.console.alerts_api import AlertsApi
from radar.console.authentication import Authentication
from radar.console.health_api import HealthApi
from radar.console.pages import (
    account,
    alert_forms,
    alerts,
    assets,
    backtests,
    economics,
    features,
    growth,
    language,
    messages,
    metric,
    overrides,
    portfolio,
    renewals,
    sign_in,
)
from radar.console.pages.page_context import PageContext
from radar.console.rendering import Renderer
from radar.console.sessions import KeyVerifier, Sessions
from radar.settings import Settings
from radar_chassis.clock import Clock
from radar_chassis.http.part import Part


def part(
    settings: Settings,
    *,
    health: httpx2.AsyncClient,
    alerts_client: httpx2.AsyncClient,
    key: str,
    keys: KeyVerifier,
    clock: Clock,
    open_on_loopback: bool = False,
    close: Callable[[], None] = lambda: None,
) -> Part:
    """Return the console.

    Args:
        settings: ``time_zone`` is the pages' zone; ``ingest_url`` is shown to who has no account yet.
        health: asks the health-score service: its base URL, or a transport onto the app itself.
        alerts_client: asks the alerts service likewise.
        key: the console's own API key, with the scopes read and act.
        keys: knows the API keys people sign in with.
        clock: tells the time.
        open_on_loopback: let browsers on this machine in without a key. Only where the process listens on the
            loopback address alone.
        close: lets go of what the clients hold.
    """
    context = PageContext(
        health=HealthApi(health, key=key, service="health-score"),
        alerts=AlertsApi(alerts_client, key=key, service="alerts"),
        authentication=Authentication(
            keys,
            Sessions(own_key=key, clock=clock),
            own_key=key,
            open_on_loopback=open_on_loopback,
        ),
        renderer=Renderer(ZoneInfo(settings.time_zone)),
        clock=clock,
        events_url=settings.ingest_url,
    )
    pages = (
        portfolio,
        account,
        metric,
        alerts,
        alert_forms,
        overrides,
        renewals,
        backtests,
        economics,
        growth,
        features,
        language,
        messages,
        sign_in,
        assets,
    )
    return Part(name="console", routers=[page.router(context) for page in pages], close=close)
