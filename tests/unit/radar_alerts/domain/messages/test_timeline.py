"""Every step of a case can be told, in every language, with who did it."""

from typing import get_args

import pytest

from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.messages.timeline import step_sentence
from radar_alerts.domain.shared_texts import translator_in
from radar_vocabulary.contracts.alerts import CaseChange
from radar_vocabulary.language.tags import LANGUAGES


@pytest.mark.parametrize("change", get_args(CaseChange))
@pytest.mark.parametrize("by", [None, Actor(name="desk", claim="Ann")])
def test_every_step_has_a_sentence_in_every_language(change, by):
    said = {step_sentence(change, by, translator_in(language)) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert not any("{" in one for one in said)


def test_who_did_it_is_named_with_the_key_they_used():
    by = Actor(name="desk", claim="Ann")
    assert step_sentence("snoozed", by, translator_in("en")) == "Ann (with the key desk) snoozed the case"
