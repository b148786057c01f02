"""Events as the sample company sends them, from as many accounts as wanted: the same mix, size and skew each time.

Types come in the shares that `radar simulate` gives (51% uses of seven features, 29% logins, 14% sessions, 6% facts
about people, invoices, tickets, surveys). The account at rank r sends in proportion to r**-0.95, so that the largest
fifth sends about four fifths, at 1,000 accounts and at 100,000. ``history`` is the day before, on which everybody
did everything once: a product that has been running for a while knows its people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
from msgspec import Raw

from radar_vocabulary.contracts.event_record import EventRecord, encode_event

FEATURES = (
    "dashboard.view",
    "workflow.run",
    "search",
    "report.create",
    "comment.add",
    "report.export",
    "integration.sync",
)
_SHARES = {"feature_used": 0.51, "login": 0.29, "session_ended": 0.14}
_FACTS = ("user_updated", "invoice_updated", "invoice_updated", "ticket_updated", "survey_answered")
_LOGIN = b'{"method":"password"}'
_SKEW = -0.95
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """One event, ready to be sent in the native format or put on the log."""

    id: str
    type: str
    account_id: str
    user_id: str
    data: bytes


class EventSource:
    """An endless stream of distinct events; ``tag`` sets its ids apart from another stream's.

    Args:
        people: the fewest and the most people of an account.
        plain: nothing but uses of one feature.
    """

    def __init__(
        self,
        *,
        accounts: int,
        tag: str,
        people: tuple[int, int] = (3, 14),
        plain: bool = False,
        seed: int = 1,
    ) -> None:
        self._random = np.random.default_rng(seed)
        self._accounts = accounts
        self._people = people
        self._plain = plain
        weights = np.arange(1, accounts + 1) ** _SKEW
        self._up_to = np.cumsum(weights) / weights.sum()
        self._tag = tag
        self._made = 0

    def take(self, count: int) -> list[Told]:
        """Return the next ``count`` events."""
        made: list[Told] = []
        while len(made) < count:
            made.extend(self._some(min(_CHUNK, count - len(made))))
        return made

    def history(self) -> list[Told]:
        """Return everything that people do, once for everybody, account by account."""
        used = [("feature_used", _use(name, 0)) for name in FEATURES]
        done = used[:1] if self._plain else [("login", _LOGIN), ("session_ended", b'{"seconds":60.0}'), *used]
        return [
            self._told(what, account, user, data)
            for account in range(self._accounts)
            for user in range(self._people_of(account))
            for what, data in done
        ]

    def _people_of(self, account: int) -> int:
        fewest, most = self._people
        return fewest + account * 7 % (most - fewest + 1)

    def _told(self, what: str, account: int, user: int, data: bytes) -> Told:
        self._made += 1
        name = f"account-{account}"
        return Told(f"{self._tag}-{self._made:08d}", what, name, f"{name}-{user}", data)

    def _some(self, count: int) -> Iterator[Told]:
        draw = self._random
        accounts = np.searchsorted(self._up_to, draw.random(count)).tolist()
        kinds = draw.random(count).tolist()
        people = draw.random(count).tolist()
        things = draw.integers(0, 1000, count).tolist()
        for account, kind, person, thing in zip(accounts, kinds, people, things, strict=True):
            user = int(person * person * self._people_of(account))  # the first ones do most
            what, data = self._meaning(kind, thing)
            yield self._told(what, account, user, data)

    def _meaning(self, kind: float, thing: int) -> tuple[str, bytes]:
        if self._plain:
            return "feature_used", _use(FEATURES[0], thing)
        if kind < _SHARES["feature_used"]:
            number = int(len(FEATURES) * (thing / 1000) ** 1.5)
            return "feature_used", _use(FEATURES[number], thing)
        kind -= _SHARES["feature_used"]
        if kind < _SHARES["login"]:
            return "login", _LOGIN
        kind -= _SHARES["login"]
        if kind < _SHARES["session_ended"]:
            return "session_ended", b'{"seconds":%d.0}' % thing
        what = _FACTS[thing % len(_FACTS)]
        return what, msgspec.json.encode(_fact(what, thing))


def as_sent(told: Told) -> bytes:
    """Return the event in the native format, as a client sends it now."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return (
        f'{{"id":"{told.id}","type":"{told.type}","account_id":"{told.account_id}",'
        f'"user_id":"{told.user_id}","occurred_at":"{now}","data":{told.data.decode()}}}'
    ).encode()


def batches(events: Sequence[Told], size: int) -> list[bytes]:
    """Return the bodies of requests with ``size`` events each."""
    return [
        b"[" + b",".join(map(as_sent, events[first : first + size])) + b"]"
        for first in range(0, len(events), size)
    ]


def on_the_log(events: Sequence[Told], *, days_ago: int = 0) -> list[tuple[bytes, bytes]]:
    """Return (key, value) of the records that ingest would make of ``events``, within a minute of that day."""
    now = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=days_ago)
    step = timedelta(minutes=1) / max(1, len(events))
    return [
        (told.account_id.encode(), _record(told, now + number * step, now))
        for number, told in enumerate(events)
    ]


def _record(told: Told, occurred_at: datetime, now: datetime) -> bytes:
    return encode_event(
        EventRecord(
            version=1,
            id=told.id,
            type=told.type,
            account_id=told.account_id,
            user_id=told.user_id,
            occurred_at=occurred_at,
            received_at=now,
            known_at=now,
            data=Raw(told.data),
        )
    )


def _use(feature: str, thing: int) -> bytes:
    return b'{"feature":"%b","count":%d,"seconds":%d.5}' % (feature.encode(), 1 + thing % 3, thing)


def _fact(what: str, thing: int) -> dict[str, object]:
    day = f"2026-{1 + thing % 12:02d}-15"
    match what:
        case "user_updated":
            return {"role": ("executor", "manager", "decision_maker")[thing % 3], "name": f"Person {thing}"}
        case "invoice_updated":
            amount = {"amount": 100.0 + thing, "currency": "EUR"}
            return {"invoice_id": f"i-{thing % 24}", "due_on": day, "amount": amount}
        case "ticket_updated":
            return {
                "ticket_id": f"t-{thing % 40}",
                "status": ("open", "solved")[thing % 2],
                "severity": "normal",
            }
        case _:
            return {"kind": "nps", "score": float(thing % 11)}
