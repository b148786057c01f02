"""A channel that notes when it was handed which alert: it plays an incoming webhook of Slack."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PROBE = re.compile(rb"probe-\d+")


@dataclass
class Channel:
    """``handed`` tells when the alert about a probe came in first (monotonic seconds)."""

    url: str = ""
    handed: dict[str, float] = field(default_factory=dict)


@contextmanager
def listening() -> Iterator[Channel]:
    """Yield a channel that takes everything."""
    channel = Channel()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            for name in _PROBE.findall(body):
                channel.handed.setdefault(name.decode(), time.monotonic())
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    channel.url = f"http://127.0.0.1:{server.server_address[1]}/services/T0/B0/bench"
    try:
        yield channel
    finally:
        server.shutdown()
        server.server_close()
