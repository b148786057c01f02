"""An answer is in the language asked for by name, else accepted, else the workspace's."""

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from radar_chassis.http.app import create_app
from radar_chassis.http.part import Part
from radar_chassis.http.request_language import RequestedLanguage

routes = APIRouter()


@routes.get("/said")
def said(language: RequestedLanguage) -> str:
    return language


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ({"language": "zh-CN"}, "ja", "zh-Hans"),
        ({}, "ja-JP, en;q=0.5", "ja"),
        ({"language": ""}, "en", "en"),
        ({}, "fr, zh-TW", "zh-Hans"),
        ({}, "*", "zh-Hans"),
    ],
)
def test_the_nearest_wish_wins(query, header, language):
    app = create_app([Part(name="said", routers=[routes])], version="1", language="zh-Hans")
    with TestClient(app) as client:
        answer = client.get("/said", params=query, headers={"Accept-Language": header})
    assert answer.json() == language


def test_a_language_that_is_not_spoken_is_refused_with_those_that_are():
    with TestClient(create_app([Part(name="said", routers=[routes])], version="1")) as client:
        answer = client.get("/said", params={"language": "tlh"})
    assert answer.status_code == 422
    assert "en, ja, zh-Hans" in answer.json()["detail"]
