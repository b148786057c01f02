"""Makes digests that are due: one message a receiver, ranked by the ARR at risk."""

from collections.abc import Sequence

from radar_alerts.domain.announcing.announcement import Announcement
from radar_alerts.domain.announcing.digest import DigestEntry, digest_items
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.delivery import new_delivery
from radar_alerts.domain.messages.digest import compose_digest
from radar_alerts.domain.messages.story import DigestItem
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.repositories import announcement_rows
from radar_alerts.service.pass_state import Pass


def make_digests(this: Pass) -> None:
    """Make the digest of each receiver whose time for one has come."""
    for receiver_id in announcement_rows.receivers_with_digest(this.connection):
        stored = announcement_rows.receiver(this.connection, receiver_id)
        if stored is None:
            continue
        receiver, last = stored
        if receiver.digest_due(last, this.now):
            _digest(this, receiver, announcement_rows.digest_of(this.connection, receiver_id))


def _digest(this: Pass, receiver: Receiver, waiting: Sequence[Announcement]) -> None:
    waiting = [one for one in waiting if this.announcements.get(one.id, one).state == "digest"]
    this.load_cases(one.case_id for one in waiting)
    known = [one for one in waiting if one.case_id in this.cases]
    lines = {one.id: _item(this, one) for one in known}
    items = [lines[one.id] for one in digest_items(_entry(one, lines[one.id]) for one in known)]
    announcement_rows.digest_made(this.connection, receiver.id, this.now)
    if not items:
        return
    key = f"digest:{receiver.id}:{this.now:%Y-%m-%dT%H}"
    notice = compose_digest(items, console=this.console, language=receiver.language, budget=receiver.budget)
    delivery = new_delivery(key, receiver.destinations, notice, this.now, receiver_id=receiver.id)
    this.deliveries.append(delivery)
    for one in known:
        this.settle(one, "sent", delivery_id=delivery.id)


def _entry(one: Announcement, item: DigestItem) -> DigestEntry:
    return DigestEntry(
        id=one.id,
        case_id=one.case_id,
        at=one.created_at,
        at_risk=item.stake,
        renews_on=item.case.renews_on,
    )


def _item(this: Pass, one: Announcement) -> DigestItem:
    found = this.cases[one.case_id]
    return DigestItem(
        case=found.case,
        snapshot=found.snapshot,
        renewal=renewal_of(found.case, found.snapshot),
        kind=one.kind,
        why=one.digest_reason,
    )
