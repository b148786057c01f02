"""What ingest answers with to who sends records."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

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
