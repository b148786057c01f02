"""Every service answers alike: problems, health, readiness, metrics."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter, Request
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict

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


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int


@router.post("/things")
def make(thing: Thing) -> Thing:
    return thing


@router.post("/stream")
async def stream(request: Request) -> dict[str, int]:
    return {"bytes": len(await request.body())}


def check() -> None:
    if away:
        raise Unavailable(away[0])


@pytest.fixture
def client() -> Iterator[TestClient]:
    away.clear()
    task = Periodic("tick", lambda: ran.append(1), every=0.01)
    part = Part(name="shop", routers=[router], checks={"shelf": check}, tasks=[task], streams=["/stream"])
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


def test_a_path_says_which_methods_it_takes(client: TestClient) -> None:
    assert client.delete("/things/1").headers["allow"] == "GET"


@pytest.mark.parametrize("path", ["/things/%00", "/nowhere?name=a%00b"])
def test_a_nul_character_is_refused_before_a_database_sees_it(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 422


@pytest.mark.parametrize("chunked", [True, False])
def test_nobody_can_send_a_body_without_end(client: TestClient, chunked: bool) -> None:
    content = iter([b" " * 65_536] * 10) if chunked else b" " * 300_000
    answer = client.post("/things", content=content)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert client.post("/things", json={"number": 5}).json() == {"number": 5}


def test_a_path_that_bounds_its_bodies_itself_may_take_large_ones(client: TestClient) -> None:
    assert client.post("/stream", content=b" " * 300_000).json() == {"bytes": 300_000}


def test_a_field_that_is_not_ours_is_not_echoed(client: TestClient) -> None:
    answer = client.post("/things", json={"number": 5, "my-secret-name": 1})
    assert answer.status_code == 422
    assert "my-secret-name" not in answer.text


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
