"""A real SMTP server in this process, which can be told what to answer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.support.ports import free_port


@dataclass
class Mailbox:
    """What came in, and what to answer next: to RCPT, and after the message.

    ``silences``: how many of the next messages it takes without ever answering.
    """

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers_to_rcpt: list[str] = field(default_factory=list)
    answers_to_data: list[str] = field(default_factory=list)
    silences: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.answers_to_rcpt:
            return self.answers_to_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Any, envelope: Any
    ) -> str:
        answer = self.answers_to_data.pop(0) if self.answers_to_data else "250 OK"
        if answer.startswith("250"):
            self.messages.append(cast("EmailMessage", message_from_bytes(envelope.content, policy=default)))
            self.recipients += envelope.rcpt_tos
        if self.silences:
            self.silences -= 1
            # Waiting for longer than any client would: the client goes away first, which cancels this.
            await asyncio.sleep(60)
        return answer


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run a mail server on a free port while the block runs."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    yield box
    controller.stop()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server on a free port."""
    with mail_server() as box:
        yield box
