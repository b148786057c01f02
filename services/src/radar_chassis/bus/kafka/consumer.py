"""Reads Kafka as a member of a group."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from radar_chassis.bus.in_flight import unavailable
from radar_chassis.bus.kafka.handover import Change, Handover
from radar_chassis.bus.kafka.joining import finish_joining, keep_joins
from radar_chassis.bus.kafka.library import (
    ClientFactory,
    CooperativeStickyAssignor,
    KafkaConsumer,
    KafkaError,
    LogTruncationError,
    OffsetAndMetadata,
    OffsetOutOfRangeError,
    TopicPartition,
    milliseconds,
)
from radar_chassis.bus.kafka.settings import KafkaSettings
from radar_chassis.bus.port import AssignmentListener, Incoming, OffsetOutOfRange, Partition

T = TypeVar("T")


class KafkaLogConsumer:
    """A ``Consumer`` on Kafka; see the port for what its methods promise.

    While brokers are away ``poll`` returns nothing, or raises BusUnavailable if it never reached them.
    """

    def __init__(
        self,
        servers: Sequence[str],
        *,
        group: str,
        topics: Sequence[str],
        listener: AssignmentListener,
        settings: KafkaSettings,
    ) -> None:
        self._group = group
        self._topics = list(topics)
        self._listener = listener
        self._settings = settings
        self._factory = ClientFactory(KafkaConsumer, servers, settings)
        self._handover = Handover()
        self._client: Any = None
        self._held: set[Partition] = set()
        self._unplaced: set[Partition] = set()
        self._paused: set[Partition] = set()
        self._complaint: Exception | None = None

    def poll(self, *, max_records: int, timeout: float) -> Mapping[Partition, Sequence[Incoming]]:
        """Return records; see ``Consumer.poll``."""
        client = self._connected()
        self._raise_complaint()
        if self._unplaced:
            self._place(frozenset(self._unplaced))
        wait = milliseconds(timeout)
        finish_joining(client)
        try:
            batches = self._handover.run(lambda: client.poll(wait, max_records), self._serve)
        except OffsetOutOfRangeError as error:
            raise self._out_of_range(error.args[0]) from error
        except LogTruncationError as error:
            wanted = {tp: -1 if at is None else at.offset for tp, at in error.divergent_offsets.items()}
            raise self._out_of_range(wanted) from error
        except KafkaError as error:
            raise unavailable("The event log (Kafka) can't be read right now.", error) from error
        return {Partition(tp.topic, tp.partition): _incoming(tp, records) for tp, records in batches.items()}

    def seek(self, partition: Partition, offset: int) -> None:
        """Read from ``offset`` next."""
        if partition in self._held:
            self._client.seek(_tp(partition), offset)

    def pause(self, partitions: frozenset[Partition]) -> None:
        """Hold these back."""
        self._paused |= partitions
        self._client_pause(partitions & self._held)

    def resume(self, partitions: frozenset[Partition]) -> None:
        """Undo ``pause``."""
        self._paused -= partitions
        self._client_resume((partitions & self._held) - self._unplaced)

    def assignment(self) -> frozenset[Partition]:
        """Return what is held."""
        return frozenset(self._held)

    def end_offsets(self) -> Mapping[Partition, int]:
        """Ask the brokers where each held partition ends. Raises BusUnavailable."""
        if not self._held:
            return {}
        ends = self._ask(self._client.end_offsets, self._held)
        return {Partition(tp.topic, tp.partition): end for tp, end in ends.items()}

    def report_progress(self, offsets: Mapping[Partition, int]) -> None:
        """Commit offsets to the group, for operators' tools."""
        known = {
            _tp(p): OffsetAndMetadata(offset, "", -1) for p, offset in offsets.items() if p in self._held
        }
        if known:
            with contextlib.suppress(KafkaError):
                self._client.commit_async(known)

    def close(self) -> None:
        """Leave the group."""
        self._handover.close()
        held, self._held = frozenset(self._held), set()
        if held:
            self._listener.revoked(held)
        if self._client is not None:
            with contextlib.suppress(KafkaError):
                self._client.close(autocommit=False, timeout_ms=milliseconds(self._settings.connect_timeout))
            self._client = None

    def _connected(self) -> Any:
        if self._client is None:
            self._client = self._factory.open(_options(self._group, self._settings))
            keep_joins(self._client, within=self._settings.session_timeout / 2)
            self._handover.attach(self._client)
            self._client.subscribe(self._topics, listener=self._handover)
        return self._client

    def _serve(self, change: Change) -> None:
        """Carry out a rebalance; what the listener raises is kept for the next poll, so that no record is lost."""
        try:
            if change.kind == "assigned":
                self._held |= change.partitions
                self._place(change.partitions)
            else:
                self._forget(change.partitions)
                tell = self._listener.revoked if change.kind == "revoked" else self._listener.lost
                tell(change.partitions)
        except Exception as error:  # noqa: BLE001 - it is raised by the next poll
            # A failed placement needs no keeping: it is tried again.
            self._complaint = None if change.kind == "assigned" else error

    def _place(self, partitions: frozenset[Partition]) -> None:
        """Ask where to start and go there; until that is known nothing of them is read."""
        self._unplaced |= partitions
        self._client_pause(partitions)
        for partition in partitions:
            self._client.seek(_tp(partition), 0)
        offsets = self._listener.assigned(partitions)
        for partition in partitions:
            offset = offsets[partition]
            if offset is None:
                self._client.seek_to_beginning(_tp(partition))
            else:
                self._client.seek(_tp(partition), offset)
        self._unplaced -= partitions
        self._client_resume(partitions - self._paused)

    def _forget(self, partitions: frozenset[Partition]) -> None:
        self._held -= partitions
        self._unplaced -= partitions
        self._paused -= partitions

    def _raise_complaint(self) -> None:
        complaint, self._complaint = self._complaint, None
        if complaint is not None:
            raise complaint

    def _client_pause(self, partitions: frozenset[Partition] | set[Partition]) -> None:
        if partitions:
            self._client.pause(*map(_tp, partitions))

    def _client_resume(self, partitions: frozenset[Partition] | set[Partition]) -> None:
        if partitions:
            self._client.resume(*map(_tp, partitions))

    def _out_of_range(self, wanted: Mapping[Any, int]) -> Exception:
        tp, offset = next(iter(wanted.items()))
        partition = Partition(tp.topic, tp.partition)
        first = self._ask(self._client.beginning_offsets, [partition])[tp]
        end = self._ask(self._client.end_offsets, [partition])[tp]
        return OffsetOutOfRange(partition, offset, first, end)

    def _ask(self, question: Callable[..., T], partitions: Sequence[Partition] | set[Partition]) -> T:
        try:
            return question([_tp(p) for p in partitions], milliseconds(self._settings.connect_timeout))
        except KafkaError as error:
            raise unavailable("The event log (Kafka) can't be asked right now.", error) from error


