"""The settings of health-score."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from radar_chassis.config import CommonSettings, Section
from radar_health_score.setting_values import ByProduct, Currency, NorthStars, PositiveNumber
from radar_vocabulary.contracts.scalars import BusinessModel


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


class Settings(CommonSettings):
    """What health-score can be told; settings of other services are left alone."""

    health: HealthSettings = HealthSettings()
