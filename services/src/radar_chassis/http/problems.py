"""RFC 9457 problem details: a stable code and a sentence that says what to do. Input is never echoed."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from radar_chassis.errors import RadarError

log = structlog.get_logger()


class Problem(JSONResponse):
    """An ``application/problem+json`` answer."""

    media_type = "application/problem+json"


def problem(status: int, code: str, detail: str, *, retry_after: float | None = None) -> Problem:
    """Return the answer for an error with this status, code and sentence."""
    headers = {} if retry_after is None else {"Retry-After": str(max(1, ceil(retry_after)))}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    body = {"type": f"urn:radar:problem:{code}", "title": HTTPStatus(status).phrase, "status": status}
    return Problem({**body, "code": code, "message": detail, "detail": detail}, status, headers)


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem."""
    app.add_exception_handler(RadarError, _ours)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, _unexpected)


async def _ours(_request: Request, error: Exception) -> Problem:
    assert isinstance(error, RadarError)
    return problem(error.status, error.code, error.detail, retry_after=error.retry_after)


async def _validation(_request: Request, error: Exception) -> Problem:
    assert isinstance(error, RequestValidationError)
    mistakes = "; ".join(f"{_place(one)}: {one['msg']}" for one in error.errors()[:10])
    return problem(422, "invalid_request", f"Mend these fields: {mistakes}.")


def _place(mistake: Mapping[str, Any]) -> str:
    # The name of a field that isn't ours is the caller's own text.
    place = mistake["loc"][:-1] if mistake["type"] == "extra_forbidden" else mistake["loc"]
    return ".".join(map(str, place))


async def _framework(_request: Request, error: Exception) -> Problem:
    assert isinstance(error, HTTPException)
    codes = {
        404: ("not_found", "There is nothing at this path; /docs lists what is."),
        405: ("method_not_allowed", "This path doesn't take this method; /docs lists what it takes."),
    }
    code, detail = codes.get(error.status_code, ("http_error", str(error.detail)))
    answer = problem(error.status_code, code, detail)
    answer.headers.update(error.headers or {})
    return answer


async def _unexpected(request: Request, error: Exception) -> Problem:
    log.error("request_failed", path=request.url.path, exc_info=error)
    return problem(500, "internal_error", "Something of ours broke; it is in the log. Trying again may help.")
