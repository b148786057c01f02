"""HTTP: the people of one account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import AsOf, Cursor, Limit, parse_as_of
from radar_health_score.service.queries.people import PeopleQueries, PersonFilter
from radar_vocabulary.contracts.scalars import Life, Role

Roles = Annotated[frozenset[Role], Query(description="May be given several times; default: everybody")]
Lives = Annotated[frozenset[Life], Query(description="May be given several times; default: everybody")]


def people_router(people: PeopleQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(
        prefix="/v1/accounts/{account_id}", tags=["accounts"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("/users", summary="People by last activity, and who has gone quiet or does it all")
    def list_users(
        account_id: str,
        language: RequestedLanguage,
        role: Roles = frozenset(),
        life: Lives = frozenset(),
        as_of: AsOf = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Response:
        wanted = PersonFilter(roles=role, lives=life)
        moment = parse_as_of(as_of)
        found = people.users(account_id, wanted, as_of=moment, limit=limit, cursor=cursor)
        return answer(found, language)

    return router
