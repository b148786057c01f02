"""``POST /v1/events``: the native format."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.answer import json_answer
from radar_ingest.domain.cloudevents import structured
from radar_ingest.domain.errors import UnsupportedEncoding
from radar_ingest.domain.limits import Limits
from radar_ingest.entrypoints.body import read_body
from radar_ingest.service.native import Form, TakeEvents

PATH: Final = "/v1/events"
_LINES: Final = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
_ANY: Final = frozenset({"", "application/json", "text/json", "text/plain", "application/octet-stream"}) | {
    "application/x-www-form-urlencoded"  # what curl -d says unless it is told otherwise
}
_CLOUD: Final[dict[str, Form]] = {
    "application/cloudevents+json": "cloudevent",
    "application/cloudevents-batch+json": "cloudevents",
}
_SPEC: Final = "ce-specversion"
_DOCS: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "example": {
                    "id": "018f3a5e-0000-7000-8000-000000000001",
                    "type": "feature_used",
                    "account_id": "acme",
                    "user_id": "u-7",
                    "occurred_at": "2026-11-21T10:00:00Z",
                    "data": {"feature": "report.export", "seconds": 12.5},
                }
            },
            "application/x-ndjson": {},
            "application/cloudevents+json": {},
            "application/cloudevents-batch+json": {},
        },
    }
}


def router(events: TakeEvents, access: Access, limits: Limits) -> APIRouter:
    """Return the route."""
    routes = APIRouter(tags=["ingest"])
    caller = access.require("ingest")  # asked directly: as a dependency it would cost more than it does

    @routes.post(PATH, summary="Send events; a receipt for each", openapi_extra=_DOCS)
    async def take(request: Request) -> Response:
        """One event, a JSON array of events, or one event a line; as it is, gzip or zstd.

        CloudEvents 1.0 are taken too: structured, batched or binary.

        200 leaves only once the log has every accepted event. `Radar-History: true` loads facts that count as
        known when they happened.
        """
        principal = await caller(request)
        form = _form(request)
        history = request.headers.get("radar-history", "").strip().lower() in {"true", "1", "yes"}
        body = await read_body(request, limits)
        if form == "cloudevent" and _SPEC in request.headers:
            body = structured(request.headers, body)
        receipt = await events.take(body, key_id=principal.key_id, form=form, history=history)
        return json_answer(receipt)

    return routes


def _form(request: Request) -> Form:
    """Return what the body is, from its content type and the headers of a CloudEvent in binary form."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type in _CLOUD:
        return _CLOUD[content_type]
    if _SPEC in request.headers and (content_type in _ANY or content_type.endswith("+json")):
        return "cloudevent"
    if content_type in _LINES:
        return "lines"
    if content_type in _ANY:
        return "json"
    raise UnsupportedEncoding("Send application/json, application/x-ndjson, or a CloudEvent in JSON.")
