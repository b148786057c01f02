"""Answers are sent as their types declare them, and described as they are sent."""

import json
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI, Response
from msgspec import Struct

from radar_chassis.http.answer import answers_with, json_answer
from radar_vocabulary.answers.page import Page
from radar_vocabulary.contracts.scalars import Moment, Money
from radar_vocabulary.language.messages import Message, Sentence


class Line(Struct, frozen=True, kw_only=True):
    at: Moment
    arr: Money | None


def test_an_answer_says_null_for_what_is_not_known() -> None:
    line = Line(at=datetime(2026, 11, 21, 12, tzinfo=UTC), arr=None)
    sent = json_answer(Page(items=[line]), {"Content-Language": "ja"})
    assert json.loads(sent.body) == {
        "items": [{"at": "2026-11-21T12:00:00Z", "arr": None}],
        "next_cursor": None,
    }
    assert (sent.media_type, sent.headers["content-language"]) == ("application/json", "ja")


def test_the_description_of_a_route_has_the_whole_schema_of_its_answer() -> None:
    app = FastAPI()

    @app.get("/lines", responses=answers_with(Page[Line]))
    def lines() -> Response:
        return json_answer(Page(items=[]))

    described = app.openapi()["paths"]["/lines"]["get"]["responses"]["200"]
    schema = described["content"]["application/json"]["schema"]
    assert schema["properties"]["items"]["items"]["required"] == ["at", "arr"]
    assert "$ref" not in json.dumps(schema)
    money = schema["properties"]["items"]["items"]["properties"]["arr"]["anyOf"]
    assert {"amount", "currency"} in [set(one.get("required", ())) for one in money]


def test_a_sentence_goes_out_as_its_english_text_and_nothing_else_is_made_a_text() -> None:
    young = Sentence(Message("less than {days} days"), days=42)
    assert json_answer({"missing": young}).body == b'{"missing":"less than 42 days"}'
    with pytest.raises(NotImplementedError):
        json_answer({"missing": object()})
