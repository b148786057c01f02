"""Who gives the probabilities now, the model or the scorecard, and why not the other."""

from radar.console.texts import marked, text
from radar.console.words import day
from radar_vocabulary.answers.models import ModelPage


def who_speaks(models: ModelPage) -> str:
    """Return who speaks, in words."""
    reign = models.champion
    if reign is None and not models.items:
        return marked(
            "Now the scorecard gives every probability: there is no trained model. <code>radar train</code> learns one "
            "where enough contracts have ended, and says why where it doesn't."
        )
    if reign is None:
        return text(
            "Now the scorecard gives every probability: no trained model has surely foretold better than it and the "
            "share of churners do."
        )
    if reign.version is None:
        return text(
            "Since {day} the scorecard gives every probability: the trained model that did before was rolled back.",
            day=day(reign.since.date()),
        )
    if not any(one.fits for one in models.items if one.version == reign.version):
        return text(
            "Now the scorecard gives every probability: the trained model is of another release, and a new one has to "
            "be trained."
        )
    return text(
        "Since {day} the trained model gives the probabilities. The scorecard speaks for accounts known for less than "
        "28 days, and for renewals further off than the model has seen enough of.",
        day=day(reign.since.date()),
    )
