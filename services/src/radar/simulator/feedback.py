"""What customers say and suffer: surveys, tickets, requests, promises, incidents, people leaving."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from radar.simulator import words
from radar.simulator.accounts import Account
from radar.simulator.dated_fact import DatedFact

NPS: Final = {"happy": (8, 10), "mixed": (6, 8), "unhappy": (1, 5)}
CSAT: Final = {"happy": (4, 5), "mixed": (3, 5), "unhappy": (1, 3)}
TICKETS: Final = {"happy": 2, "mixed": 4, "unhappy": 6}


def surveys(account: Account, anchor: date, chance: random.Random) -> Iterator[DatedFact]:
    """Yield NPS answers, about one a quarter; the mood of the story shows in the latest."""
    for ago in (190, 100, 18):
        on = anchor - timedelta(days=ago + chance.randint(0, 12))
        if on < account.begins_on or chance.random() < 0.15:
            continue
        mood = account.story.temper if ago < 150 else "happy"
        yield DatedFact(
            on=on,
            what=f"nps-{ago}",
            type="survey_answered",
            user_id=chance.choice(account.people[2:] or account.people[1:]).user_id,
            data={"kind": "nps", "score": float(chance.randint(*NPS[mood])), "comment": words.COMMENTS[mood]},
        )


def tickets(account: Account, anchor: date, days: int, chance: random.Random) -> Iterator[DatedFact]:
    """Yield tickets of the last ``days`` days; unhappy customers' latest ones are severe and still open."""
    mood = account.story.temper
    size = {"key": 2, "mid": 1, "long_tail": 1}[account.segment]
    for number in range(1, chance.randint(1, TICKETS[mood]) * size + 1):
        ago = chance.randint(3, max(4, days))
        opened = anchor - timedelta(days=ago)
        open_still = mood == "unhappy" and ago < 40
        if opened < account.begins_on:
            continue
        base = {
            "ticket_id": f"{account.account_id}-t{number}",
            "severity": chance.choice(("high", "critical"))
            if open_still
            else chance.choice(("low", "normal")),
            "module": chance.choice(words.MODULES),
        }
        yield DatedFact(
            on=opened,
            what=f"ticket-{number}",
            type="ticket_updated",
            data={
                **base,
                "status": "open",
                "complaint": open_still and chance.random() < 0.6,
                "opened_at": f"{opened}T09:00:00Z",
            },
        )
        csat = float(chance.randint(*CSAT[mood]))
        solved = opened + timedelta(days=chance.randint(1, 3))
        if not open_still:
            yield DatedFact(
                on=solved,
                what=f"solved-{number}",
                type="ticket_updated",
                data={**base, "status": "solved", "solved_at": f"{solved}T15:00:00Z", "csat": csat},
            )


def promises(account: Account, anchor: date, chance: random.Random) -> Iterator[DatedFact]:
    """Yield a promise made in the sale to every second customer; unhappy ones still wait for it."""
    if chance.random() < 0.5 and account.story.temper != "unhappy":
        return
    made = max(account.begins_on, anchor - timedelta(days=150))
    due = made + timedelta(days=60)
    base = {"promise_id": f"{account.account_id}-p1"}
    text = chance.choice(words.PROMISES)
    yield DatedFact(
        on=made,
        what="promise",
        type="promise_updated",
        data={**base, "description": text, "due_on": str(due)},
    )
    if account.story.temper != "unhappy":
        kept = due - timedelta(days=5)
        yield DatedFact(on=kept, what="kept", type="promise_updated", data={**base, "kept_on": str(kept)})


def requests(account: Account, anchor: date, chance: random.Random) -> Iterator[DatedFact]:
    """Yield an open request now and then; it blocks the use of those who are unhappy."""
    unhappy = account.story.temper == "unhappy"
    if not unhappy and chance.random() < 0.6:
        return
    yield DatedFact(
        on=max(account.begins_on, anchor - timedelta(days=chance.randint(20, 60))),
        what="request",
        type="request_updated",
        data={
            "request_id": f"{account.account_id}-r1",
            "description": "Export the monthly report to the data warehouse",
            "module": chance.choice(words.MODULES),
            "kind": "blocks_use" if unhappy else chance.choice(("wins_deal", "money", "other")),
            "status": "open",
            "region": account.region,
        },
    )


def incidents(account: Account, anchor: date) -> Iterator[DatedFact]:
    """Yield our outage, for those whom it hit."""
    if not account.story.outage:
        return
    for number, ago in enumerate((24, 15), start=1):
        on = anchor - timedelta(days=ago)
        yield DatedFact(
            on=on,
            what=f"incident-{number}",
            type="incident_updated",
            data={
                "incident_id": f"outage-{on:%Y%m%d}",
                "severity": "critical",
                "started_at": f"{on}T08:10:00Z",
                "ended_at": f"{on}T14:40:00Z",
            },
        )


def departures(account: Account, anchor: date) -> Iterator[DatedFact]:
    """Yield the champion's farewell a few days after the last sign of life, where the story has one."""
    until = account.story.champion_until
    if until is None:
        return
    on = anchor + timedelta(days=until + 4)
    for person in account.people:
        if person.champion:
            yield DatedFact(
                on=on,
                what="left",
                type="user_updated",
                user_id=person.user_id,
                data={"left_at": f"{on}T17:00:00Z"},
            )
