"""Draws reliability and lift: a panel for each lead, the same colour for a scorer everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from radar_health_score.domain.forecast.backtest import Backtest, Curves, ScorerNote

INK: Final = "#17222e"
MUTED: Final = "#566473"
LINE: Final = "#dde3e9"
COLOURS: Final = {
    "model": "#d1495b",
    "scorecard": "#0b5f68",
    "rfm": "#e0a02c",
    "days_since_last_use": "#6c8ebf",
}
OTHERS: Final = ("#9a8fb8", "#8a9a5b", "#a3aeb9")
_STYLE: Final[Any] = {
    "font.family": "DejaVu Sans",  # it comes with matplotlib: pictures are the same everywhere
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "legend.frameon": False,
    "svg.hashsalt": "renewal-radar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in both formats."""

    name: str
    svg: str
    png: bytes


def draw(backtest: Backtest) -> tuple[Picture, ...]:
    """Return the pictures: ``lift`` and ``reliability``. The same backtest gives the same bytes."""
    with mpl.rc_context(_STYLE):
        return _saved("lift", _lift(backtest)), _saved("reliability", _reliability(backtest))


def _lift(backtest: Backtest) -> Figure:
    figure, panels = _panels(backtest.leads, height=4.0)
    for lead, axes in zip(backtest.leads, panels, strict=True):
        axes.plot([0, 1], [0, 1], color="#a3aeb9", linewidth=1.2, linestyle=(0, (4, 3)), label="By chance")
        for note, curves in _of_lead(backtest, lead):
            share = [at / (len(curves.found) - 1) for at in range(len(curves.found))]
            axes.plot(share, curves.found, label=note.title, **_pen(backtest, note))
        _percent(axes, "Contracts looked at, riskiest first")
    panels[0].set_ylabel("Churned contracts found")
    _legend(figure, panels)
    return figure


def _reliability(backtest: Backtest) -> Figure:
    figure, panels = _panels(backtest.leads, height=4.0)
    for lead, axes in zip(backtest.leads, panels, strict=True):
        axes.plot(
            [0, 1], [0, 1], color="#a3aeb9", linewidth=1.2, linestyle=(0, (4, 3)), label="Perfect calibration"
        )
        for note, curves in _of_lead(backtest, lead):
            if not curves.reliability:
                continue
            said = [one.said for one in curves.reliability]
            happened = [one.churned for one in curves.reliability]
            sizes = [
                14 + 180 * (one.n / sum(each.n for each in curves.reliability)) for one in curves.reliability
            ]
            pen = _pen(backtest, note)
            axes.plot(said, happened, label=note.title, **pen)
            axes.scatter(said, happened, s=sizes, color=pen["color"], edgecolor="white", zorder=3)
        _percent(axes, "Predicted churn")
    panels[0].set_ylabel("Actual churn")
    _legend(figure, panels)
    return figure


def _panels(leads: Sequence[int], height: float) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(max(4.6, 3.7 * len(leads)), height))
    figure.set_layout_engine("constrained", wspace=0.09)
    panels = figure.subplots(1, len(leads), squeeze=False, sharey=True)[0]
    for lead, axes in zip(leads, panels, strict=True):
        axes.set_title(f"{lead} days before")
    return figure, list(panels)


def _of_lead(backtest: Backtest, lead: int) -> Iterable[tuple[ScorerNote, Curves]]:
    """Yield the scorers with what they are drawn from, the most important last: it lies on top."""
    curves = {one.scorer: one for one in backtest.curves if one.lead_days == lead}
    notes = sorted(backtest.scorers, key=lambda note: (note.gives_probability, note.name == "model"))
    return ((note, curves[note.name]) for note in notes if note.name in curves)


def _pen(backtest: Backtest, note: ScorerNote) -> dict[str, Any]:
    others = [one.name for one in backtest.scorers if one.name not in COLOURS]
    colour = COLOURS.get(note.name) or OTHERS[others.index(note.name) % len(OTHERS)]
    return {"color": colour, "linewidth": 2.4 if note.gives_probability else 1.6}


def _percent(axes: Axes, label: str) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=label, aspect="equal")
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.tick_params(length=0)


def _legend(figure: Figure, panels: Sequence[Axes]) -> None:
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="outside lower center", ncols=min(6, len(labels)))


def _saved(name: str, figure: Figure) -> Picture:
    text, binary = StringIO(), BytesIO()
    figure.savefig(
        text, format="svg", metadata={"Date": None, "Creator": None}, transparent=True, bbox_inches="tight"
    )
    figure.savefig(
        binary, format="png", dpi=160, metadata={"Software": None}, facecolor="white", bbox_inches="tight"
    )
    return Picture(name=name, svg=text.getvalue(), png=binary.getvalue())
