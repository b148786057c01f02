"""Writes the report's files."""

from pathlib import Path
from typing import Final

from radar_chassis.errors import ConfigurationError
from radar_health_score.adapters.backtest_report.page import page
from radar_health_score.domain.forecast.backtest import Backtest

PAGE: Final = "report.html"


def write_report(backtest: Backtest, folder: Path) -> tuple[Path, ...]:
    """Write report.html, and reliability and lift as .svg and .png, into ``folder``; return what was written.

    Raises:
        ConfigurationError: the extra ``forecast`` isn't installed. OSError: the folder can't be written to.
    """
    try:
        from radar_health_score.adapters.backtest_report import pictures  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigurationError("Pictures need the extra: pip install 'renewal-radar[forecast]'.") from error
    folder.mkdir(parents=True, exist_ok=True)
    drawn = pictures.draw(backtest)
    written = [folder / PAGE]
    written[0].write_text(page(backtest, {one.name: one.svg for one in drawn}), "utf-8")
    for one in drawn:
        for ending, content in (("svg", one.svg.encode()), ("png", one.png)):
            file = folder / f"{one.name}.{ending}"
            file.write_bytes(content)
            written.append(file)
    return tuple(written)
