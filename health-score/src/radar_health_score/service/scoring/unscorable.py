"""Accounts that can't be scored: something in their stored facts makes reading or scoring fail.

Such an account costs no other account its score. It is remembered with the reason, and tried again at growing
intervals, or at once when new facts arrive.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.repositories.unscorable_accounts import Unscorable
from radar_vocabulary.answers import accounts as answers
from radar_vocabulary.language.messages import Sentence, message

log = structlog.get_logger()

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
_LONGEST_ERROR: Final = 200
UNUSABLE: Final = message("a stored fact of this account can't be used: {error}")


@dataclass(kw_only=True)
class Failures:
    """The accounts of a chunk that can't be scored, each logged with its id."""

    errors: dict[int, Exception] = field(default_factory=dict)

    def add(self, account: AccountRow, error: Exception) -> None:
        """Note that this account can't be scored."""
        self.errors[account.account_no] = error
        log.error("account_unscorable", account_id=account.account_id, exc_info=error)


def failed(account_no: int, error: Exception, before: Unscorable | None, now: datetime) -> Unscorable:
    """Return what is remembered of an account after ``error``; ``before``: after the try before, if there was one."""
    tries = 1 if before is None else before.tries + 1
    # Beyond some tries the wait no longer grows, and a power of two must not grow without end.
    wait = min(FIRST_WAIT * 2 ** min(tries - 1, 20), LONGEST_WAIT)
    return Unscorable(
        account_no=account_no,
        since=now if before is None else before.since,
        tries=tries,
        retry_at=now + wait,
        error=_in_short(error),
    )


def shown(account: Unscorable) -> answers.Unscorable:
    """Return the account's answer: what a reader needs to know."""
    return answers.Unscorable(
        since=account.since,
        retry_at=account.retry_at,
        text=Sentence(UNUSABLE, error=account.error),
    )


def _in_short(error: Exception) -> str:
    """Return the error's kind and the first line of what it says."""
    lines = str(error).splitlines()
    what = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return what if len(what) <= _LONGEST_ERROR else what[: _LONGEST_ERROR - 1] + "…"
