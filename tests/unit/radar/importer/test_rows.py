"""Rows of a table become events."""

from datetime import datetime

import msgspec
import pytest

from radar.importer.mapping import Mapping, TypeRule
from radar.importer.rows import Rows


def event(rows: Rows, row: dict[str, object], number: int = 1) -> dict[str, object]:
    made = rows.event(row, number)
    assert made is not None
    decoded: dict[str, object] = msgspec.json.decode(made[1])
    return decoded


def test_our_own_column_names_need_no_mapping() -> None:
    row = {
        "id": "e1",
        "type": "feature_used",
        "account_id": "acme",
        "user_id": "u1",
        "occurred_at": "2026-01-02T03:04:05Z",
        "feature": "report",
        "count": "3",
        "data.seconds": "1.5",
    }
    assert event(Rows(None), row) == {
        "id": "e1",
        "type": "feature_used",
        "account_id": "acme",
        "user_id": "u1",
        "occurred_at": "2026-01-02T03:04:05+00:00",
        "data": {"feature": "report", "count": 3, "seconds": 1.5},
    }


def test_empty_cells_are_left_out() -> None:
    made = event(Rows(None), {"id": "1", "type": "login", "account_id": "a", "user_id": "", "method": None})
    assert made == {"id": "1", "type": "login", "account_id": "a", "data": {}}


def test_dotted_names_make_objects_and_a_data_column_may_hold_json() -> None:
    row = {"id": "1", "type": "account_updated", "account_id": "a", "owner.email": "m@x.example"}
    assert event(Rows(None), row)["data"] == {"owner": {"email": "m@x.example"}}
    row = {"id": "1", "type": "login", "account_id": "a", "data": '{"method":"sso"}'}
    assert event(Rows(None), row)["data"] == {"method": "sso"}


def test_what_does_not_fit_the_type_is_left_for_the_product_to_refuse() -> None:
    row = {"id": "1", "type": "feature_used", "account_id": "a", "feature": "x", "count": "many"}
    assert event(Rows(None), row)["data"] == {"feature": "x", "count": "many"}


def test_a_row_without_an_id_gets_the_same_one_every_time() -> None:
    row = {"type": "login", "account_id": "a", "occurred_at": "2026-01-01"}
    first = event(Rows(None), row, 7)["id"]
    assert event(Rows(None), row, 7)["id"] == first
    assert event(Rows(None), row, 8)["id"] != first
    assert event(Rows(None), {**row, "account_id": "b"}, 7)["id"] != first


CRM = Mapping(
    columns={
        "occurred_at": "event_time",
        "account_id": "account_id",
        "user_id": "user_id",
        "data.feature": "event_type",
        "data.count": "value",
    },
    constants={"product": "crm"},
    type=TypeRule(
        column="event_type", values={"Login": "login", "Ignore": "feature_used"}, default="feature_used"
    ),
    time_zone="Europe/Berlin",
    prefix={"user_id": "u"},
)


def test_a_mapping_renames_adds_and_sets_types() -> None:
    row = {
        "event_time": datetime(2022, 7, 1, 12),  # noqa: DTZ001 - a table without offsets
        "account_id": 7.0,
        "user_id": 3,
        "event_type": "Email",
        "value": 4.0,
        "noise": "x",
    }
    made = event(Rows(CRM), row)
    del made["id"]
    assert made == {
        "type": "feature_used",
        "account_id": "7",
        "user_id": "u3",
        "product": "crm",
        "occurred_at": "2022-07-01T12:00:00+02:00",
        "data": {"feature": "Email", "count": 4},
    }


def test_rows_of_no_known_type_are_left_out_and_counted() -> None:
    rows = Rows(Mapping(columns={"account_id": "a"}, type=TypeRule(column="kind", values={"in": "login"})))
    assert rows.event({"a": "x", "kind": "out"}, 1) is None
    assert rows.event({"a": "x", "kind": "in"}, 2) is not None
    assert rows.left_out == 1


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01"])
def test_a_time_nobody_can_read_is_left_for_the_product_to_refuse(value: str) -> None:
    made = event(Rows(None), {"id": "1", "type": "login", "account_id": "a", "occurred_at": value})
    assert made["occurred_at"] == value
