"""In a real browser, over the real product and its sample: find who is at risk, see why, and take it."""

import re

import httpx2
import pytest
from playwright.sync_api import expect

from tests.support.browser import Watched, numbers
from tests.support.radar_cli import Running

pytestmark = pytest.mark.browser


def test_the_portfolio_opens_without_asking_and_lists_accounts_by_what_is_at_risk(
    sample: Running, watched: Watched
) -> None:
    page = watched.page
    page.goto(sample.url)
    expect(page.get_by_role("heading", name="Portfolio")).to_be_visible()
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows).to_have_count(25)
    at_risk = numbers(page.locator("td.c-risk").all_inner_texts())
    assert at_risk == sorted(at_risk, reverse=True)
    worst = sample.get("/v1/accounts", limit=1)["items"][0]
    expect(rows.first).to_contain_text(worst["name"])
    expect(rows.first).to_contain_text(worst["top_driver"]["text"])


def test_former_customers_are_shown_by_a_filter(sample: Running, watched: Watched) -> None:
    page = watched.page
    page.goto(sample.url)
    former = sample.every("/v1/accounts", standing="former")
    assert former
    page.get_by_role("link", name=f"{len(former)} former customers").click()
    expect(page.get_by_role("combobox", name="Account status")).to_have_value("former")
    expect(page.locator("tbody tr")).to_have_count(len(former))
    expect(page.locator("th .chip")).to_have_text(["Former customer"] * len(former))


def test_filters_by_segment_and_band_show_only_those(sample: Running, watched: Watched) -> None:
    page = watched.page
    page.goto(sample.url)
    page.get_by_role("combobox", name=re.compile("^Segment")).select_option("Key")
    page.get_by_role("combobox", name=re.compile("^Band")).select_option("At risk")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("segment=key&band=at_risk"))
    wanted = sample.every("/v1/accounts", segment="key", band="at_risk", standing=["customer", "prospect"])
    assert wanted
    expect(page.locator("td.c-segment")).to_have_text(["Key"] * len(wanted))
    expect(page.locator("td.c-health .band")).to_have_text(["At risk"] * len(wanted))
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("td.c-risk")).to_have_count(25)


def test_filter_by_owner_search_and_the_next_page(sample: Running, watched: Watched) -> None:
    page = watched.page
    owner = sample.get("/v1/accounts", limit=1)["items"][0]["owner"]
    page.goto(sample.url)
    page.get_by_label("Owner").fill(owner["email"])
    page.get_by_label("Owner").press("Enter")
    mine = sample.every("/v1/accounts", owner=owner["email"], standing=["customer", "prospect"])
    expect(page.locator("td.c-owner")).to_have_text([owner["name"]] * min(25, len(mine)))
    page.goto(sample.url)
    first = set(page.locator("th.c-account a").all_inner_texts())
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("link", name="First page")).to_be_visible()
    assert first.isdisjoint(page.locator("th.c-account a").all_inner_texts())
    page.get_by_label("Search").fill("no such account")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="No account matches")).to_be_visible()


def test_a_heading_sorts(sample: Running, watched: Watched) -> None:
    page = watched.page
    page.goto(sample.url)
    page.get_by_role("columnheader", name="Health").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Health")).to_have_attribute("aria-sort", "ascending")
    scores = numbers(page.locator("td.c-health .score").all_inner_texts())
    assert scores == sorted(scores)


def test_the_reasons_of_an_account_add_up_to_its_score(sample: Running, watched: Watched) -> None:
    page = watched.page
    worst = sample.get("/v1/accounts", band="at_risk", limit=1)["items"][0]
    page.goto(sample.url)
    page.get_by_role("link", name=worst["name"], exact=True).click()
    expect(page.get_by_role("heading", name=worst["name"])).to_be_visible()
    page.get_by_role("link", name=re.compile("smaller reasons? combined")).click()
    why = page.locator("table.reasons:not(.moves)")
    expect(why.get_by_role("link", name=re.compile("smaller reason"))).to_have_count(0)
    neutral, *points = numbers(why.locator("tbody td.num").all_inner_texts())
    score = numbers(why.locator("tfoot td.num").all_inner_texts())[0]
    assert len(points) > 5
    assert neutral + sum(points) == pytest.approx(score, abs=0.051 * len(points))
    expect(page.locator("svg.chart-wide .dot")).not_to_have_count(0)


