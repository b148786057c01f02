"""What a backtest found, in a few sentences that need no statistics, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import structs

from radar_health_score.domain.forecast.backtest import ALL, Backtest
from radar_health_score.domain.forecast.coverage import coverage_in_words
from radar_vocabulary.answers.backtests import Row, ScorerNote
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator, translator_for

ABOUT_RIGHT: Final = 0.05
_SCORERS: Final = ("model", "scorecard")
_PACKAGE: Final = "radar_health_score"
_TESTED: Final = message("Of {ends} contracts due for renewal after {split}, {churned} churned ({share}).")
_FOUND: Final = message(
    "{lead} days before renewal, the 20% ranked riskiest by the {scorer} included {found} of "
    "all churned contracts; {right} of that 20% churned."
)
_BETTER: Final = message(
    "It ranked a churned contract as riskier than a renewed one {share} of the time, more "
    "often than the best alternative, {scorer} ({best})."
)
_WORSE: Final = message(
    "It ranked a churned contract as riskier than a renewed one {share} of the time, less "
    "often than the best alternative, {scorer} ({best})."
)
_ALIKE: Final = message(
    "It ranked a churned contract as riskier than a renewed one {share} of the time, about "
    "as often as the best alternative, {scorer} ({best})."
)
_TRUE: Final = message("Its probabilities are well calibrated: off by {share} on average.")
_OFF: Final = message(
    "Its probabilities are poorly calibrated: off by {share} on average. Trust the ranking "
    "more than the numbers."
)
_SILENT: Final = message("The {scorer} gives no result here: {reason}.")


def headline(backtest: Backtest, language: Language = "en") -> tuple[str, ...]:
    """Return the sentences."""
    return tuple(_Headline(backtest, translator_for(language, _PACKAGE)).sentences())


def translated_titles(notes: Iterable[ScorerNote], language: Language) -> tuple[ScorerNote, ...]:
    """Return the scorers, titles and reasons in the reader's language as far as there are words for them."""
    translator = translator_for(language, _PACKAGE)
    return tuple(
        structs.replace(note, title=translator.tell(note.title), abstains=_abstains(note, translator))
        for note in notes
    )


def _abstains(note: ScorerNote, translator: Translator) -> str | None:
    reason = note.abstains if note.because is None else note.because.sentence()
    return None if reason is None else translator.tell(reason)


@dataclass(frozen=True, slots=True)
class _Headline:
    backtest: Backtest
    translator: Translator

    def sentences(self) -> Iterable[str]:
        tested, lead = self.backtest.tested_on, min(self.backtest.leads)
        yield self.translator.say(
            _TESTED,
            ends=f"{tested.ends:,}",
            split=self.backtest.split.isoformat(),
            churned=f"{tested.churned:,}",
            share=f"{tested.churned / tested.ends:.0%}",
        )
        notes = self.backtest.scorers
        rows = {
            row.scorer: row
            for row in self.backtest.rows
            if row.lead_days == lead and row.segment == ALL and row.n
        }
        speaker = next((one for one in notes if one.name in _SCORERS[:1] and one.name in rows), None)
        speaker = speaker or next((one for one in notes if one.name in rows), None)
        if speaker is None:
            return
        yield from self._found(speaker, rows[speaker.name], lead)
        yield from self._beside(speaker, notes, rows)
        yield from self._honest(speaker, rows[speaker.name])
        coverage = [told for told in self.backtest.coverage if told.scorer == speaker.name]
        yield from (coverage_in_words(told, self.translator.language) for told in coverage)
        yield from self._silent(notes)

    def _found(self, speaker: ScorerNote, row: Row, lead: int) -> Iterable[str]:
        recall, precision = row.recall_20.value, row.precision_20.value
        if recall is not None and precision is not None:
            yield self.translator.say(
                _FOUND,
                lead=str(lead),
                scorer=self._inside(speaker.title),
                found=f"{recall:.0%}",
                right=f"{precision:.0%}",
            )

    def _beside(
        self, speaker: ScorerNote, notes: Sequence[ScorerNote], rows: Mapping[str, Row]
    ) -> Iterable[str]:
        mine = rows[speaker.name].auc.value
        others = [
            (row.auc.value, name) for name, row in rows.items() if name != speaker.name and row.auc.value
        ]
        if mine is None or not others:
            return
        best, name = max(others)
        title = next(note.title for note in notes if note.name == name)
        said = _BETTER if mine > best + 0.005 else _WORSE if mine < best - 0.005 else _ALIKE
        yield self.translator.say(said, share=f"{mine:.0%}", scorer=self._inside(title), best=f"{best:.0%}")

    def _honest(self, speaker: ScorerNote, row: Row) -> Iterable[str]:
        gap = row.ece.value
        if speaker.gives_probability and gap is not None:
            yield self.translator.say(_TRUE if gap <= ABOUT_RIGHT else _OFF, share=f"{gap:.0%}")

    def _silent(self, notes: Iterable[ScorerNote]) -> Iterable[str]:
        for note in notes:
            reason = _abstains(note, self.translator)
            if reason is not None:
                yield self.translator.say(_SILENT, scorer=self._inside(note.title), reason=reason)

    def _inside(self, title: str) -> str:
        """Return a title as it stands inside a sentence."""
        if self.translator.language == "en":
            return title[0].lower() + title[1:]
        return self.translator.tell(title)
