"""What a workspace has decided about its product: the settings that metrics and segments depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.segment_cut import Cut
from radar_vocabulary.contracts.scalars import BusinessModel
from radar_vocabulary.language.tags import Language

MONDAY_TO_FRIDAY = frozenset(range(5))
ANY_PRODUCT: Final = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSettings:
    """Settings of a workspace.

    Attributes:
        key_features: names of the key features; None (not chosen yet) makes every named feature one.
        north_star: product -> the feature or features whose uses are that product's North Star; ANY_PRODUCT stands
            for every product that isn't named.
        north_star_targets: product -> uses of its North Star that an account should reach in four weeks.
        business_models: product -> its kind of business.
        working_days: days of the week that count as working days, Monday = 0.
        time_zone: IANA name; days are cut in it.
        segments: how an account whose segment nobody told is given one: by its ARR against the *pareto* cut of the
            portfolio or against *fixed* amounts, or not at all (*explicit*: it is long_tail).
        key_from_arr, mid_from_arr: the fixed amounts, which also hold while the portfolio has no cut yet.
        cuts: the portfolio's cut by currency.
        exchange: rates by which ARR is brought into the workspace's currency before it is compared.
        language: what snapshots are worded in.
    """

    key_features: frozenset[str] | None = None
    north_star: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    north_star_targets: Mapping[str, float] = field(default_factory=dict)
    business_models: Mapping[str, BusinessModel] = field(default_factory=dict)
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    time_zone: str = "UTC"
    segments: Literal["pareto", "fixed", "explicit"] = "fixed"
    key_from_arr: float = 50_000.0
    mid_from_arr: float = 10_000.0
    cuts: Mapping[str, Cut] = field(default_factory=dict)
    exchange: Rates = field(default_factory=Rates)
    language: Language = "en"

    def is_key(self, feature: str) -> bool:
        """Return whether this is the name of a key feature."""
        return self.key_features is None or feature in self.key_features

    def cut(self, currency: str) -> Cut:
        """Return the cut in force for ARR in this currency."""
        fixed = Cut(key=self.key_from_arr, mid=self.mid_from_arr)
        return self.cuts.get(currency, fixed) if self.segments == "pareto" else fixed

    def today(self, as_of: datetime) -> date:
        """Return the calendar day of ``as_of`` in the workspace's time zone."""
        return as_of.astimezone(ZoneInfo(self.time_zone)).date()
