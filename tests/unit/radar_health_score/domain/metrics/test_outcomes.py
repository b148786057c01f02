"""Metrics of the outcomes dimension, worked by hand. Now is the midnight before Monday, 1 June 2026."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from radar_health_score.domain.account.facts import (
    AccountFacts,
    Closing,
    Contract,
    Incident,
    Invoice,
    Promise,
    Request,
    SurveyAnswer,
    Ticket,
)
from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import CONTRACT, NOW, ago
from tests.support.reference_facts import facts_from


def read(name, **known):
    return measure(facts_from((), NOW, **known), WorkspaceSettings())[name]


def euros(amount):
    return Money(amount=amount, currency="EUR")


FIRST_TERM = Contract(
    contract_id="c1",
    starts_on=date(2024, 9, 1),
    renews_on=date(2025, 9, 1),
    seats=8,
    mrr=euros(1000.0),
    closing=Closing(on=date(2025, 9, 1), outcome="contracted"),
)


def test_arr_is_twelve_times_mrr():
    assert read("mrr", contracts=(CONTRACT,)) == 500
    assert read("arr", contracts=(CONTRACT,)) == 6000


def test_money_in_two_currencies_has_no_total():
    pounds = Contract(contract_id="c2", mrr=Money(amount=1.0, currency="GBP"))
    assert read("mrr", contracts=(CONTRACT, pounds)) == Missing("no MRR in a single currency is known")


def test_a_closed_contract_is_no_longer_in_force():
    left = replace(FIRST_TERM, closing=Closing(on=date(2025, 11, 21), outcome="churned"))
    assert read("mrr", contracts=(left,)) == Missing("no contract in force")
    assert read("days_to_renewal", contracts=(left,)) == Missing("no open contract")


def test_the_nearest_open_renewal_counts():
    later = Contract(contract_id="c2", renews_on=date(2027, 1, 1))
    assert read("days_to_renewal", contracts=(later, CONTRACT)) == 92


def test_a_renewal_nobody_closed_gives_way_after_a_quarter():
    forgotten = Contract(contract_id="c0", renews_on=date(2025, 1, 1))
    overdue = Contract(contract_id="c1", renews_on=date(2026, 5, 22))
    assert read("days_to_renewal", contracts=(forgotten, CONTRACT)) == 92
    assert read("days_to_renewal", contracts=(overdue, CONTRACT)) == -10
    assert read("days_to_renewal", contracts=(forgotten,)) == -516


def test_terms_tell_tenure_renewals_and_change():
    terms = (FIRST_TERM, CONTRACT)
    assert read("tenure_days", contracts=terms) == 638
    assert read("renewals_so_far", contracts=terms) == 1
    assert read("seats_change", contracts=terms) == pytest.approx(0.25)
    assert read("revenue_change", contracts=terms) == pytest.approx(-0.5)


def test_a_first_term_has_nothing_to_compare_with():
    assert read("seats_change", contracts=(CONTRACT,)) == Missing("no earlier term is known")
    assert read("renewals_so_far", contracts=(CONTRACT,)) == 0


def test_nps_is_the_latest_and_the_mean_of_a_year():
    answers = tuple(
        SurveyAnswer(kind="nps", score=score, at=ago(day))
        for day, score in ((10, 4.0), (100, 9.0), (400, 0.0))
    )
    assert read("nps_latest", surveys=answers) == 4
    assert read("nps_mean", surveys=answers) == 6.5
    assert read("nps_responses", surveys=answers) == 2
    assert read("nps_latest", surveys=answers[2:]) == Missing("no NPS response in the last year")


def test_csat_is_gathered_from_surveys_and_tickets():
    ticket = Ticket(ticket_id="t", status="solved", csat=2.0, solved_at=ago(5))
    survey = SurveyAnswer(kind="csat", score=5.0, at=ago(9))
    assert read("csat_mean", tickets=(ticket,), surveys=(survey,)) == 3.5


def test_tickets_are_counted_by_what_they_are():
    tickets = (
        Ticket(ticket_id="1", status="open", severity="critical", opened_at=ago(3)),
        Ticket(ticket_id="2", status="pending", complaint=True, opened_at=ago(200)),
        Ticket(ticket_id="3", status="solved", complaint=True, opened_at=ago(30), solved_at=ago(28)),
        Ticket(ticket_id="4", status="solved", complaint=True, opened_at=ago(200), solved_at=ago(199)),
        Ticket(ticket_id="5", status="solved", severity="high", opened_at=ago(21), solved_at=ago(20)),
    )
    assert read("open_tickets", tickets=tickets) == 2
    assert read("severe_open_tickets", tickets=tickets) == 1
    assert read("complaints", tickets=tickets) == 2
    assert read("time_to_resolve_hours", tickets=tickets) == 36


def test_invoices_are_overdue_the_day_after_they_are_due():
    invoices = (
        Invoice(invoice_id="1", due_on=date(2026, 6, 1)),
        Invoice(invoice_id="2", due_on=date(2026, 5, 31)),
        Invoice(invoice_id="3", due_on=date(2026, 5, 1), paid_on=date(2026, 5, 20)),
    )
    assert read("invoices_overdue", invoices=invoices) == 1


def test_promises_and_blocking_requests_count_until_they_are_done():
    promises = (
        Promise(promise_id="1", due_on=date(2026, 1, 1)),
        Promise(promise_id="2", due_on=date(2026, 1, 1), kept_on=date(2026, 2, 1)),
        Promise(promise_id="3"),
    )
    requests = (
        Request(request_id="1", kind="blocks_use", status="Planned"),
        Request(request_id="2", kind="blocks_use", status="Shipped"),
        Request(request_id="3", kind="money"),
    )
    assert read("promises_overdue", promises=promises) == 1
    assert read("blocking_requests", requests=requests) == 1


def test_incidents_that_overlap_count_once_and_only_inside_the_window():
    incidents = (
        Incident(incident_id="1", started_at=ago(2, 0), ended_at=ago(2, 2)),
        Incident(incident_id="2", started_at=ago(2, 1), ended_at=ago(2, 3)),
        Incident(incident_id="3", started_at=ago(40), ended_at=ago(28, 1)),
        Incident(incident_id="4", started_at=ago(1, 23)),
    )
    assert read("incident_minutes", incidents=incidents) == 180 + 60 + 60


def test_an_account_of_which_nothing_is_known_has_no_metric_at_all():
    readings = measure(
        AccountFacts(account_id="x", as_of=NOW, through=date(2026, 5, 31)), WorkspaceSettings()
    )
    assert set(readings) == set(CATALOGUE)
    assert all(isinstance(reading, Missing) and reading.reason for reading in readings.values())


def test_in_a_pause_silence_says_nothing():
    paused = replace(CONTRACT, pauses=((date(2026, 5, 1), None),))
    readings = {name: read(name, contracts=(paused,)) for name in CATALOGUE}
    of_use = {name for name, metric in CATALOGUE.items() if metric.dimension != "outcomes"} - {"seats"}
    assert {readings[name] for name in of_use} == {Missing("the contract is paused")}
    assert (readings["mrr"], readings["seats"]) == (0, CONTRACT.seats)
    over = replace(CONTRACT, pauses=((date(2026, 3, 1), date(2026, 5, 1)),))
    assert Missing("the contract is paused") not in [read(name, contracts=(over,)) for name in of_use]


def test_an_invoice_of_nothing_is_never_overdue():
    due = date(2026, 5, 1)
    free = Invoice(invoice_id="i1", due_on=due, amount=euros(0.0))
    credit = Invoice(invoice_id="i2", due_on=due, amount=euros(-50.0))
    unknown = Invoice(invoice_id="i3", due_on=due)
    assert read("invoices_overdue", invoices=(free, credit)) == 0
    assert read("longest_overdue_days", invoices=(free, credit)) == 0
    assert read("invoices_overdue", invoices=(free, credit, unknown)) == 1


@pytest.mark.parametrize("changed", [{"status": "open"}, {"opened_at": datetime(2026, 5, 20, tzinfo=UTC)}])
def test_a_ticket_open_again_or_solved_before_it_was_opened_was_not_resolved(changed):
    ticket = Ticket(
        ticket_id="t",
        status="solved",
        opened_at=datetime(2026, 5, 1, tzinfo=UTC),
        solved_at=datetime(2026, 5, 2, tzinfo=UTC),
    )
    assert read("time_to_resolve_hours", tickets=(ticket,)) == 24
    assert isinstance(read("time_to_resolve_hours", tickets=(replace(ticket, **changed),)), Missing)


@pytest.mark.parametrize("status", ["Resolved", " COMPLETED ", "cancelled", "已完成", "完了", "Done"])
def test_a_finished_request_is_not_open(status):
    assert read("open_requests", requests=(Request(request_id="r", status=status),)) == 0
