"""The settings of alerts."""

from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model, model_validator

from radar_alerts.notifiers.flat_settings import nested, queue_targets
from radar_alerts.notifiers.registry import notifier_packages
from radar_chassis.config import CommonSettings, Section
from radar_chassis.config_values import LanguageTag
from radar_vocabulary.contracts.scalars import Segment


class Queue(Section):
    """Where notices go that have no owner, and those nobody acknowledged."""

    targets: dict[str, str] = Field(
        default_factory=dict, description="by channel; may be written {slack: C0123456789, email: team@…}"
    )
    language: LanguageTag | None = Field(None, description="what this team reads; empty: as for owners")

    @model_validator(mode="before")
    @classmethod
    def _targets(cls, given: Any) -> Any:
        return queue_targets(given) if isinstance(given, dict) else given


class AlertsSettings(Section):
    """When to alert, whom, and how."""

    open_below: float | None = Field(
        None, ge=0, le=100, description="only open at or below this score; empty: the band at_risk decides"
    )
    prospects: bool = Field(True, description="also alert on accounts that never had a contract")
    resolve_above: float = Field(50.0, ge=0, le=100, description="score at or above which it may resolve")
    hold_minutes: float = Field(60.0, ge=0, description="how long the score must stay above to resolve")
    reopen_hours: float = Field(24.0, ge=0, description="shortest time between a resolve and the next open")
    escalate_hours: float = Field(24.0, gt=0, description="unacknowledged for so long: the segment's queue")
    queues: dict[Segment, Queue] = Field(
        default_factory=dict, description="per segment, for who has no owner"
    )
    operators: Queue = Field(default_factory=Queue, description="who runs this product")
    language: LanguageTag | None = Field(
        None, description="what owners are told in; empty: the account's language, else the workspace's"
    )
    lease_seconds: float = Field(60.0, gt=0, description="a sender silent for so long is taken for dead")
    delivery_days: float = Field(
        365.0, gt=0, description="what became of the notices of a resolved alert is kept for so long"
    )
    reconcile_seconds: float = Field(
        30.0, ge=0, description="wait before looking whether a message arrived whose answer was lost"
    )

    @model_validator(mode="before")
    @classmethod
    def _sections(cls, given: Any) -> Any:
        return nested(given) if isinstance(given, dict) else given

    def section(self, channel: str) -> Any:
        """Return the settings of one channel, of the type that its package names."""
        return getattr(self, channel, None)


if TYPE_CHECKING:
    WholeAlertsSettings = AlertsSettings
else:
    # Each notifier package brings its own section.
    WholeAlertsSettings = create_model(
        "WholeAlertsSettings",
        __base__=AlertsSettings,
        __doc__=AlertsSettings.__doc__,
        **{
            name: (package.settings, Field(default_factory=package.settings))
            for name, package in notifier_packages().items()
            if package.settings.model_fields
        },
    )


class Settings(CommonSettings):
    """What alerts can be told; settings of other services are left alone."""

    alerts: WholeAlertsSettings = WholeAlertsSettings()
