"""The commercial side of a customer: profile, people, contracts, renewals, invoices, milestones."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from radar.simulator import words
from radar.simulator.accounts import Account
from radar.simulator.dated_fact import DatedFact

CURRENCY: Final = "EUR"
SHOWN_INVOICES: Final = 12


def money(amount: float) -> dict[str, Any]:
    """Return an amount as the contract of events writes it."""
    return {"amount": round(amount, 2), "currency": CURRENCY}


def profile(account: Account) -> Iterator[DatedFact]:
    """Yield what the account is and who its people are, from its first day on."""
    begins = _first_day(account)
    name, mailbox = account.owner
    weekly_use = sum(person.active_share for person in account.people) * 5
    yield DatedFact(
        on=begins,
        what="profile",
        type="account_updated",
        data={
            "name": account.name,
            "segment": account.segment,
            "industry": account.industry,
            "region": account.region,
            "business_model": account.business_model,
            "owner": {"name": name, "email": f"{mailbox}@renewal-radar.example"},
            "north_star_target": float(round(weekly_use * 4 * 0.8)),
        },
    )
    for person in account.people:
        yield DatedFact(
            on=begins,
            what="person",
            type="user_updated",
            user_id=person.user_id,
            data={
                "role": person.role,
                "name": person.name,
                "email": f"{person.user_id}@customer.example",
                "invited_at": f"{begins}T08:00:00Z",
            },
        )


def contracts(account: Account, chance: random.Random) -> Iterator[DatedFact]:
    """Yield every term: its beginning, and how it ended."""
    if account.story.back_since is not None:
        yield from _lost_before(account)
    contract_id = f"{account.account_id}-c1"
    starts = account.begins_on
    mrr, seats = account.mrr, account.seats
    ends = account.terms + (0 if account.story.lost else 1)
    for term in range(1, ends + 2):
        renews = starts + account.term
        yield DatedFact(
            on=starts,
            what=f"term-{term}",
            type="contract_updated",
            data={
                "contract_id": contract_id,
                "starts_on": str(starts),
                "renews_on": str(renews),
                "mrr": money(mrr),
                "seats": seats,
                "auto_renew": account.segment == "long_tail",
                "notice_days": 30,
            },
        )
        outcome, factor = _outcome(account, chance, last=term >= ends)
        mrr *= factor
        closing = {"contract_id": contract_id, "outcome": outcome, "on": str(renews)}
        if outcome == "churned":
            yield DatedFact(
                on=renews, what=f"end-{term}", type="contract_closed", data={**closing, **_loss(chance)}
            )
            return
        yield DatedFact(
            on=renews, what=f"end-{term}", type="contract_closed", data={**closing, "new_mrr": money(mrr)}
        )
        starts = renews


def invoices(account: Account, anchor: date) -> Iterator[DatedFact]:
    """Yield the monthly invoices around the anchor; unhappy customers stop paying five weeks before it."""
    behind = account.story.temper == "unhappy"
    for number in range(-SHOWN_INVOICES, SHOWN_INVOICES):
        sent = anchor.replace(day=1) + timedelta(days=30 * number)
        if sent < account.begins_on or (account.story.lost and sent > account.renews_on):
            continue
        invoice = f"{account.account_id}-{sent:%Y%m%d}"
        due = sent + timedelta(days=14)
        base = {"invoice_id": invoice, "due_on": str(due)}
        yield DatedFact(
            on=sent,
            what=f"bill-{sent:%Y%m%d}",
            type="invoice_updated",
            data={**base, "amount": money(account.mrr)},
        )
        if not (behind and due > anchor - timedelta(days=35)):
            paid = due - timedelta(days=2)
            yield DatedFact(
                on=paid,
                what=f"paid-{sent:%Y%m%d}",
                type="invoice_updated",
                data={**base, "paid_on": str(paid)},
            )


def milestones(account: Account) -> Iterator[DatedFact]:
    """Yield the steps they reached after they became a customer."""
    steps = (("onboarded", 7), ("trained", 21), ("live", 45))
    for name, after in steps if account.story.activates else steps[:1]:
        yield DatedFact(
            on=account.begins_on + timedelta(days=after),
            what=f"milestone-{name}",
            type="milestone_reached",
            data={"name": name},
        )


def _first_day(account: Account) -> date:
    """The account existed before it came back."""
    return account.begins_on - timedelta(days=600 if account.story.back_since is not None else 0)


def _lost_before(account: Account) -> Iterator[DatedFact]:
    begins = _first_day(account)
    ends = begins + timedelta(days=364)
    contract_id = f"{account.account_id}-c0"
    yield DatedFact(
        on=begins,
        what="term-0",
        type="contract_updated",
        data={
            "contract_id": contract_id,
            "starts_on": str(begins),
            "renews_on": str(ends),
            "mrr": money(account.mrr * 0.8),
            "seats": account.seats,
        },
    )
    yield DatedFact(
        on=ends,
        what="end-0",
        type="contract_closed",
        data={
            "contract_id": contract_id,
            "outcome": "churned",
            "on": str(ends),
            "reason": words.REASONS[1],
            "competitor": words.COMPETITORS[0],
        },
    )


def _outcome(account: Account, chance: random.Random, *, last: bool) -> tuple[str, float]:
    """Return how a term ends and what becomes of the MRR. Earlier terms were renewed: they are still here."""
    if last and (account.story.lost or account.story.name in {"declining", "never_activated"}):
        return "churned", 0.0
    if account.story.name == "growing" and chance.random() < 0.7:
        return "expanded", 1.2
    if account.story.temper == "unhappy" and chance.random() < 0.4:
        return "contracted", 0.85
    return "renewed", 1.0


def _loss(chance: random.Random) -> dict[str, Any]:
    reason = chance.choice(words.REASONS)
    competitor = {"competitor": chance.choice(words.COMPETITORS)} if "competitor" in reason else {}
    return {"reason": reason, **competitor}
