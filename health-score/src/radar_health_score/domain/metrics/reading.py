"""What a metric answers: a number, or the reason why there is none. Missing is not zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from radar_vocabulary.language.messages import Message, Sentence


@dataclass(frozen=True, slots=True)
class Missing:
    """No value, and why, in a few English words that can be shown as they are.

    The words are written out, as catalogues of translations are made from them. A reason with numbers is made by
    ``told``: it carries them, so that readers get it in their language.
    """

    reason: str

    @classmethod
    def told(cls, reason: Message, **values: str | int) -> "Missing":
        """Return it with the {values} of ``reason`` filled in."""
        return cls(Sentence(reason, **values))


Reading = float | Missing
Readings = Mapping[str, Reading]


def known_values(readings: Readings) -> dict[str, float]:
    """Return every metric that has a value, by name."""
    return {name: value for name in readings if (value := known(readings, name)) is not None}


def known(readings: Readings, name: str) -> float | None:
    """Return the value of the metric ``name``, or None where it is missing or wasn't measured.

    A ratio to next to nothing can pass what a float holds: neither a score nor JSON can be made of that.
    """
    reading = readings.get(name)
    return None if reading is None or isinstance(reading, Missing) or not isfinite(reading) else reading
