"""Whether a challenger may become champion: only where it surely beats the present one on later observations."""

from typing import Final

from radar_vocabulary.answers.estimates import Estimate
from radar_vocabulary.answers.models import Evaluation

MARGIN: Final = 0.005
FEWEST_CHURNED: Final = 10


def objections(judged: Evaluation | None) -> tuple[str, ...]:
    """Return why the challenger may not be promoted; empty where it may.

    It must beat the scorecard, the champion and the base rate by MARGIN in log loss, and the whole 95% interval of
    the gain (accounts resampled) must lie above 0.
    """
    if judged is None:
        return ("no contract end was observed after those it learned from, so nothing could be judged",)
    if min(judged.churned, judged.cases - judged.churned) < FEWEST_CHURNED:
        few = f"of the {judged.cases} later observations {judged.churned} churned"
        return (f"{few}; judging needs {FEWEST_CHURNED} that churned and as many that didn't",)
    return tuple(
        _objection(one.name, one.gain.value, one.gain.low) for one in judged.rivals if _fails(one.gain)
    )


def _fails(gain: Estimate) -> bool:
    return gain.value is None or gain.low is None or gain.value < MARGIN or gain.low <= 0


def _objection(name: str, value: float | None, low: float | None) -> str:
    if value is None or low is None:
        return f"it could not be compared with the {name.replace('_', ' ')}"
    return (
        f"its gain in log loss over the {name.replace('_', ' ')} is {value:.4f} with the lower end at {low:.4f}; "
        f"promotion needs at least {MARGIN} with the lower end above 0"
    )