def test_what_changed_between_two_days_adds_up_and_says_why(sample: Running, watched: Watched) -> None:
    page = watched.page
    worst = sample.get("/v1/accounts", band="at_risk", limit=1)["items"][0]
    days = [
        one["day"]
        for one in sample.get(f"/v1/accounts/{worst['account_id']}/health/history")["items"]
        if one["score"] is not None
    ]
    first, last = days[len(days) // 3], days[-8]
    page.goto(f"{sample.url}/accounts/{worst['account_id']}")
    changed = page.locator("#changed")
    changed.get_by_label("From").fill(first)
    changed.get_by_label("to", exact=True).fill(last)
    changed.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(f"from={first}&to={last}#changed$"))
    told = sample.get(f"/v1/accounts/{worst['account_id']}/health/changes", **{"from": first, "to": last})
    expect(changed).to_contain_text(f"it was {told['from']['score']:.1f}")
    parts = numbers(changed.locator(".parts .figure").all_inner_texts())
    assert parts == [pytest.approx(told[one], abs=0.051) for one in ("time", "behaviour", "configuration")]
    expect(changed.locator("tr.driver").first).to_contain_text(told["drivers"][0]["text"])
    points = numbers(changed.locator("tbody td.points").all_inner_texts())
    total = numbers(changed.locator("tfoot td.num").all_inner_texts())[0]
    assert sum(points) == pytest.approx(total, abs=0.051 * len(points))
    assert total == pytest.approx(told["to"]["score"] - told["from"]["score"], abs=0.051)


def test_days_the_wrong_way_round_are_answered_with_what_to_do(sample: Running, watched: Watched) -> None:
    page = watched.page
    account = sample.get("/v1/accounts", limit=1)["items"][0]["account_id"]
    page.goto(f"{sample.url}/accounts/{account}?from=2026-11-10&to=2026-11-01")
    expect(page.locator("#changed").get_by_role("status")).to_contain_text("swap them")


def test_a_past_day_shows_the_health_of_that_day(sample: Running, watched: Watched) -> None:
    page = watched.page
    worst = sample.get("/v1/accounts", band="at_risk", limit=1)["items"][0]
    history = sample.get(f"/v1/accounts/{worst['account_id']}/health/history")["items"]
    then = history[len(history) // 2]
    page.goto(f"{sample.url}/accounts/{worst['account_id']}")
    page.get_by_label("As of").fill(then["day"])
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("This page shows")).to_be_visible()
    expect(page.locator(".hero .big")).to_have_text(f"{then['score']:.0f} of 100")
    expect(page.get_by_role("button", name="Acknowledge")).to_have_count(0)


def test_an_alert_that_is_acknowledged_stays_so(sample: Running, watched: Watched) -> None:
    page = watched.page
    alert = sample.get("/v1/alerts", state="open", limit=1)["items"][0]
    page.goto(f"{sample.url}/alerts?state=open")
    card = page.locator(f"#{alert['alert_id']}")
    card.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("status")).to_contain_text("Acknowledged")
    page.goto(f"{sample.url}/accounts/{alert['account_id']}")
    page.reload()
    expect(card).to_contain_text("local user is working on it")
    assert sample.get(f"/v1/alerts/{alert['alert_id']}")["acknowledged_by"] == "local user"


def test_an_alert_that_is_snoozed_sleeps_until_then_with_its_reason(
    sample: Running, watched: Watched
) -> None:
    page = watched.page
    alert = sample.get("/v1/alerts", state="open", limit=1)["items"][0]
    page.goto(f"{sample.url}/accounts/{alert['account_id']}")
    card = page.locator(f"#{alert['alert_id']}")
    card.get_by_text("Snooze…").click()
    card.get_by_label("Duration").select_option("2 weeks")
    card.get_by_label("Why").fill("Waiting for their new budget")
    card.get_by_role("button", name="Snooze", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Snoozed")
    page.reload()
    expect(card).to_contain_text("Snoozed until")
    expect(card).to_contain_text("Waiting for their new budget")
    assert sample.get(f"/v1/alerts/{alert['alert_id']}")["state"] == "snoozed"


def test_an_alert_that_is_resolved_leaves_the_unresolved_ones(sample: Running, watched: Watched) -> None:
    page = watched.page
    alert = sample.get("/v1/alerts", state="open", limit=1)["items"][0]
    page.goto(f"{sample.url}/alerts")
    card = page.locator(f"#{alert['alert_id']}")
    card.get_by_text("Resolve…").click()
    card.get_by_label("Outcome").select_option("Renewed")
    card.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Resolved")
    expect(card).to_have_count(0)
    assert sample.get(f"/v1/alerts/{alert['alert_id']}")["outcome"] == "renewed"


def test_messages_that_no_channel_took_are_there_to_read(sample: Running, watched: Watched) -> None:
    # The accounts of the sample are new: what there is to say of them waits for the first digest.
    headers = {"Authorization": f"Bearer {sample.key}"}
    test = {"channel": "console"}
    httpx2.post(
        f"{sample.url}/v1/notifications/test", json=test, headers=headers, trust_env=False, timeout=30
    )
    watched.page.goto(f"{sample.url}/messages")
    delivery = sample.get("/v1/deliveries", limit=1)["items"][0]
    letter = watched.page.locator("article").filter(has_text=delivery["subject"]).first
    expect(letter).to_contain_text("alerts will reach you here")
