"""What the made-up APIs share: a body as an answer, and who is let in."""

from typing import Any, Protocol

import msgspec
from fastapi import Request, Response

from tests.support.samples import sample


class Guard(Protocol):
    """Lets a request in that carries a key with the scope; raises what the APIs raise."""

    async def __call__(self, request: Request, scope: Any = "read") -> None: ...


def answer(kind: Any, **known: Any) -> Response:
    """Return an answer of this type, as its service sends it; fields that aren't given are samples."""
    return sent(sample(kind, **known))


def sent(body: Any) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")
