"""Values that no event can have are refused by their field; a currency's case is folded."""

import json
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from msgspec import Raw

from radar_ingest.domain.event_data import checked_data
from radar_ingest.domain.rejection import Refused
from radar_vocabulary.contracts.events import EVENT_TYPES

GOOD: dict[str, dict[str, Any]] = {
    "account_updated": {},
    "user_updated": {},
    "contract_updated": {"contract_id": "c", "renews_on": "2027-01-01"},
    "contract_closed": {"contract_id": "c", "on": "2027-01-01", "outcome": "renewed"},
    "ticket_updated": {"ticket_id": "t", "status": "open"},
    "invoice_updated": {"invoice_id": "i", "due_on": "2027-01-01"},
    "promise_updated": {"promise_id": "p"},
    "incident_updated": {"incident_id": "n"},
}
DAYS = [
    (event_type, name, datetime in (get_args(hint) or (hint,)))
    for event_type, kind in EVENT_TYPES.items()
    for name, hint in get_type_hints(kind).items()
    if {date, datetime} & set(get_args(hint) or (hint,))
]
MONEY = [("contract_updated", "mrr"), ("contract_closed", "new_mrr"), ("invoice_updated", "amount")]


def checked(event_type: str, **data: Any) -> Any:
    whole = {**GOOD[event_type], **data}
    raw = checked_data(event_type, whole, Raw(json.dumps(whole).encode()))
    return json.loads(bytes(raw))


def refused(event_type: str, **data: Any) -> str:
    with pytest.raises(Refused) as refusal:
        checked(event_type, **data)
    assert refusal.value.code == "invalid_event"
    return refusal.value.reason


def moment(day: str, *, is_moment: bool) -> str:
    return f"{day}T12:00:00Z" if is_moment else day


def test_there_are_days_in_most_event_types() -> None:
    assert {event_type for event_type, _, _ in DAYS} == GOOD.keys() - {"account_updated"}


@pytest.mark.parametrize(("event_type", "name", "is_moment"), DAYS)
@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "2200-01-02", "9999-12-31"])
def test_a_day_outside_the_calendar_is_refused_by_its_field(
    event_type: str, name: str, is_moment: bool, day: str
) -> None:
    reason = refused(event_type, **{name: moment(day, is_moment=is_moment)})
    assert reason.startswith(f"data.{name}: must be from 1970-01-01 to 2200-01-01; send the real day")


@pytest.mark.parametrize(("event_type", "name", "is_moment"), DAYS)
@pytest.mark.parametrize("day", ["1970-01-01", "2200-01-01"])
def test_the_first_and_the_last_day_are_taken(event_type: str, name: str, is_moment: bool, day: str) -> None:
    told = moment(day, is_moment=is_moment)
    assert checked(event_type, **{name: told})[name] == told


def test_a_day_that_may_be_missing_can_be_sent_as_null() -> None:
    assert refused("contract_updated", starts_on="0001-01-01").endswith("or null where there is none.")
    assert refused("contract_closed", on="0001-01-01").endswith("send the real day.")


@pytest.mark.parametrize(("event_type", "name"), MONEY)
def test_the_case_of_a_currency_is_folded_and_all_else_is_kept_as_sent(event_type: str, name: str) -> None:
    told = {name: {"amount": 12.345, "currency": "kWd", "rate": "x"}, "note": [1.5, None]}
    kept = checked(event_type, **told)
    assert kept[name] == {"amount": 12.345, "currency": "KWD", "rate": "x"}
    assert kept["note"] == [1.5, None]


@pytest.mark.parametrize(("event_type", "name"), MONEY)
@pytest.mark.parametrize(
    "code", ["eu r", "EUR\n", " EUR", "EURO", "", "XXX", "XAU", "XTS", "XDR", "QQQ", "u\u00df", "\uff25UR"]
)
def test_what_is_no_currency_is_refused_by_its_field(event_type: str, name: str, code: str) -> None:
    reason = refused(event_type, **{name: {"amount": 1, "currency": code}})
    assert reason.startswith(f"data.{name}.currency: must be an ISO 4217 code")


@pytest.mark.parametrize("code", ["EUR", "DEM", "JPY", "usd", "XAF", "XCD", "XCG", "XOF", "xpf"])
def test_currencies_of_today_of_before_and_of_several_countries_are_taken(code: str) -> None:
    assert (
        checked("invoice_updated", amount={"amount": 1, "currency": code})["amount"]["currency"]
        == code.upper()
    )


@pytest.mark.parametrize("days", [3651, 800_000])
def test_an_absurd_notice_is_refused(days: int) -> None:
    assert refused("contract_updated", notice_days=days).startswith(
        "data.notice_days: must be from 0 to 3650"
    )
    assert checked("contract_updated", notice_days=3650)["notice_days"] == 3650


@pytest.mark.parametrize(("event_type", "name"), MONEY[:2])
def test_what_a_contract_pays_is_not_negative(event_type: str, name: str) -> None:
    reason = refused(event_type, **{name: {"amount": -0.01, "currency": "EUR"}})
    assert reason.startswith(f"data.{name}.amount: must not be negative")
    assert checked(event_type, **{name: {"amount": 0, "currency": "EUR"}})[name]["amount"] == 0


def test_a_credit_note_is_negative() -> None:
    assert checked("invoice_updated", amount={"amount": -5, "currency": "EUR"})["amount"]["amount"] == -5


@pytest.mark.parametrize("money", [5, [], {"amount": 1}, {"amount": 1, "currency": 978}, {"currency": "EUR"}])
def test_what_is_no_money_is_left_to_the_types(money: Any) -> None:
    with pytest.raises(msgspec.ValidationError, match="mrr"):
        checked("contract_updated", mrr=money)
