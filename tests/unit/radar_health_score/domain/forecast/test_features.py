from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import exp, log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import AccountFacts, Closing, Contract, Person
from radar_health_score.domain.account.year_use import DayVolume, YearUse
from radar_health_score.domain.forecast import features as table
from radar_health_score.domain.forecast.features import FEATURES, NAMES, features_of
from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money

TODAY = date(2026, 11, 21)
THROUGH = TODAY - timedelta(days=1)
RULES = WorkspaceSettings(key_features=None, north_star={}, time_zone="UTC")
TERM = Contract(
    contract_id="c1",
    starts_on=date(2026, 6, 21),
    renews_on=date(2026, 12, 21),
    mrr=Money(amount=100.0, currency="EUR"),
    seats=5,
)
Days = dict[int, DayVolume]
volumes = st.dictionaries(
    st.integers(0, 391),
    st.builds(DayVolume, st.integers(1, 50), st.integers(1, 9), st.floats(0, 1e4)),
    max_size=60,
)


def account(
    days: Days, people: tuple[Person, ...] = (), contracts: tuple[Contract, ...] = (TERM,)
) -> AccountFacts:
    through = THROUGH.toordinal()
    used = sorted(days)
    return AccountFacts(
        account_id="acme",
        as_of=datetime(2026, 11, 21, tzinfo=UTC),
        through=THROUGH,
        year=YearUse.of({through - back: volume for back, volume in days.items()}, through),
        people=people,
        contracts=contracts,
        first_event_at=_moment(used[-1]) if used else None,
        last_event_at=_moment(used[0]) if used else None,
    )


def _moment(back: int) -> datetime:
    return datetime.combine(THROUGH, datetime.min.time(), UTC) - timedelta(days=back)


def vector(facts: AccountFacts, contract: Contract = TERM) -> dict[str, float]:
    values = features_of(facts, measure(facts, RULES), contract, TODAY)
    return dict(zip(NAMES, values.tolist(), strict=True))


def test_names_are_unique_and_ones_that_lightgbm_takes() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(name.isidentifier() for name in NAMES)
    assert {*table._READ, *table._COUNTED} <= CATALOGUE.keys()


@given(volumes)
def test_counts_and_trends_are_those_of_a_plain_reading(days: Days) -> None:
    found = vector(account(days))
    for span in (28, 56, 84, 182, 364):
        inside = [volume for back, volume in days.items() if back < span]
        assert found[f"uses_{span}"] == pytest.approx(log1p(sum(one.uses for one in inside)))
        assert found[f"active_days_{span}"] == pytest.approx(log1p(len(inside)))
        assert found[f"user_days_{span}"] == pytest.approx(log1p(sum(one.users for one in inside)))
    for life in (15, 90, 365):
        assert found[f"faded_days_{life}"] == pytest.approx(
            log(sum(exp(-back / life) for back in days) + 0.01)
        )
    if days:
        assert found["idle_days"] == pytest.approx(log1p(min(days)))
        if max(days) + 1 >= 42:
            now = sum(one.uses for back, one in days.items() if back < 28)
            before = sum(one.uses for back, one in days.items() if 28 <= back < 56)
            assert found["use_trend_28"] == pytest.approx(log((now + 5) / (before + 5)))


@given(volumes, st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=12), st.randoms())
def test_the_order_of_people_changes_nothing(days: Days, spans: list[tuple[int, int]], random) -> None:
    people = [
        Person(
            number=at,
            user_id=f"u{at}",
            first_day=THROUGH - timedelta(days=max(span)),
            last_day=THROUGH - timedelta(days=min(span)),
        )
        for at, span in enumerate(spans)
    ]
    one = vector(account(days, tuple(people)))
    random.shuffle(people)
    assert one == pytest.approx(vector(account(days, tuple(people))), nan_ok=True)
    seen = [min(span) for span in spans]
    for span in (28, 84, 182, 364):
        assert one[f"people_{span}"] == pytest.approx(log1p(sum(back < span for back in seen)))


