"""An HTTP server that plays Slack: Web API and an incoming webhook, with the answers Slack documents."""

import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

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
    raw: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    answers_to_update: list[Answer] = field(default_factory=list)
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

    def found(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """The messages of a conversation, or of a thread in it."""
        here = [one for one in self.messages if _conversation(one) == query["channel"]]
        thread = query.get("ts")
        return [one for one in here if one.get("thread_ts") == thread or (thread and one["ts"] == thread)]

    @property
    def posts(self) -> int:
        """How many posts of a message came in, taken or not."""
        return sum(call in {"chat.postMessage", "webhook"} for call in self.calls)


def _conversation(message: dict[str, Any]) -> str:
    """Where a message lies: one to a person in the direct conversation with them."""
    target = str(message.get("channel"))
    return f"D{target}" if target.startswith(("U", "W")) else target


def signed_click(
    slack: Slack,
    case_id: str,
    *,
    secret: str,
    at: datetime,
    user: str = "U0ANNA",
    action: str = "acknowledge",
    trigger: str = "1",
) -> tuple[dict[str, str], bytes]:
    """Headers and body as Slack sends them for a click (docs.slack.dev, verifying requests from Slack)."""
    payload = {
        "type": "block_actions",
        "user": {"id": user},
        "trigger_id": trigger,
        "response_url": f"{slack.url}/actions/T0/1/secret",
        "actions": [{"type": "button", "action_id": action, "value": case_id}],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    moment = str(int(at.timestamp()))
    signature = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, "sha256").hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={signature}",
    }
    return headers, body


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
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.slack.raw.append((dict(self.headers.items()), raw))
        body = json.loads(raw)
        self.slack.tokens.add(self.headers.get("Authorization", ""))
        method = "webhook" if self.path.startswith("/services/") else self.path.removeprefix("/api/")
        self.slack.calls.append(method)
        if self.path.startswith("/actions/"):
            self.slack.replies.append(body)
            self._say(200, "ok")
        elif method == "conversations.open":
            self._say(200, {"ok": True, "channel": {"id": f"D{body['users']}"}})
        elif method in {"conversations.history", "conversations.replies"}:
            found = self.slack.found(body)
            self._say(200, {"ok": True, "messages": found, "response_metadata": {"next_cursor": ""}})
        elif method == "chat.update":
            self._update(body)
        else:
            self._post(method, body)

    def _post(self, method: str, body: dict[str, Any]) -> None:
        answer = self.slack.answers.pop(0) if self.slack.answers else OK
        if answer.takes:
            body["ts"] = f"{1_700_000_000 + len(self.slack.messages)}.000100"
            self.slack.messages.append(body)
        self.slack.before_answering()
        if answer.lost:
            self.close_connection = True
            return
        fine: Any = (
            "ok"
            if method == "webhook"
            else {"ok": True, "channel": _conversation(body), "ts": body.get("ts")}
        )
        self._say(answer.status, fine if answer.body is None else answer.body, answer.headers)

    def _update(self, body: dict[str, Any]) -> None:
        answer = self.slack.answers_to_update.pop(0) if self.slack.answers_to_update else OK
        if answer.body is not None or answer.status != 200:
            self._say(answer.status, answer.body or {}, answer.headers)
            return
        for message in self.slack.messages:
            if (_conversation(message), message["ts"]) == (body["channel"], body["ts"]):
                message.update({"blocks": body["blocks"], "text": body["text"], "edited": True})
                self._say(200, {"ok": True, "channel": body["channel"], "ts": body["ts"]})
                return
        self._say(200, {"ok": False, "error": "message_not_found"})

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
