"""Gives each receiver what waits for them: a message at once, or a line in their digest."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from radar_alerts.domain.announcing.announcement import OPENINGS, Announcement
from radar_alerts.domain.announcing.budget import within_budget
from radar_alerts.domain.announcing.plan import last_notice, reason_to_drop
from radar_alerts.domain.announcing.route_preview import tier_facts, tier_of
from radar_alerts.domain.announcing.together import ToTell, messages_of
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.delivery import new_delivery
from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.story import Story, well_for
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.threads import thread_key
from radar_alerts.repositories import announcement_rows
from radar_alerts.service.pass_state import Pass

PAGE: Final = 1_000
BUDGET: Final = "budget"


def tell_waiting(this: Pass) -> None:
    """Tell every receiver for whom something waits and who may be told now; for others it waits on."""
    new = [one for one in this.announcements.values() if one.receiver_id and one.state == "waiting"]
    names = {*announcement_rows.waited_for(this.connection), *(one.receiver_id or "" for one in new)}
    receivers = {name: one for name, one in this.known(names).items() if one.next_open(this.now) <= this.now}
    stored = announcement_rows.routed(this.connection, receivers, PAGE)
    waiting = [*new, *(one for one in stored if one.id not in this.announcements)]
    this.load_cases(one.case_id for one in waiting)
    by_receiver: dict[str, list[Announcement]] = defaultdict(list)
    for one in waiting:
        if one.receiver_id in receivers and not _is_over(this, one):
            by_receiver[one.receiver_id].append(one)
    for receiver_id, some in sorted(by_receiver.items()):
        _tell(this, receivers[receiver_id], some)


def _is_over(this: Pass, one: Announcement) -> bool:
    """Drop what there is nothing to say of any more, as it waited for the end of quiet hours."""
    why = reason_to_drop(one, this.cases[one.case_id].case, (one.receiver_id or "",))
    if why is not None:
        this.settle(one, "dropped", reason=why.value)
    return why is not None


def _tell(this: Pass, receiver: Receiver, waiting: Sequence[Announcement]) -> None:
    """Tell one receiver: the most severe first, within their budget; one message for all cases of an account."""
    known = {one.id: one for one in waiting}
    for one in waiting:
        if not _at_once(this, receiver, one):
            _into_digest(this, known.pop(one.id), one.digest_reason or "can_wait")
    told_today = announcement_rows.sent_since(this.connection, receiver.id, receiver.day_began(this.now))
    shared = within_budget(
        messages_of(_to_tell(this, one) for one in known.values()),
        told_today=told_today,
        budget=receiver.budget,
    )
    for message in shared.at_once:
        _message(this, receiver, [known[one.id] for one in message.items])
    for message in shared.over_budget:
        for item in message.items:
            _into_digest(this, known[item.id], BUDGET)


def _to_tell(this: Pass, one: Announcement) -> ToTell:
    case = this.cases[one.case_id].case
    return ToTell(
        id=one.id,
        receiver_id=one.receiver_id or "",
        account_id=one.account_id,
        case_id=one.case_id,
        severity=case.severity,
        at=one.created_at,
        act_by=case.notice_by or case.renews_on,
    )


def _at_once(this: Pass, receiver: Receiver, one: Announcement) -> bool:
    found = this.cases[one.case_id]
    if one.digest_reason is not None:
        return False
    if one.kind not in OPENINGS:
        return found.case.tier != "digest"
    renewal = renewal_of(found.case, found.snapshot)
    facts = tier_facts(found.snapshot, renewal, severity=found.case.severity, kind=found.case.kind)
    return tier_of(facts, receiver, this.now).tier == "now"


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
