"""An HTTP server that plays Slack: Web API and an incoming webhook, with the answers Slack documents."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What to answer to one post. ``lost`` takes the message and closes the connection without a word."""

    status: int = 200
    body: str | dict[str, Any] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    takes: bool = False
    lost: bool = False


OK = Answer(takes=True)
LOST = Answer(takes=True, lost=True)


def error(code: str) -> Answer:
    """An error of the Web API, which comes with status 200."""
    return Answer(body={"ok": False, "error": code})


@dataclass
class Slack:
    """A running server: ``answers`` are used up first, then everything is fine. ``messages`` is what it took.

    ``connected`` are the addresses that hold a connection.
    ``before_answering`` is called when a message was taken and its answer isn't out yet.
    """

    answers: list[Answer] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    url: str = ""
    tokens: set[str] = field(default_factory=set)
    connected: set[Any] = field(default_factory=set)
    before_answering: Callable[[], object] = lambda: None

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    @property
    def webhook(self) -> str:
        return f"{self.url}/services/T0/B0/secret"

    @property
    def posts(self) -> int:
        """How many posts of a message came in, taken or not."""
        return sum(call in {"chat.postMessage", "webhook"} for call in self.calls)


class _Handler(BaseHTTPRequestHandler):
    slack: Slack
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.slack.connected.add(self.client_address)

    def finish(self) -> None:
        super().finish()
        self.slack.connected.discard(self.client_address)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.slack.tokens.add(self.headers.get("Authorization", ""))
        method = "webhook" if self.path.startswith("/services/") else self.path.removeprefix("/api/")
        self.slack.calls.append(method)
        if method == "conversations.open":
            self._say(200, {"ok": True, "channel": {"id": f"D{body['users']}"}})
        elif method == "conversations.history":
            found = [one for one in self.slack.messages if body["channel"].endswith(str(one.get("channel")))]
            self._say(200, {"ok": True, "messages": found, "response_metadata": {"next_cursor": ""}})
        else:
            self._post(method, body)

    def _post(self, method: str, body: dict[str, Any]) -> None:
        answer = self.slack.answers.pop(0) if self.slack.answers else OK
        if answer.takes:
            self.slack.messages.append(body)
        self.slack.before_answering()
        if answer.lost:
            self.close_connection = True
            return
        fine: Any = "ok" if method == "webhook" else {"ok": True, "channel": "D1", "ts": "1.2"}
        self._say(answer.status, fine if answer.body is None else answer.body, answer.headers)

    def _say(self, status: int, body: Any, headers: tuple[tuple[str, str], ...] = ()) -> None:
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def slack() -> Iterator[Slack]:
    """Slack, on a free port."""
    state = Slack()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"slack": state}))
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
