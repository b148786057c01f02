"""``POST /v1/events``: the native format."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response

from radar_chassis.access.guard import Access
from radar_chassis.access.keys import Principal
from radar_ingest.domain.errors import UnsupportedEncoding
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.receipt import encode_receipt
from radar_ingest.entrypoints.body import read_body
from radar_ingest.service.native import TakeEvents

_LINES: Final = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
_ANY: Final = frozenset({"", "application/json", "text/json", "text/plain", "application/octet-stream"}) | {
    "application/x-www-form-urlencoded"  # what curl -d says unless it is told otherwise
}
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
        },
    }
}


def router(events: TakeEvents, access: Access, limits: Limits) -> APIRouter:
    """Return the route."""
    routes = APIRouter(tags=["ingest"])
    caller = Depends(access.require("ingest"))

    @routes.post("/v1/events", summary="Send events; a receipt for each", openapi_extra=_DOCS)
    async def take(request: Request, principal: Annotated[Principal, caller]) -> Response:
        """One event, a JSON array of events, or one event a line; as it is, gzip or zstd.

        200 leaves only once the log has every accepted event. `Radar-History: true` loads facts that count as
        known when they happened.
        """
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type not in _LINES and content_type not in _ANY:
            raise UnsupportedEncoding("Send application/json or application/x-ndjson.")
        history = request.headers.get("radar-history", "").strip().lower() in {"true", "1", "yes"}
        body = await read_body(request, limits)
        receipt = await events.take(
            body, key_id=principal.key_id, lines=content_type in _LINES, history=history
        )
        return Response(encode_receipt(receipt), media_type="application/json")

    return routes
