"""Reads the services' public HTTP APIs and says in one way what may go wrong with that."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeVar
from urllib.parse import quote

import httpx2
import msgspec
import structlog

from radar.console.page_language import page_language
from radar_chassis.errors import Conflict, InvalidRequest, NotFound, Unavailable
from radar_vocabulary.answers.accounts import AccountDetail, AccountPage
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine
from radar_vocabulary.answers.changes import Changes
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.answers.features import FeatureLine
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.metrics import CatalogueLine, MetricHistory, MetricLine
from radar_vocabulary.answers.page import Page
from radar_vocabulary.answers.people import PeoplePage
from radar_vocabulary.answers.renewals import Renewals
from radar_vocabulary.answers.scorecards import BandLimits, ScorecardLine
from radar_vocabulary.contracts.health import HealthSnapshot, ScorecardRef

log = structlog.get_logger()
T = TypeVar("T")
Query = Mapping[str, str | int | float | tuple[str, ...] | None]
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
        wanted = {name: value for name, value in (query or {}).items() if value not in {None, ""}}
        return self._read(await self._ask("GET", path, query=wanted), answer)

    async def post(self, path: str, body: Mapping[str, str | None]) -> None:
        """Do what ``path`` does. Raises NotFound, Conflict, InvalidRequest, ApiAway."""
        await self._ask("POST", path, body={name: value for name, value in body.items() if value})

    async def put(self, path: str, body: Mapping[str, str | None]) -> None:
        """Set what ``path`` holds. Raises NotFound, Conflict, InvalidRequest, ApiAway."""
        await self._ask("PUT", path, body={name: value for name, value in body.items() if value})

    async def delete(self, path: str, query: Query) -> None:
        """Take away what ``path`` holds. Raises NotFound, Conflict, InvalidRequest, ApiAway."""
        await self._ask("DELETE", path, query=query)

    async def _ask(
        self, method: str, path: str, *, query: Query | None = None, body: Mapping[str, object] | None = None
    ) -> httpx2.Response:
        try:
            response = await self._http.request(
                method,
                path,
                params=dict(query or {}),
                json=body,
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


class HealthApi(ServiceApi):
    """The paths of the health-score service that the console shows."""

    async def accounts(self, query: Query) -> AccountPage:
        """Return a page of accounts with their health."""
        return await self.get("/v1/accounts", AccountPage, query)

    async def renewals(self, within_days: int, query: Query) -> Renewals:
        """Return the contracts that renew within so many days."""
        return await self.get("/v1/renewals", Renewals, {**query, "within_days": within_days})

    async def account(self, account_id: str) -> AccountDetail:
        """Return an account's profile, contracts and latest health."""
        return await self.get(_of(account_id), AccountDetail)

    async def health(self, account_id: str, as_of: date | None) -> HealthSnapshot:
        """Return the snapshot of the end of a day, or of now."""
        return await self.get(_of(account_id, "health"), HealthSnapshot, _day("as_of", as_of))

    async def history(self, account_id: str, first: date, last: date) -> tuple[HealthPoint, ...]:
        """Return a score a day, oldest first."""
        query = {**_day("from", first), **_day("to", last)}
        page = await self.get(_of(account_id, "health/history"), Page[HealthPoint], query)
        return tuple(sorted(page.items, key=lambda point: point.day))

    async def metrics(self, account_id: str, as_of: date | None) -> Sequence[MetricLine]:
        """Return every metric, with a value or the reason why there is none."""
        page = await self.get(_of(account_id, "metrics"), Page[MetricLine], _day("as_of", as_of))
        return page.items

    async def metric_history(
        self, account_id: str, last: date, *, days: int, every: int, metric: str | None = None
    ) -> MetricHistory:
        """Return metrics (all unless one is named) on every so many of the ``days`` before ``last``."""
        first = last - timedelta(days=days)
        query = {**_day("from", first), **_day("to", last), "every": every, "metric": metric}
        return await self.get(_of(account_id, "metrics/history"), MetricHistory, query)

    async def definition(self, metric: str) -> CatalogueLine | None:
        """Return what a metric is; None where there is no such metric."""
        every = await self.get("/v1/metrics/catalogue", Page[CatalogueLine])
        return next((one for one in every.items if one.metric == metric), None)

    async def changes(self, account_id: str, first: date, last: date | None) -> Changes:
        """Return the change of score between the ends of two days, or from one until now."""
        query = {**_day("from", first), **_day("to", last)}
        return await self.get(_of(account_id, "health/changes"), Changes, query)

    async def band_limits(self, scorecard: ScorecardRef) -> BandLimits | None:
        """Return where the bands of a scorecard lie; None when the service doesn't say."""
        try:
            known = (await self.get("/v1/scorecards", Page[ScorecardLine])).items
        except (NotFound, ApiAway):
            return None
        same = [one for one in known if one.name == scorecard.name]
        exact = [one for one in same if one.version == scorecard.version]
        return (exact or same)[0].bands if same else None

    async def people(self, account_id: str, limit: int) -> PeoplePage:
        """Return the account's users, those active last first, and what there is to say about them."""
        return await self.get(_of(account_id, "users"), PeoplePage, {"limit": limit})

    async def set_by_hand(
        self, account_id: str, band: str, author: str, reason: str, until: datetime
    ) -> None:
        """Show ``band`` in place of what the scorecard says, until a moment."""
        body = {"band": band, "author": author, "reason": reason, "expires_at": until.isoformat()}
        await self.put(_of(account_id, "override"), body)

    async def let_the_scorecard_speak(self, account_id: str, author: str) -> None:
        """Withdraw what was set by hand."""
        await self.delete(_of(account_id, "override"), {"author": author})

    async def features(self, account_id: str) -> Sequence[FeatureLine]:
        """Return what the account uses."""
        return (await self.get(_of(account_id, "features"), Page[FeatureLine])).items


class AlertsApi(ServiceApi):
    """The paths of the alerts service that the console shows and uses."""

    async def alerts(self, query: Query) -> Page[AlertLine]:
        """Return a page of alerts."""
        return await self.get("/v1/alerts", Page[AlertLine], query)

    async def alert(self, alert_id: str) -> AlertDetail:
        """Return an alert with its whole timeline."""
        return await self.get(f"/v1/alerts/{quote(alert_id, safe='')}", AlertDetail)

    async def act(self, alert_id: str, act: str, body: Mapping[str, str | None]) -> None:
        """Acknowledge, snooze or resolve."""
        await self.post(f"/v1/alerts/{quote(alert_id, safe='')}/{act}", body)

    async def deliveries(self, query: Query) -> Page[DeliveryLine]:
        """Return a page of messages that went out or should."""
        return await self.get("/v1/deliveries", Page[DeliveryLine], query)


def _of(account_id: str, rest: str = "") -> str:
    return f"/v1/accounts/{quote(account_id, safe='')}" + (f"/{rest}" if rest else "")


def _day(name: str, day: date | None) -> dict[str, str | None]:
    return {name: day.isoformat() if day else None}


def _said(response: httpx2.Response) -> str:
    try:
        detail = response.json()["detail"]
    except (ValueError, KeyError, TypeError):
        return "The service gave no reason."
    return str(detail)
