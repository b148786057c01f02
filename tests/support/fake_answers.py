"""What the made-up APIs share: a body as an answer, and who is let in."""

from typing import Any, Protocol

import msgspec
from fastapi import Request, Response


class Guard(Protocol):
    """Lets a request in that carries a key with the scope; raises what the APIs raise."""

    async def __call__(self, request: Request, scope: Any = "read") -> None: ...


def answer(body: Any) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")
