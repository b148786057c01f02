"""Made-up histories of use for property tests, and the facts they come to."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from radar_health_score.domain.account.facts import (
    AccountFacts,
    Contract,
    Invoice,
    SurveyAnswer,
    Ticket,
)
from radar_vocabulary.contracts.scalars import Money
from tests.support.reference_facts import LOGIN, SESSION, Use, facts_from

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CONTRACT = Contract(
    contract_id="c1",
    starts_on=date(2025, 9, 1),
    renews_on=date(2026, 9, 1),
    seats=10,
    mrr=Money(amount=500.0, currency="EUR"),
)


def ago(days: float, hour: int = 0) -> datetime:
    """Return the moment ``days`` days before NOW, at ``hour``."""
    return NOW - timedelta(days=days) + timedelta(hours=hour)


uses = st.builds(
    Use,
    at=st.integers(min_value=1, max_value=200 * 24 * 60).map(
        lambda minutes: NOW - timedelta(minutes=minutes)
    ),
    user=st.sampled_from(["ann", "bob", "cem", "dee", None]),
    feature=st.sampled_from([LOGIN, SESSION, "report", "export", "share"]),
    count=st.integers(min_value=1, max_value=30),
    seconds=st.sampled_from([0.0, 12.5, 600.0]),
)
histories = st.lists(uses, max_size=60)

_tickets = st.builds(
    Ticket,
    ticket_id=st.uuids().map(str),
    status=st.sampled_from(["open", "solved"]),
    severity=st.sampled_from(["low", "high", "critical"]),
    complaint=st.booleans(),
    opened_at=st.integers(min_value=50, max_value=300).map(ago),
    solved_at=st.one_of(st.none(), st.integers(min_value=0, max_value=49).map(ago)),
    csat=st.one_of(st.none(), st.floats(min_value=1, max_value=5)),
)
_surveys = st.builds(
    SurveyAnswer,
    kind=st.just("nps"),
    score=st.integers(min_value=0, max_value=10).map(float),
    at=st.integers(min_value=0, max_value=500).map(ago),
)
_invoices = st.builds(
    Invoice,
    invoice_id=st.uuids().map(str),
    due_on=st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 1)),
    paid_on=st.one_of(st.none(), st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 1))),
)


@st.composite
def accounts(draw: st.DrawFn) -> AccountFacts:
    """Draw an account with any mixture of what may be known about it."""
    return facts_from(
        draw(histories),
        NOW,
        roles=draw(
            st.dictionaries(st.sampled_from(["ann", "bob"]), st.sampled_from(["decision_maker", "manager"]))
        ),
        contracts=draw(st.sampled_from([(), (CONTRACT,)])),
        tickets=tuple(draw(st.lists(_tickets, max_size=4))),
        surveys=tuple(draw(st.lists(_surveys, max_size=3))),
        invoices=tuple(draw(st.lists(_invoices, max_size=3))),
    )
