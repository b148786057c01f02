"""Parking poison: a dead letter is acknowledged before the offset may pass the record it holds."""

import hashlib
import time
from collections.abc import Sequence
from typing import Final

from radar_chassis.bus.port import Incoming, Outgoing, Producer
from radar_chassis.clock import Clock
from radar_chassis.series import DEAD_LETTERS as PARKED
from radar_chassis.worker.handler import Poison
from radar_vocabulary.contracts.dead_letter import DeadLetter, Source, encode_dead_letter
from radar_vocabulary.contracts.topics import DEAD_LETTERS

WINDOW_SECONDS: Final = 60.0
# In base64 it still fits into a record of the usual size.
KEPT_BYTES: Final = 512 * 1024


class TooManyDeadLetters(Exception):  # noqa: N818 - it says what happened
    """So many records were parked that the fault is likely ours: stop before the topic is emptied into it."""


class Parking:
    """Publishes dead letters and watches their rate.

    Args:
        limit: dead letters within a minute from which on consumption stops (fault 10).
    """

    def __init__(self, producer: Producer, clock: Clock, *, service: str, step: str, limit: int) -> None:
        self._producer = producer
        self._clock = clock
        self._service = service
        self._step = step
        self._limit = limit
        self._recent: dict[str, float] = {}

    def park(self, poisoned: Sequence[tuple[Incoming, Poison]]) -> None:
        """Publish a dead letter for each and wait until all are durable.

        Raises:
            TooManyDeadLetters: over the limit; nothing was published.
            BusUnavailable, BusOverloaded: not acknowledged; the offset must stay.
        """
        letters = [self._letter(record, poison) for record, poison in poisoned]
        self._watch(letters)
        self._producer.publish(
            [
                Outgoing(topic=DEAD_LETTERS, key=letter.key, value=encode_dead_letter(letter))
                for letter in letters
            ]
        ).result()
        PARKED.labels(self._service, self._step).inc(len(letters))

    def _watch(self, letters: Sequence[DeadLetter]) -> None:
        now = time.monotonic()
        recent = {name: at for name, at in self._recent.items() if now - at <= WINDOW_SECONDS}
        # A letter that is parked again, while its batch is tried again, counts once.
        recent.update((letter.id, now) for letter in letters if letter.id not in recent)
        if len(recent) > self._limit:
            raise TooManyDeadLetters
        self._recent = recent

    def _letter(self, record: Incoming, poison: Poison) -> DeadLetter:
        where = record.partition
        identity = f"{self._step} {where.topic} {where.number} {record.offset}"
        original, reason = record.value or b"", poison.reason
        if len(original) > KEPT_BYTES:
            reason += f" Only the first {KEPT_BYTES} bytes are kept here; the source says where the rest is."
        return DeadLetter(
            id=hashlib.sha256(identity.encode()).hexdigest()[:32],
            step=self._step,
            code=poison.code,
            reason=reason,
            at=self._clock.now(),
            original=original[:KEPT_BYTES],
            key=record.key,
            source=Source(topic=where.topic, partition=where.number, offset=record.offset),
            replay="record",
        )
