"""The settings of alerts."""

from pydantic import Field, SecretStr

from radar_chassis.config import CommonSettings, Section
from radar_chassis.config_values import LanguageTag
from radar_vocabulary.contracts.scalars import Segment


class Queue(Section):
    """Where notices go that have no owner, and those nobody acknowledged."""

    slack_channel: str | None = None
    email: str | None = None
    language: LanguageTag | None = Field(None, description="what this team reads; empty: as for owners")


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
    slack_webhook_url: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API")
    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:port, or smtps://")
    email_from: str = "Renewal Radar <radar@localhost>"
    lease_seconds: float = Field(60.0, gt=0, description="a sender silent for so long is taken for dead")
    delivery_days: float = Field(
        365.0, gt=0, description="what became of the notices of a resolved alert is kept for so long"
    )
    reconcile_seconds: float = Field(
        30.0, ge=0, description="wait before looking whether a message arrived whose answer was lost"
    )


class Settings(CommonSettings):
    """What alerts can be told; settings of other services are left alone."""

    alerts: AlertsSettings = AlertsSettings()
