"""Gives each receiver what waits for them: a message at once, or a line in their digest."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from radar_alerts.domain.announcing.announcement import OPENINGS, Announcement
from radar_alerts.domain.announcing.plan import last_notice
from radar_alerts.domain.announcing.receiver import Receiver
from radar_alerts.domain.announcing.tiers import tier_for
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.cases.severity import ORDER
from radar_alerts.domain.delivery import new_delivery
from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.story import Story, well_for
from radar_alerts.domain.threads import thread_key
from radar_alerts.repositories import announcement_rows
from radar_alerts.service.pass_state import Pass

PAGE: Final = 1_000
BUDGET: Final = "budget"


def tell_waiting(this: Pass) -> None:
    """Tell every receiver for whom something waits."""
    stored = announcement_rows.routed(this.connection, PAGE)
    new = [one for one in this.announcements.values() if one.receiver_id and one.state == "waiting"]
    known = {one.id for one in new} | set(this.announcements)
    waiting = [*new, *(one for one in stored if one.id not in known)]
    this.load_cases(one.case_id for one in waiting)
    by_receiver: dict[str, list[Announcement]] = defaultdict(list)
    for one in waiting:
        by_receiver[one.receiver_id or ""].append(one)
    for receiver_id, some in sorted(by_receiver.items()):
        receiver = this.receiver(receiver_id)
        if receiver is not None:
            _tell(this, receiver, some)


def _tell(this: Pass, receiver: Receiver, waiting: Sequence[Announcement]) -> None:
    """Tell one receiver: the most severe first, within their budget; one message for all cases of an account."""
    told_today = announcement_rows.sent_since(this.connection, receiver.id, receiver.day_began(this.now))
    by_account: dict[str, list[Announcement]] = defaultdict(list)
    for one in sorted(waiting, key=lambda one: _urgency(this, one)):
        if _at_once(this, receiver, one):
            by_account[one.account_id].append(one)
        else:
            _into_digest(this, one, one.digest_reason or "can_wait")
    for some in by_account.values():
        critical = any(this.cases[one.case_id].case.severity == "critical" for one in some)
        if told_today >= receiver.budget and not critical:
            for one in some:
                _into_digest(this, one, BUDGET)
            continue
        told_today += not critical
        _message(this, receiver, some)


def _at_once(this: Pass, receiver: Receiver, one: Announcement) -> bool:
    found = this.cases[one.case_id]
    if one.digest_reason is not None:
        return False
    if one.kind not in OPENINGS:
        return found.case.tier != "digest"
    renewal = renewal_of(found.case, found.snapshot)
    tier, _ = tier_for(found.case, found.snapshot, renewal, receiver.next_digest(this.now))
    return tier == "now"


def _into_digest(this: Pass, one: Announcement, why: str) -> None:
    this.settle(one, "digest", digest_reason=why)
    _announced(this, one, "digest")


def _message(this: Pass, receiver: Receiver, some: Sequence[Announcement]) -> None:
    """Make one message: it speaks of the first, and names the other renewals of the account."""
    first = some[0]
    found = this.cases[first.case_id]
    told = announcement_rows.told(this.connection, [first.case_id]).get(first.case_id, ())
    names = tuple(one.name for one in this.known(told).values())
    story = Story(
        kind=first.kind,
        case=found.case,
        snapshot=found.snapshot,
        renewal=renewal_of(found.case, found.snapshot),
        others=tuple(this.cases[one.case_id].case for one in some[1:]),
        told=names,
        well_for=well_for(found.case, this.rules.rules),
        console=this.console,
        language=receiver.language,
    )
    notice = compose_notice(story)
    begins = first.kind == "opened"
    delivery = new_delivery(
        first.id,
        receiver.destinations,
        notice,
        this.now,
        alert_id=first.case_id,
        caused_by=first.caused_by,
        case_id=first.case_id,
        receiver_id=receiver.id,
        severity=found.case.severity,
        thread=thread_key(first.case_id, receiver.id),
        root=None if begins else notice,
    )
    this.deliveries.append(delivery)
    for one in some:
        this.settle(one, "sent", delivery_id=delivery.id)
        _announced(this, one, "now")


def _announced(this: Pass, one: Announcement, tier: str) -> None:
    found = this.cases[one.case_id]
    renewal = renewal_of(found.case, found.snapshot)
    after: dict[str, object] = {"last_notice": last_notice(found.snapshot, renewal, this.now)}
    if one.kind in OPENINGS:
        after["announced_at"] = found.case.announced_at or this.now
        after["tier"] = "now" if "now" in {tier, found.case.tier} else "digest"
        after["held_by"] = None
    this.change(one.case_id, **after)


def _urgency(this: Pass, one: Announcement) -> tuple[int, float, str]:
    found = this.cases[one.case_id]
    days = found.case.notice_by or found.case.renews_on
    return -ORDER.index(found.case.severity), float(days.toordinal()) if days else 1e9, one.id
