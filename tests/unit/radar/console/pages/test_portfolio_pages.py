"""The pages about the whole portfolio over HTTP."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.console import FakeConsole, fake_console
from tests.support.fake_company import fake_company

PATHS = ["/economics", "/economics?as_of=2026-03-31&months=3", "/features", "/features/report.export", "/features/legacy%2Ffax%20machine"]  # fmt: skip


def visit(console: FakeConsole) -> TestClient:
    return TestClient(console.app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000))


@pytest.fixture
def browser() -> Iterator[TestClient]:
    with visit(fake_console()) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_under_a_policy_without_scripts(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_economics_names_the_window_and_what_was_left_out(browser: TestClient) -> None:
    page = browser.get("/economics?as_of=2026-03-31&months=3").text
    assert "what was known then, nothing later" in page
    assert "2 open terms past the renewal date" in page
    assert "1 account left out of retention" in page
    assert '<option value="3" selected>' in page


def test_a_feature_links_to_the_accounts_it_touches(browser: TestClient) -> None:
    assert '<a href="/features/legacy%2Ffax%20machine">' in browser.get("/features").text
    assert '<a href="/accounts/acct-00">' in browser.get("/features/report.export").text
    assert "No account used it in the last 28 days." in browser.get("/features/legacy%2Ffax%20machine").text
    assert browser.get("/features/nothing").status_code == 404


def test_an_empty_product_says_what_to_send() -> None:
    with visit(fake_console(fake_company(accounts=0))) as client:
        assert "contract_updated" in client.get("/economics").text
        assert "feature_used" in client.get("/features").text
