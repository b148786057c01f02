"""In a real browser, over the real product and its sample: what the portfolio is worth, and what its features are."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import Watched, numbers
from tests.support.radar_cli import Running

pytestmark = pytest.mark.browser


def test_mrr_then_and_what_moved_it_add_up_to_mrr_now(sample: Running, watched: Watched) -> None:
    page = watched.page
    page.goto(sample.url)
    page.get_by_role("link", name="Economics").click()
    expect(page.get_by_role("heading", name="Economics")).to_be_visible()
    bridge = page.locator("table.bridge")
    *steps, now = numbers(bridge.locator("tbody .num, tfoot .num").all_inner_texts())
    assert len(steps) == 6
    assert sum(steps) == pytest.approx(now, abs=3.5)
    answer = sample.get("/v1/portfolio")
    assert now == pytest.approx(answer["total"]["money"][0]["mrr"], rel=0.01)
    by_segment = page.locator("section").filter(has=page.get_by_role("heading", name="By segment"))
    expect(by_segment.get_by_role("rowheader")).to_have_count(len(answer["groups"]))


def test_a_past_day_and_another_window_can_be_asked_for(sample: Running, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{sample.url}/economics")
    page.get_by_label("Period").select_option("3 months")
    page.get_by_label("As of").fill("2024-01-15")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status").first).to_contain_text("This page shows 15 Jan 2024")
    expect(page.get_by_label("Period")).to_have_value("3")


def test_a_feature_leads_to_the_accounts_that_retiring_it_would_touch(
    sample: Running, watched: Watched
) -> None:
    page = watched.page
    page.goto(sample.url)
    page.get_by_role("link", name="Features").click()
    first = sample.get("/v1/features")["items"][0]
    page.get_by_role("rowheader").get_by_role("link", name=first["feature"]).click()
    expect(
        page.get_by_role("heading", name=f"Affected by retirement {first['accounts_28d']} accounts")
    ).to_be_visible()
    revenue = numbers(page.locator("td.strong").all_inner_texts())
    assert len(revenue) == min(25, first["accounts_28d"])
    assert revenue == sorted(revenue, reverse=True)
    account = page.get_by_role("rowheader").get_by_role("link").first
    name = account.inner_text()
    account.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
