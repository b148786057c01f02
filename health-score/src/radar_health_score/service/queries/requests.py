"""The demand pool: what customers ask for, over all accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import State, decode_state
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.contracts.revenue import arr_on
from radar_health_score.domain.portfolio.request_pool import CustomerRequest, Demand, count_by_kind, pooled
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.slices import sliced
from radar_health_score.service.state.account_records import CHUNK
from radar_vocabulary.answers.requests import DemandLine, RequestLine, RequestPool
from radar_vocabulary.contracts.scalars import Money

SHOWN: Final = 10


class AllRequests(NamedTuple):
    """Every wish there is, and the names of the accounts."""

    as_of: datetime
    requests: list[CustomerRequest]
    names: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """Which requests are wanted; None: whichever."""

    kind: str | None = None
    module: str | None = None
    region: str | None = None
    account_id: str | None = None

    def wants(self, request: CustomerRequest) -> bool:
        """Return whether this one is wanted."""
        return (
            self.kind in (None, request.kind)
            and (self.module is None or self.module.casefold() == (request.module or "").casefold())
            and self.region in (None, request.region)
            and self.account_id in (None, request.account_id)
        )


class RequestQueries:
    """Answers about the demand pool as it is now."""

    def __init__(self, scan: PortfolioScan) -> None:
        self._scan = scan
        self._told = AnswerCache[AllRequests](scan.clock, most=1)

    def requests(self, wanted: RequestFilter, *, limit: int, cursor: str | None) -> RequestPool:
        """Return a page of the pool; raises InvalidRequest for a foreign cursor."""
        told = self._told.get("", self._read)
        mine = [request for request in told.requests if wanted.wants(request)]
        waiting = [request for request in mine if request.open]
        demands = pooled(waiting)
        page = sliced(list(enumerate(demands, 1)), limit, cursor)
        return RequestPool(
            as_of=told.as_of,
            kinds=dict(count_by_kind(demands)),
            left_out=len(mine) - len(waiting),
            items=[_line(rank, demand, told.names) for rank, demand in page.items],
            next_cursor=page.next_cursor,
        )

    def _read(self) -> AllRequests:
        now, after = self._scan.clock.now(), 0
        requests: list[CustomerRequest] = []
        names: dict[str, str | None] = {}
        rows = self._scan.records.scan
        with self._scan.database.reading() as connection:
            while numbers := rows.account_nos(connection, after, CHUNK):
                after = numbers[-1]
                asked: dict[int, list[tuple[str, State]]] = {}
                for row in rows.requests(connection, numbers):
                    asked.setdefault(row.account_no, []).append((row.entity_id, decode_state(row.state)))
                for facts, states in self._with_records(connection, asked, now):
                    names[facts.account_id] = facts.profile.name
                    requests += [self._request(facts, request_id, state) for request_id, state in states]
        return AllRequests(now, requests, names)

    def _with_records(
        self, connection: Connection, asked: Mapping[int, list[tuple[str, State]]], now: datetime
    ) -> Iterator[tuple[AccountFacts, list[tuple[str, State]]]]:
        for no, facts in self._scan.records.read(connection, list(asked), now):
            yield facts, asked[no]

    def _request(self, facts: AccountFacts, request_id: str, state: State) -> CustomerRequest:
        said = {name: stamped.value for name, stamped in state.items()}
        first = min(stamped.valid_at for stamped in state.values())
        return CustomerRequest(
            account_id=facts.account_id,
            request_id=request_id,
            asked_on=date.fromordinal(self._scan.records.days.day_of(from_micros(first))),
            kind=said.get("kind"),
            status=said.get("status"),
            description=said.get("description"),
            module=said.get("module"),
            region=said.get("region") or facts.profile.region,
            follow_up=said.get("follow_up"),
            arr=arr_on(facts.contracts, self._scan.rates, facts.through),
        )


def _line(rank: int, demand: Demand, names: Mapping[str, str | None]) -> DemandLine:
    first = demand.requests[0]
    return DemandLine(
        rank=rank,
        kind=demand.kind,
        module=first.module,
        description=first.description,
        first_asked_on=first.asked_on,
        last_asked_on=demand.requests[-1].asked_on,
        accounts=len(demand.accounts),
        arr=[Money(amount=amount, currency=currency) for currency, amount in sorted(demand.arr.items())],
        regions=sorted({request.region for request in demand.requests if request.region}),
        follow_up=sorted({request.follow_up for request in demand.requests if request.follow_up}),
        statuses=sorted({request.status for request in demand.requests if request.status}),
        requests=[_request_line(request, names) for request in demand.requests[:SHOWN]],
        requests_total=len(demand.requests),
    )


def _request_line(request: CustomerRequest, names: Mapping[str, str | None]) -> RequestLine:
    return RequestLine(
        account_id=request.account_id,
        name=names.get(request.account_id),
        request_id=request.request_id,
        asked_on=request.asked_on,
        kind=request.kind,
        status=request.status,
        description=request.description,
        region=request.region,
        follow_up=request.follow_up,
    )
