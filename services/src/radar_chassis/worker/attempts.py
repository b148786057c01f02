"""What a worker tries with a handler: decoding records one by one, and running a transaction again."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection

from radar_chassis.bus.port import Incoming, Partition
from radar_chassis.worker.handler import Decoded, Handler, Poison

log = structlog.get_logger()
T = TypeVar("T")


def decode(
    worker: str, handler: Handler[T], batch: Sequence[Incoming]
) -> tuple[list[Decoded[T]], list[tuple[Incoming, Poison]]]:
    """Return the records that could be read, and those that couldn't with the reason."""
    decoded: list[Decoded[T]] = []
    poisoned: list[tuple[Incoming, Poison]] = []
    read = handler.decode
    for record in batch:
        try:
            decoded.append(Decoded(record, read(record)))
        except Poison as poison:
            poisoned.append((record, poison))
        except Exception as error:
            # Decoders have more ways to fail than they tell (depth, encodings): the partition must go on.
            log.exception("record_unreadable", worker=worker, partition=str(record.partition))
            reason = f"The record can't be read ({type(error).__name__})."
            poisoned.append((record, Poison("unreadable", reason)))
    return decoded, poisoned


def discarding(
    handler: Handler[Any], partitions: frozenset[Partition], work: Callable[[Connection], None]
) -> Callable[[Connection], None]:
    """Return ``work`` so that its second and later runs begin with empty caches."""
    runs = 0

    def again(connection: Connection) -> None:
        nonlocal runs
        if runs:
            handler.discard(partitions)
        runs += 1
        work(connection)

    return again
