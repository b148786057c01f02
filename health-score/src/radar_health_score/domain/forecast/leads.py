"""How long before its renewal date a contract is observed."""

from typing import Final

LEADS: Final = (90, 60, 30)  # days
