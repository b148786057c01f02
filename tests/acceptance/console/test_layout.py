"""In a real browser: every page fits a narrow screen, in every language, with a font for Chinese and Japanese or without."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Watched, width_of
from tests.support.console import PAGES, fake_console
from tests.support.fake_company import fake_company
from tests.support.radar_cli import Running
from tests.support.server import served

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "ja", "zh-Hans")
# 320 is what people who enlarge a page to 400% see (WCAG 2.2, 1.4.10), 360 a small phone.
NARROW = (320, 360)


def too_wide(page: Page, url: str, paths: tuple[str, ...]) -> dict[tuple[int, str], int]:
    """Return how wide the pages are that don't fit, by the width of the screen and the page."""
    found = {}
    for path in paths:
        page.goto(url + path)
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 780})
            found[width, path] = width_of(page)
    return {key: found[key] for key in found if found[key] > key[0]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_narrow_screen(phone: Page, language: str) -> None:
    phone.set_extra_http_headers({"Accept-Language": language})
    with served(fake_console().app) as url:
        assert too_wide(phone, url, PAGES) == {}
    assert phone.locator("html").get_attribute("lang") == language


def test_no_page_of_the_sample_company_is_wider_than_a_narrow_screen(sample: Running, phone: Page) -> None:
    account = sample.get("/v1/accounts", band="at_risk", limit=1)["items"][0]["account_id"]
    paths = ("/", *(f"/accounts/{account}{query}" for query in ("", "?reasons=all", "?changes=all")))
    assert too_wide(phone, sample.url, (*paths, "/alerts", "/messages", "/renewals")) == {}


def test_the_page_of_an_empty_product_is_not_wider_than_a_narrow_screen(phone: Page) -> None:
    with served(fake_console(fake_company(accounts=0)).app) as url:
        assert too_wide(phone, url, ("/",)) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_menu_is_in_sight_on_a_narrow_screen(phone: Page, language: str) -> None:
    phone.set_extra_http_headers({"Accept-Language": language})
    with served(fake_console().app) as url:
        phone.goto(url)
        for width in NARROW:
            phone.set_viewport_size({"width": width, "height": 780})
            shown = [link for link in phone.locator(".nav a").all() if link.is_visible()]
            assert len(shown) == 5
            for link in shown:
                expect(link).to_be_in_viewport(ratio=1)


def test_names_as_long_as_they_may_be_stay_inside_the_page(watched: Watched, phone: Page) -> None:
    company = fake_company(accounts=3)
    company.accounts[0].name = "Donaudampfschifffahrtsgesellschaft" * 5
    paths = ("/", "/accounts/acct-00", "/alerts", "/messages")
    with served(fake_console(company).app) as url:
        assert too_wide(phone, url, paths) == {}
        for path in paths:
            watched.page.goto(url + path)
            assert width_of(watched.page) <= 1280, path
