"""Choosing the language to read in: a form's POST, a cookie, and back to the page it came from."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from radar.console.page_language import COOKIE
from radar.console.pages.page_context import PageContext
from radar.console.pages.sign_in import here
from radar_chassis.errors import InvalidRequest
from radar_vocabulary.language.tags import LANGUAGES, supported

A_YEAR: Final = 365 * 24 * 3600


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.post("/language")
    async def choose(
        request: Request,
        language: Annotated[str, Form(max_length=40)] = "",
        token: Annotated[str, Form()] = "",
        onward: Annotated[str, Form(alias="next")] = "/",
    ) -> Response:
        context.authentication.check_form(request, context.authentication.anonymous(request), token)
        chosen = supported(language)
        if chosen is None:
            raise InvalidRequest(f"`language` must be one of {', '.join(LANGUAGES)}.")
        response = RedirectResponse(here(onward), 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure)
        return response

    return routes
