from datetime import UTC, date, datetime, timedelta

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.term_records import term_records
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_vocabulary.contracts.health import TermRecord
from radar_vocabulary.contracts.scalars import Ending

TODAY = date(2026, 11, 21)
KNOWN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def term(outcome: Ending | None, *, ends_in: int = 0) -> Contract:
    closing = None if outcome is None else Closing(on=TODAY + timedelta(days=ends_in), outcome=outcome)
    return Contract(
        contract_id="c",
        starts_on=date(2025, 11, 21),
        renews_on=TODAY,
        closing=closing,
        outcome_known_at=None if outcome is None else to_micros(KNOWN),
    )


def the_record(contract: Contract) -> TermRecord:
    (record,) = term_records([contract], TODAY)
    return record


def test_an_open_term_has_no_outcome() -> None:
    record = the_record(term(None))
    assert (record.term_id, record.ends_on) == ("c:1:1", TODAY)
    assert (record.outcome, record.ended_on, record.known_at, record.cancelled) == (None, None, None, False)


def test_a_term_that_ended_says_how_when_and_since_when_that_is_known() -> None:
    record = the_record(term("expanded", ends_in=-3))
    assert (record.outcome, record.ended_on, record.known_at) == ("expanded", date(2026, 11, 18), KNOWN)


def test_a_churn_that_lies_ahead_is_a_cancellation() -> None:
    record = the_record(term("churned", ends_in=10))
    assert (record.cancelled, record.outcome, record.ended_on) == (True, None, None)
    assert (record.ends_on, record.known_at) == (date(2026, 12, 1), KNOWN)


def test_on_its_day_a_cancelled_term_has_churned() -> None:
    record = the_record(term("churned"))
    assert (record.cancelled, record.outcome, record.ended_on) == (False, "churned", TODAY)


def test_what_ended_more_than_400_days_ago_is_left_out() -> None:
    assert term_records([term("churned", ends_in=-401)], TODAY) == ()
    assert len(term_records([term("churned", ends_in=-400)], TODAY)) == 1
