"""The whole examination, in the order in which things depend on one another."""

from collections.abc import Iterator

from radar.doctor.addresses import check_addresses
from radar.doctor.channels import check_channels
from radar.doctor.finding import Finding
from radar.doctor.north_star import check_north_star
from radar.doctor.routing import check_routing
from radar.doctor.scorecards import check_scorecards
from radar.doctor.stores import check_stores
from radar.settings import Settings


def examine(settings: Settings, *, url: str | None) -> Iterator[Finding]:
    """Yield every finding; ``url`` is where the product should answer, if anybody said so."""
    yield Finding(check="settings", state="ok", detail=f"read; days are cut in {settings.time_zone}")
    yield from check_scorecards(settings)
    yield check_north_star(settings.health)
    yield from check_stores(settings)
    yield from check_addresses(
        {
            "RADAR_URL": url,
            "RADAR_INGEST_URL": settings.ingest_url,
            "RADAR_HEALTH_URL": settings.health_url,
            "RADAR_ALERTS_URL": settings.alerts_url,
        }
    )
    yield from check_channels(settings.alerts)
    yield from check_routing(settings)
