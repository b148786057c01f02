"""What decides which scorecard speaks for an account: its segment, stage of life and kind of business."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple, get_args

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics.north_star import business_model_of
from radar_health_score.domain.scoring.lifecycle import stage_of
from radar_health_score.domain.scoring.segments import effective_segment
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import BusinessModel, Segment, Stage

CONDITIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "segment": get_args(Segment),
    "stage": get_args(Stage),
    "business_model": get_args(BusinessModel),
}


class Traits(NamedTuple):
    """An account as scorecards tell accounts apart; ``business_model`` is None where nobody told it."""

    segment: Segment
    stage: Stage
    business_model: BusinessModel | None

    def text(self) -> str:
        """Return the traits in words."""
        return (
            f"segment {self.segment}, stage {self.stage}, business_model {self.business_model or 'not told'}"
        )


def traits_of(facts: AccountFacts, workspace: WorkspaceSettings) -> Traits:
    """Return the traits of an account as of ``facts.as_of``."""
    return Traits(
        effective_segment(facts, workspace), stage_of(facts, workspace), business_model_of(facts, workspace)
    )


def every_traits() -> list[Traits]:
    """Return all the traits an account can have."""
    segments, stages = get_args(Segment), get_args(Stage)
    models = (*get_args(BusinessModel), None)
    return [Traits(*each) for each in product(segments, stages, models)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliesTo:
    """The accounts that a scorecard is meant for: those that meet every condition. An empty one lets everybody in."""

    segment: frozenset[str] = frozenset()
    stage: frozenset[str] = frozenset()
    business_model: frozenset[str] = frozenset()

    def matches(self, traits: Traits) -> bool:
        """Return whether an account with these traits meets every condition."""
        return (
            (not self.segment or traits.segment in self.segment)
            and (not self.stage or traits.stage in self.stage)
            and (not self.business_model or traits.business_model in self.business_model)
        )

    @property
    def rank(self) -> tuple[int, bool, bool, bool]:
        """How specific this is: more conditions first; among equals stage, then business_model, then segment."""
        stated = (bool(self.stage), bool(self.business_model), bool(self.segment))
        return (sum(stated), *stated)

    def text(self) -> str:
        """Return in words who is let in."""
        stated = (f"{name} {' or '.join(values)}" for name, values in self.conditions().items())
        return ", ".join(stated) or "everybody else"

    def conditions(self) -> dict[str, list[str]]:
        """Return the conditions stated, as a scorecard's file has them."""
        stated = {"segment": self.segment, "stage": self.stage, "business_model": self.business_model}
        return {name: sorted(values) for name, values in stated.items() if values}


EVERYBODY: Final = AppliesTo()
