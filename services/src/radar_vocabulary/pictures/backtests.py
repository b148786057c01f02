"""Pictures of a backtest: lift and reliability, a panel for each lead, a scorer in the same colour everywhere."""

from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Final

from markupsafe import Markup

from radar_vocabulary.answers.backtests import Bin, Curves, ScorerNote
from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator, translator_for
from radar_vocabulary.pictures.shares import Dot, Labels, Line, Panel, draw

COLOURS: Final = {
    "model": "#d1495b",
    "scorecard": "#0b5f68",
    "rfm": "#e0a02c",
    "days_since_last_use": "#6c8ebf",
    "use_fell_by_half": "#9a8fb8",
}
OTHER: Final = "#a3aeb9"
DAYS_BEFORE: Final = plural("{count} day before", "{count} days before")
CHECKED: Final = message("Contracts checked, riskiest first")
FOUND: Final = message("Churned contracts found")
AT_RANDOM: Final = message("In random order")
LIFT: Final = message("Share of churned contracts found when contracts are checked, riskiest first.")
PREDICTED: Final = message("Predicted churn")
ACTUAL: Final = message("Actual churn")
CALIBRATED: Final = message("Perfect calibration")
RELIABILITY: Final = message(
    "Actual churn of contracts with similar predictions; on the diagonal it equals the predicted churn."
)
DOT: Final = plural(
    "{scorer}: {count} contract, {predicted} predicted, {churned} churned",
    "{scorer}: {count} contracts, {predicted} predicted, {churned} churned",
)


def lift(
    scorers: Iterable[ScorerNote], curves: Iterable[Curves], leads: Sequence[int], language: Language
) -> Markup:
    """Return the share of churned contracts found by the share checked; empty where nothing can be drawn."""
    words = translator_for(language, "radar_vocabulary")

    def line(scorer: ScorerNote, drawn: Curves) -> Line | None:
        last = len(drawn.found) - 1
        return (
            _line(scorer, [(at / last, share) for at, share in enumerate(drawn.found)]) if last > 0 else None
        )

    labels = Labels(
        across=words.say(CHECKED),
        up=words.say(FOUND),
        diagonal=words.say(AT_RANDOM),
        summary=words.say(LIFT),
    )
    return _draw(_panels(scorers, curves, leads, words, line), labels)


def reliability(
    scorers: Iterable[ScorerNote], curves: Iterable[Curves], leads: Sequence[int], language: Language
) -> Markup:
    """Return actual by predicted churn; a larger dot is more contracts. Empty where nothing can be drawn."""
    words = translator_for(language, "radar_vocabulary")

    def line(scorer: ScorerNote, drawn: Curves) -> Line | None:
        points = [(one.said, one.churned) for one in drawn.reliability]
        return _line(scorer, points, _dots(scorer, drawn.reliability, words)) if points else None

    labels = Labels(
        across=words.say(PREDICTED),
        up=words.say(ACTUAL),
        diagonal=words.say(CALIBRATED),
        summary=words.say(RELIABILITY),
    )
    return _draw(_panels(scorers, curves, leads, words, line), labels)


def _draw(panels: Sequence[Panel], labels: Labels) -> Markup:
    return draw(panels, labels) if any(panel.lines for panel in panels) else Markup("")


def _panels(
    scorers: Iterable[ScorerNote],
    curves: Iterable[Curves],
    leads: Sequence[int],
    words: Translator,
    line: Callable[[ScorerNote, Curves], Line | None],
) -> list[Panel]:
    # Those that matter most are last: they are drawn over the others.
    ordered = sorted(scorers, key=lambda one: (one.gives_probability, one.name == "model"))
    found = {(one.lead_days, one.scorer): one for one in curves}
    return [
        Panel(
            heading=words.count(DAYS_BEFORE, lead),
            lines=[
                drawn
                for scorer in ordered
                if (lead, scorer.name) in found
                and (drawn := line(scorer, found[lead, scorer.name])) is not None
            ],
        )
        for lead in leads
    ]


def _line(scorer: ScorerNote, points: Sequence[tuple[float, float]], dots: Sequence[Dot] = ()) -> Line:
    return Line(
        kind=scorer.name,
        title=scorer.title,
        colour=COLOURS.get(scorer.name, OTHER),
        width=2.4 if scorer.gives_probability else 1.6,
        points=points,
        dots=dots,
    )


def _dots(scorer: ScorerNote, bins: Sequence[Bin], words: Translator) -> list[Dot]:
    most = max(one.n for one in bins)
    return [
        Dot(
            x=one.said,
            y=one.churned,
            radius=round(2.5 + 6 * sqrt(one.n / most), 1),
            text=words.count(
                DOT,
                one.n,
                scorer=scorer.title,
                predicted=words.percent(one.said),
                churned=words.percent(one.churned),
            ),
        )
        for one in bins
    ]
