from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from radar_health_score.adapters.scorecard_folder import load_scorecards
from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.forecast.renewal_model import PredictionRequest, Probabilities, RenewalModel
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.service.scoring.scorer import ScorecardScorer

TERM = Contract(contract_id="c1", starts_on=date(2026, 1, 1), renews_on=date(2026, 12, 31))


class Picky:
    """A model that fails as soon as some account is among those asked about."""

    version = "aaa1"

    def __init__(self, *odd: str) -> None:
        self.odd = odd

    def renewal_probabilities(self, asked: Sequence[PredictionRequest]) -> list[Probabilities]:
        if any(one.facts.account_id in self.odd for one in asked):
            raise ValueError("odd")
        return [{0: 0.75} for _ in asked]


def account(name: str) -> AccountFacts:
    return AccountFacts(
        account_id=name,
        as_of=datetime(2026, 11, 21, tzinfo=UTC),
        through=date(2026, 11, 20),
        contracts=(TERM,),
    )


@pytest.mark.parametrize("odd", [(), ("b",), ("a", "b", "c")])
def test_the_model_goes_on_speaking_of_all_but_those_it_fails_at(odd: tuple[str, ...]) -> None:
    configuration = Configuration(scorecards=load_scorecards(None), workspace=WorkspaceSettings())
    scorer = ScorecardScorer(configuration, cast("RenewalModel", Picky(*odd)))
    said: Any = {one.account_id: one for one in scorer.snapshots([account(name) for name in "abc"])}
    assert list(said) == ["a", "b", "c"]
    for name, snapshot in said.items():
        assert (snapshot.model is None) == (name in odd)
        assert (snapshot.renewal.probability == 0.75) == (name not in odd)


def test_of_what_is_too_far_off_for_the_model_the_scorecard_goes_on_speaking() -> None:
    configuration = Configuration(scorecards=load_scorecards(None), workspace=WorkspaceSettings())
    long_horizon = Contract(contract_id="c2", starts_on=date(2026, 6, 1), renews_on=date(2028, 5, 31))
    facts = replace(account("a"), contracts=(TERM, long_horizon))
    alone = ScorecardScorer(configuration).snapshot(facts)
    said = ScorecardScorer(configuration, cast("RenewalModel", Picky())).snapshot(facts)
    assert [(one.contract_id, one.source) for one in said.renewals] == [
        ("c1", "model"), ("c2", alone.renewals[1].source),
    ]  # fmt: skip
    assert said.renewals[1] == alone.renewals[1]
