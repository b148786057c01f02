"""Members of a group share partitions out, hand them over, and notice when they lost them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from radar_chassis.bus.port import Outgoing, Partition
from radar_chassis.errors import Unavailable
from tests.contract.bus.driver import Bench
from tests.contract.bus.reader import Reader
from tests.support.wait import eventually


def _publish(bench: Bench, topic: str, count: int) -> None:
    records = [Outgoing(topic=topic, key=f"k{n}".encode(), value=b"v") for n in range(count)]
    bench.producer().publish(records).result(20)


def _sharing(*readers: Reader) -> Callable[[], bool]:
    """Poll all of them once; true when every partition of four has one owner and everyone owns some."""

    def probe() -> bool:
        for reader in readers:
            reader.poll()
        held = [reader.consumer.assignment() for reader in readers]
        return all(held) and sum(map(len, held)) == 4

    return probe


def test_two_members_share_the_partitions_and_read_everything_once(bench: Bench) -> None:
    topic = bench.topic(partitions=4)
    offsets: dict[Partition, int] = {}
    one = bench.reader(topic, group="share", offsets=offsets)
    other = bench.reader(topic, group="share", offsets=offsets)
    eventually(_sharing(one, other), what="both own partitions")
    _publish(bench, topic, 60)

    eventually(lambda: [one.poll(), other.poll()] and len(one.records) + len(other.records) >= 60)

    assert one.records
    assert other.records
    assert len({(r.partition, r.offset) for r in one.records + other.records}) == 60
    assert not one.consumer.assignment() & other.consumer.assignment()


def test_a_member_that_joins_takes_over_without_a_record_lost_or_repeated(bench: Bench) -> None:
    topic = bench.topic(partitions=4)
    offsets: dict[Partition, int] = {}
    _publish(bench, topic, 40)
    one = bench.reader(topic, group="join", offsets=offsets)
    one.read(40)
    other = bench.reader(topic, group="join", offsets=offsets)
    eventually(_sharing(one, other), what="both own partitions")

    assert one.told("revoked") == other.told("assigned") == other.consumer.assignment()
    assert not one.told("lost")
    assert not other.records


def test_a_member_that_leaves_hands_over(bench: Bench) -> None:
    topic = bench.topic(partitions=4)
    offsets: dict[Partition, int] = {}
    one = bench.reader(topic, group="leave", offsets=offsets)
    other = bench.reader(topic, group="leave", offsets=offsets)
    eventually(_sharing(one, other), what="both own partitions")
    left = one.consumer.assignment()

    one.consumer.close()

    assert one.told("revoked") >= left
    eventually(lambda: other.poll() or len(other.consumer.assignment()) == 4, what="the other owns all")


def test_polls_shorter_than_joining_takes_get_there_all_the_same(bench: Bench) -> None:
    topic = bench.topic(partitions=2)
    reader = bench.reader(topic, member_timeout=3)
    eventually(lambda: reader.poll(timeout=0.005) or len(reader.consumer.assignment()) == 2, every=0)
    _publish(bench, topic, 10)
    assert len(reader.read(10)) == 10


def test_a_join_that_ends_between_two_polls_is_taken_up_by_the_next(bench: Bench) -> None:
    """A worker spends more time on its records than in polls; whoever asked anew each time would never get there."""
    topic = bench.topic(partitions=2)
    reader = bench.reader(topic)
    eventually(lambda: reader.poll(timeout=0.001) or len(reader.consumer.assignment()) == 2, every=0.3)
    assert [kind for kind, _ in reader.events] == ["assigned"]


def test_a_paused_partition_stays_ours_and_gives_nothing_until_resumed(bench: Bench) -> None:
    topic = bench.topic()
    reader = bench.reader(topic, member_timeout=3)
    eventually(lambda: reader.poll() or reader.consumer.assignment())
    held = reader.consumer.assignment()
    reader.consumer.pause(held)
    _publish(bench, topic, 5)

    for _ in range(10):
        assert reader.poll(timeout=0.4) == []
    assert reader.consumer.assignment() == held

    reader.consumer.resume(held)
    assert len(reader.read(5)) == 5
    assert not reader.told("lost") | reader.told("revoked")


def test_a_start_that_cannot_be_told_yet_is_asked_for_again(bench: Bench) -> None:
    """The database with the offsets may be away when partitions come."""
    topic = bench.topic(partitions=2)
    _publish(bench, topic, 10)
    reader = bench.reader(topic)
    known, complaints = reader.assigned, []

    def away(partitions: frozenset[Partition]) -> dict[Partition, int | None]:
        raise Unavailable("the database is away")

    def complains() -> bool:
        try:
            assert reader.poll() == []
        except Unavailable as error:
            complaints.append(error.detail)
        return len(complaints) == 2

    reader.assigned = away
    eventually(complains, what="the listener's error comes out of poll")
    reader.assigned = known

    assert len(reader.read(10)) == 10


@contextmanager
def _process(
    bench: Bench, topic: str, group: str, folder: Path, **settings: float
) -> Iterator[tuple[int, Path]]:
    out = folder / "reader.log"
    command = [sys.executable, "-m", "tests.contract.bus.reader", bench.driver.url(**settings), topic, group]
    with out.open("wb") as sink:
        child = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT)
    try:
        yield child.pid, out
    finally:
        child.kill()
        child.wait()


@pytest.mark.faults
def test_a_member_that_is_killed_loses_its_partitions_and_its_unrecorded_reads_come_again(
    bench: Bench, tmp_path: Path
) -> None:
    topic = bench.topic(partitions=2)
    _publish(bench, topic, 10)
    with _process(bench, topic, "killed", tmp_path, member_timeout=3) as (pid, out):
        eventually(lambda: out.read_text().count("read ") == 10, what="the other process read all")
        os.kill(pid, signal.SIGKILL)

        assert len(bench.reader(topic, group="killed", member_timeout=3).read(10)) == 10


@pytest.mark.faults
def test_a_member_that_is_stopped_too_long_learns_that_it_lost_its_partitions(
    bench: Bench, tmp_path: Path
) -> None:
    topic = bench.topic(partitions=2)
    _publish(bench, topic, 10)
    with _process(bench, topic, "stopped", tmp_path, member_timeout=2) as (pid, out):
        eventually(lambda: out.read_text().count("read ") == 10, what="the other process read all")
        os.kill(pid, signal.SIGSTOP)
        reader = bench.reader(topic, group="stopped", member_timeout=2)
        assert len(reader.read(10)) == 10

        os.kill(pid, signal.SIGCONT)
        # Polled on, so that the one that comes back can be let in again.
        eventually(lambda: reader.poll() or "lost " in out.read_text(), what="the other process was told")
