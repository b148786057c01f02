"""Attributes of accounts, users, contracts and signals: how patches in any order make one state.

Per field the newest value (by when it is valid) wins; between equals the one known later, then the one later in
the log. So an update older than what is known fills history and doesn't overwrite the present, and a past state
is the same merge over fewer patches.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import UNSET, Struct

from radar_vocabulary.contracts.events import EventData

KIND_OF: Final[Mapping[str, str]] = {
    "account_updated": "account",
    "user_updated": "user",
    "contract_updated": "contract",
    "contract_closed": "closing",
    "ticket_updated": "ticket",
    "survey_answered": "survey",
    "invoice_updated": "invoice",
    "milestone_reached": "milestone",
    "request_updated": "request",
    "promise_updated": "promise",
    "incident_updated": "incident",
}
EVENT_TYPE_OF: Final[Mapping[str, str]] = {kind: event_type for event_type, kind in KIND_OF.items()}
_ONE_PER_EVENT: Final = frozenset({"survey", "contract", "closing"})


class Stamped(NamedTuple):
    """A value and what decides whether it stands: valid and known at (microseconds), place in the log."""

    value: Any
    valid_at: int
    known_at: int
    position: int


State = dict[str, Stamped]
_state_decoder: Final = msgspec.json.Decoder(State)
_encoder: Final = msgspec.json.Encoder()


class Patch(Struct, frozen=True, kw_only=True):
    """One attribute event as history keeps it.

    Attributes:
        kind, entity_id: what it is about, within the account.
        data: the typed data; ``raw`` is the client's own JSON, unknown fields included.
    """

    kind: str
    entity_id: str
    valid_at: int
    known_at: int
    position: int
    data: EventData
    raw: bytes = b""

    @property
    def counts_from(self) -> int:
        """The first moment that sees it: valid and known."""
        return max(self.valid_at, self.known_at)


def entity_id_of(kind: str, data: EventData, *, user_id: str | None, event_id: str) -> str:
    """Return the id, within its account and kind, of the thing this event is about.

    Contracts keep every word as a thing of its own, since an ended term is what was agreed then, and a closing told
    again corrects the one before from then on.
    """
    if kind == "account":
        return ""
    if kind == "user":
        return user_id or ""
    if kind in _ONE_PER_EVENT:
        return event_id
    if kind == "milestone":
        return str(data.name)  # type: ignore[union-attr]
    return str(getattr(data, f"{kind}_id"))


def apply_patch(state: State, patch: Patch) -> None:
    """Merge ``patch`` into ``state``."""
    stamp = (patch.valid_at, patch.known_at, patch.position)
    for field in patch.data.__struct_fields__:
        value = getattr(patch.data, field)
        if value is UNSET:
            continue
        present = state.get(field)
        if present is None or stamp > present[1:]:
            state[field] = Stamped(msgspec.to_builtins(value), *stamp)


def fold(patches: Iterable[Patch]) -> dict[tuple[str, str], State]:
    """Return the state of every (kind, entity) that ``patches`` speak of."""
    states: dict[tuple[str, str], State] = {}
    for patch in patches:
        apply_patch(states.setdefault((patch.kind, patch.entity_id), {}), patch)
    return states


def encode_state(state: State) -> str:
    """Return the stored form: JSON, field -> [value, valid_at, known_at, position]."""
    return _encoder.encode(state).decode()


def decode_state(value: str) -> State:
    """Return the state in a stored value."""
    return _state_decoder.decode(value)
