from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.attributes import Patch, State, fold
from radar_health_score.domain.contracts.contract_terms import contracts_of
from radar_health_score.domain.contracts.revenue import arr_on
from radar_health_score.domain.portfolio.past_cuts import PastCuts, paid_by_month, past_cuts
from radar_health_score.domain.scoring.segments import steady_cuts
from radar_health_score.domain.workspace.calendar_months import first_day, month_of
from radar_health_score.domain.workspace.exchange import Amounts
from radar_health_score.domain.workspace.segment_cut import Cut
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated, Price

RULES = WorkspaceSettings(segments="pareto", time_zone="Asia/Tokyo")
DAYS = WorkspaceDays("Asia/Tokyo")
FIRST, LAST = month_of(date(2024, 1, 1)), month_of(date(2025, 6, 1))
days = st.integers(0, 700).map(lambda n: date(2023, 12, 25) + timedelta(days=n))


def at(day: date, hour: int = 0) -> int:
    return to_micros(DAYS.start_of(day.toordinal()) + timedelta(hours=hour))


def said(day: date, mrr: float, *, known: date | None = None, **more: Any) -> Patch:
    data = ContractUpdated(
        contract_id="c1",
        renews_on=more.pop("renews_on", date(2026, 1, 1)),
        mrr=Price(amount=mrr, currency="EUR"),
        **more,
    )
    return Patch(
        kind="contract", entity_id=f"{day} {mrr}", valid_at=at(day), known_at=at(known or day), position=0, data=data
    )  # fmt: skip


def closed(on: date, *, known: date | None = None) -> Patch:
    data = ContractClosed(contract_id="c1", outcome="churned", on=on)
    return Patch(
        kind="closing", entity_id=f"{on}", valid_at=at(on), known_at=at(known or on), position=0, data=data
    )


def histories() -> st.SearchStrategy[list[Patch]]:
    agreed = st.builds(
        said,
        days,
        st.sampled_from([0.0, 10.0, 25.0, 400.0]),
        known=st.none() | days,
        starts_on=st.none() | days,
    )
    ended = st.builds(closed, days, known=st.none() | days)
    return st.lists(agreed | ended, max_size=6)


def plainly_paid(patches: Sequence[Patch], month: int) -> Amounts:
    """Read everything known by the month's first moment anew."""
    day = first_day(month)
    entities: dict[str, dict[str, State]] = {}
    known = (patch for patch in patches if patch.counts_from <= at(day))
    for (kind, entity_id), state in fold(known).items():
        entities.setdefault(kind, {})[entity_id] = state
    return arr_on(contracts_of(entities, DAYS), RULES.exchange, day)


def cuts_of(*accounts: Sequence[Patch]) -> PastCuts:
    return past_cuts(paid_by_month(patches, RULES, DAYS, LAST) for patches in accounts)


@given(st.lists(histories(), max_size=4))
def test_every_month_is_cut_as_a_plain_reading_of_it_is(accounts: list[list[Patch]]) -> None:
    found = cuts_of(*accounts)
    plain: dict[str, Cut] = {}
    for month in range(FIRST, LAST + 1):
        plain = steady_cuts(plain, [plainly_paid(patches, month) for patches in accounts])
        assert found.on(first_day(month)) == plain


def test_a_whale_who_comes_later_changes_no_cut_before() -> None:
    small = [[said(date(2024, 1, 1), mrr)] for mrr in (10.0, 9.0)]
    whale = [said(date(2024, 9, 2), 10_000.0)]
    alone, together = cuts_of(*small), cuts_of(*small, whale)
    assert together.on(date(2024, 9, 30)) == alone.on(date(2024, 9, 30)) != {}
    assert together.on(date(2024, 10, 1))["EUR"].key == 120_000.0


def test_what_was_told_late_counts_from_the_month_that_knew_it() -> None:
    late = [said(date(2024, 1, 1), 10.0, known=date(2024, 5, 2))]
    assert cuts_of(late).on(date(2024, 5, 31)) == {}
    assert cuts_of(late).on(date(2024, 6, 1)) == {"EUR": Cut(key=120.0, mid=120.0)}


def test_what_is_known_at_midnight_counts_in_the_month_that_begins_then() -> None:
    assert cuts_of([said(date(2024, 2, 1), 10.0)]).on(date(2024, 2, 1)) == {"EUR": Cut(key=120.0, mid=120.0)}
    assert cuts_of([said(date(2024, 2, 1), 10.0)]).on(date(2024, 1, 31)) == {}


def test_a_term_that_begins_later_counts_from_then() -> None:
    told = [said(date(2024, 1, 1), 10.0, starts_on=date(2024, 4, 15))]
    assert cuts_of(told).on(date(2024, 4, 30)) == {}
    assert cuts_of(told).on(date(2024, 5, 1)) != {}


@pytest.mark.parametrize("starts_on", [date(2199, 12, 31), date(2026, 1, 1)])
def test_what_comes_after_the_last_month_is_left_out(starts_on: date) -> None:
    assert (
        cuts_of([said(date(2024, 1, 1), 10.0, starts_on=starts_on)]).on(
            datetime(9999, 12, 31, tzinfo=UTC).date()
        )
        == {}
    )
