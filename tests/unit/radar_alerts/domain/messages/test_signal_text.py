"""What a rule has found, in the reader's language."""

import pytest
from msgspec import structs

from radar_alerts.domain.messages.signal_text import finding
from radar_alerts.domain.shared_texts import translator_in
from radar_vocabulary.language.tags import Language
from tests.support.stories import RISK, SILENT


@pytest.mark.parametrize(
    ("says", "language", "said"),
    [
        ({"en": "Low", "ja": "低い"}, "ja", "低い"),
        ({"en": "Low", "ja": "低い"}, "zh-Hans", "Low"),
        ({"ja": "低い"}, "en", "低い"),
        ({}, "en", "Your rule renewal_risk holds"),
    ],
)
def test_a_rule_says_it_in_the_readers_language_or_as_it_is_written(
    says: dict[Language, str], language: Language, said: str
) -> None:
    assert finding(structs.replace(RISK, says=says), translator_in(language)) == said


def test_where_days_are_known_they_are_said() -> None:
    assert finding(SILENT, translator_in("en")) == "No use for 40 days, far longer than usual"
    assert (
        finding(structs.replace(SILENT, evidence={}, says={"en": "Silent"}), translator_in("en")) == "Silent"
    )
