"""Reads the services' public HTTP APIs and says in one way what may go wrong with that."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

import httpx2
import msgspec
import structlog

from radar.console.page_language import page_language
from radar_chassis.errors import Conflict, InvalidRequest, NotFound, Unavailable

log = structlog.get_logger()
T = TypeVar("T")
Query = Mapping[str, str | int | date | tuple[str, ...] | None]
PATIENCE: Final = httpx2.Timeout(10.0, connect=3.0)


class ApiAway(Unavailable):
    """A service of ours doesn't answer, or answers what we can't read."""

    code = "api_away"


class ServiceApi:
    """One service's API. ``key`` is the console's own; people's rights are looked at before we ask."""

    def __init__(self, http: httpx2.AsyncClient, *, key: str, service: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {key}"}
        self._service = service

    async def get(self, path: str, answer: type[T], query: Query | None = None) -> T:
        """Return what ``path`` answers, read as ``answer``. Raises NotFound, InvalidRequest, ApiAway."""
        return self._read(await self._ask("GET", path, query=query or {}), answer)

    async def post(self, path: str, body: Query) -> None:
        """Do what ``path`` does. Raises NotFound, Conflict, InvalidRequest, ApiAway."""
        await self._ask("POST", path, body=body)

    async def put(self, path: str, body: Query) -> None:
        """Set what ``path`` holds. Raises NotFound, Conflict, InvalidRequest, ApiAway."""
        await self._ask("PUT", path, body=body)

    async def delete(self, path: str, query: Query) -> None:
        """Take away what ``path`` holds. Raises NotFound, Conflict, InvalidRequest, ApiAway."""
        await self._ask("DELETE", path, query=query)

    async def _ask(
        self, method: str, path: str, *, query: Query | None = None, body: Query | None = None
    ) -> httpx2.Response:
        try:
            response = await self._http.request(
                method,
                path,
                params=_given(query or {}),
                json=body and _given(body),
                headers={**self._headers, "Accept-Language": page_language()},
                timeout=PATIENCE,
            )
        except httpx2.HTTPError as error:
            log.warning("api_away", service=self._service, path=path, error=type(error).__name__)
            raise ApiAway(f"The {self._service} service doesn't answer at the moment.") from error
        if response.is_success:
            return response
        raise self._refusal(response, path)

    def _refusal(self, response: httpx2.Response, path: str) -> Exception:
        said = _said(response)
        match response.status_code:
            case 404:
                return NotFound(said)
            case 409:
                return Conflict(said)
            case 400 | 422:
                return InvalidRequest(said)
        log.error("api_refused", service=self._service, path=path, status=response.status_code, said=said)
        if response.status_code in {401, 403}:
            return ApiAway(f"The {self._service} service doesn't accept the console's own API key.")
        return ApiAway(f"The {self._service} service can't answer at the moment.")

    def _read(self, response: httpx2.Response, answer: type[T]) -> T:
        try:
            return msgspec.json.decode(response.content, type=answer)
        except msgspec.DecodeError as error:
            log.exception("api_unreadable", service=self._service, path=response.url.path)
            raise ApiAway(
                f"The {self._service} service answers in a way this console doesn't know; "
                "do both have the same version?"
            ) from error


def _given(values: Query) -> dict[str, Any]:
    """Return what is asked or sent of ``values``: None and the empty text are left out, days are as in ISO 8601."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value not in {None, ""}
    }


def _said(response: httpx2.Response) -> str:
    try:
        detail = response.json()["detail"]
    except (ValueError, KeyError, TypeError):
        return "The service gave no reason."
    return str(detail)
