"""Folds a batch's attribute events: appended to history, merged into the current state."""

from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import (
    KIND_OF,
    Patch,
    State,
    apply_patch,
    decode_state,
    encode_state,
    entity_id_of,
)
from radar_health_score.domain.history.expired_entities import expires_from
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.fold_records import EntityKey, NewPatch, StoredState
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.service.state.events import Event
from radar_health_score.service.state.numbering import CachedAccount


class PatchFold:
    """One batch's attribute events."""

    def __init__(self) -> None:
        self._patches: list[NewPatch] = []

    def add(self, account: CachedAccount, event: Event, position: int) -> None:
        """Take one event; ``position`` is its offset in the log, which decides between equals."""
        record = event.record
        kind = KIND_OF[record.type]
        patch = Patch(
            kind=kind,
            entity_id=entity_id_of(kind, event.data, user_id=record.user_id, event_id=record.id),
            valid_at=to_micros(record.occurred_at),
            known_at=to_micros(record.known_at),
            position=position,
            data=event.data,
            raw=bytes(record.data),
        )
        account.note_patch(patch.counts_from)
        self._patches.append(NewPatch(account.no, record.id, patch))

    def write(self, connection: Connection, store: FoldStore) -> None:
        """Append to history and merge into the current state."""
        if not self._patches:
            return
        store.add_patches(connection, self._patches)
        keys = {_key(new) for new in self._patches}
        states: dict[EntityKey, State] = {key: {} for key in keys}
        for key, value in store.entities(connection, keys).items():
            states[key] = decode_state(value)
        for new in self._patches:
            apply_patch(states[_key(new)], new.patch)
        stored = {
            key: StoredState(encode_state(state), expires_from(key[1], state))
            for key, state in states.items()
        }
        store.save_entities(connection, stored)


def _key(new: NewPatch) -> EntityKey:
    return (new.account_no, new.patch.kind, new.patch.entity_id)
