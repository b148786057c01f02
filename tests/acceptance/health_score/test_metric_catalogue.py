"""The catalogue of metrics over HTTP."""

import httpx2

from tests.support.health_service import HealthService

PATH = "/v1/metrics/catalogue"


def test_the_catalogue_defines_every_metric_an_account_is_measured_by(health_service: HealthService) -> None:
    items = {one["metric"]: one for one in health_service.get(PATH)["items"]}
    trend = items["usage_trend"]
    assert (trend["dimension"], trend["unit"], trend["direction"]) == ("behaviour", "log ratio", "higher")
    assert trend["formula"].startswith("ln((use in this window + 5)")
    assert trend["source"] == ["login", "feature_used", "session_ended"]
    in_force = {one["name"]: one["version"] for one in health_service.get("/v1/scorecards")["items"]}
    assert {use["scorecard"]: use["version"] for use in trend["scorecards"]} == in_force
    assert all(0 < use["share"] < use["weight"] for use in trend["scorecards"])


def test_the_catalogue_needs_a_key_that_may_read(health_service: HealthService) -> None:
    assert httpx2.get(f"{health_service.url}{PATH}").status_code == 401
    with health_service.client_for("ingest") as client:
        assert client.get(PATH).status_code == 403
