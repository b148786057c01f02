"""Who gives the probabilities now, the model or the scorecard, and why not the other."""

from radar.console.texts import marked, text
from radar.console.words import day
from radar_vocabulary.answers.models import ModelPage


def probability_source(models: ModelPage) -> str:
    """Return who speaks, in words."""
    reign = models.champion
    if reign is None and not models.items:
        return marked(
            "The scorecard gives all probabilities: there is no trained model. <code>radar "
            "train</code> trains one if enough contracts have ended, and otherwise says why not."
        )
    if reign is None:
        return text(
            "The scorecard gives all probabilities: no trained model was significantly better than "
            "the scorecard and the churn rate."
        )
    if reign.version is None:
        return text(
            "Since {day}, the scorecard gives all probabilities: the trained model was rolled back.",
            day=day(reign.since.date()),
        )
    if not any(one.fits for one in models.items if one.version == reign.version):
        return text(
            "The scorecard gives all probabilities: the trained model is from another release. Train "
            "a new one."
        )
    return text(
        "Since {day}, the trained model gives the probabilities. The scorecard gives them for "
        "accounts known for less than 28 days and for renewals too far ahead for the model.",
        day=day(reign.since.date()),
    )
