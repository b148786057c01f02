"""How every console route answers: errors as pages, security headers on all, the cookie where it is new."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from radar.console.authentication import SignInNeeded
from radar.console.page_language import use_language_of
from radar.console.rendering import HEADERS, Frame, Renderer
from radar_chassis.errors import InvalidRequest, RadarError

log = structlog.get_logger()
_TITLES = {
    403: "That isn't allowed",
    404: "Not found",
    409: "It has changed meanwhile",
    422: "That can't be read",
    503: "Away for the moment",
}


def console_route(renderer: Renderer) -> type[APIRoute]:
    """Return the class of route that the console's routers use."""

    class ConsoleRoute(APIRoute):
        """A route for people."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            """Return the handler, with errors turned into pages."""
            inner = super().get_route_handler()

            async def handler(request: Request) -> Response:
                try:
                    with use_language_of(request):
                        response = await inner(request)
                except SignInNeeded:
                    response = _to_sign_in(request)
                except RadarError as error:
                    response = _error_page(renderer, error)
                except RequestValidationError:
                    response = _error_page(renderer, InvalidRequest("Something in this address isn't right."))
                except Exception:
                    log.exception("page_failed", path=request.url.path)
                    response = _error_page(renderer, RadarError("Something of ours broke; it is in the log."))
                for name, value in HEADERS.items():
                    response.headers.setdefault(name, value)
                return response

            return handler

    return ConsoleRoute


def _to_sign_in(request: Request) -> Response:
    back = request.url.path if request.method == "GET" else "/"
    if request.method == "GET" and request.url.query:
        back += f"?{request.url.query}"
    return RedirectResponse(f"/sign-in?next={quote(back, safe='')}", 303)


def _error_page(renderer: Renderer, error: RadarError) -> Response:
    frame = Frame(active="", visitor=None, may_act=False, token="")
    title = _TITLES.get(error.status, "Something went wrong")
    response = renderer.page("error.html", frame, status=error.status, title=title, detail=error.detail)
    if error.status == 503:
        response.headers["Retry-After"] = str(int(error.retry_after or 5))
    return response
