"""Rules for tests of what comes after a rule: a score below 40 opens a case at once, 50 or more ends it."""

from pathlib import Path
from typing import Any, Final

RULES: Final = Path(__file__).parents[1] / "data" / "rules"
# Nothing is held back either: accounts are new here, and many open at once.
TOLD_AT_ONCE: Final[dict[str, Any]] = {"rules": str(RULES), "first_contact_hours": 0, "mass_least": 1000}
IN_THE_ENVIRONMENT: Final = {
    f"RADAR_ALERTS__{name.upper()}": str(value) for name, value in TOLD_AT_ONCE.items()
}
