"""What the client is told about every record."""

from collections import Counter
from collections.abc import Sequence

from radar_ingest.domain.rejection import Rejection
from radar_vocabulary.answers.receipts import Receipt, Result


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
