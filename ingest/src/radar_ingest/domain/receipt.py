"""What the client is told about every record."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from msgspec import Struct

from radar_ingest.domain.rejection import Rejection

Status = Literal["accepted", "duplicate", "rejected"]


class Result(Struct, frozen=True, gc=False):
    """The verdict on the record at ``index`` of the request.

    ``accepted``: the log has it. ``duplicate``: the log had it already. ``rejected``: see ``code`` and ``reason``.
    """

    index: int
    event_id: str | None
    status: Status
    reason: str | None = None
    code: str | None = None
    warnings: tuple[str, ...] = ()


class Receipt(Struct, frozen=True, kw_only=True):
    """The counts, and a result for every record in the request's order."""

    accepted: int
    duplicate: int
    rejected: int
    results: Sequence[Result]
    success: bool = True


_encode: Final = msgspec.json.Encoder().encode


def receipt(results: Sequence[Result]) -> Receipt:
    """Return the receipt that sums up ``results``."""
    counts = Counter(result.status for result in results)
    return Receipt(
        accepted=counts["accepted"],
        duplicate=counts["duplicate"],
        rejected=counts["rejected"],
        results=results,
    )


def rejected(index: int, verdict: Rejection) -> Result:
    """Return the result for a refused record."""
    return Result(index, verdict.event_id, "rejected", verdict.reason, verdict.code)


def encode_receipt(value: Receipt) -> bytes:
    """Return the receipt as JSON."""
    return _encode(value)
