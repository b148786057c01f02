"""Small histories from reports of people who do this job, and what is right of each: see services/adr/0022."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from radar_health_score.domain.account.attributes import Patch, Stamped, State
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.contract_terms import contracts_of, skipped_of
from radar_health_score.domain.contracts.renewals import renewals_of, undated_of
from radar_health_score.domain.contracts.revenue import arr_on, in_force, revenue_on, spans
from radar_health_score.domain.contracts.standing import standing_of
from radar_health_score.domain.contracts.statements import Skipped
from radar_health_score.domain.contracts.terms import total_mrr, total_seats
from radar_health_score.domain.portfolio.economics import gross_revenue_retention, net_revenue_retention
from radar_health_score.domain.portfolio.losses import losses_between
from radar_health_score.domain.portfolio.revenue_change import revenue_change
from radar_health_score.domain.portfolio.revenue_ledger import Ledger
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from tests.support.contract_words import closed, contracts, known_by, terms, updated

NOW = "2026-11-27"
PLAIN = Rates()


@dataclass(frozen=True)
class Seen:
    """What answers about contracts say on a day."""

    today: date
    contracts: Sequence[Contract]

    @property
    def mrr(self) -> float | None:
        total = total_mrr(in_force(self.contracts, self.today), self.today)
        paid = revenue_on(spans(self.contracts), self.today, PLAIN).mrr
        assert arr_on(self.contracts, PLAIN, self.today) == {one: 12 * mrr for one, mrr in paid.items()}
        assert (total.amount if total else 0) == paid.get("EUR", 0), "metric and portfolio agree"
        return total.amount if total else None

    @property
    def standing(self) -> str:
        return standing_of(self.contracts, self.today)

    @property
    def due(self) -> list[tuple[str, float | None, str]]:
        found = renewals_of(self.contracts, self.today, lambda _: 0.9, "scorecard")
        return [(one.renews_on.isoformat(), one.probability, one.source) for one in found]

    @property
    def ended(self) -> dict[str, int]:
        """Terms that ended by the day, as the metrics count them."""
        closings = [one.closing for one in self.contracts if one.closing is not None and not one.trial]
        past = [one for one in closings if one.on <= self.today]
        lost = sum(one.outcome == "churned" for one in past)
        return {"renewed": len(past) - lost, "lost": lost}

    def ledger(self, first: str) -> Ledger:
        ledger = Ledger()
        ledger.add(revenue_change(self.contracts, date.fromisoformat(first), self.today, PLAIN))
        return ledger

    def losses(self) -> list[tuple[str, float | None]]:
        found = losses_between(self.contracts, date.min, self.today, PLAIN)
        return [(one.lost_on.isoformat(), one.mrr.amount if one.mrr else None) for one in found]


def seen(day: str, *told: Patch) -> Seen:
    """Return what was known by the end of a day, as seen on it."""
    return Seen(date.fromisoformat(day), contracts(*known_by(day, told)))


ANNUAL: dict[str, Any] = {
    "starts_on": "2025-12-15",
    "renews_on": "2026-12-15",
    "mrr": 100,
    "auto_renew": True,
}
SIGNED = updated("2025-12-15", **ANNUAL)
CANCELLED = closed("2026-06-01", outcome="churned", on="2026-12-15")


@pytest.mark.parametrize(
    "taken_back",
    [
        updated("2026-07-01", **ANNUAL, cancelled=False),
        updated("2026-07-01", cancelled=False),
        closed("2026-07-01", outcome=None),
        closed("2026-07-01", outcome=None, on="2026-12-15"),
        updated("2026-07-01", **{**ANNUAL, "seats": 12}),
    ],
)
def test_a_cancellation_that_was_taken_back_never_was(taken_back: Patch) -> None:
    now = seen(NOW, SIGNED, CANCELLED, taken_back)
    assert (now.standing, now.mrr, now.due) == ("customer", 100, [("2026-12-15", 0.9, "scorecard")])
    assert now.ended == {"renewed": 0, "lost": 0}
    then = seen("2026-06-15", SIGNED, CANCELLED, taken_back)
    assert (then.standing, then.mrr, then.due) == ("customer", 100, [("2026-12-15", 0.0, "told")])


def test_a_scheduled_cancellation_stands_whatever_a_nightly_sync_repeats() -> None:
    told = [SIGNED, CANCELLED]
    told += [updated((date(2026, 6, 2) + timedelta(days=n)).isoformat(), **ANNUAL) for n in range(200)]
    before, after = seen("2026-12-14", *told), seen("2026-12-15", *told)
    assert (before.standing, before.mrr, before.due) == ("customer", 100, [("2026-12-15", 0.0, "told")])
    assert before.ended == {"renewed": 0, "lost": 0}
    assert (after.standing, after.mrr, after.due) == ("former", None, [])
    assert (after.ended, after.losses()) == ({"renewed": 0, "lost": 1}, [("2026-12-15", 100)])


def test_a_sync_that_always_says_that_nothing_is_cancelled_takes_back_only_a_flag() -> None:
    flagged = [updated(f"2026-0{month}-02", **ANNUAL, cancelled=False) for month in (5, 6, 7)]
    assert seen("2026-12-15", SIGNED, *flagged, CANCELLED).standing == "former"
    set_between = updated("2026-06-03", **ANNUAL, cancelled=True)
    assert seen("2026-12-15", SIGNED, *flagged, set_between).standing == "customer"


@pytest.mark.parametrize("alone", [{"seats": 12}, {"mrr": 120}, {"auto_renew": False}])
def test_seats_or_amount_alone_reinstate_nothing(alone: dict[str, Any]) -> None:
    told = (SIGNED, CANCELLED, updated("2026-07-01", **alone))
    assert seen("2026-12-15", *told).standing == "former"


@pytest.mark.parametrize("dates", [{"renews_on": None}, {}])
def test_a_contract_without_a_renewal_date_that_was_cancelled_is_listed_until_its_last_day(
    dates: dict[str, Any],
) -> None:
    told = (
        updated("2025-12-15", starts_on="2025-12-15", mrr=100, **dates),
        closed("2026-06-01", outcome="churned", on="2026-12-15"),
    )
    before, after = seen("2026-12-14", *told), seen("2026-12-15", *told)
    assert (before.standing, before.due) == ("customer", [("2026-12-15", 0.0, "told")])
    assert (after.standing, after.due) == ("former", [])


def test_a_cancellation_may_be_a_flag_of_the_contract() -> None:
    told = (SIGNED, updated("2026-06-01", **ANNUAL, cancelled=True))
    assert seen("2026-12-14", *told).due == [("2026-12-15", 0.0, "told")]
    assert seen("2026-12-15", *told).standing == "former"
    assert seen("2026-12-14", *told, updated("2026-07-01", cancelled=False)).due[0][1] == 0.9


@pytest.mark.parametrize(
    ("outcome", "on", "mrr", "lost", "terms"),
    [
        ("churned", "2025-06-01", None, [], []),  # cancelled on the first day
        ("churned", "2025-12-31", None, [("2025-12-31", 100)], ["2025-06-01"]),
        ("churned", "2026-06-01", None, [("2026-06-01", 100)], ["2025-06-01"]),
        ("renewed", "2026-06-01", 100, [], ["2025-06-01", "2026-06-01"]),
        ("renewed", "2025-06-01", 100, [], [None, "2025-06-01"]),  # the term before, of which nobody told
        ("churned", "2024-12-31", 100, [("2024-12-31", None)], [None, "2025-06-01"]),
    ],
)
@pytest.mark.parametrize("told", ["2026-11-01", "2025-06-01"])
def test_a_contract_that_is_told_of_together_with_its_closing_is_the_one_that_was_closed(
    told: str,
    outcome: str,
    on: str,
    mrr: float | None,
    lost: list[tuple[str, float | None]],
    terms: list[str | None],
) -> None:
    signed = updated(told, starts_on="2025-06-01", renews_on="2026-06-01", mrr=100)
    now = seen(NOW, closed(told, outcome=outcome, on=on), signed)
    assert (now.mrr, now.losses()) == (mrr, lost)
    assert [one.starts_on and one.starts_on.isoformat() for one in now.contracts] == terms


def test_a_closing_told_again_corrects_its_day() -> None:
    told = (
        updated("2025-07-01", starts_on="2025-07-01", renews_on="2026-07-01", mrr=100),
        closed("2026-05-20", outcome="churned", on="2026-05-31"),
        closed("2026-05-25", outcome="churned", on="2026-06-30"),
    )
    now = seen(NOW, *told)
    assert now.losses() == [("2026-06-30", 100)]
    money = now.ledger("2025-11-27").money["EUR"]
    assert (money.ended, money.churned) == (100, 100)
    assert seen("2026-06-29", *told).mrr == 100


def test_a_closing_told_again_corrects_outcome_and_amount() -> None:
    told = (
        updated("2025-07-01", starts_on="2025-07-01", renews_on="2026-07-01", mrr=100),
        closed("2026-06-20", outcome="churned", on="2026-07-01"),
        closed("2026-07-20", outcome="expanded", on="2026-07-03", new_mrr=130),
    )
    assert seen("2026-07-19", *told).standing == "former"
    now = seen(NOW, *told)
    assert (now.mrr, now.ended, now.losses()) == (130, {"renewed": 1, "lost": 0}, [])
    (first, _) = terms(*told)
    assert first.known_at == told[2].counts_from


def test_what_was_cancelled_on_its_first_day_never_was_a_contract() -> None:
    told = (
        updated("2026-05-01", starts_on="2026-05-01", renews_on="2027-05-01", mrr=100),
        closed("2026-05-02", outcome="churned", on="2026-05-01"),
    )
    now = seen(NOW, *told)
    assert (now.standing, now.mrr, now.due, now.losses()) == ("prospect", None, [], [])
    assert now.ledger("2025-11-27").customers == 0


def test_an_account_whose_next_term_was_cancelled_is_lost_on_that_day() -> None:
    told = (
        updated("2025-05-01", starts_on="2025-05-01", renews_on="2026-05-01", mrr=100),
        updated("2026-02-01", starts_on="2026-05-01", renews_on="2027-05-01", mrr=110),
        closed("2026-04-20", outcome="churned", on="2026-05-01"),
    )
    now = seen(NOW, *told)
    assert (now.standing, now.losses(), now.ended) == (
        "former",
        [("2026-05-01", 100)],
        {"renewed": 0, "lost": 1},
    )


CRM = updated("2025-06-01", "a", product="crm", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100)


@pytest.mark.parametrize("product", ["mail", "crm", None])
def test_a_cross_sell_near_a_renewal_leaves_the_renewed_contract_alone(product: str | None) -> None:
    told = (
        CRM,
        closed("2026-06-01", "a", outcome="renewed", on="2026-06-01"),
        updated("2026-06-15", "b", product=product, renews_on="2027-06-15", mrr=50),
    )
    now = seen(NOW, *told)
    assert now.mrr == 150
    assert gross_revenue_retention(now.ledger("2025-11-27").money["EUR"]) == 1


@pytest.mark.parametrize(("begins", "between"), [("2026-03-20", 100), ("2026-03-10", 120)])
def test_an_agreement_that_takes_the_place_of_another_is_a_move(begins: str, between: float) -> None:
    told = (
        CRM,
        closed("2026-03-15", "a", outcome="churned", on="2026-03-15"),
        updated(begins, "b", product="crm", starts_on=begins, renews_on="2027-03-20", mrr=120),
    )
    now = seen(NOW, *told)
    assert (now.mrr, now.losses(), now.ended) == (120, [], {"renewed": 1, "lost": 0})
    ledger = now.ledger("2025-11-27")
    assert (ledger.lost, ledger.new, ledger.renewed, ledger.churned) == (0, 0, 1, 0)
    assert net_revenue_retention(ledger.money["EUR"]) == 1.2
    assert seen("2026-03-18", *told).mrr in {None, between}
    assert Seen(date(2026, 3, 17), now.contracts).mrr == between


def test_another_product_takes_no_place() -> None:
    told = (
        CRM,
        closed("2026-03-15", "a", outcome="churned", on="2026-03-15"),
        updated("2026-03-20", "b", product="mail", renews_on="2027-03-20", mrr=120),
    )
    assert seen(NOW, *told).losses() == [("2026-03-15", 100)]


def test_steps_that_were_agreed_at_signing_are_one_term() -> None:
    told = [
        updated(
            "2025-01-01", starts_on=f"{year}-01-01", renews_on=f"{year + 1}-01-01", mrr=mrr, seats=int(mrr)
        )
        for year, mrr in ((2025, 100), (2026, 150), (2027, 200))
    ]
    then, now = seen("2025-06-30", *told), seen(NOW, *told)
    assert (then.mrr, then.ended) == (100, {"renewed": 0, "lost": 0})
    assert (now.mrr, now.ended, now.due) == (
        150,
        {"renewed": 0, "lost": 0},
        [("2028-01-01", 0.9, "scorecard")],
    )
    assert [total_seats(then.contracts, then.today), total_seats(now.contracts, now.today)] == [100, 150]
    again = [*told, updated("2026-02-01", starts_on="2026-01-01", renews_on="2027-01-01", mrr=150)]
    assert seen(NOW, *again).due == now.due


RENEWED_ALONE = (
    updated("2025-06-01", "a", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100, seats=10),
    closed("2026-06-01", "a", outcome="renewed", on="2026-06-01"),
)


def test_a_renewal_that_only_its_closing_told_goes_on_as_it_was() -> None:
    now = seen(NOW, *RENEWED_ALONE)
    assert (now.mrr, total_seats(in_force(now.contracts, now.today), now.today)) == (100, 10)
    assert (now.standing, now.due, now.ended) == ("customer", [], {"renewed": 1, "lost": 0})
    by_itself = (updated("2025-06-01", "a", starts_on="2025-06-01", renews_on="2026-06-01", auto_renew=True),)
    assert seen(NOW, *by_itself, RENEWED_ALONE[1]).due == [("2027-06-01", 0.9, "scorecard")]


def test_and_is_lost_a_year_later_by_a_second_closing() -> None:
    told = (*RENEWED_ALONE, closed("2027-06-01", "a", outcome="churned", on="2027-06-01"))
    then = seen("2027-06-02", *told)
    assert (then.ended, then.losses()) == ({"renewed": 1, "lost": 1}, [("2027-06-01", 100)])
    assert [one.contract.closing and one.contract.closing.outcome for one in terms(*told)] == [
        "renewed",
        "churned",
    ]


TRIAL = updated("2025-11-20", "t", trial=True, starts_on="2025-11-20", renews_on="2025-12-20", mrr=0)


def test_a_trial_that_never_paid_is_no_customer_lost() -> None:
    running = seen("2025-12-01", TRIAL)
    assert (running.standing, running.due, running.ledger("2025-11-01").customers) == ("prospect", [], 0)
    now = seen(NOW, TRIAL, closed("2025-12-20", "t", outcome="churned", on="2025-12-20"))
    assert (now.standing, now.losses(), now.ended) == ("prospect", [], {"renewed": 0, "lost": 0})
    ledger = now.ledger("2025-11-27")
    assert (ledger.lost, ledger.churned, ledger.renewed) == (0, 0, 0)


PAID = updated("2025-12-20", "t", trial=False, starts_on="2025-12-20", renews_on="2026-12-20", mrr=50)
PAID_SILENTLY = updated("2025-12-20", "t", starts_on="2025-12-20", renews_on="2026-12-20", mrr=50)
AHEAD = updated("2025-12-18", "t", starts_on="2025-12-20", renews_on="2026-12-20", mrr=50)


@pytest.mark.parametrize(
    "told",
    [
        (closed("2025-12-20", "t", outcome="expanded", on="2025-12-20", new_mrr=50), PAID),
        (PAID,),
        (closed("2025-12-20", "t", outcome="expanded", on="2025-12-20", new_mrr=50),),
        (closed("2025-12-20", "t", outcome="expanded", on="2025-12-20", new_mrr=50), PAID_SILENTLY),
        (AHEAD, closed("2025-12-20", "t", outcome="expanded", on="2025-12-20", new_mrr=50)),
    ],
)
def test_a_trial_that_converts_is_a_new_customer(told: tuple[Patch, ...]) -> None:
    now = seen("2026-11-01", TRIAL, *told)
    assert (now.standing, now.mrr, now.ended) == ("customer", 50, {"renewed": 0, "lost": 0})
    ledger = now.ledger("2025-12-01")
    assert (ledger.new, ledger.won_back, ledger.renewed) == (1, 0, 0)
    assert (seen("2025-12-19", TRIAL, *told).mrr, seen("2025-12-20", TRIAL, *told).mrr) == (None, 50)


def test_who_paid_after_a_trial_is_a_customer_lost() -> None:
    converted = closed("2025-12-20", "t", outcome="expanded", on="2025-12-20", new_mrr=50)
    now = seen("2026-11-01", TRIAL, converted, closed("2026-06-20", "t", outcome="churned", on="2026-06-20"))
    assert (now.standing, now.losses()) == ("former", [("2026-06-20", 50)])


PAUSED = (
    updated("2025-01-01", starts_on="2025-01-01", renews_on="2027-01-01", mrr=100),
    updated("2026-03-01", paused_from="2026-03-01", paused_until="2026-06-01"),
)


def test_a_pause_pays_nothing_and_loses_nobody() -> None:
    days = ("2026-02-28", "2026-03-01", "2026-05-31", "2026-06-01")
    assert [seen(day, *PAUSED).mrr for day in days] == [100, 0, 0, 100]
    paused = seen("2026-04-30", *PAUSED)
    found = renewals_of(paused.contracts, paused.today, lambda _: None, "scorecard")
    assert [one.arr.amount for one in found if one.arr] == [1200]
    into, out = paused.ledger("2026-01-31"), seen("2026-07-31", *PAUSED).ledger("2026-04-30")
    assert [(one.lost, one.new, one.won_back) for one in (into, out)] == [(0, 0, 0), (0, 0, 0)]
    assert (into.money["EUR"].contraction, into.money["EUR"].churned) == (100, 0)


def test_a_pause_without_an_end_lasts() -> None:
    told = (PAUSED[0], updated("2026-03-01", paused_from="2026-03-01"))
    assert (seen(NOW, *told).mrr, seen(NOW, *told).standing) == (0, "customer")
    ended = updated("2026-08-01", paused_until="2026-08-01")
    assert (seen(NOW, *told, ended).mrr, seen("2026-07-01", *told, ended).mrr) == (100, 0)


def test_a_sync_that_names_no_pause_any_more_takes_back_none_that_is_over() -> None:
    again = updated("2026-03-01", paused_from="2026-08-01", paused_until="2026-09-01")
    synced = [updated(day, paused_from=None, paused_until=None) for day in ("2026-09-01", "2026-09-02")]
    told = (*PAUSED, again, *synced)
    days = map(date.fromisoformat, ("2026-03-01", "2026-06-01", "2026-08-01", NOW))
    assert [Seen(day, contracts(*told)).mrr for day in days] == [0, 100, 0, 100]
    wrong = updated("2026-03-10", paused_from=None)
    assert seen("2026-04-30", *PAUSED, wrong).mrr == 100


def test_a_date_that_is_only_rolled_on_is_a_renewal_each_time() -> None:
    told = (
        updated("2024-06-01", renews_on="2025-06-01", mrr=100),
        updated("2025-06-01", renews_on="2026-06-01"),
        updated("2026-06-01", renews_on="2027-06-01"),
    )
    now = seen(NOW, *told)
    assert (now.ended, now.due, now.mrr) == (
        {"renewed": 2, "lost": 0}, [("2027-06-01", 0.9, "scorecard")], 100,
    )  # fmt: skip
    assert [one.contract.closing and one.contract.closing.on.isoformat() for one in terms(*told)] == [
        "2025-06-01", "2026-06-01", None,
    ]  # fmt: skip


def test_a_sync_that_repeats_the_first_start_with_every_date_that_it_rolls_on_moves_no_start() -> None:
    told = [
        updated(
            f"2026-{month:02}-{day:02}", starts_on="2026-01-01", renews_on=f"2026-{month + 1:02}-01", mrr=10
        )
        for month in range(1, 6)
        for day in (1, 2, 15)
    ]
    found = contracts(*told)
    assert [one.starts_on and one.starts_on.isoformat() for one in found] == [
        "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01",
    ]  # fmt: skip
    assert seen("2026-05-20", *told).due == [("2026-06-01", 0.9, "scorecard")]


def test_many_terms_of_which_only_their_closings_told_are_read() -> None:
    ends = [(date(2000, 1, 8) + timedelta(days=7 * n)).isoformat() for n in range(1200)]
    told = [updated("2000-01-01", starts_on="2000-01-01", renews_on=ends[0], mrr=100)]
    told += [closed(end, outcome="renewed", on=end) for end in ends]
    assert len(contracts(*told)) == 1201


@pytest.mark.parametrize(
    ("told_on", "to", "renewed"),
    [
        ("2026-05-20", "2026-09-01", 0),  # moved by a quarter
        ("2026-05-20", "2027-06-01", 1),
        ("2026-05-20", "2028-06-01", 1),  # for two terms
        ("2026-03-01", "2027-06-01", 0),  # long before the end
        ("2026-05-20", "2026-05-25", 0),
    ],
)
def test_what_is_no_roll_is_an_extension_of_the_same_term(told_on: str, to: str, renewed: int) -> None:
    told = (
        updated("2025-06-01", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100),
        updated(told_on, renews_on=to),
    )
    found = contracts(*told)
    assert (len(found), found[-1].renews_on) == (1 + renewed, date.fromisoformat(to))
    assert seen(NOW, *told).ended == {"renewed": renewed, "lost": 0}


def test_an_extended_term_keeps_its_id_and_its_outcome() -> None:
    told = (
        updated("2025-06-01", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100),
        updated("2026-05-20", renews_on="2026-09-01"),
    )
    (before,), (after,) = contracts(told[0]), contracts(*told)
    assert before.term_id == after.term_id


def test_an_evergreen_contract_never_comes_up() -> None:
    told = (updated("2025-06-01", starts_on="2025-06-01", renews_on=None, mrr=100),)
    now = seen(NOW, *told)
    assert (now.standing, now.mrr, now.due) == ("customer", 100, [])
    ended = closed("2026-10-31", outcome="churned", on="2026-10-31")
    assert seen(NOW, *told, ended).losses() == [("2026-10-31", 100)]


EVERGREEN = updated("2025-06-01", starts_on="2025-06-01", renews_on=None, mrr=100)
YEAR = updated("2025-06-01", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100)


@pytest.mark.parametrize(
    "told",
    [
        (EVERGREEN, closed("2026-06-01", outcome="expanded", on="2026-06-01", new_mrr=150)),
        (EVERGREEN, closed("2026-06-01", outcome="renewed", on="2026-06-01"), updated("2026-06-02", mrr=150)),
        (YEAR, closed("2026-06-01", outcome="renewed", on="2026-06-01"),
         updated("2026-06-02", renews_on=None, mrr=150)),
    ],
)  # fmt: skip
def test_a_contract_that_goes_on_without_a_date_as_was_told_has_no_unknown_date(
    told: tuple[Patch, ...],
) -> None:
    now = seen(NOW, *told)
    assert (now.mrr, now.due, undated_of(now.contracts, now.today)) == (150, [], ())


def test_a_contract_ahead_makes_a_customer_when_its_day_comes() -> None:
    told = (updated("2026-11-01", starts_on="2026-12-01", renews_on="2027-12-01", mrr=100),)
    assert [seen(day, *told).standing for day in (NOW, "2026-12-01")] == ["prospect", "customer"]


def test_a_renewal_told_ahead_counts_when_its_day_comes() -> None:
    told = (
        updated("2025-12-15", starts_on="2025-12-15", renews_on="2026-12-15", mrr=100),
        closed("2026-11-01", outcome="expanded", on="2026-12-15", new_mrr=150),
    )
    assert [(seen(day, *told).mrr, seen(day, *told).ended["renewed"]) for day in (NOW, "2026-12-15")] == [
        (100, 0), (150, 1),
    ]  # fmt: skip


def stored(kind: str, **says: object) -> dict[str, dict[str, State]]:
    """Return what an earlier release may have stored: values of any kind."""
    return {kind: {"e": {name: Stamped(value, 1, 1, 0) for name, value in says.items()}}}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("renews_on", "0001-01-01"),
        ("renews_on", "9999-12-31"),
        ("starts_on", "1969-12-31"),
        ("notice_days", 800_000),
        ("mrr", {"amount": -1.0, "currency": "EUR"}),
        ("mrr", {"amount": 1.0, "currency": "EUR\n"}),
    ],
)
def test_a_stored_value_that_no_contract_can_have_is_skipped_and_said(field: str, value: object) -> None:
    told = stored("contract", **{"contract_id": "c", "seats": 5, field: value})
    berlin = WorkspaceDays("Europe/Berlin")
    (term,), skipped = contracts_of(told, berlin), skipped_of(told, berlin)
    assert (term.seats, getattr(term, field) in {None, date(1970, 1, 1)}) == (5, True)
    assert skipped == (Skipped(contract_id="c", field=field, value=str(value)),)


def test_a_stored_closing_on_no_day_is_left_out_and_said() -> None:
    told = stored("closing", contract_id="c", outcome="churned", on="0001-01-01")
    berlin = WorkspaceDays("Europe/Berlin")
    assert (contracts_of(told, berlin), [one.field for one in skipped_of(told, berlin)]) == ((), ["on"])