def _options(group: str, settings: KafkaSettings) -> dict[str, Any]:
    return {
        "group_id": group,
        "enable_auto_commit": False,
        "auto_offset_reset": "none",
        "allow_auto_create_topics": False,
        "partition_assignment_strategy": (CooperativeStickyAssignor,),
        "session_timeout_ms": milliseconds(settings.session_timeout),
        "heartbeat_interval_ms": milliseconds(min(3.0, settings.session_timeout / 4)),
        "max_poll_interval_ms": milliseconds(settings.poll_interval),
        "fetch_max_bytes": settings.max_poll_bytes,
        "max_partition_fetch_bytes": settings.max_poll_bytes // 4,
        "request_timeout_ms": milliseconds(settings.deadline),
        "metadata_max_age_ms": 60_000,
        "metrics_enabled": False,
    }


def _tp(partition: Partition) -> Any:
    return TopicPartition(partition.topic, partition.number)


def _incoming(tp: Any, records: Sequence[Any]) -> list[Incoming]:
    partition = Partition(tp.topic, tp.partition)
    moment = lru_cache(maxsize=64)(_moment)  # neighbours often share a millisecond
    return [
        Incoming(
            partition=partition,
            offset=record.offset,
            key=record.key or b"",
            value=record.value,
            headers=tuple(record.headers) if record.headers else (),
            timestamp=moment(record.timestamp),
        )
        for record in records
    ]


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(max(milliseconds, 0) / 1000, UTC)
