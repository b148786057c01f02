"""``/v1/dead-letters``: see what was parked, and send it again."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from radar_chassis.access.guard import Access
from radar_chassis.errors import InvalidRequest
from radar_chassis.http.answer import answers_with, json_answer
from radar_chassis.http.paging import decode_cursor, encode_cursor
from radar_ingest.repositories.dead_letters import DeadLetters
from radar_ingest.repositories.stored_dead_letters import DeadLetterFilter, StoredDeadLetter
from radar_ingest.service.replay import MOST_AT_ONCE, ReplayDeadLetters
from radar_vocabulary.answers.dead_letters import DeadLetterLine, ReplayAnswer
from radar_vocabulary.answers.page import Page

Name = Annotated[str, Field(max_length=128, pattern=r"^[^\x00]*$")]


class ReplayBody(BaseModel):
    """Which letters to send again: these, or the oldest parked ones of a step (and code)."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[Name], Field(min_length=1, max_length=MOST_AT_ONCE)] | None = None
    step: Name | None = None
    code: Name | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)] = MOST_AT_ONCE


def router(letters: DeadLetters, replay: ReplayDeadLetters, access: Access) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(
        prefix="/v1/dead-letters", tags=["dead letters"], dependencies=[Depends(access.require("admin"))]
    )

    @routes.get("", responses=answers_with(Page[DeadLetterLine]), summary="Parked records, newest first")
    def page(
        step: str | None = None,
        code: str | None = None,
        state: Literal["parked", "replayed"] | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: str | None = None,
    ) -> Response:
        """Filter by step ("ingest.native", "score", …), code and state."""
        found = letters.page(
            DeadLetterFilter(step=step, code=code, state=state), after=_position(cursor), limit=limit + 1
        )
        shown = found[:limit]
        more = len(found) > limit
        last = shown[-1].letter if more else None
        following = encode_cursor([last.at.isoformat(), last.id]) if last else None
        return json_answer(Page(items=[_line(one) for one in shown], next_cursor=following))

    @routes.post("/replay", responses=answers_with(ReplayAnswer), summary="Send parked records again")
    async def again(wish: ReplayBody) -> Response:
        """Idempotent: event ids stay, so what was counted already isn't counted again."""
        if wish.ids is not None:
            results = await replay.by_id(wish.ids)
        elif wish.step is not None or wish.code is not None:
            which = DeadLetterFilter(step=wish.step, code=wish.code, state="parked")
            results = await replay.matching(which, limit=wish.limit)
        else:
            raise InvalidRequest("Name the letters to replay: `ids`, or a `step` or `code`.")
        done = sum(one.state == "replayed" for one in results)
        return json_answer(ReplayAnswer(replayed=done, parked=len(results) - done, results=results))

    return routes


def _position(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    at, letter_id = decode_cursor(cursor, length=2)
    try:
        return datetime.fromisoformat(at).astimezone(UTC), str(letter_id)
    except (ValueError, TypeError, OverflowError):
        raise InvalidRequest(
            "This cursor isn't one of ours; take `next_cursor` from the page before."
        ) from None


def _line(stored: StoredDeadLetter) -> DeadLetterLine:
    letter = stored.letter
    try:
        text = letter.original.decode()
    except UnicodeDecodeError:
        text = None
    return DeadLetterLine(
        id=letter.id,
        step=letter.step,
        code=letter.code,
        reason=letter.reason,
        at=letter.at,
        account_id=letter.account_id,
        event_id=letter.event_id,
        source=letter.source,
        state=stored.state,
        replayed_at=stored.replayed_at,
        answer=stored.answer,
        original=letter.original,
        text=text,
    )
