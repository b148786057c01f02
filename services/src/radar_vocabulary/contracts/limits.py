"""The values that an event may carry, beyond its types.

Ingest refuses others. A reader of what an earlier release stored skips them.
"""

from datetime import date
from typing import Final

from babel.numbers import list_currencies

FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2200, 1, 1)
MOST_NOTICE_DAYS: Final = 3_650

# ISO 4217, active and historic. Codes with an X first are metals, funds and tests,
# but for the money that several countries share.
_SHARED_MONEY: Final = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})
CURRENCIES: Final = frozenset(
    code for code in list_currencies() if not code.startswith("X") or code in _SHARED_MONEY
)


def is_day(day: date) -> bool:
    """Return whether ``day`` is one that an event may name."""
    return FIRST_DAY <= day <= LAST_DAY


def is_currency(code: str) -> bool:
    """Return whether ``code`` is an ISO 4217 code, in capitals."""
    return code in CURRENCIES
