"""The page about backtests over HTTP."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.support.console import fake_console, visit
from tests.support.fake_backtests import NAME
from tests.support.fake_company import fake_company


def test_the_latest_backtest_is_told_in_sentences_tables_and_pictures(browser: TestClient) -> None:
    answer = browser.get("/backtests")
    assert answer.status_code == 200
    assert "Of 41 contracts due for renewal after 2025-06-01" in answer.text
    assert answer.text.count('<svg class="chart"') == 2
    assert ">Churned contracts found</text>" in answer.text
    assert ">Actual churn</text>" in answer.text
    assert "Since 1 Oct 2026, the trained model gives the probabilities." in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert 'aria-current="true">30 days before</a>' in answer.text


def test_another_lead_and_an_earlier_run_can_be_chosen(browser: TestClient) -> None:
    assert 'aria-current="true">60 days before</a>' in browser.get("/backtests?lead=60").text
    assert 'aria-current="true">30 days before</a>' in browser.get("/backtests?lead=nonsense").text
    assert browser.get(f"/backtests/{NAME}").status_code == 200
    assert browser.get("/backtests/20200101-000000-ffff").status_code == 404


def test_who_abstains_is_not_in_the_table_but_said(browser: TestClient) -> None:
    page = browser.get("/backtests").text
    assert "Model: only 3 customers have churned so far." in page
    assert 'rowheader">Model<' not in page
    assert 'rowheader">Scorecard<' in page


def test_how_far_ahead_the_forecast_of_the_portfolio_held_is_shown(browser: TestClient) -> None:
    page = browser.get("/backtests").text
    rows = [
        page.index(f'rowheader">{words}<')
        for words in ("on its first day", "one quarter ahead", "two quarters ahead")
    ]
    assert rows == sorted(rows)
    assert page.count('data-label="In interval">1 of 1<') == 3
    assert page.count('data-label="In interval">–<') == 1
    assert "Forecast one quarter ahead: 1 of 1. Forecast two quarters ahead: 1 of 1." in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            (
                "2025-06-01より後に更新時期を迎えた41件の契約のうち",
                ">最終利用からの日数<",
                "30日前</a>",
                "1中1",
            ),
        ),
        ("zh-Hans", ("2025-06-01之后到期的41份合同中", ">距上次使用的天数<", "提前30天</a>", "1个中1个")),
    ],
)
def test_it_is_told_in_the_reader_s_language_but_for_the_reason_that_a_model_gave(
    browser: TestClient, language: str, said: tuple[str, ...]
) -> None:
    page = browser.get("/backtests", headers={"Accept-Language": language}).text
    assert [one for one in said if one not in page] == []
    body = re.sub(r"<style.*?</style>|<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    english = re.findall(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+", body)
    assert set(english) <= {"customers have churned so far", "ROC AUC"}


def test_where_nothing_was_tested_the_page_says_what_it_takes() -> None:
    with visit(fake_console(fake_company(accounts=0))) as client:
        page = client.get("/backtests").text
        assert "radar backtest" in page
        assert "The scorecard gives all probabilities" in page
