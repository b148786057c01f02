"""What the days of a year came to in sum, as it is stored beside their tallies: none is opened for that.

Users can't be added up, so a day whose facts became known on several days is worked out from its tallies; so is one
that was stored before volumes were.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from radar_health_score.domain.account.year_use import DayVolume, decode_volume
from radar_health_score.domain.history.account_state import AccountState
from radar_health_score.repositories.fact_rows import FactRows


class OlderDays:
    """Days of several accounts from the day ``first`` on.

    From the day ``until`` on their tallies are read anyway, so that nothing needs to be worked out here.
    """

    def __init__(
        self, rows: FactRows, connection: Connection, account_nos: Sequence[int], first: int, until: int
    ) -> None:
        self._volumes: defaultdict[int, dict[int, DayVolume]] = defaultdict(dict)
        self._tallies: defaultdict[int, dict[int, list[bytes]]] = defaultdict(dict)
        packed: dict[tuple[int, int], bytes | None] = {}
        for no, day, _, volume in rows.volumes(connection, account_nos, first):
            packed[no, day] = None if (no, day) in packed else volume
        for (no, day), volume in packed.items():
            if volume is not None:
                self._volumes[no][day] = decode_volume(volume)
        untold = [key for key, volume in packed.items() if volume is None and key[1] < until]
        for row in rows.tallies_of_days(connection, untold):
            self._tallies[row.account_no].setdefault(row.day, []).append(row.tally)

    def add_to(self, state: AccountState, account_no: int) -> None:
        """Add what an account's days came to, once the tallies are in its state."""
        state.volumes.update(self._volumes[account_no])
        for day, values in self._tallies[account_no].items():
            state.add_older(day, values)
