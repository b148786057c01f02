"""Lanes: several requests in flight, each account's records in order, the first failure told."""

import threading
from collections import defaultdict

import pytest

from radar.importer.lanes import BATCH_RECORDS, Batch, Lanes
from radar.importer.receipts import Summary
from radar.importer.record import Record
from radar_vocabulary.answers.receipts import Receipt, Result


def record(account: str, number: int) -> Record:
    return Record(account_id=account, line=b"%d" % number, place=f"line {number}")


def test_each_account_keeps_its_order() -> None:
    seen: dict[str, list[int]] = defaultdict(list)
    lock = threading.Lock()

    def send(batch: Batch) -> None:
        with lock:
            for one in batch:
                seen[one.account_id].append(int(one.line))

    lanes = Lanes(send, count=4)
    for number in range(3 * BATCH_RECORDS):
        lanes.put(record(f"account-{number % 37}", number))
    lanes.finish()
    assert len(seen) == 37
    assert sum(map(len, seen.values())) == 3 * BATCH_RECORDS
    assert all(numbers == sorted(numbers) for numbers in seen.values())


def test_the_first_failure_comes_out_and_nothing_more_is_sent() -> None:
    sent = []

    def send(batch: Batch) -> None:
        sent.append(batch)
        raise ConnectionError("gone")

    lanes = Lanes(send, count=1)
    with pytest.raises(ConnectionError, match="gone"):
        for number in range(20 * BATCH_RECORDS):
            lanes.put(record("a", number))
    with pytest.raises(ConnectionError, match="gone"):
        lanes.finish()
    assert len(sent) == 1


def test_receipts_add_up_with_the_first_places_of_every_reason() -> None:
    summary = Summary()
    results = [Result(index, None, "rejected", "It is too old.", "too_old") for index in range(5)]
    results.append(Result(5, None, "accepted", warnings=("The time was missing.",)))
    receipt = Receipt(accepted=1, duplicate=2, rejected=5, results=results)
    summary.add([record("a", number) for number in range(8)], receipt)
    summary.add([record("b", 9)], Receipt(accepted=1, duplicate=0, rejected=0, results=()))
    told = summary.as_json()
    assert (told["accepted"], told["duplicate"], told["rejected"]) == (2, 2, 5)
    assert told["rejections"] == [
        {
            "code": "too_old",
            "reason": "It is too old.",
            "count": 5,
            "examples": ["line 0", "line 1", "line 2"],
        }
    ]
    assert told["warnings"][0]["examples"] == ["line 5"]
