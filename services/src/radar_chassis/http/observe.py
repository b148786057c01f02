"""Request metrics as pure ASGI middleware: no body is touched, no task is added."""

import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from radar_chassis.series import HTTP_REQUESTS, HTTP_SECONDS


class Observed:
    """Counts and times what ``app`` answers, labelled by route template so that ids don't become labels."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = _template(scope)
            HTTP_SECONDS.labels(self._service, scope["method"], route).observe(time.perf_counter() - began)
            HTTP_REQUESTS.labels(self._service, scope["method"], route, str(status)).inc()


def _template(scope: Scope) -> str:
    route: Any = scope.get("route")
    return getattr(route, "path", "none")
