"""Lays a notice out as an e-mail: text and HTML, with a Message-ID that stays the same for a delivery."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from importlib import resources
from typing import Final

from jinja2 import Environment, StrictUndefined

from radar_alerts.domain.delivery import Delivery, mark_of
from radar_alerts.domain.notice import Notice, plain
from radar_alerts.domain.shared_texts import (
    ABOUT_US,
    WHAT_TO_DO,
    translator_in,
)
from radar_alerts.domain.threads import Thread
from radar_vocabulary.language.messages import Message

_TEMPLATE: Final = (
    resources.files("radar_alerts.notifiers.email") / "templates" / "notice.html.j2"
).read_text("utf-8")
_COLOURS: Final = {"critical": "#b42318", "high": "#c4570a", "normal": "#8a6a00"}
_CALM: Final = "#344054"
_TONES: Final = {"good": "#18794e", "calm": _CALM}
_html = Environment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
).from_string(_TEMPLATE)


def compose(delivery: Delivery, sender: str, thread: Thread | None = None) -> EmailMessage:
    """Return the whole message; raises nothing for what customers wrote: line breaks can't reach a header."""
    notice = delivery.notice
    mark, address = mark_of(delivery), _address(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = address
    message["To"] = _address(delivery.destination.target)
    message["Subject"] = one_line(_subject(notice, thread, mark))
    message["Date"] = delivery.created_at
    message["Message-ID"] = f"<{delivery.id}@{address.domain or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    if thread:
        # Only a message that was really sent may be named; mail clients gather the others below it.
        message["In-Reply-To"] = thread.reference
        message["References"] = thread.reference
    message.set_content(plain(notice, mark=mark))
    message.add_alternative(html(notice, mark=mark), subtype="html")
    return message


def html(notice: Notice, *, mark: Message | None = None) -> str:
    """Return the HTML part."""
    colour = _TONES.get(notice.feeling(), _COLOURS.get(notice.severity or "", _CALM))
    translator = translator_in(notice.language)
    return _html.render(
        notice=notice,
        language=translator.language,
        colour=colour,
        resent=translator.say(mark) if mark else None,
        sections=notice.sections(),
        what_to_do=translator.say(WHAT_TO_DO),
        link_text=notice.link_text(),
        about_us=translator.say(ABOUT_US),
    )


def as_bytes(message: EmailMessage) -> bytes:
    """Return the message as it goes over the wire after DATA: CRLF, leading dots doubled, the final dot."""
    content = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP))
    return content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def one_line(text: str) -> str:
    """Return ``text`` without line breaks or other control characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _subject(notice: Notice, thread: Thread | None, mark: Message | None) -> str:
    subject = thread.subject if thread else notice.headline
    return f"{subject} {translator_in(notice.language).say(mark)}" if mark else subject


def _address(text: str) -> Address:
    name, spec = parseaddr(one_line(text))
    user, _, domain = spec.rpartition("@")
    return Address(display_name=name, username=user or spec, domain=domain if user else "localhost")
