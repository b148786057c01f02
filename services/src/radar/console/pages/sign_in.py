"""Signing in with an API key, and out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from radar.console.pages.page_context import PageContext
from radar.console.rendering import Frame
from radar_chassis.errors import Forbidden, Unauthorized


def router(context: PageContext) -> APIRouter:
    """Return the routes."""
    routes = context.router()

    def form(request: Request, onward: str, *, problem: str | None = None, status: int = 200) -> Response:
        session = context.authentication.anonymous(request)
        token = context.authentication.sessions.form_token(session)
        frame = Frame(active="sign-in", visitor=None, may_act=False, token=token)
        response = context.renderer.page("sign_in.html", frame, status=status, onward=onward, problem=problem)
        context.authentication.remember(request, response, session)
        return response

    @routes.get("/sign-in")
    async def sign_in_form(request: Request) -> Response:
        return form(request, here(request.query_params.get("next")))

    @routes.post("/sign-in")
    async def sign_in(
        request: Request,
        token: Annotated[str, Form()] = "",
        key: Annotated[str, Form()] = "",
        onward: Annotated[str, Form(alias="next")] = "/",
    ) -> Response:
        context.authentication.check_form(request, context.authentication.anonymous(request), token)
        try:
            session = await context.authentication.admit(key.strip())
        except (Unauthorized, Forbidden) as error:
            return form(request, here(onward), problem=error.detail, status=error.status)
        response = RedirectResponse(here(onward), 303)
        context.authentication.remember(request, response, session)
        return response

    @routes.post("/sign-out")
    async def sign_out(request: Request, token: Annotated[str, Form()] = "") -> Response:
        visitor = await context.authentication.visitor(request)
        context.authentication.check_form(request, visitor.session, token)
        response = RedirectResponse("/sign-in", 303)
        context.authentication.forget(response)
        return response

    return routes


def here(onward: str | None) -> str:
    """Return a path of this console to go on to; anything that leads elsewhere becomes the first page."""
    path = onward or "/"
    parts = urlsplit(path)
    inside = path.startswith("/") and not parts.netloc and not path.startswith(("//", "/\\"))
    return path if inside and path.isprintable() else "/"
