"""Takes a request in Segment's format."""

from collections.abc import Sequence

from radar_chassis.clock import Clock
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import Parsed
from radar_ingest.domain.rejection import Refused, Rejection
from radar_ingest.domain.segment_body import SegmentBody
from radar_ingest.domain.segment_event import Sent, to_event
from radar_ingest.domain.segment_message import Message, read_message
from radar_ingest.service.accounts import Accounts
from radar_ingest.service.intake import CheckedRecord, Intake
from radar_ingest.service.rate import Rate
from radar_vocabulary.answers.receipts import Receipt


class TakeMessages:
    """``POST /v1/batch`` and its siblings for single messages."""

    def __init__(self, intake: Intake, accounts: Accounts, rate: Rate, clock: Clock, limits: Limits) -> None:
        self._intake = intake
        self._accounts = accounts
        self._rate = rate
        self._clock = clock
        self._limits = limits

    async def take(self, body: SegmentBody, *, key_id: str, kind: str | None) -> Receipt:
        """Return the receipt for the messages, once the log has acknowledged them.

        ``kind`` is the type that the path gives to every message; None: each says its own.

        Raises:
            RateLimited, Unavailable: nothing is promised; the client sends it all again.
        """
        self._rate.take(key_id, len(body.messages))
        sent = Sent(received_at=self._clock.now(), sent_at=body.sent_at)
        verdicts = await self.judge(body.messages, sent, kind)
        judged = [
            CheckedRecord(
                _with_sent_at(raw, body.sent_at_text, kind) if isinstance(verdict, Rejection) else raw,
                verdict,
            )
            for raw, verdict in zip(body.messages, verdicts, strict=True)
        ]
        return await self._intake.submit(judged, surface="segment", at=sent.received_at)

    async def judge(
        self, messages: Sequence[bytes], sent: Sent, kind: str | None
    ) -> list[Parsed | Rejection]:
        """Return the event that each message means, or why it means none. Raises DatabaseUnavailable."""
        read = [self._read(raw, kind) for raw in messages]
        accounts = await self._accounts.resolve(read, sent)
        return [
            message if isinstance(message, Rejection) else to_event(message, account, sent, self._limits)
            for message, account in zip(read, accounts, strict=True)
        ]

    def _read(self, raw: bytes, kind: str | None) -> Message | Rejection:
        try:
            return read_message(raw, kind, self._limits)
        except Refused as refused:
            return Rejection(code=refused.code, reason=refused.reason)


def _with_sent_at(raw: bytes, sent_at: bytes, kind: str | None) -> bytes:
    """Return a body that means the same message again: the client's bytes, and when it sent them."""
    path = b',"type":"%b"' % kind.encode() if kind else b""
    when = b',"sentAt":%b' % sent_at if sent_at else b""
    return b'{"batch":[%b]%b%b}' % (raw, when, path)
