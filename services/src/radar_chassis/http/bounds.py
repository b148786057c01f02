"""What no endpoint should have to think of, as pure ASGI middleware: bodies without end, and NUL characters.

FastAPI reads a body before it asks who sends it, so without a bound anybody could fill our memory.
"""

from collections.abc import Collection
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from radar_chassis.http.problems import Problem, problem

BODY_BYTES: Final = 256 * 1024


class Bounded:
    """Refuses what is too large or can't be stored.

    Args:
        app: what answers the rest.
        streams: paths whose endpoints bound their bodies themselves.
    """

    def __init__(self, app: ASGIApp, streams: Collection[str]) -> None:
        self._app = app
        self._streams = streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif "\0" in scope["path"] or b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
            await _nul()(scope, receive, send)
        elif scope["path"] in self._streams:
            await self._app(scope, receive, send)
        else:
            await self._with_bounded_body(scope, receive, send)

    async def _with_bounded_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = 0

        async def counting() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            return {"type": "http.disconnect"} if size > BODY_BYTES else message

        async def answering(message: Message) -> None:
            if size <= BODY_BYTES:
                await send(message)

        try:
            await self._app(scope, counting, answering)
        except Exception:
            if size <= BODY_BYTES:
                raise
        if size > BODY_BYTES:
            await _too_large()(scope, receive, send)


def _nul() -> Problem:
    return problem(422, "invalid_request", "Text must not contain the NUL character; leave it out.")


def _too_large() -> Problem:
    return problem(413, "too_large", f"A body may hold {BODY_BYTES} bytes here; send less.")
