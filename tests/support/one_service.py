"""One service behind a real HTTP server, with keys of its own."""

from contextlib import ExitStack
from typing import Protocol

from radar.settings import Settings
from radar_chassis.access.guard import Access
from radar_chassis.access.store import KeyStore
from radar_chassis.bus.port import Bus
from radar_chassis.clock import Clock
from radar_chassis.http.app import create_app
from radar_chassis.http.part import Part
from radar_chassis.store.database import Database
from tests.support.buses import product_topics
from tests.support.server import served


class Service(Protocol):
    """The composition root of a service: its ``main``."""

    def migrate(self, settings: Settings) -> None: ...

    def build(self, settings: Settings, *, bus: Bus, access: Access, clock: Clock) -> Part: ...


def serve(
    stack: ExitStack, service: Service, settings: Settings, bus: Bus, clock: Clock, *, keys_at: str
) -> tuple[KeyStore, str]:
    """Start a service on migrated tables; it stops with ``stack``. Return its keys, kept ``keys_at``, and its URL."""
    stack.callback(bus.close)
    bus.ensure_topics(product_topics())
    keys = KeyStore(Database(keys_at, schema="access"), clock)
    stack.callback(keys.close)
    keys.migrate()
    service.migrate(settings)
    part = service.build(settings, bus=bus, access=Access(keys, clock), clock=clock)
    return keys, stack.enter_context(served(create_app([part], version="test")))
