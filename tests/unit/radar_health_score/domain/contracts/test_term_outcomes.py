"""How terms that were seen open turned out: what the forecast learns from."""

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.contracts.term_outcomes import expected, following, outcome_of, same_term
from tests.support.contract_words import at, closed, terms, updated

HALF: dict[str, str] = {"starts_on": "2024-01-01", "renews_on": "2024-07-01"}
NEXT: dict[str, str] = {"starts_on": "2024-07-01", "renews_on": "2025-01-01"}
Label = tuple[str, bool | None]


def label(term: Term) -> Label:
    outcome = outcome_of(term)
    return str(term.contract.renews_on), None if outcome is None else outcome.churned


def labels(*told: Patch) -> list[Label]:
    return [label(term) for term in terms(*told)]


def seen_again(then: tuple[Patch, ...], now: tuple[Patch, ...]) -> Term | None:
    """Return the last term known from ``then`` as it is by ``now``."""
    return same_term(expected(terms(*then))[-1], terms(*now))


def test_a_contract_that_was_renewed_under_its_id_has_an_end_per_term() -> None:
    told = (
        updated("2024-01-01", **HALF),
        closed("2024-07-01", outcome="renewed", on="2024-07-01"),
        updated("2024-07-01", **NEXT),
        closed("2025-01-01", outcome="churned", on="2025-01-01"),
    )
    assert labels(*told) == [("2024-07-01", False), ("2025-01-01", True)]
    assert expected(terms(*told)) == ()


def test_who_tells_the_next_term_has_renewed_the_first_unless_a_closing_says_otherwise() -> None:
    told = (updated("2024-01-01", **HALF), updated("2024-06-01", **NEXT))
    assert labels(*told) == [("2024-07-01", False), ("2025-01-01", None)]
    assert terms(*told)[0].known_at == told[1].counts_from
    assert labels(*told, closed("2024-07-01", outcome="churned", on="2024-07-01")) == [("2024-07-01", True)]
    renewed = closed("2024-07-01", outcome="renewed", on="2024-07-01")
    assert labels(*told, renewed) == [("2024-07-01", False), ("2025-01-01", None)]


def test_a_churn_takes_no_renewal_away_from_the_terms_before_it() -> None:
    told = (
        updated("2024-01-01", **HALF),
        updated("2024-07-01", **NEXT),
        updated("2025-01-01", starts_on="2025-01-01", renews_on="2025-07-01"),
    )
    churned = [("2024-07-01", False), ("2025-01-01", False), ("2025-07-01", True)]
    late = closed("2025-08-01", outcome="churned", on="2025-08-01")
    won_back = updated("2026-01-01", starts_on="2026-01-01", renews_on="2026-07-01")
    assert labels(*told, closed("2025-07-01", outcome="churned", on="2025-07-01")) == churned
    assert labels(*told, late, won_back) == [*churned, ("2026-07-01", None)]


def test_an_extension_is_no_renewal_and_the_term_keeps_its_identity() -> None:
    first = updated("2024-01-01", **HALF)
    longer = (first, updated("2024-06-20", renews_on="2024-09-01"))
    again = seen_again((first,), longer)
    assert again is not None
    assert label(again) == ("2024-09-01", None)
    lost = seen_again((first,), (*longer, closed("2024-09-01", outcome="churned", on="2024-09-01")))
    assert lost is not None
    assert label(lost) == ("2024-09-01", True)


def test_a_date_that_was_rolled_on_is_a_renewal_known_when_it_moved() -> None:
    told = (
        updated("2022-12-31", renews_on="2023-12-31"),
        updated("2023-12-20", renews_on="2024-12-31"),
        updated("2024-12-20", renews_on="2025-12-31"),
        closed("2025-12-31", outcome="churned", on="2025-12-31"),
    )
    assert labels(*told) == [("2023-12-31", False), ("2024-12-31", False), ("2025-12-31", True)]
    assert [term.known_at for term in terms(*told)] == [patch.counts_from for patch in told[1:]]
    for known in (1, 2, 3):
        again = seen_again(told[:known], told)
        assert again is not None
        assert again.contract.number == known


def test_a_date_that_was_rolled_on_and_back_is_not_renewed() -> None:
    told = (
        updated("2024-01-01", renews_on="2024-07-01"),
        updated("2024-06-20", renews_on="2025-01-01"),
        updated("2024-06-25", renews_on="2024-07-01"),
    )
    assert labels(*told[:2]) == [("2024-07-01", False), ("2025-01-01", None)]
    assert labels(*told) == [("2024-07-01", None)]


def test_a_closing_long_after_the_date_says_nothing_of_it() -> None:
    told = updated("2024-01-01", **HALF)
    assert labels(told, closed("2024-09-29", outcome="churned", on="2024-09-29")) == [("2024-07-01", True)]
    assert labels(told, closed("2026-01-01", outcome="churned", on="2026-01-01")) == [("2024-07-01", None)]


def test_a_closing_that_came_to_be_known_late_counts_from_then() -> None:
    (term,) = terms(
        updated("2024-01-01", **HALF),
        closed("2024-07-01", known="2025-01-01", outcome="churned", on="2024-07-01"),
    )
    assert term.known_at is not None
    assert term.known_at == at(term.statements[0].day.replace(year=2025))


def test_a_closing_told_again_corrects_the_outcome_from_then_on() -> None:
    told = (
        updated("2024-01-01", **HALF),
        closed("2024-07-01", outcome="churned", on="2024-07-01"),
        closed("2025-04-01", outcome="renewed", on="2024-07-01"),
    )
    first = terms(*told)[0]
    assert (label(first), first.known_at) == (("2024-07-01", False), told[2].counts_from)


def test_a_closing_told_twice_was_known_at_first() -> None:
    told = (
        updated("2024-01-01", **HALF),
        closed("2024-07-01", outcome="churned", on="2024-07-01"),
        updated("2025-07-01", renews_on="2026-01-01"),
        closed("2026-01-01", outcome="churned", on="2024-07-01"),
    )
    first, won_back = terms(*told)
    assert (label(first), first.known_at) == (("2024-07-01", True), told[1].counts_from)
    assert label(won_back) == ("2026-01-01", None)


def test_trials_and_what_nobody_told_of_come_up_for_nothing() -> None:
    trial = updated("2024-01-01", **HALF, trial=True)
    alone = closed("2024-07-01", "other", outcome="renewed", on="2024-07-01")
    assert expected(terms(trial, alone, updated("2024-01-01", "ever", renews_on=None))) == ()


def test_a_term_goes_on_in_the_agreement_that_took_its_place() -> None:
    told = (
        updated("2024-01-01", "a", **HALF),
        closed("2024-06-20", "a", outcome="churned", on="2024-07-01"),
        updated("2024-06-25", "b", **NEXT),
    )
    moved, replacing = terms(*told)
    assert label(moved) == ("2024-07-01", False)
    assert moved.known_at == told[2].counts_from
    assert following(moved, terms(*told)) == replacing
