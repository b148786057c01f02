"""The demand pool: merged, filtered, ranked."""

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.portfolio.request_pool import (
    KINDS,
    CustomerRequest,
    count_by_kind,
    pooled,
    words_of,
)

DAY = date(2026, 3, 1)


def request(account: str, description: str | None, arr: float = 100, **more: Any) -> CustomerRequest:
    told = {"kind": "other", "status": "open", "module": "reports", "region": None, "follow_up": None, **more}
    asked_on = told.pop("asked_on", DAY)
    return CustomerRequest(
        account_id=account,
        request_id=told.pop("request_id", f"{account}-r"),
        asked_on=asked_on,
        description=description,
        arr={"EUR": arr},
        **told,
    )


def test_similar_wishes_of_a_module_are_one_demand_with_the_arr_of_all_who_want_it() -> None:
    (demand,) = pooled(
        [
            request("acme", "Export reports to Excel", 100),
            request("globex", "export of reports to EXCEL!", 50, asked_on=DAY + timedelta(days=1)),
            request(
                "acme",
                "Please export our reports to Excel",
                100,
                request_id="again",
                asked_on=DAY + timedelta(days=2),
            ),
        ]
    )
    assert (demand.arr, len(demand.accounts), len(demand.requests)) == ({"EUR": 150}, 2, 3)
    assert demand.requests[0].account_id == "acme"


def test_other_words_or_another_module_are_another_demand() -> None:
    requests = [
        request("acme", "Export reports to Excel"),
        request("globex", "Export reports to Excel", module="billing"),
        request("initech", "Schedule reports by mail"),
    ]
    assert len(pooled(requests)) == 3


def test_languages_without_blanks_are_compared_by_pairs_of_signs() -> None:
    assert words_of("导出报表") == {"导出", "出报", "报表"}
    assert (
        len(
            pooled(
                [
                    request("a", "希望导出报表到表格"),
                    request("b", "希望导出报表到表格里"),
                    request("c", "登录太慢"),
                ]
            )
        )
        == 2
    )


def test_what_blocks_use_comes_first_then_deals_then_money_then_the_arr_behind() -> None:
    ranked = pooled(
        [
            request("a", "nice colours", 9_000),
            request("b", "cheaper storage", 500, kind="money"),
            request("c", "works with Initech", 10, kind="wins_deal"),
            request("d", "crashes on save", 1, kind="blocks_use"),
            request("e", "login fails", 5, kind="blocks_use"),
            request("f", "unheard of", 1, kind=None),
        ]
    )
    assert [one.requests[0].account_id for one in ranked] == ["e", "d", "c", "b", "a", "f"]
    assert count_by_kind(ranked) == {"blocks_use": 2, "wins_deal": 1, "money": 1, "other": 2}


def test_a_merged_demand_is_as_pressing_as_its_most_pressing_wish() -> None:
    (demand,) = pooled([request("a", "export fails"), request("b", "export fails", kind="blocks_use")])
    assert demand.kind == "blocks_use"


def test_what_is_finished_dismissed_or_says_nothing_waits_no_more() -> None:
    assert request("a", "export").open
    for status in ("done", " Shipped ", "duplicate", "worthless", "rejected"):
        assert not request("a", "export", status=status).open
    assert not request("a", None, module=None).open
    assert request("a", None, module="reports", status=None).open


texts = st.lists(st.sampled_from(["export", "report", "excel", "fails", "slow", "login"]), max_size=4).map(
    " ".join
)


@given(
    st.lists(st.tuples(texts, st.sampled_from(KINDS), st.sampled_from(["a", "b"])), max_size=12), st.randoms()
)
def test_no_wish_is_lost_or_counted_twice_and_their_order_doesnt_matter(
    told: list[tuple[str, str, str]], chance: random.Random
) -> None:
    requests = [
        request(f"acct{at}", text, kind=kind, module=module, asked_on=DAY + timedelta(days=at % 3))
        for at, (text, kind, module) in enumerate(told)
    ]
    demands = pooled(requests)
    assert sorted(one.request_id for demand in demands for one in demand.requests) == sorted(
        one.request_id for one in requests
    )
    assert [KINDS.index(demand.kind) for demand in demands] == sorted(
        KINDS.index(one.kind) for one in demands
    )
    chance.shuffle(requests)
    assert [one.requests for one in pooled(requests)] == [one.requests for one in demands]
