"""Sends dead letters again: the originals through the same reading as on their first day.

Idempotent: event ids stay (a record without one is named after its letter), so a letter sent twice counts once.
What could only be used now is known from now on, so that past moments stay as they were shown.
"""

import asyncio
from collections.abc import Sequence

from radar_chassis.bus.port import Outgoing
from radar_chassis.clock import Clock
from radar_chassis.errors import RadarError
from radar_ingest.domain.cloudevents import is_cloud_event, parse_cloud_event
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import Arrival, Parsed, parse_event
from radar_ingest.domain.rejection import Rejection
from radar_ingest.domain.segment_body import parse_body
from radar_ingest.domain.segment_event import Sent
from radar_ingest.repositories.dead_letters import DeadLetters
from radar_ingest.repositories.stored_dead_letters import DeadLetterFilter, StoredDeadLetter
from radar_ingest.service.intake import Intake
from radar_ingest.service.segment import TakeMessages
from radar_vocabulary.answers.dead_letters import DeadLetterState, ReplayOutcome
from radar_vocabulary.contracts.dead_letter import DeadLetter
from radar_vocabulary.contracts.topics import DEAD_LETTERS, EVENTS

MOST_AT_ONCE = 500
NO_SOURCE = "This letter doesn't say which topic it came from, so it can't be sent again."


class ReplayDeadLetters:
    """``POST /v1/dead-letters/replay``."""

    def __init__(
        self, letters: DeadLetters, intake: Intake, segment: TakeMessages, clock: Clock, limits: Limits
    ) -> None:
        self._letters = letters
        self._intake = intake
        self._segment = segment
        self._clock = clock
        self._limits = limits

    async def by_id(self, ids: Sequence[str]) -> list[ReplayOutcome]:
        """Replay these letters; those already replayed stay as they are, unknown ids are left out."""
        return await self._replay(await asyncio.to_thread(self._letters.find, ids))

    async def matching(self, which: DeadLetterFilter, *, limit: int = MOST_AT_ONCE) -> list[ReplayOutcome]:
        """Replay the oldest parked letters that match, at most ``limit``."""
        return await self._replay(await asyncio.to_thread(self._letters.oldest, which, limit=limit))

    async def _replay(self, stored: Sequence[StoredDeadLetter]) -> list[ReplayOutcome]:
        outcomes = [
            ReplayOutcome(id=one.letter.id, state="replayed") for one in stored if one.state == "replayed"
        ]
        tried: list[ReplayOutcome] = []
        outgoing: list[Outgoing] = []
        for one in stored:
            if one.state == "replayed":
                continue
            found = await self._again(one.letter)
            if isinstance(found, Outgoing):
                outgoing.append(found)
            reason = None if isinstance(found, Outgoing) else found
            state: DeadLetterState = "replayed" if reason is None else "parked"
            tried.append(ReplayOutcome(id=one.letter.id, state=state, reason=reason))
        if outgoing:
            await self._intake.publish(outgoing)
        await asyncio.to_thread(self._letters.record, tried, self._clock.now())
        return [*outcomes, *tried]

    async def _again(self, letter: DeadLetter) -> Outgoing | str:
        """Return the record to publish, or why there is none."""
        if letter.replay == "record":
            if letter.source is None or letter.source.topic == DEAD_LETTERS:
                return NO_SOURCE
            return Outgoing(topic=letter.source.topic, key=letter.key, value=letter.original)
        try:
            verdict = self._native(letter) if letter.replay == "native" else await self._message(letter)
        except RadarError as error:
            if error.status >= 500:
                raise
            return error.detail
        if isinstance(verdict, Rejection):
            return verdict.reason
        return Outgoing(topic=EVENTS, key=verdict.account_id.encode(), value=verdict.value)

    def _native(self, letter: DeadLetter) -> Parsed | Rejection:
        arrival = Arrival(received_at=self._clock.now(), fallback_id=_name(letter), fallback_time=letter.at)
        parse = parse_cloud_event if is_cloud_event(letter.original) else parse_event
        return parse(letter.original, arrival, self._limits)

    async def _message(self, letter: DeadLetter) -> Parsed | Rejection:
        body = parse_body(letter.original, single=False, limits=self._limits)
        sent = Sent(
            received_at=letter.at,
            sent_at=body.sent_at,
            known_at=self._clock.now(),
            fallback_id=_name(letter),
        )
        return (await self._segment.judge(body.messages[:1], sent, body.kind))[0]


def _name(letter: DeadLetter) -> str:
    return letter.event_id or f"letter-{letter.id}"
