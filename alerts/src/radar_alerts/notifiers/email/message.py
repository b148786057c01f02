"""Lays a notice out as an e-mail: text and HTML, with a Message-ID that stays the same for a delivery."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from importlib import resources
from typing import Final

from jinja2 import Environment, StrictUndefined

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.notice import Notice, plain
from radar_alerts.domain.shared_texts import (
    ABOUT_US,
    OPEN_THE_ACCOUNT,
    RESENT,
    WHAT_TO_DO,
    WHY,
    WHY_THIS_CHANCE,
    translator_in,
)

_TEMPLATE: Final = (
    resources.files("radar_alerts.notifiers.email") / "templates" / "notice.html.j2"
).read_text("utf-8")
_COLOURS: Final = {"critical": "#b42318", "high": "#c4570a", "normal": "#8a6a00"}
_GOOD: Final = "#18794e"
_CALM: Final = "#344054"
_html = Environment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
).from_string(_TEMPLATE)


def compose(delivery: Delivery, sender: str) -> EmailMessage:
    """Return the whole message; raises nothing for what customers wrote: line breaks can't reach a header."""
    notice = delivery.notice
    address = _address(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = address
    message["To"] = _address(delivery.destination.target)
    message["Subject"] = one_line(_subject(notice, resent=delivery.resent))
    message["Date"] = delivery.created_at
    message["Message-ID"] = f"<{delivery.id}@{address.domain or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    if delivery.alert_id:
        # Mail clients gather the messages of one alert below one another.
        message["References"] = f"<{delivery.alert_id}@{address.domain or 'localhost'}>"
    message.set_content(plain(notice, resent=delivery.resent))
    message.add_alternative(html(notice, resent=delivery.resent), subtype="html")
    return message


def html(notice: Notice, *, resent: bool = False) -> str:
    """Return the HTML part."""
    colour = _GOOD if notice.kind == "resolved" else _COLOURS.get(notice.severity or "", _CALM)
    translator = translator_in(notice.language)
    return _html.render(
        notice=notice,
        language=translator.language,
        colour=colour,
        resent=translator.say(RESENT) if resent else None,
        why=translator.say(WHY),
        why_this_chance=translator.say(WHY_THIS_CHANCE),
        what_to_do=translator.say(WHAT_TO_DO),
        open_the_account=translator.say(OPEN_THE_ACCOUNT),
        about_us=translator.say(ABOUT_US),
    )


def as_bytes(message: EmailMessage) -> bytes:
    """Return the message as it goes over the wire after DATA: CRLF, leading dots doubled, the final dot."""
    content = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP))
    return content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def one_line(text: str) -> str:
    """Return ``text`` without line breaks or other control characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _subject(notice: Notice, *, resent: bool) -> str:
    return f"{notice.headline} {translator_in(notice.language).say(RESENT)}" if resent else notice.headline


def _address(text: str) -> Address:
    name, spec = parseaddr(one_line(text))
    user, _, domain = spec.rpartition("@")
    return Address(display_name=name, username=user or spec, domain=domain if user else "localhost")
