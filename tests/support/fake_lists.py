"""Lists of made-up accounts as the health-score API gives them: filtered, sorted, summed up, by page."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Request

from radar_vocabulary.answers.accounts import AccountLine
from radar_vocabulary.contracts.scalars import Money
from tests.support.fake_company import FakeAccount
from tests.support.samples import sample

DUE = ("renews_on", "arr", "arr_at_risk", "probability")


def listing(accounts: Sequence[FakeAccount], request: Request) -> dict[str, Any]:
    query = request.query_params
    matching = [one for one in accounts if _wanted(one, query.get)]
    asked = query.getlist("standing")
    found = [one for one in matching if not asked or one.snapshot.account.standing in asked]
    rows = [_row(one) for one in found]
    sort = query.get("sort", "-arr_at_risk")
    rows.sort(key=lambda row: _sort_key(row, sort.lstrip("-")), reverse=sort.startswith("-"))
    begin, limit = int(query.get("cursor", "0")), int(query.get("limit", "50"))
    following = str(begin + limit) if begin + limit < len(rows) else None
    bands = [
        {"band": band, "accounts": len(mine), "arr_at_risk": _sum(mine, "arr_at_risk")}
        for band in ("at_risk", "watch", "healthy", "unknown")
        if (mine := [row for row in rows if row.band == band])
    ]
    totals = {
        "accounts": len(rows),
        "arr": _sum(rows, "arr"),
        "arr_at_risk": _sum(rows, "arr_at_risk"),
        "bands": bands,
        "standings": [
            {
                "standing": standing,
                "accounts": sum(1 for one in matching if one.snapshot.account.standing == standing),
            }
            for standing in ("customer", "prospect", "former")
        ],
    }
    return {"items": rows[begin : begin + limit], "next_cursor": following, "totals": totals}


def _wanted(one: FakeAccount, asked: Callable[[str], str | None]) -> bool:
    return (
        asked("segment") in {None, one.segment}
        and asked("band") in {None, one.snapshot.band}
        and asked("owner") in {None, one.owner.email if one.owner else ""}
        and (asked("q") or "").lower() in one.name.lower()
    )


def _row(one: FakeAccount) -> AccountLine:
    snapshot, renewal = one.snapshot, one.snapshot.renewal
    due = {} if renewal is None else {name: getattr(renewal, name) for name in DUE}
    row: AccountLine = sample(
        AccountLine, account_id=one.account_id, name=one.name, segment=one.segment, owner=one.owner,
        standing=snapshot.account.standing, score=snapshot.score, band=snapshot.band, trend=one.trend[-78::7],
        top_driver=next(iter(snapshot.drivers), None), **due,
    )  # fmt: skip
    return row


def _sort_key(row: AccountLine, name: str) -> tuple[bool, Any]:
    value = getattr(row, name)
    value = value.amount if isinstance(value, Money) else value
    return value is not None, value or 0


def _sum(rows: Sequence[AccountLine], name: str) -> list[Money]:
    known = [money.amount for row in rows if (money := getattr(row, name))]
    return [Money(amount=sum(known), currency="EUR")] if known else []
