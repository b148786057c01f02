"""Runs the product: everything in one process, or one service of it."""

import ipaddress
from importlib.metadata import version
from typing import Final

import httpx2
import structlog
from starlette.types import Receive, Scope, Send

from radar.console.part import part as console_part
from radar.embedded_key import embedded_key
from radar.preparation import Gate, prepared
from radar.runtime import Runtime, open_runtime
from radar.sample import Sample
from radar.server import address, listen, serve
from radar.services import SERVICES
from radar.settings import Settings
from radar.startup_message import StartupMessage, print_startup_message
from radar_chassis.errors import ConfigurationError
from radar_chassis.http.app import create_app
from radar_chassis.http.part import Part
from radar_chassis.logging import configure_logging

log = structlog.get_logger()
VERSION: Final = version("renewal-radar")


class LateApp:
    """Stands for an app that is yet to be made, so that the console can ask the app it is part of."""

    app: object = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        assert callable(self.app), "the app is made before anybody asks"
        await self.app(scope, receive, send)


def run_embedded(settings: Settings, *, sample: bool, as_json: bool = False) -> None:
    """Run everything in one process until a signal comes.

    Args:
        settings: without ``bus_url`` and ``database_url`` all state lives in ``settings.data``.
        sample: load a made-up company, once, and let it live on.
        as_json: greet in JSON.
    """
    configure_logging(style=settings.log_format, level=settings.log_level)
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"The folder {settings.data} can't be created ({error.strerror}); name another with --data."
        ) from error
    bound = listen(settings)
    company = Sample.at(settings.data, url=address(bound)) if sample else None
    if company is not None:
        settings = company.settings(settings)
    runtime = open_runtime(settings)
    runtime.prepare(SERVICES)
    key = embedded_key(settings, runtime.keys)
    parts = [
        service.build(settings, bus=runtime.bus, access=runtime.access, clock=runtime.clock)
        for service in SERVICES.values()
    ]
    late = LateApp()
    parts.append(_embedded_console(settings, runtime, late, key))
    if company is not None:
        parts.append(Part(name="sample", routers=(), tasks=(company.feed(key, runtime.clock),)))
    late.app = app = create_app(
        parts, version=VERSION, grace_seconds=settings.grace_seconds, language=settings.language
    )
    try:
        greeting = StartupMessage(
            url=address(bound), key=key, data=settings.data, loading=company is not None and company.is_new
        )
        serve(app, bound, settings, lambda: print_startup_message(greeting, as_json=as_json))
    finally:
        runtime.close()


def run_service(kind: str, settings: Settings) -> None:
    """Run one service (``ingest``, ``score``, ``alerts`` or ``console``) until a signal comes.

    It answers /healthz at once, and is ready when its log and its database are.
    """
    configure_logging(style=settings.log_format, level=settings.log_level)
    runtime = open_runtime(settings)
    if kind == "console":
        part = _console(settings, runtime)
    else:
        service = SERVICES[kind]
        part = service.build(settings, bus=runtime.bus, access=runtime.access, clock=runtime.clock)
    own = [kind] if kind in SERVICES else []
    tasks = part.tasks
    part, preparation = prepared(part, lambda: runtime.prepare(own, topics=bool(own)))
    app = create_app(
        [part], version=VERSION, grace_seconds=settings.grace_seconds, language=settings.language
    )
    bound = listen(settings)
    try:
        serve(
            Gate(app, preparation),
            bound,
            settings,
            lambda: log.info("listening", service=kind, address=address(bound), version=VERSION),
            vital=tasks,
        )
    finally:
        runtime.close()


def _embedded_console(settings: Settings, runtime: Runtime, app: LateApp, key: str) -> Part:
    def client() -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        return httpx2.AsyncClient(transport=transport, base_url="http://radar.internal")

    return console_part(
        settings,
        health=client(),
        alerts_client=client(),
        key=key,
        keys=runtime.access,
        clock=runtime.clock,
        open_on_loopback=_loopback(settings.host),
    )


def _console(settings: Settings, runtime: Runtime) -> Part:
    key = settings.console_key or settings.bootstrap_key
    if settings.health_url is None or settings.alerts_url is None or key is None:
        raise ConfigurationError(
            "The console needs RADAR_HEALTH_URL, RADAR_ALERTS_URL, and RADAR_CONSOLE_KEY (an API key with the scopes "
            "read and act: `radar keys create --scope read --scope act`)."
        )
    return console_part(
        settings,
        health=httpx2.AsyncClient(base_url=settings.health_url),
        alerts_client=httpx2.AsyncClient(base_url=settings.alerts_url),
        key=key.get_secret_value(),
        keys=runtime.access,
        clock=runtime.clock,
    )


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
