"""Reads the ``data`` of an event as every door gets it: in its types, and with values that can be."""

from datetime import date, datetime
from typing import Any, Final, get_args, get_type_hints

import msgspec
from msgspec import Raw, Struct

from radar_ingest.domain.rejection import Refused
from radar_ingest.domain.reserved import refuse_reserved
from radar_vocabulary.contracts.event_record import decode_data
from radar_vocabulary.contracts.events import EVENT_TYPES, ContractUpdated, EventData, InvoiceUpdated, Price
from radar_vocabulary.contracts.limits import FIRST_DAY, LAST_DAY, MOST_NOTICE_DAYS, is_currency, is_day

BAD_CURRENCY: Final = "must be an ISO 4217 code of three letters, such as EUR or USD, and nothing else."
BAD_DAY: Final = f"must be from {FIRST_DAY} to {LAST_DAY}; send the real day"
BAD_NOTICE: Final = (
    f"data.notice_days: must be from 0 to {MOST_NOTICE_DAYS}; send the days before the renewal date."
)
NEGATIVE: Final = "must not be negative; send what is paid a month, 0 where nothing is."

_encode: Final = msgspec.json.Encoder().encode


def _fields_of(kind: type[Struct], wanted: type) -> dict[str, bool]:
    """Return the fields of an event type that hold ``wanted``, and whether each may be null."""
    hints = get_type_hints(kind)
    held = {name: get_args(hint) or (hint,) for name, hint in hints.items()}
    return {
        name: type(None) in kinds
        for name, kinds in held.items()
        if any(isinstance(one, type) and issubclass(one, wanted) for one in kinds)
    }


# A moment is a date too.
_DAYS: Final = {name: found for name, kind in EVENT_TYPES.items() if (found := _fields_of(kind, date))}
_MONEY: Final = {name: found for name, kind in EVENT_TYPES.items() if (found := _fields_of(kind, Price))}


def checked_data(event_type: str, sent: object, raw: Raw) -> Raw:
    """Return the event's data for the log: ``raw``, with currency codes in capitals.

    ``sent`` is the decoded ``raw``; ``event_type`` is one of EVENT_TYPES.

    Raises:
        Refused: a value that can't be, by its field.
        msgspec.DecodeError: the data doesn't fit the type.
    """
    if event_type in _MONEY and isinstance(sent, dict):
        raw = _with_capitals(event_type, sent, raw)
    data = decode_data(event_type, raw)
    refuse_reserved(data)
    for name, nullable in _DAYS.get(event_type, {}).items():
        _refuse_day(name, getattr(data, name), nullable=nullable)
    if event_type in _MONEY:
        _refuse_amounts(event_type, data)
    return raw


def _with_capitals(event_type: str, sent: dict[str, Any], raw: Raw) -> Raw:
    folded = {}
    for name in _MONEY[event_type]:
        money = sent.get(name)
        code = money.get("currency") if isinstance(money, dict) else None
        if not isinstance(money, dict) or not isinstance(code, str):
            continue  # the types say what is wrong with it
        if not (code.isascii() and is_currency(code.upper())):
            raise Refused("invalid_event", f"data.{name}.currency: {BAD_CURRENCY}")
        if code != code.upper():
            folded[name] = {**money, "currency": code.upper()}
    return Raw(_encode({**sent, **folded})) if folded else raw


def _refuse_day(name: str, day: object, *, nullable: bool) -> None:
    told = day.date() if isinstance(day, datetime) else day
    if isinstance(told, date) and not is_day(told):
        otherwise = ", or null where there is none" if nullable else ""
        raise Refused("invalid_event", f"data.{name}: {BAD_DAY}{otherwise}.")


def _refuse_amounts(event_type: str, data: EventData) -> None:
    if (
        isinstance(data, ContractUpdated)
        and isinstance(data.notice_days, int)
        and data.notice_days > MOST_NOTICE_DAYS
    ):
        raise Refused("invalid_event", BAD_NOTICE)
    if isinstance(data, InvoiceUpdated):
        return  # a credit note is negative
    for name in _MONEY[event_type]:
        money = getattr(data, name)
        if isinstance(money, Price) and money.amount < 0:
            raise Refused("invalid_event", f"data.{name}.amount: {NEGATIVE}")
