"""Sets Python up for a process that lives long and makes many short-lived objects.

Nearly all of them are freed by their reference counts. Out of the box the cycle collector is called every 700 objects
and walks everything that lives; measured under load, that was a fifth of the processor's time.
"""

import gc
from typing import Final

OBJECTS: Final = 50_000
YOUNG_ROUNDS: Final = 20
MIDDLE_ROUNDS: Final = 50


def tune_garbage_collection() -> None:
    """Set what was made at start aside for good, and look for cycles in the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, YOUNG_ROUNDS, MIDDLE_ROUNDS)
