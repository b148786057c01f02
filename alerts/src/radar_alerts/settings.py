"""The settings of alerts."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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


# Settings of 0.1.0 that rules have replaced; a file that still has them keeps working.
_RETIRED: Final = frozenset({"open_below", "prospects", "resolve_above", "hold_minutes", "reopen_hours"})


class AlertsSettings(Section):
    """When to alert, whom, and how."""

    rules: Path | None = Field(
        None, description="a folder of rules (*.yaml) that add to the built-in ones, or replace them by name"
    )
    account_cases: bool = Field(
        False, description="also open cases of accounts without a contract to renew, such as prospects"
    )
    budget_a_day: int = Field(
        3, ge=0, description="messages that a person gets at once in a day; the rest: digest"
    )
    first_contact_hours: float = Field(
        24.0, ge=0, description="cases of accounts that became known less than this ago go into one digest"
    )
    mass_least: int = Field(
        3,
        ge=0,
        description="so many cases may open within an hour before any are held, or mass_share of the contracts",
    )
    mass_share: float = Field(
        0.05, ge=0, le=1, description="share of the open contracts; the larger of the two"
    )
    cases_a_week: float = Field(
        0.8, gt=0, description="cases a week per 45 open contracts that the threshold is chosen for"
    )
    escalate_hours: float = Field(24.0, gt=0, description="unacknowledged for so long: the segment's queue")
    queues: dict[Segment, Queue] = Field(
        default_factory=dict, description="per segment, for who has no owner"
    )
    operators: Queue = Field(default_factory=Queue, description="who runs this product")
    routing: Path | dict[str, Any] | None = Field(
        None,
        description="whom to tell of what: a file with a routing tree, or the tree itself; empty: the owner",
    )
    receivers: dict[str, Any] = Field(
        default_factory=dict,
        description="teams to route to, and working times of owners, queues and operators",
    )
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
        if not isinstance(given, dict):
            return given
        return nested({name: value for name, value in given.items() if name.lower() not in _RETIRED})

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
