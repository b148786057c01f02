"""A driver in words, from what was measured. The sentences themselves stand in ``radar_vocabulary.reasons``."""

from radar_health_score.domain.metrics.reading import Readings, known
from radar_vocabulary.language.tags import Language
from radar_vocabulary.reasons import sentence as reasons


def sentence(metric: str, value: float, readings: Readings, language: Language = "en") -> str:
    """Return what ``metric`` says at ``value``, in a sentence; ``readings`` lend it numbers to compare with."""
    return reasons.sentence(metric, value, beside(metric, readings), language)


def beside(metric: str, readings: Readings) -> dict[str, float]:
    """Return the other metrics' values that the sentence about ``metric`` compares with, as far as they are known."""
    values = {name: known(readings, name) for name in reasons.COMPARED_WITH.get(metric, ())}
    return {name: value for name, value in values.items() if value is not None}
