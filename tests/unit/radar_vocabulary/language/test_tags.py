"""A reader gets the language they ask for, as far as it is spoken here."""

import pytest

from radar_vocabulary.language.tags import accepted, supported


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-US", "en"),
        ("JA", "ja"),
        ("ja_JP", "ja"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW", None),
        ("zh-Hant-CN", None),
        ("fr", None),
        ("english", None),
        ("", None),
        (None, None),
    ],
)
def test_a_tag_means_the_language_that_serves_its_readers(tag, language):
    assert supported(tag) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ja", "ja"),
        ("fr-FR, ja;q=0.5, en;q=0.8", "en"),
        ("zh-TW, ja;q=0.3", "ja"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("ja ; q=1, en", "ja"),
        ("*", None),
        ("ja;q=0", None),
        ("ja;q=much, en;q=0.1", "en"),
        ("", None),
        (None, None),
    ],
)
def test_the_best_language_of_a_header_that_is_spoken_here_wins(header, language):
    assert accepted(header) == language
