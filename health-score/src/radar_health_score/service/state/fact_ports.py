"""What reading facts needs from a store: rows by account, in bulk."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import EVENT_TYPE_OF, Patch
from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.service.state.fold_ports import AccountRow, FeatureRow, UserRow
from radar_vocabulary.contracts.event_record import decode_data


class TallyRow(NamedTuple):
    """An encoded tally and where it belongs."""

    account_no: int
    day: int
    known_day: int
    tally: bytes


class VolumeRow(NamedTuple):
    """What a stored tally came to (``decode_volume``); None where that has to be worked out."""

    account_no: int
    day: int
    known_day: int
    volume: bytes | None


class EntityRow(NamedTuple):
    """An encoded state of one thing."""

    account_no: int
    kind: str
    entity_id: str
    state: str


class PatchRow(NamedTuple):
    """An attribute event of history."""

    account_no: int
    kind: str
    entity_id: str
    valid_at: int
    known_at: int
    position: int
    event_id: str
    data: str

    def patch(self) -> Patch:
        """Return what it says, decoded."""
        return Patch(
            kind=self.kind,
            entity_id=self.entity_id,
            valid_at=self.valid_at,
            known_at=self.known_at,
            position=self.position,
            data=decode_data(EVENT_TYPE_OF[self.kind], self.data.encode()),
        )


class FactRows(Protocol):
    """Reads what the fold has written."""

    def find(self, connection: Connection, account_id: str) -> AccountRow | None:
        """Return one account's row."""
        ...

    def accounts(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[AccountRow]:
        """Return these accounts' rows."""
        ...

    def features(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[FeatureRow]:
        """Return every feature of these accounts."""
        ...

    def users(
        self, connection: Connection, account_nos: Iterable[int], *, from_day: int | None = None
    ) -> Sequence[UserRow]:
        """Return every user of these accounts, or those who were there on a day or after it, or never."""
        ...

    def tallies(
        self, connection: Connection, account_nos: Iterable[int], *, from_day: int | None = None
    ) -> Sequence[TallyRow]:
        """Return the tallies of these accounts, of all time or from a day on."""
        ...

    def volumes(
        self, connection: Connection, account_nos: Iterable[int], from_day: int
    ) -> Sequence[VolumeRow]:
        """Return the volumes of these accounts' tallies from a day on."""
        ...

    def tallies_of_days(self, connection: Connection, days: Iterable[tuple[int, int]]) -> Sequence[TallyRow]:
        """Return the tallies of these (account, day) pairs."""
        ...

    def entities(
        self, connection: Connection, kinds: Iterable[tuple[int, str]], as_of: int
    ) -> Sequence[EntityRow]:
        """Return the current state of everything of these (account, kind) that doesn't rest by then (microseconds)."""
        ...

    def resting(
        self, connection: Connection, kinds: Iterable[tuple[int, str]], as_of: int
    ) -> Iterable[tuple[int, str]]:
        """Return those of these (account, kind) of which something rests by then."""
        ...

    def entities_by_id(
        self, connection: Connection, things: Iterable[tuple[int, str, str]]
    ) -> Sequence[EntityRow]:
        """Return the current state of these (account, kind, id), as far as they exist."""
        ...

    def overrides(
        self, connection: Connection, account_nos: Iterable[int]
    ) -> Sequence[tuple[int, OverrideAct]]:
        """Return (account number, act) of whatever people have set on these accounts, the first act first."""
        ...

    def patches(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[PatchRow]:
        """Return the history of attributes of these accounts."""
        ...
