"""The settings of each part of the product, by section."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from radar_chassis.config_values import ByProduct, Currency, LanguageTag, NorthStars, PositiveNumber
from radar_vocabulary.contracts.scalars import BusinessModel, Segment


class Section(BaseModel):
    """A part of the settings; unknown names are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LogSettings(Section):
    """What the embedded log keeps though everybody has read it. Kafka's topics have settings of their own."""

    keep_hours: float = Field(24.0, ge=0, description="records this young stay")
    keep_records: int = Field(50_000, ge=0, description="but not more of them than this, a partition")
    trim_seconds: float = Field(60.0, gt=0, description="how often it is trimmed")


class IngestSettings(Section):
    """Limits and promises of the ingest service."""

    max_body_bytes: int = Field(1_000_000, gt=0, description="body as sent, compressed, in bytes")
    max_inflated_bytes: int = Field(20_000_000, gt=0, description="body once decompressed, in bytes")
    max_records: int = Field(5_000, gt=0, description="records in one request")
    max_record_bytes: int = Field(32_768, gt=0, description="one record, in bytes")
    max_depth: int = Field(16, gt=1, description="nesting of one record")
    max_future_seconds: float = Field(86_400, ge=0, description="how far ahead a client's clock may run")
    events_per_second: float | None = Field(None, gt=0, description="rate a key may send at; empty: no limit")
    acknowledge_seconds: float = Field(8.0, gt=0, description="how long a request waits for the log")
    remembered_ids: int = Field(200_000, ge=0, description="acknowledged ids kept to answer `duplicate`")
    letter_days: float = Field(90.0, gt=0, description="dead letters are kept for so long")


class HealthSettings(Section):
    """How the health score is computed and how often."""

    key_features: list[str] | None = Field(None, description="features that show value; empty: all of them")
    north_star: NorthStars = Field(
        default_factory=dict,
        description="feature whose uses are the North Star; or product: feature, or features",
    )
    north_star_target: ByProduct[PositiveNumber] = Field(
        default_factory=dict,
        description="uses of the North Star that an account without a target of its own should reach in four weeks",
    )
    business_model: ByProduct[BusinessModel] = Field(
        default_factory=dict,
        description="platform, tool, hardware or service, for accounts that don't say: it orders the lifecycle",
    )
    scorecards: Path | None = Field(None, description="folder of scorecards (YAML), before the built-in ones")
    segments: Literal["pareto", "fixed", "explicit"] = Field(
        "pareto",
        description="of accounts without one: key are the largest that bring 80% of ARR, mid those up to 95% "
        "(pareto), or by the amounts below (fixed); explicit: all are long_tail",
    )
    key_from_arr: PositiveNumber = Field(50_000, description="ARR from which an account is key (fixed)")
    mid_from_arr: PositiveNumber = Field(10_000, description="ARR from which an account is mid (fixed)")
    sweep_seconds: float = Field(3_600, gt=0, description="an account is scored again at least this often")
    sweep_accounts: int = Field(500, gt=0, description="accounts scored in one go of a sweep")
    currency: Currency | None = Field(None, description="currency that sums over accounts are given in")
    rates: dict[Currency, PositiveNumber] = Field(
        default_factory=dict, description="what one unit of another currency is worth in `currency`"
    )
    growth_from: PositiveNumber = Field(
        2_000_000, description="ARR from which on growth is held against T2D3, in each currency"
    )
    cac: dict[Currency, PositiveNumber] = Field(
        default_factory=dict, description="what acquiring a customer costs, by currency; empty: no LTV/CAC"
    )
    train_every_days: float = Field(
        0,
        ge=0,
        description="a model older than this gets a successor, if that has earned it; 0: only by hand",
    )
    watch_every_days: float = Field(
        0, ge=0, description="the champion is looked at this often (`radar models watch`); 0: only by hand"
    )
    settle_seconds: float = Field(
        5.0, ge=0, description="imported history is scored once no more of it came for so long"
    )

    @model_validator(mode="after")
    def _rates_need_a_currency(self) -> Self:
        if self.rates and self.currency is None:
            raise ValueError("rates say what other currencies are worth in `currency`: name that too")
        if self.currency in self.rates:
            raise ValueError(f"rates are for other currencies than {self.currency} itself")
        return self

    @model_validator(mode="after")
    def _key_accounts_pay_most(self) -> Self:
        if self.key_from_arr < self.mid_from_arr:
            raise ValueError("key_from_arr must not lie below mid_from_arr")
        return self


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
