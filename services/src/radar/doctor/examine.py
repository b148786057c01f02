"""The whole examination, in the order in which things depend on one another."""

from collections.abc import Iterator

from radar.doctor.addresses import look_at_addresses
from radar.doctor.channels import look_at_channels
from radar.doctor.finding import Finding
from radar.doctor.north_star import look_at_north_star
from radar.doctor.scorecards import look_at_scorecards
from radar.doctor.stores import look_at_stores
from radar.settings import Settings


def examine(settings: Settings, *, url: str | None) -> Iterator[Finding]:
    """Yield every finding; ``url`` is where the product should answer, if anybody said so."""
    yield Finding(check="settings", state="ok", detail=f"read; days are cut in {settings.time_zone}")
    yield from look_at_scorecards(settings)
    yield look_at_north_star(settings.health)
    yield from look_at_stores(settings)
    yield from look_at_addresses(
        {
            "RADAR_URL": url,
            "RADAR_INGEST_URL": settings.ingest_url,
            "RADAR_HEALTH_URL": settings.health_url,
            "RADAR_ALERTS_URL": settings.alerts_url,
        }
    )
    yield from look_at_channels(settings.alerts)
