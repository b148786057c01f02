"""Records on the topics keep their bytes: what one version wrote, every later one reads and would write again.

A golden file that has to change means a reader somewhere that can't read any more: make a new version instead.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from radar_vocabulary.contracts.alerts import decode_alert, encode_alert
from radar_vocabulary.contracts.dead_letter import decode_dead_letter, encode_dead_letter
from radar_vocabulary.contracts.event_record import decode_data, decode_event, encode_event
from radar_vocabulary.contracts.events import EVENT_TYPES
from radar_vocabulary.contracts.health import decode_snapshot, encode_snapshot

GOLDEN = Path(__file__).parent
RECORDS: dict[str, tuple[Callable[[bytes], Any], Callable[[Any], bytes]]] = {
    "dead-letter": (decode_dead_letter, encode_dead_letter),
    "health-snapshot": (decode_snapshot, encode_snapshot),
    "alert": (decode_alert, encode_alert),
    **{f"event.{name}": (decode_event, encode_event) for name in EVENT_TYPES},
}


def golden(name: str) -> bytes:
    return (GOLDEN / f"{name}.json").read_bytes().rstrip(b"\n")


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_read_and_written_with_the_same_bytes(name: str) -> None:
    decode, encode = RECORDS[name]
    assert encode(decode(golden(name))) == golden(name)


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_the_data_of_an_event_is_read_and_written_with_the_same_bytes(name: str) -> None:
    record = decode_event(golden(f"event.{name}"))
    data = decode_data(record.type, record.data)
    assert msgspec.json.encode(data) == bytes(record.data)


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_the_golden_file_of_an_event_shows_every_field(name: str) -> None:
    record = decode_event(golden(f"event.{name}"))
    assert msgspec.json.decode(record.data).keys() == set(EVENT_TYPES[name].__struct_fields__)


def test_there_is_a_golden_file_for_every_record_and_no_other() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == RECORDS.keys()


def test_a_snapshot_older_than_the_account_s_standing_is_one_of_a_customer() -> None:
    newer = golden("health-snapshot")
    older = newer.replace(b',"standing":"customer"', b"")
    assert older != newer
    assert decode_snapshot(older) == decode_snapshot(newer)


def test_a_snapshot_older_than_the_stages_says_none_and_no_parent() -> None:
    newer = golden("health-snapshot")
    told = b',"stage":"serve","parent_id":"acme-group","reached":["acquisition","activation","revenue"]'
    older = newer.replace(told, b"")
    assert older != newer
    account = decode_snapshot(older).account
    assert (account.stage, account.parent_id, account.reached) == (None, None, None)


def test_a_snapshot_older_than_the_list_of_renewals_has_the_next_one_alone() -> None:
    newer = decode_snapshot(golden("health-snapshot"))
    older = msgspec.json.decode(golden("health-snapshot"))
    for name in ("renewals", "revenue"):
        del older[name]
    read = decode_snapshot(msgspec.json.encode(older))
    assert (read.renewal, read.renewals, read.revenue) == (newer.renewal, (), ())


def test_a_snapshot_older_than_causes_readings_and_terms_has_none() -> None:
    older = msgspec.json.decode(golden("health-snapshot"))
    for name in ("causes", "readings", "terms", "churn_threshold"):
        del older[name]
    for driver in older["drivers"]:
        del driver["cause"]
    read = decode_snapshot(msgspec.json.encode(older))
    assert (read.causes, read.readings, read.terms, read.churn_threshold) == ((), {}, (), None)
    assert {driver.cause for driver in read.drivers} == {None}


def test_an_unknown_version_is_not_read() -> None:
    for name, (decode, _) in RECORDS.items():
        newer = golden(name).replace(b'"version":1', b'"version":2')
        assert newer != golden(name)
        with pytest.raises(msgspec.ValidationError):
            decode(newer)


def test_a_step_of_an_alert_of_0_1_0_is_one_without_a_case() -> None:
    newer = golden("alert")
    older = newer[: newer.index(b',"claim"')] + b"}"
    assert decode_alert(older).step is None
    assert decode_alert(older).told == ()
