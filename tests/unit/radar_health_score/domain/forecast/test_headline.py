from datetime import UTC, date, datetime

import numpy as np
import pytest
from msgspec.structs import replace

from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.forecast.headline import headline, translated_titles
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtesting import Backtesting
from radar_health_score.service.forecast.learning import TOO_FEW
from radar_vocabulary.answers.backtests import ScorerNote
from radar_vocabulary.language.messages import Sentence, StoredSentence
from radar_vocabulary.language.tags import Language
from tests.support.forecast import Watchful, company


def said(*more: Watchful, language: Language = "en") -> str:
    told = Backtesting(forecasters=[*BASELINES, *more], days=WorkspaceDays())
    run = told.run(
        company(),
        split=date(2025, 6, 1),
        made_at=datetime(2026, 11, 21, tzinfo=UTC),
        progress=lambda *_: None,
    )
    return " ".join(headline(run.backtest, language))


def test_a_backtest_is_told_in_sentences() -> None:
    text = said()
    assert text.startswith("Of 41 contracts due for renewal after 2025-06-01,")
    assert "30 days before renewal, the 20% ranked riskiest by the scorecard included" in text


def test_the_model_speaks_first_where_it_speaks() -> None:
    knowing = Watchful(
        [],
        name="model",
        title="Model",
        answer=lambda cases: np.array([0.9 if one.churned else 0.1 for one in cases]),
    )
    text = said(knowing)
    assert "ranked riskiest by the model" in text
    assert "100% of the time, more often than the best alternative" in text


def test_who_abstains_is_named_with_the_reason() -> None:
    text = said(Watchful([], name="model", title="Model", abstains="only 3 customers have churned so far"))
    assert "The model gives no result here: only 3 customers have churned so far." in text
    assert "ranked riskiest by the scorecard" in text


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "ja",
            (
                "41件の契約のうち",
                "「スコアカード」が最もリスクが高いとした",
                "「モデル」は結果を出していません",
            ),
        ),
        ("zh-Hans", ("41份合同中", "“评分卡”认为风险最高", "“模型”在此没有结果")),
    ],
)
def test_it_is_said_in_every_language(language: Language, wanted: tuple[str, ...]) -> None:
    text = said(Watchful([], name="model", title="Model", abstains="too few"), language=language)
    assert [one for one in wanted if one not in text] == []
    assert "{" not in text


def test_titles_and_known_reasons_are_told_in_the_reader_s_language() -> None:
    unknown = "no outcome was known before the split date"
    notes = [
        ScorerNote(name="rfm", title="Sum of RFM ranks", gives_probability=False, abstains=unknown),
        ScorerNote(name="ours", title="Ours", gives_probability=True, version="1"),
    ]
    first, second = translated_titles(notes, "ja")
    assert (first.title, first.abstains) == (
        "RFM順位の合計",
        "分割日より前に判明した結果がありません",
    )
    assert second == notes[1]


def test_a_reason_with_numbers_is_told_from_them_and_stays_english_where_an_earlier_release_stored_none() -> (
    None
):
    reason = Sentence(TOO_FEW, churned=3, kept=90, fewest=20)
    earlier = ScorerNote(name="model", title="Model", gives_probability=True, abstains=str(reason))
    now = replace(earlier, because=StoredSentence.of(reason))
    told_now, told_earlier = translated_titles([now, earlier], "ja")
    assert "20件以上" in (told_now.abstains or "")
    assert (told_earlier.title, told_earlier.abstains) == ("モデル", str(reason))
