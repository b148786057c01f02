"""Events to send."""

import itertools
from typing import Any

_numbers = itertools.count()


def use(**changes: Any) -> dict[str, Any]:
    """Return a good feature_used event with an id of its own; ``changes`` replace its fields."""
    event = {
        "id": f"e-{next(_numbers)}",
        "type": "feature_used",
        "account_id": "acme",
        "user_id": "u-7",
        "occurred_at": "2026-01-05T10:00:00Z",
        "data": {"feature": "report.export", "seconds": 12.5},
    }
    return {**event, **changes}
