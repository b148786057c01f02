"""In a real browser, over made-up APIs: what the sample doesn't have."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.browser import Watched
from tests.support.console import FakeConsole, fake_console
from tests.support.fake_company import fake_company
from tests.support.server import served

pytestmark = pytest.mark.browser


@pytest.fixture
def locked() -> FakeConsole:
    return fake_console(open_on_loopback=False)


@pytest.fixture
def url(locked: FakeConsole) -> Iterator[str]:
    with served(locked.app) as address:
        yield address


def test_signing_in_with_a_key_leads_to_the_page_that_was_asked_for(
    locked: FakeConsole, url: str, watched: Watched
) -> None:
    page = watched.page
    page.goto(f"{url}/accounts/acct-00")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("API key").fill(locked.keys.make("Anna", "read", "act"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Northwind Freight")).to_be_visible()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.locator(".standing")).to_have_text("Anna is working on it")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_page_shows_no_script_that_somebody_put_into_a_name(
    locked: FakeConsole, url: str, watched: Watched
) -> None:
    page = watched.page
    locked.company.accounts[
        0
    ].name = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    page.goto(url)
    page.get_by_label("API key").fill(locked.keys.make("Anna", "read"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="<img src=x")).to_be_visible()
    expect(page).to_have_title("Portfolio · Renewal Radar")


def test_an_empty_product_says_how_to_begin(watched: Watched) -> None:
    with served(fake_console(fake_company(accounts=0)).app) as url:
        watched.page.goto(url)
        expect(watched.page.get_by_text(f"curl {url}/v1/events")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(watched: Watched, scheme: str) -> None:
    watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    with served(fake_console().app) as url:
        for path in (
            "/",
            "/accounts/acct-00",
            "/alerts",
            "/economics",
            "/features/report.export",
            "/sign-in",
        ):
            watched.page.goto(url + path)
            assert watched.page.evaluate(CONTRAST) == [], path


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data; };
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const v = c[i] / 255; return sum + weight * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); }, 0);
  const behind = (node) => { for (let at = node; at; at = at.parentElement) {
    const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !node.getClientRects().length || node.closest("svg") || node.closest("option")) continue;
    const [a, b] = [light(rgba(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(`${text}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return faint;
}"""
