"""Billing periods become contracts: what the next row says, or that there is none, tells how a period ended.

Many billing systems export a row for each period that was paid for and no row for a cancellation. Rows of the same
account and contract, in order, are the terms of that contract; each begins with a ``contract_updated`` and ends with a
``contract_closed``: renewed, expanded or contracted by the amounts before and after, churned where no period follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from radar.importer.errors import BadFile
from radar.importer.mapping import Periods
from radar.importer.rows import Made, Rows, encoded

_NEEDED: Final = ("contract_id", "starts_on", "renews_on")
_CENT: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A row: paid from ``start`` until before ``end``; ``event`` is its ``contract_updated``."""

    start: date
    end: date
    amount: float
    leads: bool
    event: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What was agreed from ``start`` to ``end``; ``amounts`` are (from day, MRR), the first from its start."""

    start: date
    end: date
    amounts: tuple[tuple[date, float], ...]
    event: dict[str, Any]


class PeriodRows:
    """A maker of events that keeps a table's rows (about a kilobyte each) until it has seen them all."""

    def __init__(self, rows: Rows, rule: Periods, *, time_zone: str, place: str) -> None:
        self._rows = rows
        self._rule = rule
        self._zone = ZoneInfo(time_zone)
        self._place = place
        self._periods: defaultdict[tuple[str, str], list[Period]] = defaultdict(list)
        self.left_out = 0

    def event(self, row: Mapping[str, Any], number: int) -> None:
        """Keep the row. Raises BadFile where it has no account, contract, first or last day."""
        event = self._rows.fields(row)
        if event is None:
            self.left_out += 1
            return
        data = event["data"]
        if missing := [name for name in _NEEDED if name not in data]:
            raise BadFile(
                f"{self._place} row {number}: no {missing[0]}; the mapping's columns must name data.{missing[0]}."
            )
        contract = str(event.get("account_id", "")), str(data["contract_id"])
        self._periods[contract].append(self._period(row, event, number))

    def rest(self) -> Iterator[Made]:
        """Yield the events of every contract, each contract's in order of time."""
        begun = [one.start for periods in self._periods.values() for one in periods]
        until = self._rule.known_until or max(begun, default=date.min)
        for periods in self._periods.values():
            found = terms(periods)
            if not found:
                self.left_out += len(periods)
            for event in self._told(found, until):
                yield encoded(event, "period")

    def _period(self, row: Mapping[str, Any], event: dict[str, Any], number: int) -> Period:
        data, lead = event["data"], self._rule.lead
        place = f"{self._place} row {number}"
        try:
            start, end = _day(data["starts_on"]), _day(data["renews_on"])
            amount = float((data.get("mrr") or {}).get("amount") or 0.0)
            if data.get("seats") is not None:
                data["seats"] = int(float(data["seats"]))
        except (TypeError, ValueError) as error:
            raise BadFile(f"{place}: a day or an amount can't be read ({error}); mend it.") from error
        if end <= start:
            raise BadFile(f"{place}: the period ends ({end}) before it has begun ({start}); mend it.")
        leads = lead is None or str(row.get(lead.column)) in lead.values
        return Period(start=start, end=end, amount=amount, leads=leads, event=event)

    def _told(self, found: Sequence[Term], until: date) -> Iterator[dict[str, Any]]:
        for term, after in [*pairwise(found), *((last, None) for last in found[-1:])]:
            for on, amount in term.amounts:
                yield self._event(term, "contract_updated", on, _agreed(term, amount))
            ending = self._ending(term, after, until)
            if ending is not None:
                yield self._event(term, "contract_closed", term.end, ending)

    def _ending(self, term: Term, after: Term | None, until: date) -> dict[str, Any] | None:
        """Return what closes the term, or None while nobody can know."""
        closing = {"contract_id": term.event["data"]["contract_id"], "on": term.end}
        if after is None or after.start - term.end > timedelta(days=self._rule.grace_days):
            return {**closing, "outcome": "churned"} if term.end <= until else None
        before, now = term.amounts[-1][1], after.amounts[0][1]
        changed = "expanded" if now > before + _CENT else "contracted" if now < before - _CENT else "renewed"
        return {**closing, "outcome": changed, **_money(after, now, "new_mrr")}

    def _event(self, term: Term, kind: str, on: date, data: dict[str, Any]) -> dict[str, Any]:
        at = datetime.combine(on, time(), self._zone).isoformat()
        envelope = {name: value for name, value in term.event.items() if name != "id"}
        return {**envelope, "type": kind, "occurred_at": at, "data": data}


def terms(periods: Iterable[Period]) -> list[Term]:
    """Return the terms of one contract, oldest first. A period that begins within another one cuts it short."""
    every = list(periods)
    leading = sorted((one for one in every if one.leads), key=lambda one: one.start)
    begins = [list(group) for _, group in groupby(leading, key=lambda one: one.start)]
    found: list[Term] = []
    for at, together in enumerate(begins):
        longest = max(together, key=lambda one: one.end)
        after = begins[at + 1][0].start if at + 1 < len(begins) else longest.end
        start, end = longest.start, min(longest.end, after)
        found.append(Term(start=start, end=end, amounts=_amounts(every, start, end), event=longest.event))
    return found


def _amounts(periods: Sequence[Period], start: date, end: date) -> tuple[tuple[date, float], ...]:
    """Return from when which amount was due, over all rows that ran at the same time."""
    touching = [one for one in periods if one.start < end and one.end > start]
    turns = {day for one in touching for day in (one.start, one.end) if start < day < end}
    found: list[tuple[date, float]] = []
    for day in (start, *sorted(turns)):
        amount = sum(one.amount for one in touching if one.start <= day < one.end)
        if not found or abs(amount - found[-1][1]) > _CENT:
            found.append((day, amount))
    return tuple(found)


def _agreed(term: Term, amount: float) -> dict[str, Any]:
    dates = {"starts_on": term.start, "renews_on": term.end}
    return {**term.event["data"], **dates, **_money(term, amount, "mrr")}


def _money(term: Term, amount: float, name: str) -> dict[str, Any]:
    told = term.event["data"].get("mrr")
    return {} if told is None else {name: {**told, "amount": round(amount, 2)}}


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
