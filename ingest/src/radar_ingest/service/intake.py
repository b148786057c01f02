"""Puts a request's records on the log and answers for each of them: accepted means that the log has it."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from radar_chassis.bus.port import BusUnavailable, Outgoing, Producer
from radar_chassis.series import DEAD_LETTERS as PARKED
from radar_chassis.series import PRODUCE_SECONDS
from radar_ingest.domain.dead_letters import dead_letter
from radar_ingest.domain.native import Parsed
from radar_ingest.domain.receipt import receipt, rejected
from radar_ingest.domain.rejection import Rejection
from radar_ingest.series import INGEST_EVENTS
from radar_ingest.service.recent import RecentIds
from radar_vocabulary.answers.receipts import Receipt, Result
from radar_vocabulary.contracts.dead_letter import encode_dead_letter
from radar_vocabulary.contracts.topics import DEAD_LETTERS, EVENTS

Surface = Literal["native", "segment"]


class CheckedRecord(Struct, frozen=True, gc=False):
    """A record as received, and the verdict on it. ``original`` is what a replay sends again."""

    original: bytes
    verdict: Parsed | Rejection


class Intake:
    """The one way onto the log, whatever format a record came in."""

    def __init__(self, producer: Producer, recent: RecentIds, *, deadline: float) -> None:
        self._producer = producer
        self._recent = recent
        self._deadline = deadline

    async def submit(self, records: Sequence[CheckedRecord], *, surface: Surface, at: datetime) -> Receipt:
        """Publish what is good and park what isn't; return once the log has acknowledged both.

        Raises:
            BusUnavailable, BusOverloaded: nothing is promised; the client sends it all again.
        """
        results, outgoing, fresh = self._sort(records)
        if letters := _letters(records, surface, at):
            outgoing += letters
        if outgoing:
            await self.publish(outgoing)
        self._recent.claim(fresh)
        answer = receipt(results)
        INGEST_EVENTS.labels("accepted").inc(answer.accepted)
        INGEST_EVENTS.labels("duplicate").inc(answer.duplicate)
        INGEST_EVENTS.labels("rejected").inc(answer.rejected)
        if letters:
            PARKED.labels("ingest", f"ingest.{surface}").inc(len(letters))
        return answer

    async def publish(self, outgoing: Sequence[Outgoing]) -> None:
        """Return once the log has acknowledged all of it. Raises BusUnavailable, BusOverloaded."""
        began = time.perf_counter()
        acknowledged = asyncio.wrap_future(self._producer.publish(outgoing))
        try:
            await asyncio.wait_for(acknowledged, self._deadline)
        except TimeoutError:
            raise BusUnavailable(
                "The event log did not acknowledge in time; send this again.", retry_after=2
            ) from None
        PRODUCE_SECONDS.observe(time.perf_counter() - began)

    def _sort(
        self, records: Sequence[CheckedRecord]
    ) -> tuple[list[Result], list[Outgoing], dict[tuple[str, str], None]]:
        results: list[Result] = []
        outgoing: list[Outgoing] = []
        fresh: dict[tuple[str, str], None] = {}
        recent = self._recent
        for index, record in enumerate(records):
            verdict = record.verdict
            if isinstance(verdict, Rejection):
                results.append(rejected(index, verdict))
                continue
            identity = (verdict.account_id, verdict.event_id)
            if identity in fresh or identity in recent:
                results.append(Result(index, verdict.event_id, "duplicate"))
                continue
            fresh[identity] = None
            outgoing.append(Outgoing(topic=EVENTS, key=verdict.account_id.encode(), value=verdict.value))
            results.append(Result(index, verdict.event_id, "accepted", warnings=verdict.warnings))
        return results, outgoing, fresh


def _letters(records: Sequence[CheckedRecord], surface: Surface, at: datetime) -> list[Outgoing]:
    letters = [
        dead_letter(record.original, record.verdict, surface=surface, at=at)
        for record in records
        if isinstance(record.verdict, Rejection)
    ]
    return [
        Outgoing(topic=DEAD_LETTERS, key=letter.key, value=encode_dead_letter(letter)) for letter in letters
    ]
