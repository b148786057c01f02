"""Puts the guards before what waits, and gives what they let through to its receivers."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import structs

from radar_alerts.domain.announcing.announcement import OPENINGS, Announcement, to_receiver
from radar_alerts.domain.announcing.guards import HOUR, MassLimit, Opening, guard
from radar_alerts.domain.announcing.hold import Hold
from radar_alerts.domain.announcing.plan import RELEASED, Dropped, by_calendar, reason_to_drop, receivers_of
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.rules.rule import RuleSet
from radar_alerts.repositories import announcement_rows, case_rows
from radar_alerts.service.pass_state import Pass
from radar_alerts.service.take_snapshots import versions_of

NEW_FOR: Final = timedelta(hours=24)
FIRST_CONTACT: Final = "first_contact"


class Guarding:
    """The first half of a pass: from announcements about cases to announcements to receivers."""

    def __init__(self, this: Pass, rules: RuleSet, limit: MassLimit) -> None:
        self._this = this
        self._rules = rules
        self._limit = limit

    def route_waiting(self, waiting: Sequence[Announcement]) -> None:
        """Drop what is no longer true, hold what the guards hold, give the rest to its receivers."""
        this = self._this
        this.load_cases(one.case_id for one in waiting)
        pending = announcement_rows.told(this.connection, {one.case_id for one in waiting}, pending=True)
        going = []
        for one in waiting:
            if one.case_id not in this.cases:
                continue
            told = pending.get(one.case_id, ())
            why = reason_to_drop(one, this.cases[one.case_id].case, told)
            if why is not None:
                this.settle(one, "dropped", reason=why.value)
                self._drop_unsaid(one)
            else:
                going.append(one)
        for one in self._guarded(going):
            self._route(one, pending.get(one.case_id, ()))

    def _drop_unsaid(self, announcement: Announcement) -> None:
        """A case that has ended leaves nothing behind that nobody has read yet."""
        if announcement.kind != "ended":
            return
        for one in announcement_rows.unsaid(self._this.connection, announcement.case_id):
            if one.kind != "ended":
                self._this.settle(one, "dropped", reason=Dropped.ENDED.value)

    def _guarded(self, going: Sequence[Announcement]) -> Sequence[Announcement]:
        """Hold what the guards hold; return the rest, those of accounts just met marked for a digest."""
        this = self._this
        # A chance to grow is only ever a line in a digest: it is held by nothing, and makes no others be held.
        openings = [
            one
            for one in going
            if one.kind in OPENINGS
            and one.reason != RELEASED
            and this.cases[one.case_id].case.kind != "expansion"
        ]
        if not openings:
            return going
        first_seen = announcement_rows.versions(this.connection)
        known_since = case_rows.known_since(this.connection, {one.account_id for one in openings})
        judged = [
            Opening(
                announcement=one,
                known_since=known_since.get(one.account_id, this.now),
                new_version=self._new_version(one, first_seen),
                by_calendar=self._by_calendar(one),
            )
            for one in openings
        ]
        before = announcement_rows.openings_since(this.connection, this.now - HOUR)
        lately = Counter(one.hold_key for one in before if one.hold_key is not None)
        verdict = guard(judged, lately, case_rows.open_contracts(this.connection), self._limit, this.now)
        for key, some in verdict.held.items():
            self._hold(key, some)
        held = {one.id for some in verdict.held.values() for one in some}
        keys = {
            one.announcement.id: one.new_version or "mass"
            for one in judged
            if not (one.by_calendar or one.announcement.id in verdict.first_contact)
        }
        return [
            structs.replace(
                one,
                hold_key=keys.get(one.id),
                digest_reason=FIRST_CONTACT if one.id in verdict.first_contact else one.digest_reason,
            )
            for one in going
            if one.id not in held
        ]

    def _new_version(self, announcement: Announcement, first_seen: Mapping[str, object]) -> str | None:
        """Return the version behind the opening that is new here, where an older one of its kind was there before."""
        snapshot = self._this.cases[announcement.case_id].snapshot
        names = [f"rule {announcement.rule} {announcement.rule_version}", *sorted(versions_of([snapshot]))]
        for name in names:
            seen = first_seen.get(name, self._this.now)
            kind = name.rsplit(" ", 1)[0] + " "
            older = [at for other, at in first_seen.items() if other.startswith(kind) and other != name]
            if self._this.now - seen < NEW_FOR and older and min(older) < seen:  # type: ignore[operator,type-var]
                return name
        return None

    def _by_calendar(self, announcement: Announcement) -> bool:
        found = self._this.cases[announcement.case_id]
        rule = self._rules.by_name.get(announcement.rule or "")
        return by_calendar(rule, renewal_of(found.case, found.snapshot))

    def _hold(self, key: str, some: Sequence[Announcement]) -> None:
        this = self._this
        running = [one for one in announcement_rows.holds(this.connection, "held") if one.key == key]
        hold = (
            running[0]
            if running
            else Hold(
                hold_id=_hold_id(key, this.now.isoformat()),
                key=key,
                state="held",
                created_at=this.now,
                count=0,
            )
        )
        hold = structs.replace(hold, count=hold.count + len(some))
        this.holds[hold.hold_id] = hold
        for one in some:
            this.settle(one, "held", hold_id=hold.hold_id, hold_key=key)
            this.change(one.case_id, held_by=hold.hold_id)

    def _route(self, announcement: Announcement, told: Sequence[str]) -> None:
        this = self._this
        found = this.cases[announcement.case_id]
        receivers = receivers_of(
            announcement, found.case, found.snapshot, this.known(told), this.routes, this.now
        )
        if not receivers:
            this.settle(announcement, "dropped", reason=Dropped.ALREADY_TOLD.value)
            return
        this.settle(announcement, "sent")
        for receiver in receivers:
            this.receivers[receiver.id] = receiver
            one = structs.replace(
                to_receiver(announcement, receiver.id), digest_reason=announcement.digest_reason
            )
            this.announcements[one.id] = one


def _hold_id(key: str, at: str) -> str:
    return f"ho_{hashlib.sha256(f'{key}:{at}'.encode()).hexdigest()[:24]}"
