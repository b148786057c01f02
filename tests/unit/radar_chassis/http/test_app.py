"""Every service answers alike: problems, health, readiness, metrics."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from radar_chassis.errors import Unavailable
from radar_chassis.http.app import create_app
from radar_chassis.http.part import Part
from radar_chassis.tasks import Periodic

router = APIRouter()
away: list[str] = []
ran: list[int] = []


@router.get("/things/{number}")
def thing(number: int) -> dict[str, int]:
    if number == 13:
        raise RuntimeError("unlucky")
    if number == 99:
        raise Unavailable("The shop is closed; come back.", retry_after=2.2)
    return {"number": number}


def check() -> None:
    if away:
        raise Unavailable(away[0])


@pytest.fixture
def client() -> Iterator[TestClient]:
    away.clear()
    task = Periodic("tick", lambda: ran.append(1), every=0.01)
    part = Part(name="shop", routers=[router], checks={"shelf": check}, tasks=[task])
    with TestClient(create_app([part], version="1"), raise_server_exceptions=False) as client:
        yield client


def test_errors_are_problems_with_a_code_and_a_way_out(client: TestClient) -> None:
    answer = client.get("/things/99")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "3"
    assert answer.json()["code"] == "unavailable"
    assert answer.json()["detail"] == "The shop is closed; come back."


def test_a_validation_error_names_the_field_and_never_echoes_the_input(client: TestClient) -> None:
    answer = client.get("/things/my-secret-value")
    assert answer.status_code == 422
    assert "path.number" in answer.json()["detail"]
    assert "my-secret-value" not in answer.text


def test_a_fault_of_ours_is_a_500_that_tells_nothing(client: TestClient) -> None:
    answer = client.get("/things/13")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "unlucky" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/things/1", 405)]
)
def test_wrong_paths_and_methods_are_problems_too(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_not_ready_says_what_is_missing_while_alive(client: TestClient) -> None:
    assert client.get("/readyz").status_code == 200
    away.append("The shelf is empty; fill it.")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"shop.shelf": "The shelf is empty; fill it."}
    assert client.get("/healthz").status_code == 200


def test_metrics_count_by_route_template_not_by_id(client: TestClient) -> None:
    client.get("/things/41")
    client.get("/things/42")
    text = client.get("/metrics").text
    assert (
        'radar_http_requests_total{method="GET",route="/things/{number}",service="shop",status="200"}' in text
    )
    assert "/things/41" not in text
