"""Every question that the health-score service describes, asked about one account and about all of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx2

from tests.support.health_service import HealthService


def every_question(service: HealthService, account: str, day: date) -> Iterator[tuple[str, httpx2.Response]]:
    """Yield the path and the answer of each GET; where a question has a moment, also as of ``day``."""
    words: dict[str, Any] = {"from": day, "feature": "export", "language": "zh-Hans", "within_days": 3650}
    for path, methods in service.client.get("/openapi.json").json()["paths"].items():
        if "get" not in methods or not path.startswith("/v1/"):
            continue
        whole = path.replace("{account_id}", account).replace("{name}", "export").replace("{metric}", "mau")
        asked = {one["name"] for one in methods["get"].get("parameters", ()) if one["in"] == "query"}
        query = {name: words[name] for name in asked & words.keys()}
        yield whole, service.client.get(whole, params=query)
        if "as_of" in asked:
            yield f"{whole} as of {day}", service.client.get(whole, params={**query, "as_of": day})
