"""The app factory: one or more services on one port, with health, metrics, problems and a graceful end."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool

from radar_chassis.errors import RadarError
from radar_chassis.http import problems
from radar_chassis.http.bounds import Bounded
from radar_chassis.http.observe import Observed
from radar_chassis.http.part import Part
from radar_vocabulary.language.tags import Language

log = structlog.get_logger()


def create_app(
    parts: Sequence[Part], *, version: str, grace_seconds: float = 20.0, language: Language = "en"
) -> FastAPI:
    """Return the app that answers for ``parts`` and runs their tasks for as long as it lives.

    ``language`` is what it answers in where nobody asks for another.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        for part in parts:
            for task in part.tasks:
                task.start()
        yield
        await run_in_threadpool(_wind_down, parts, grace_seconds)

    title = "Renewal Radar" if len(parts) > 1 else f"Renewal Radar: {parts[0].name}"
    app = FastAPI(title=title, version=version, lifespan=lifespan, redoc_url=None)
    app.state.language = language
    problems.install(app)
    app.add_middleware(Bounded, streams=frozenset(path for part in parts for path in part.streams))
    app.add_middleware(Observed, service=parts[0].name if len(parts) == 1 else "radar")
    for part in parts:
        for router in part.routers:
            app.include_router(router)
    _operations(app, parts)
    return app


def _operations(app: FastAPI, parts: Sequence[Part]) -> None:
    @app.get("/healthz", tags=["operations"], summary="Alive")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", tags=["operations"], summary="Can do its job")
    def readyz() -> Response:
        checks = {f"{part.name}.{name}": check for part in parts for name, check in part.checks.items()}
        answers: dict[str, Any] = {}
        for name, check in checks.items():
            try:
                check()
                answers[name] = "ok"
            except RadarError as error:
                answers[name] = error.detail
            except Exception:
                log.exception("check_failed", check=name)
                answers[name] = "This check broke; the log says how."
        ready = all(answer == "ok" for answer in answers.values())
        body = {"status": "ready" if ready else "not_ready", "checks": answers}
        return JSONResponse(body, 200 if ready else 503, {} if ready else {"Retry-After": "5"})

    @app.get("/metrics", tags=["operations"], summary="For Prometheus")
    def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _wind_down(parts: Sequence[Part], grace_seconds: float) -> None:
    deadline = time.monotonic() + grace_seconds
    tasks = [task for part in parts for task in part.tasks]
    for task in reversed(tasks):
        task.stop()
    for task in reversed(tasks):
        if not task.join(max(0.1, deadline - time.monotonic())):
            log.warning("task_did_not_end", task=task.name)
    for part in reversed(parts):
        part.close()
    log.info("stopped")
