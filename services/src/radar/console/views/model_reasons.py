"""Why the model expects what it does: its reasons, which add up to its logit exactly."""

from dataclasses import dataclass

from radar.console.charts.diverging import Bar, diverging_bars
from radar_vocabulary.contracts.health import ModelRef

SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class ModelReason:
    """A reason of the model, for renewing or against it."""

    text: str
    is_for: bool
    bar: Bar


@dataclass(frozen=True, kw_only=True)
class ModelReasons:
    """The model's strongest reasons, and how many weaker ones there are."""

    version: str
    signs: tuple[ModelReason, ...]
    rest: int


def model_reasons(model: ModelRef | None) -> ModelReasons | None:
    """Return the model's reasons; None where it didn't speak, or told none."""
    if model is None or not model.drivers:
        return None
    ordered = sorted(model.drivers, key=lambda driver: -abs(driver.logit))
    shown = ordered[:SHOWN]
    bars = diverging_bars([driver.logit for driver in shown])
    return ModelReasons(
        version=model.version,
        signs=tuple(
            ModelReason(text=driver.text, is_for=driver.logit >= 0, bar=bar)
            for driver, bar in zip(shown, bars, strict=True)
        ),
        rest=len(ordered) - len(shown),
    )
