"""Makes the dead letter of a record that ingest refused."""

import hashlib
from datetime import datetime
from typing import Final, Literal

from radar_ingest.domain.rejection import Rejection
from radar_vocabulary.contracts.dead_letter import DeadLetter

KEPT_BYTES: Final = 256 * 1024


def dead_letter(
    original: bytes, verdict: Rejection, *, surface: Literal["native", "segment"], at: datetime
) -> DeadLetter:
    """Return the letter; the same bytes refused for the same surface make the same id.

    Of a record that is larger than KEPT_BYTES only the beginning is kept, and the reason says so.
    """
    step = f"ingest.{surface}"
    reason = verdict.reason
    if len(original) > KEPT_BYTES:
        reason += f" Only the first {KEPT_BYTES} bytes are kept here."
    return DeadLetter(
        id=hashlib.sha256(step.encode() + b"\n" + original).hexdigest()[:32],
        step=step,
        code=verdict.code,
        reason=reason,
        at=at,
        original=original[:KEPT_BYTES],
        key=(verdict.account_id or "").encode(),
        account_id=verdict.account_id,
        event_id=verdict.event_id,
        replay=surface,
    )
