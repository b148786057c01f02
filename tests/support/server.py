"""A real HTTP server in a thread of the tests, on a port of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from tests.support.wait import eventually


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve ``app`` on the loopback address while the block runs; yields its URL."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="on"))
    thread = threading.Thread(target=server.run, name="test-server")
    thread.start()
    try:
        eventually(lambda: server.started or not thread.is_alive(), what="the server has started")
        assert server.started, "the server didn't start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server didn't stop"
