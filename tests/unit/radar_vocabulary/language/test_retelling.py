"""What was stored in English is read in every language, also where an earlier release worded it."""

import pytest

from radar_vocabulary.language.catalogues import translations
from radar_vocabulary.language.earlier import EARLIER
from radar_vocabulary.language.retelling import retold

HEALTH = "radar_health_score"
PACKAGES = (HEALTH, "radar_alerts")


@pytest.mark.parametrize("now", EARLIER.values())
def test_what_an_earlier_release_said_has_a_sentence_of_today_with_a_translation(now):
    assert any(translations(package, "ja").gettext(now) != now for package in PACKAGES)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "no contract is known"),
        ("ja", "契約が分かりません"),
        ("zh-Hans", "没有已知的合同"),
    ],
)
def test_a_stored_sentence_of_an_earlier_release_is_said_as_today(language, told):
    assert retold("no contract known", language, HEALTH) == told


def test_a_stored_sentence_with_values_of_an_earlier_release_keeps_its_values():
    stored = "the first use is less than 42 days old"
    assert retold(stored, "en", HEALTH) == "the first use was less than 42 days ago"
    assert retold(stored, "ja", HEALTH) == "最初の利用から42日経っていません"


def test_a_text_that_is_not_ours_stays_as_it_is():
    assert retold("Acme said no", "ja", HEALTH) == "Acme said no"
