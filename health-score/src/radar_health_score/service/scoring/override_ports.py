"""What setting health by hand needs from a store."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from radar_health_score.domain.account.override_acts import OverrideAct


class OverrideBook(Protocol):
    """Keeps every act of setting an account's health by hand."""

    def add(self, connection: Connection, account_no: int, act: OverrideAct) -> None:
        """Keep an act (its number is given here), and let the account be scored again."""
        ...

    def unexpired(self, connection: Connection, now: datetime) -> Mapping[int, str]:
        """Return accounts (number -> id) with an act that expires after ``now``; another may have taken its place."""
        ...
