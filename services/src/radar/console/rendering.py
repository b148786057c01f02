"""Turns templates into answers: one environment, escaping on, nothing undefined, the same headers on all."""

import hashlib
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from radar.console import texts, words
from radar.console.page_language import page_language
from radar.console.views.alerts import OUTCOMES, SNOOZES
from radar.console.views.changes import change_sentence
from radar_vocabulary.language.tags import NAMES, Language

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ASSETS: Final = {"console.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the frame around every page shows. ``visitor`` is None while nobody is signed in.

    ``language`` is what the reader reads, ``here`` the page they are on.
    """

    active: str
    visitor: str | None
    may_act: bool
    token: str
    language: Language = field(default_factory=page_language)
    here: str = "/"


class Renderer:
    """Renders templates in the workspace's time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.assets = {name: (files("radar.console") / "static" / name).read_bytes() for name in ASSETS}
        self._environment = Environment(
            loader=PackageLoader("radar.console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(_filters(zone))
        self._environment.globals.update(
            asset=self._asset,
            words=words,
            zone_name=zone.key,
            snoozes=SNOOZES,
            outcomes=OUTCOMES,
            languages=NAMES,
            change_sentence=change_sentence,
            _=texts.text,
            _n=texts.counted,
            _h=texts.marked,
        )

    def page(self, template: str, frame: Frame, *, status: int = 200, **shown: Any) -> HTMLResponse:
        """Return the page."""
        html = self._environment.get_template(template).render(frame=frame, **shown)
        return HTMLResponse(html, status)

    def _asset(self, name: str) -> str:
        version = hashlib.sha256(self.assets[name]).hexdigest()[:12]
        return f"/console/{name}?v={version}"


def _filters(zone: ZoneInfo) -> dict[str, Any]:
    return {
        "band_name": lambda band: words.BANDS.get(band, band),
        "standing_name": lambda standing: words.STANDINGS[standing],
        "segment_name": lambda segment: words.SEGMENTS.get(segment, segment or words.NOTHING),
        "state_name": lambda state: words.STATES.get(state, words.label(state)),
        "severity_name": lambda severity: words.SEVERITIES.get(severity, words.label(severity)),
        "channel_name": lambda channel: words.CHANNELS.get(channel, words.label(channel)),
        "step_name": lambda step: words.STEPS.get(step, words.label(step)),
        "outcome_name": lambda outcome: words.ENDINGS.get(outcome, words.label(outcome)),
        "label": words.label,
        "number": words.number,
        "signed": words.signed,
        "money": words.money,
        "monies": words.monies,
        "percent": words.percent,
        "day": words.day,
        "moment": partial(words.moment, zone=zone),
        "exactly": partial(words.exactly, zone=zone),
        "iso": lambda when: when.isoformat(),
        "in_days": words.in_days,
        "path": lambda part: quote(part, safe=""),
        "query": lambda query: urlencode({name: value for name, value in query.items() if value}),
    }
