"""Folds the dead-letter topic, where every service parks, into the table that people look at."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from radar_chassis.bus.port import Incoming, Partition
from radar_chassis.worker.handler import Decoded, Poison
from radar_ingest.repositories.dead_letters import insert_dead_letters
from radar_vocabulary.contracts.dead_letter import DeadLetter, decode_dead_letter

GROUP: Final = "radar-ingest-dead-letters"


class DeadLetterConsumer:
    """A worker's handler; it caches nothing."""

    step = "ingest.dead-letters"

    def decode(self, record: Incoming) -> DeadLetter:
        """Return the letter; raises Poison."""
        try:
            return decode_dead_letter(record.value or b"")
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Poison("malformed_record", "This isn't a dead letter of version 1.") from None

    def apply(self, connection: Connection, batch: Sequence[Decoded[DeadLetter]]) -> None:
        """Store the letters of a batch."""
        insert_dead_letters(connection, [one.value for one in batch])

    def committed(self, batch: Sequence[Decoded[DeadLetter]]) -> None:
        """Nobody waits for it."""

    def assigned(self, partitions: frozenset[Partition]) -> None:
        """Nothing to prepare."""

    def discard(self, partitions: frozenset[Partition]) -> None:
        """Nothing is cached."""
