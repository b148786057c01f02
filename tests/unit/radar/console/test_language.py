"""People read reasons in their own language: as they chose in the header, else as their browser says."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.support.console import PAGES, FakeConsole, token

PAGE = "/accounts/acct-00"


def chosen(html: str) -> str:
    """Return the language that the header says is in use."""
    found = re.search(r'value="([\w-]+)" lang="[\w-]+" aria-pressed="true"', html)
    assert found
    return found[1]


def test_the_services_are_asked_in_the_language_of_the_browser(
    console: FakeConsole, browser: TestClient
) -> None:
    assert chosen(browser.get(PAGE, headers={"Accept-Language": "ja-JP,en;q=0.5"}).text) == "ja"
    assert console.company.asked_in == {"ja"}


def test_a_choice_in_the_header_lasts_and_wins_over_the_browser(
    console: FakeConsole, browser: TestClient
) -> None:
    form = token(browser.get(PAGE).text)
    answer = browser.post(
        "/language", data={"token": form, "language": "zh-Hans", "next": f"{PAGE}?reasons=all"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?reasons=all")
    assert "HttpOnly" in answer.headers["set-cookie"]
    console.company.asked_in.clear()
    assert chosen(browser.get(PAGE, headers={"Accept-Language": "ja"}).text) == "zh-Hans"
    assert console.company.asked_in == {"zh-Hans"}


def test_the_switch_leads_back_to_the_page_it_is_on(browser: TestClient) -> None:
    assert f'name="next" value="{PAGE}?reasons=all"' in browser.get(f"{PAGE}?reasons=all").text


@pytest.mark.parametrize("language", ["tlh", ""])
def test_a_language_that_is_not_spoken_is_refused(browser: TestClient, language: str) -> None:
    form = token(browser.get(PAGE).text)
    assert browser.post("/language", data={"token": form, "language": language}).status_code == 422


def test_a_choice_needs_a_form_of_this_session_and_never_leads_elsewhere(browser: TestClient) -> None:
    form = token(browser.get(PAGE).text)
    assert browser.post("/language", data={"token": "0" * 64, "language": "ja"}).status_code == 403
    away = browser.post("/language", data={"token": form, "language": "ja", "next": "https://evil.example/"})
    assert away.headers["location"] == "/"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_said_in_every_language(browser: TestClient, path: str) -> None:
    english = headings(browser.get(path).text)
    for language, tag in (("ja", "ja"), ("zh-CN", "zh-Hans")):
        answer = browser.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert f'<html lang="{tag}">' in answer.text
        assert not re.search(r"\{\w+\}", answer.text)
        assert headings(answer.text).isdisjoint(english - SAME_EVERYWHERE)


SAME_EVERYWHERE = frozenset({"ARR", "ARPA", "LTV", "GRR", "NRR", "EUR", ""})


def headings(html: str) -> set[str]:
    """Return the headings of a page that are the product's own words: those without a name or a number in them."""
    found = re.findall(r"<(?:h2|label|summary)[^>]*>([^<]*)<", html)
    return {text.strip() for text in found if not re.search(r"\d|Northwind|Acct|English|is at risk of", text)}
