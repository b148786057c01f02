"""The record on ``radar.dead-letter.v1``: something we couldn't use, kept whole, with the way back."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from radar_vocabulary.contracts.scalars import Moment


class Source(Struct, frozen=True, kw_only=True):
    """Where on which topic the record stood."""

    topic: str
    partition: int
    offset: int


class DeadLetter(Struct, frozen=True, kw_only=True):
    """A parked record.

    Attributes:
        id: made from step, source and content, so that parking it again makes the same letter.
        step: which service gave up on it, and where ("ingest.native", "ingest.segment", "score", "alerts").
        code: stable, machine-readable reason.
        reason: a sentence that says what to mend.
        original: the bytes as received (base64 in JSON).
        source: None when it never reached a topic (refused at ingest).
        replay: what the bytes are, so that ``dead-letter replay`` can send them again.
    """

    version: Literal[1] = 1
    id: str
    step: str
    code: str
    reason: str
    at: Moment
    original: bytes
    key: bytes = b""
    account_id: str | None = None
    event_id: str | None = None
    source: Source | None = None
    replay: Literal["native", "segment", "record"] = "native"


_decoder: Final = msgspec.json.Decoder(DeadLetter)
_encoder: Final = msgspec.json.Encoder()


def encode_dead_letter(letter: DeadLetter) -> bytes:
    """Return the JSON bytes that go on the topic."""
    return _encoder.encode(letter)


def decode_dead_letter(value: bytes) -> DeadLetter:
    """Return the letter in ``value``; raises msgspec.DecodeError or ValidationError."""
    return _decoder.decode(value)
