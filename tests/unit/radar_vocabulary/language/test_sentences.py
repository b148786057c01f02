"""A sentence is said in the reader's language from its message and values; stored ones by the name of their message."""

import pickle

import msgspec
import pytest

from radar_vocabulary.language.catalogues import translations
from radar_vocabulary.language.earlier import EARLIER
from radar_vocabulary.language.messages import Sentence, StoredSentence, message
from radar_vocabulary.language.translator import translator_for

HEALTH = "radar_health_score"
PACKAGES = (HEALTH, "radar_alerts")
YOUNG = Sentence(message("the first use was less than {days} days ago"), days=42)


def test_a_sentence_is_english_until_it_is_told_in_another_language():
    assert YOUNG == "the first use was less than 42 days ago"
    assert translator_for("en", HEALTH).tell(YOUNG) == YOUNG
    assert translator_for("ja", HEALTH).tell(YOUNG) == "最初の利用から42日経っていません"


def test_braces_in_a_value_are_no_names():
    told = Sentence(message("no MRR in {of}"), of="{days}")
    assert told == "no MRR in {days}"
    assert translator_for("ja", HEALTH).tell(told) == "no MRR in {days}"


def test_a_sentence_keeps_its_message_and_values_in_another_process():
    again = pickle.loads(pickle.dumps(YOUNG))
    assert (again, again.message, again.values) == (YOUNG, YOUNG.message, {"days": "42"})


def test_a_sentence_is_stored_with_its_message_and_values():
    stored = msgspec.json.decode(msgspec.json.encode(StoredSentence.of(YOUNG)), type=StoredSentence)
    assert translator_for("zh-Hans", HEALTH).tell(stored.sentence()) == "首次使用至今不足42天"
    assert StoredSentence.of("no open contract").sentence() == "no open contract"


@pytest.mark.parametrize("now", EARLIER.values())
def test_a_message_of_an_earlier_release_has_one_of_today_with_a_translation(now):
    assert any(translations(package, "ja").gettext(now) != now for package in PACKAGES)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "no contract is known"),
        ("ja", "契約が分かりません"),
        ("zh-Hans", "没有已知的合同"),
    ],
)
def test_a_stored_message_of_an_earlier_release_is_said_as_today(language, told):
    assert translator_for(language, HEALTH).tell("no contract known") == told


@pytest.mark.parametrize("text", ["Acme said no", "the first use is less than 42 days old"])
def test_words_that_are_no_message_stay_as_they_are(text):
    assert translator_for("ja", HEALTH).tell(text) == text