def test_missing_stays_missing() -> None:
    bare = Contract(contract_id="c1", renews_on=date(2026, 12, 21))
    found = vector(account({}, contracts=(bare,)), bare)
    for name in (
        "idle_days",
        "watched_days",
        "seats",
        "arr",
        "term",
        "tenure",
        "nps_latest",
        "open_tickets",
        "longest_gap",
    ):
        assert np.isnan(found[name]), name


def test_revenue_is_compared_in_one_currency() -> None:
    facts = account({})

    def arr(currency: str, rates: Rates) -> float:
        term = replace(TERM, mrr=Money(amount=100.0, currency=currency))
        return float(features_of(facts, measure(facts, RULES), term, TODAY, rates)[NAMES.index("arr")])

    euros = Rates(currency="EUR", rates={"USD": 0.5})
    assert arr("USD", euros) == pytest.approx(log1p(12 * 50))
    assert arr("EUR", euros) == pytest.approx(log1p(12 * 100))
    assert np.isnan(arr("JPY", euros))
    assert arr("JPY", Rates()) == pytest.approx(log1p(12 * 100))


def test_products_are_told_apart_and_always_by_the_same_number() -> None:
    found = [
        vector(account({}), replace(TERM, product=product))["product"] for product in ("crm", "erp", "crm")
    ]
    assert found[0] == found[2] != found[1]
    assert np.isnan(vector(account({}), replace(TERM, product=None))["product"])


def shares(term: Contract, *others: Contract) -> tuple[float, float]:
    found = vector(account({}, contracts=(*others, term)), term)
    return found["contract_share"], found["contracts_beside"]


def test_one_contract_of_several_is_told_from_the_only_one() -> None:
    second = replace(TERM, contract_id="c2", seats=15)
    side_by_side = replace(TERM, line=1, product="pro", seats=15)
    assert shares(TERM) == (1.0, 0.0)
    assert shares(TERM, second) == shares(TERM, side_by_side) == (0.25, log1p(1))
    assert shares(second, TERM) == (0.75, log1p(1))
    assert shares(TERM, replace(second, seats=None), side_by_side) == (pytest.approx(1 / 3), log1p(2))


def test_a_contract_that_ended_or_is_to_come_takes_no_share() -> None:
    churned = Closing(on=date(2026, 7, 1), outcome="churned")
    before = replace(TERM, starts_on=date(2025, 12, 21), renews_on=date(2026, 6, 21))
    follows = replace(TERM, starts_on=date(2026, 12, 21), renews_on=date(2027, 6, 21))
    elsewhere = replace(TERM, contract_id="c2")
    assert shares(TERM, replace(elsewhere, closing=churned)) == (1.0, 0.0)
    assert shares(TERM, replace(elsewhere, starts_on=date(2026, 12, 1))) == (1.0, 0.0)
    assert shares(TERM, before) == shares(follows, TERM) == (1.0, 0.0)


def test_nothing_that_is_said_of_a_later_time_changes_them() -> None:
    days = {back: DayVolume(3, 2, 60.0) for back in range(0, 300, 4)}
    facts = account(days)
    ended = replace(TERM, closing=Closing(on=date(2026, 12, 21), outcome="churned"))
    next_term = replace(TERM, starts_on=date(2026, 12, 21), renews_on=date(2027, 6, 21), seats=50)
    later = replace(facts, contracts=(TERM, next_term))
    assert vector(facts) == pytest.approx(vector(later), nan_ok=True)
    assert ended.closing is not None


def test_every_value_can_be_compared() -> None:
    days = {back: DayVolume(10**9, 10**6, 1e12) for back in range(392)}
    values = [value for value in vector(account(days)).values() if not np.isnan(value)]
    assert np.isfinite(values).all()
    assert all(feature.risk in {-1, 0, 1} and feature.about for feature in FEATURES)
