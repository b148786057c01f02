"""Who gives the probabilities now is said in words, with why not the other."""

import pytest

from radar.console.backtest_answers import ModelAnswer, ModelsAnswer, ReignAnswer
from radar.console.views.speaking import who_speaks
from tests.support.health import NOON

REIGN = ReignAnswer(since=NOON, version="4c1d")


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (ModelsAnswer(champion=None), "no model has been trained yet that surely foretells better"),
        (ModelsAnswer(champion=REIGN), "is of another release"),
        (
            ModelsAnswer(champion=REIGN, items=(ModelAnswer(version="4c1d", champion=True, fits=False),)),
            "is of another release",
        ),
        (
            ModelsAnswer(champion=REIGN, items=(ModelAnswer(version="4c1d", champion=True, fits=True),)),
            "Since 21 Nov 2026 the trained model gives the probabilities.",
        ),
    ],
)
def test_who_speaks_is_said_with_why(models: ModelsAnswer, said: str) -> None:
    assert said in who_speaks(models)
