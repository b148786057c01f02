"""Finds the account of each Segment message: its own, else the one its user was last grouped into.

Nothing is cached: another process may group the user in the next moment, and one query a request is cheap.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from radar_ingest.domain.limits import OLDEST
from radar_ingest.domain.rejection import Rejection
from radar_ingest.domain.segment_event import Sent, corrected
from radar_ingest.domain.segment_message import Message
from radar_ingest.repositories.memberships import Membership, Memberships


class Accounts:
    """Resolves accounts, and remembers what group messages say, before the request is answered."""

    def __init__(self, memberships: Memberships) -> None:
        self._memberships = memberships

    async def resolve(self, messages: Sequence[Message | Rejection], sent: Sent) -> list[str | None]:
        """Return the account of each message, in order. Raises DatabaseUnavailable."""
        wanted = {
            message.user
            for message in messages
            if isinstance(message, Message) and message.account is None and message.user is not None
        }
        known = dict(await asyncio.to_thread(self._memberships.accounts_of, wanted)) if wanted else {}
        grouped: dict[str, Membership] = {}
        accounts: list[str | None] = []
        for message in messages:
            if isinstance(message, Rejection):
                accounts.append(None)
                continue
            user, account = message.user, message.account
            if message.type == "group" and user is not None and account is not None:
                known[user] = account
                _keep_latest(
                    grouped, Membership(user_id=user, account_id=account, since=_since(message, sent))
                )
            accounts.append(account or (known.get(user) if user else None))
        if grouped:
            await asyncio.to_thread(self._memberships.remember, list(grouped.values()))
        return accounts


def _since(message: Message, sent: Sent) -> datetime:
    moment = corrected(message.timestamp, sent)
    if moment is None or moment.tzinfo is None:
        return sent.received_at
    # A message from before all time is refused later; here it must only not break the others.
    return min(max(moment, OLDEST), sent.received_at)


def _keep_latest(grouped: dict[str, Membership], new: Membership) -> None:
    old = grouped.get(new.user_id)
    if old is None or old.since <= new.since:
        grouped[new.user_id] = new
