"""Who gives the probabilities now is said in words, with why not the other."""

import pytest
from msgspec.structs import replace

from radar.console.views.probability_source import probability_source
from radar_vocabulary.answers.models import ChampionPeriod, ModelLine, ModelPage
from tests.support.health import NOON
from tests.support.samples import sample

REIGN = sample(ChampionPeriod, since=NOON, version="4c1d")
VERSION = sample(ModelLine, version="4c1d", champion=True, fits=True)


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (sample(ModelPage, champion=None), "<code>radar train</code> trains one"),
        (sample(ModelPage, champion=None, items=(VERSION,)), "no trained model was significantly better"),
        (sample(ModelPage, champion=REIGN), "is from another release"),
        (sample(ModelPage, champion=replace(REIGN, version=None), items=(VERSION,)), "was rolled back"),
        (
            sample(ModelPage, champion=REIGN, items=(replace(VERSION, fits=False),)),
            "is from another release",
        ),
        (
            sample(ModelPage, champion=REIGN, items=(VERSION,)),
            "Since 21 Nov 2026, the trained model gives the probabilities.",
        ),
    ],
)
def test_who_speaks_is_said_with_why(models: ModelPage, said: str) -> None:
    assert said in probability_source(models)
