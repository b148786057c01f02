"""Who may be alerted about is told the model's reasons, and nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import msgspec
import numpy as np
import pytest

from radar_health_score.domain.account.facts import AccountFacts, Contract, Person
from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.model import FittedModel, Model, sigmoid
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.forecast.renewal_model import RenewalModel
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.score_records import Scored
from radar_health_score.service.forecast.alert_reasons import AddModelReasons
from radar_health_score.service.scoring.configurations import Configurations
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef, Renewal

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
SEEN = np.random.default_rng(1).normal(size=(200, len(NAMES)))
SPEAKING = FittedModel(
    model=Model(
        features_hash=FEATURES_HASH,
        features=NAMES,
        linear=Linear(scaling=Scaling.of(SEEN, np.ones(200)), weights=(0.1,) * len(NAMES), base=-1.0),
    )
)
VOICE = RenewalModel(version="aaa1", fitted=SPEAKING)
CONFIGURATION = Configuration(scorecards=built_in_scorecards(), workspace=WorkspaceSettings())


def account(name: str, *, silent: int = 60) -> AccountFacts:
    """Return an account with two contracts, whose one user was there a year ago and ``silent`` days ago."""
    first, last = TODAY - timedelta(days=400), TODAY - timedelta(days=silent)
    return AccountFacts(
        account_id=name,
        as_of=NOW,
        through=TODAY,
        first_event_at=datetime.combine(first, datetime.min.time(), UTC),
        last_event_at=NOW,
        people=(Person(number=1, user_id="u1", first_day=first, last_day=last),),
        contracts=tuple(
            Contract(
                contract_id=f"c{days}", starts_on=date(2026, 1, 1), renews_on=TODAY + timedelta(days=days)
            )
            for days in (80, 30)
        ),
    )


def scored(facts: Sequence[AccountFacts], *, band: str = "at_risk", keep: bool = True) -> list[Scored]:
    snapshots = ScorecardScorer(CONFIGURATION, VOICE).snapshots(facts)
    return [
        Scored(account_no=at, snapshot=msgspec.structs.replace(one, band=band), keep=keep, kept_at=NOW)
        for at, one in enumerate(snapshots)
    ]


def telling(voice: RenewalModel | None = VOICE) -> AddModelReasons:
    book = Configurations(current=CONFIGURATION, book=cast("Any", None))
    return AddModelReasons(configurations=book, champion=lambda: voice)


def models(found: Sequence[Scored]) -> list[ModelRef | None]:
    return [one.snapshot.model for one in found]


def test_reasons_of_an_account_at_risk_add_up_to_the_chance_of_its_next_renewal() -> None:
    facts = [account("a"), account("b", silent=3)]
    for one in telling()(scored(facts), facts):
        renewal, model = one.snapshot.renewal, one.snapshot.model
        assert renewal is not None
        assert model is not None
        assert (renewal.contract_id, model.version) == ("c30", "aaa1")
        total = (model.base or 0.0) + sum(driver.logit for driver in model.drivers)
        assert renewal.probability == pytest.approx(float(sigmoid(np.array([total]))[0]), abs=1e-6)


@pytest.mark.parametrize("how", [{"band": "watch"}, {"band": "healthy"}, {"keep": False}])
def test_who_is_not_at_risk_or_not_published_goes_without(how: dict[str, Any]) -> None:
    facts = [account("a")]
    before = scored(facts, **how)
    assert telling()(before, facts) == before


def test_where_no_model_speaks_or_another_one_spoke_nothing_is_told() -> None:
    facts = [account("a")]
    before = scored(facts)
    assert telling(None)(before, facts) == before
    assert telling(replace(VOICE, version="bbb2"))(before, facts) == before


def test_a_chance_that_the_scorecard_gave_has_no_reasons_of_a_model() -> None:
    facts = [account("a")]
    (one,) = scored(facts)
    renewal = cast("Renewal", one.snapshot.renewal)
    by_card = msgspec.structs.replace(
        one.snapshot, renewal=msgspec.structs.replace(renewal, source="scorecard")
    )
    before = [replace(one, snapshot=by_card)]
    assert telling()(before, facts) == before


def test_what_adds_up_to_another_chance_than_the_one_shown_is_not_told() -> None:
    facts = [account("a")]
    before = [replace(one, snapshot=_doubtful(one.snapshot)) for one in scored(facts)]
    assert telling()(before, facts) == before


def _doubtful(snapshot: HealthSnapshot) -> HealthSnapshot:
    renewal = cast("Renewal", snapshot.renewal)
    other = msgspec.structs.replace(renewal, probability=(renewal.probability or 0) / 2)
    return msgspec.structs.replace(snapshot, renewal=other)


def test_an_account_that_the_model_fails_at_keeps_no_other_from_its_reasons() -> None:
    class Picky:
        def contributions(self, features: FloatArray, leads: FloatArray | None = None) -> FloatArray:
            if not features[:, NAMES.index("people_182")].all():
                raise ValueError("odd")
            return SPEAKING.contributions(features, leads)

    facts = [account("a"), account("odd", silent=200), account("c")]
    picky = replace(VOICE, fitted=cast("FittedModel", Picky()))
    told = models(telling(picky)(scored(facts), facts))
    assert [model is not None and model.base is not None for model in told] == [True, False, True]
