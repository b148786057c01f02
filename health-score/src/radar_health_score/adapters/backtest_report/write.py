"""Writes the report's files."""

from pathlib import Path
from typing import Final

from radar_health_score.adapters.backtest_report.page import page
from radar_health_score.domain.forecast.backtest import Backtest
from radar_vocabulary.pictures.backtests import lift, reliability

PAGE: Final = "report.html"


def write_report(backtest: Backtest, folder: Path) -> tuple[Path, ...]:
    """Write report.html, lift.svg and reliability.svg into ``folder``; return what was written.

    Raises:
        OSError: the folder can't be written to.
    """
    drawn = (backtest.scorers, backtest.curves, backtest.leads)
    pictures = {"lift": lift(*drawn, "en"), "reliability": reliability(*drawn, "en")}
    contents = {PAGE: page(backtest, pictures)}
    contents.update({f"{name}.svg": svg for name, svg in pictures.items() if svg})
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_text(content, "utf-8")
    return tuple(folder / name for name in contents)
