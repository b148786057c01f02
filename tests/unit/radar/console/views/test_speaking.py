"""Who gives the probabilities now is said in words, with why not the other."""

import pytest
from msgspec.structs import replace

from radar.console.backtest_answers import ModelAnswer, ModelsAnswer, ReignAnswer
from radar.console.views.speaking import who_speaks
from tests.support.health import NOON

REIGN = ReignAnswer(since=NOON, version="4c1d")
VERSION = ModelAnswer(version="4c1d", champion=True, fits=True)


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (ModelsAnswer(champion=None), "<code>radar train</code> learns one"),
        (ModelsAnswer(champion=None, items=(VERSION,)), "no trained model has surely foretold better"),
        (ModelsAnswer(champion=REIGN), "is of another release"),
        (ModelsAnswer(champion=replace(REIGN, version=None), items=(VERSION,)), "was rolled back"),
        (
            ModelsAnswer(champion=REIGN, items=(replace(VERSION, fits=False),)),
            "is of another release",
        ),
        (
            ModelsAnswer(champion=REIGN, items=(VERSION,)),
            "Since 21 Nov 2026 the trained model gives the probabilities.",
        ),
    ],
)
def test_who_speaks_is_said_with_why(models: ModelsAnswer, said: str) -> None:
    assert said in who_speaks(models)
