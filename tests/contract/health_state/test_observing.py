"""Contract ends are observed with what was known then, and nothing later, on both stores."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import isnan
from typing import Any

import pytest

from radar_health_score.domain.forecast.features import NAMES
from radar_health_score.domain.forecast.observed_contract import ObservedContract
from radar_health_score.domain.metrics.reading import known
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.forecast.model_forecaster import observed_features
from radar_health_score.service.forecast.observing import Observing
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import NOON, State, event, used

START, END = date(2026, 1, 1), date(2026, 7, 1)


def at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def agreed(
    renews_on: date,
    *,
    said: date = START,
    starts_on: date | None = START,
    known: date | None = None,
    mrr: float = 100.0,
    product: str | None = None,
) -> EventRecord:
    more: dict[str, Any] = {"product": product} if product else {}
    if starts_on:
        more["starts_on"] = starts_on.isoformat()
    return event(
        "contract_updated",
        at=at(said), known=at(known or said), contract_id="c1", renews_on=renews_on.isoformat(),
        mrr={"amount": mrr, "currency": "EUR"}, **more,
    )  # fmt: skip


def closed(on: date, outcome: str = "churned", *, known: date | None = None) -> EventRecord:
    return event(
        "contract_closed",
        at=at(on),
        known=at(known or on),
        contract_id="c1",
        outcome=outcome,
        on=on.isoformat(),
    )


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


def observing(state: State, until: datetime = NOON) -> Observing:
    return Observing(
        database=state.database,
        rows=FactRows(state.bulk),
        reader=state.reader,
        scan=ScanRows(state.bulk),
        configuration=lambda _: Configuration(
            scorecards=built_in_scorecards(), workspace=WorkspaceSettings()
        ),
        until=until,
    )


def observe(
    state: State, *, until: datetime = NOON, leads: tuple[int, ...] = (90, 60, 30)
) -> list[ObservedContract]:
    return list(observing(state, until).every(leads))


def seen(observations: list[ObservedContract]) -> list[tuple[date, int, bool | None]]:
    return [(one.renews_on, one.lead_days, one.churned) for one in observations]


def test_every_term_is_observed_at_every_lead(state: State) -> None:
    state.fold(used("report", at=at(START)), agreed(END), closed(END))
    found = observe(state)
    assert seen(found) == [(END, 90, True), (END, 60, True), (END, 30, True)]
    assert [one.observed_at for one in found] == [at(END - timedelta(days=lead)) for lead in (90, 60, 30)]
    assert {one.label_known_at for one in found} == {at(END)}
    assert found[0].arr is not None
    assert found[0].arr.amount == 1200.0


def test_what_happens_after_the_moment_changes_nothing_but_the_outcome(state: State) -> None:
    state.fold(used("report", at=at(START)), agreed(END))
    before = observe(state)
    later = END - timedelta(days=20)
    state.fold(
        *(used("report", user=f"u{n}", at=at(later)) for n in range(9)),
        event("ticket_updated", at=at(later), ticket_id="t1", status="open", severity="critical"),
        closed(END),
    )
    after = observe(state)
    assert [replace(one, churned=None, label_known_at=None) for one in after] == before
    assert {one.churned for one in after} == {True}


def test_what_arrived_late_was_not_known_before(state: State) -> None:
    early, late = END - timedelta(days=50), END - timedelta(days=10)
    state.fold(used("report", at=at(START)), agreed(END), closed(END))
    silent = [known(one.readings, "days_since_last_activity") for one in observe(state, leads=(30,))]
    state.fold(used("report", at=at(early), known=at(late)))
    assert [known(one.readings, "days_since_last_activity") for one in observe(state, leads=(30,))] == silent


def test_a_date_that_was_moved_is_observed_as_it_stood(state: State) -> None:
    moved = END + timedelta(days=61)
    state.fold(
        used("report", at=at(START)), agreed(END), agreed(moved, said=END - timedelta(days=45)), closed(moved)
    )
    assert seen(observe(state)) == [
        (END, 90, True), (END, 60, True), (moved, 90, True), (moved, 60, True), (moved, 30, True),
    ]  # fmt: skip


def test_a_term_renewed_early_is_not_observed_once_that_is_known(state: State) -> None:
    early = END - timedelta(days=50)
    state.fold(
        used("report", at=at(START)), agreed(END), closed(early, "renewed"),
        agreed(END + timedelta(days=365), said=early, starts_on=END),
    )  # fmt: skip
    known_then = [one for one in seen(observe(state)) if one[0] == END]
    assert known_then == [(END, 90, False), (END, 60, False)]


def test_an_outcome_counts_from_when_it_was_known(state: State) -> None:
    state.fold(used("report", at=at(START)), agreed(END), closed(END, known=END + timedelta(days=40)))
    assert {one.label_known_at for one in observe(state)} == {at(END + timedelta(days=40))}
    assert {one.churned for one in observe(state, until=at(END + timedelta(days=39)))} == {None}


def test_two_products_under_one_id_are_two_terms_with_an_outcome_and_features_each(state: State) -> None:
    other = END + timedelta(days=120)
    state.fold(
        used("report", at=at(START)),
        agreed(END, product="suite"),
        agreed(other, starts_on=date(2026, 1, 2), mrr=50.0, product="extra"),
        closed(END),
        closed(other, "renewed"),
    )
    found = observe(state, leads=(30,))
    assert [(one.renews_on, one.contract.product, one.churned) for one in found] == [
        (END, "suite", True),
        (other, "extra", False),
    ]
    assert [one.arr and one.arr.amount for one in found] == [1200.0, 600.0]
    assert all(one.contract in one.facts.contracts for one in found)
    for one in found:
        named = dict(zip(NAMES, observed_features(one).tolist(), strict=True))
        assert not isnan(named["term"])
        assert not isnan(named["arr"])


def test_two_products_due_on_one_day_are_each_seen_as_they_are(state: State) -> None:
    state.fold(
        used("report", at=at(START)),
        agreed(END, product="suite"),
        agreed(END, starts_on=date(2026, 1, 2), mrr=50.0, product="extra"),
    )
    found = [one.contract for one in observe(state, leads=(30,))]
    assert [(one.product, one.mrr and one.mrr.amount) for one in found] == [("suite", 100.0), ("extra", 50.0)]


def test_a_date_that_comes_after_a_churn_without_a_start_is_a_term_won_back(state: State) -> None:
    again = date(2026, 10, 1)
    state.fold(
        used("report", at=at(START)),
        agreed(END),
        closed(END),
        agreed(again, said=date(2026, 8, 1), starts_on=None, mrr=70.0),
    )
    _, found = observe(state, leads=(30,))
    assert (found.renews_on, found.contract.renews_on, found.churned) == (again, again, None)
    assert found.contract.mrr is not None
    assert (found.contract.mrr.amount, found.facts.contracts[-1].closing is None) == (70.0, True)


def test_a_contract_told_of_after_the_moment_is_not_observed_at_it(state: State) -> None:
    told = END - timedelta(days=45)
    state.fold(used("report", at=at(START)), agreed(END, known=told), closed(END))
    assert seen(observe(state)) == [(END, 30, True)]


def test_moments_that_have_not_come_are_not_observed(state: State) -> None:
    state.fold(used("report", at=at(START)), agreed(END))
    assert seen(observe(state, until=at(END - timedelta(days=60)))) == [(END, 90, None), (END, 60, None)]


def test_accounts_come_in_order_with_progress(state: State) -> None:
    state.fold(
        *(event("login", account=f"a{n:02}", at=at(START)) for n in range(45)),
        used("report", at=at(START)),
        agreed(END),
    )
    told: list[tuple[int, int]] = []
    found = list(observing(state).every(progress=lambda done, total: told.append((done, total))))
    assert {one.account_id for one in found} == {"acme"}
    assert told == [(0, 46), (20, 46), (40, 46), (46, 46)]


def test_of_many_accounts_a_few_spread_evenly_are_seen_at_the_leads_that_are_sampled(state: State) -> None:
    for name in ("a", "b", "c", "d", "e"):
        told = event(
            "contract_updated", account=name, at=at(START), contract_id="c1", renews_on=END.isoformat()
        )
        state.fold(used("report", account=name, at=at(START)), told)
    all_seen = observing(state).every((30,), sampled=(60,), most=5)
    assert [(one.account_id, one.lead_days) for one in all_seen] == [
        (n, lead) for n in "abcde" for lead in (60, 30)
    ]
    found = list(observing(state).every((30,), sampled=(60,), most=3))
    assert [one.account_id for one in found if one.lead_days == 30] == ["a", "b", "c", "d", "e"]
    assert [one.account_id for one in found if one.lead_days == 60] == ["a", "c", "e"]


def test_terms_are_seen_on_the_first_day_of_the_quarter_they_are_due_in(state: State) -> None:
    moved = date(2026, 11, 5)
    state.fold(
        used("report", at=at(START)),
        agreed(END),
        agreed(moved, said=date(2026, 7, 20)),
        closed(moved, known=moved),
    )
    quarters = [(date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31))]
    found = list(observing(state).due(quarters))
    assert [(one.observed_at, one.renews_on, one.lead_days, one.churned) for one in found] == [
        (at(date(2026, 7, 1)), END, 0, True),  # the same term, made longer
        (at(date(2026, 10, 1)), moved, 35, True),
    ]
