"""The Segment-compatible paths: what those clients send is taken, and what they can't bear is never answered.

Their clients drop a whole batch on 4xx, so one bad message never makes one: it is parked, and the answer is 200.
"""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.answer import json_answer
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.segment_body import parse_body
from radar_ingest.entrypoints.body import read_body
from radar_ingest.service.segment import TakeMessages

SINGLE: Final = ("track", "identify", "group", "page", "screen", "alias")
PATHS: Final = tuple(f"/v1/{name}" for name in ("batch", *SINGLE))


def router(messages: TakeMessages, access: Access, limits: Limits) -> APIRouter:
    """Return the routes: /v1/batch, and one per type of message."""
    routes = APIRouter(tags=["ingest (Segment-compatible)"])
    for kind in (None, *SINGLE):
        _add(routes, kind, messages, access, limits)
    return routes


def _add(routes: APIRouter, kind: str | None, messages: TakeMessages, access: Access, limits: Limits) -> None:
    by_header = access.require("ingest", basic=True)
    path = kind or "batch"
    summary = f"A {kind} call" if kind else "A batch of Segment messages"

    @routes.post(f"/v1/{path}", summary=summary, name=f"segment_{path}")
    async def take(request: Request) -> Response:
        """200 once the log has everything; what can't be used is parked with a reason, also 200."""
        # A key in the header is looked at before the body is read; only a key in the body has to wait for it.
        principal = await by_header(request) if "authorization" in request.headers else None
        bounds = limits if principal else replace(limits, body=min(limits.body, limits.compressed_body))
        body = parse_body(await read_body(request, bounds), single=kind is not None, limits=limits)
        if principal is None:
            principal = await access.authorize(body.write_key, "ingest")
        receipt = await messages.take(body, key_id=principal.key_id, kind=kind)
        return json_answer(receipt)
