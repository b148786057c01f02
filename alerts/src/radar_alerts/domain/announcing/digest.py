"""What stands in a receiver's digest: each case once, ranked by the ARR at risk.

When one is due is ``Receiver.digest_due``. A case stands in another digest only after a change: each entry is about one
occasion, and is settled by the digest that it stands in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from radar_vocabulary.contracts.scalars import Day, Moment


@dataclass(frozen=True, kw_only=True)
class DigestEntry:
    """A case that waits for a digest.

    Attributes:
        id: of the announcement.
        at: when it was made.
        at_risk: ARR at risk, in the contract's currency.
    """

    id: str
    case_id: str
    at: Moment
    at_risk: float = 0.0
    renews_on: Day | None = None


def digest_items(waiting: Iterable[DigestEntry]) -> tuple[DigestEntry, ...]:
    """Return the entries of a digest, the largest ARR at risk first, then the nearest renewal.

    Of several about a case the latest stands for it.
    """
    latest = {one.case_id: one for one in sorted(waiting, key=lambda one: (one.at, one.id))}
    return tuple(sorted(latest.values(), key=_rank))


def _rank(one: DigestEntry) -> tuple[float, Day, str]:
    return -one.at_risk, one.renews_on or Day.max, one.case_id
