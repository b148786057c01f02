"""An account that can't be scored says so in the list and on its page, with the reason; both pages are there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.radar_cli import Running, running
from tests.support.wait import eventually


def event(event_type: str, **data: Any) -> dict[str, Any]:
    return {"type": event_type, "account_id": "odd", "user_id": "u", "data": data}


def send(product: Running, *events: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {product.key}"}
    now = datetime.now(UTC).isoformat()
    body = [{**one, "id": f"{one['type']}-{now}", "occurred_at": now} for one in events]
    answer = httpx2.post(f"{product.url}/v1/events", json=body, headers=headers, trust_env=False)
    assert answer.json()["accepted"] == len(events), answer.text


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Running]:
    """The product with an account of which a stored ticket has a status that there isn't."""
    with running(tmp_path / "data", "--no-sample") as product:
        send(
            product,
            event("account_updated", name="Odd Ltd"),
            event("ticket_updated", ticket_id="t", status="open"),
        )
        eventually(lambda: product.every("/v1/accounts"), within=30, what="the account is scored")
        with closing(sqlite3.connect(product.data / "health.db", timeout=30)) as database, database:
            changed = database.execute("UPDATE entities SET state = replace(state, '\"open\"', '\"lost\"')")
            assert changed.rowcount > 0
        send(product, event("login"))
        eventually(
            lambda: product.every("/v1/accounts")[0]["unscorable"], within=30, what="it can't be scored"
        )
        yield product


@pytest.mark.parametrize("path", ["/", "/accounts/odd"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("can't be scored", "a stored fact of this account can't be used: ValidationError")),
        ("ja", ("スコアを算出できません", "保存されている情報を利用できません：ValidationError")),
        ("zh-Hans", ("无法评分", "该客户已存储的数据无法使用：ValidationError")),
    ],
)
def test_the_page_says_that_it_cannot_be_scored_and_why(
    product: Running, path: str, language: str, words: tuple[str, str]
) -> None:
    headers = {"Accept-Language": language}
    page = httpx2.get(
        f"{product.url}{path}", headers=headers, trust_env=False, timeout=30, follow_redirects=True
    )
    assert page.status_code == 200
    assert "Odd Ltd" in page.text
    for word in words:
        assert word.replace("'", "&#39;") in page.text.replace("'", "&#39;")
