"""The pages about the whole portfolio over HTTP."""

from fastapi.testclient import TestClient

from tests.support.console import fake_console, visit
from tests.support.fake_company import fake_company


def test_economics_names_the_window_and_what_was_left_out(browser: TestClient) -> None:
    page = browser.get("/economics?as_of=2026-03-31&months=3").text
    assert "with what was known then" in page
    assert "2 terms are past their renewal date" in page
    assert "1 account is excluded from retention" in page
    assert '<option value="3" selected>' in page


def test_renewals_come_with_the_quarters_ahead_and_why_one_cannot_be_told(browser: TestClient) -> None:
    page = browser.get("/renewals").text
    assert "2026-Q4" in page
    assert "0 to 22,000" in page
    assert "too few of the contracts have a probability" in page
    assert "Ranges cover 80% of possible outcomes" in page
    assert page.count("90% by the model · 10% by the scorecard") == 2


def test_contracts_without_a_known_renewal_date_stand_below_the_renewals(browser: TestClient) -> None:
    page = browser.get("/renewals").text
    assert page.index("Renewal date unknown") < page.index('<a href="/accounts/acct-02">Undated Works</a>')
    with visit(fake_console(fake_company(accounts=0))) as client:
        assert "Renewal date unknown" not in client.get("/renewals").text


def test_growth_tells_cohorts_t2d3_and_losses(browser: TestClient) -> None:
    page = browser.get("/growth?of=nrr").text
    assert 'title="4 of 10 customers retained, 400 EUR a month">44%' in page
    assert "ARR hasn&#39;t reached 2,000,000 USD yet" in page
    assert "price · to Northwind Suite" in page
    assert "won back" in page


def test_a_feature_links_to_the_accounts_it_touches(browser: TestClient) -> None:
    assert '<a href="/features/legacy%2Ffax%20machine">' in browser.get("/features").text
    assert '<a href="/accounts/acct-00">' in browser.get("/features/report.export").text
    assert "No account used it in the last 28 days." in browser.get("/features/legacy%2Ffax%20machine").text
    assert browser.get("/features/nothing").status_code == 404


def test_an_empty_product_says_what_to_send() -> None:
    with visit(fake_console(fake_company(accounts=0))) as client:
        assert "contract_updated" in client.get("/economics").text
        assert "feature_used" in client.get("/features").text
        assert "renews_on" in client.get("/renewals").text
        assert "No contract was lost." in client.get("/growth").text
