"""What stands in a digest."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.announcing.digest import DigestEntry, digest_items

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def entry(case: str, minutes: int = 0, at_risk: float = 0.0, renews_on: date | None = None) -> DigestEntry:
    return DigestEntry(
        id=f"{case}{minutes}",
        case_id=case,
        at=NOW + timedelta(minutes=minutes),
        at_risk=at_risk,
        renews_on=renews_on,
    )


def test_ranked_by_the_arr_at_risk_then_by_the_nearest_renewal() -> None:
    some = [
        entry("none"),
        entry("small", at_risk=10),
        entry("later", at_risk=90, renews_on=date(2027, 3, 1)),
        entry("soon", at_risk=90, renews_on=date(2027, 1, 1)),
    ]
    assert [one.case_id for one in digest_items(some)] == ["soon", "later", "small", "none"]


def test_a_case_stands_there_once_with_the_last_that_happened() -> None:
    assert [one.id for one in digest_items([entry("a", 3), entry("a", 2)])] == ["a3"]


entries = st.lists(
    st.builds(entry, st.sampled_from("abcd"), st.integers(0, 5), st.floats(0, 1e6)), max_size=12
)


@given(entries)
def test_every_case_is_listed_once_and_ranked(some) -> None:
    found = digest_items(some)
    assert sorted(one.case_id for one in found) == sorted({one.case_id for one in some})
    assert [one.at_risk for one in found] == sorted((one.at_risk for one in found), reverse=True)
    assert all(one.at == max(other.at for other in some if other.case_id == one.case_id) for one in found)
