"""What reading facts needs from a store: rows by account, in bulk."""

from typing import NamedTuple

from radar_health_score.domain.account.attributes import EVENT_TYPE_OF, Patch
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
