"""Why a record can't be accepted: a stable code and a sentence that says what to do."""

from dataclasses import dataclass
from typing import Literal

RejectionCode = Literal[
    "malformed_json",
    "not_an_object",
    "duplicate_key",
    "not_finite",
    "number_out_of_range",
    "too_deep",
    "record_too_large",
    "nul_character",
    "unknown_type",
    "reserved_feature",
    "invalid_event",
    "user_required",
    "account_required",
    "too_old",
    "unsupported_message",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """The verdict on one record. ``reason`` never repeats what the client sent.

    ``account_id`` and ``event_id`` are there when they could be read, so that the record can be found again.
    """

    code: RejectionCode
    reason: str
    account_id: str | None = None
    event_id: str | None = None


class Refused(Exception):  # noqa: N818 - a verdict, carried upwards
    """Carries a verdict out of the step that found it."""

    def __init__(self, code: RejectionCode, reason: str) -> None:
        super().__init__(code)
        self.code: RejectionCode = code
        self.reason = reason
