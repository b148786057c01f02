"""The sample company of the embedded product: loaded once through the product's own API, then living on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx2
import msgspec
import structlog
from msgspec import Struct

from radar.importer.transport import EventsApi
from radar.settings import Settings
from radar.simulator import words
from radar.simulator.batches import batches
from radar.simulator.company import Company
from radar.simulator.native import NativeEvent
from radar_chassis.clock import Clock
from radar_chassis.tasks import Periodic

log = structlog.get_logger()
FILE: Final = "sample.json"
BATCH: Final = 4_000
EVERY: Final = 15.0
CATCHING_UP: Final = timedelta(minutes=5)


class SampleState(Struct, frozen=True, kw_only=True):
    """What the sample is, and up to when its events have been sent."""

    anchor: date
    seed: int = 1
    accounts: int = 60
    days: int = 120
    sent_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The sample in a data folder: the same company after every restart, whatever day it is by then."""

    file: Path
    url: str
    state: SampleState

    @classmethod
    def at(cls, data: Path, *, url: str) -> "Sample":
        """Return the sample kept in ``data``, or a new one that begins today."""
        file = data / FILE
        try:
            state = msgspec.json.decode(file.read_bytes(), type=SampleState)
        except (FileNotFoundError, msgspec.DecodeError):
            state = SampleState(anchor=datetime.now(UTC).date())
            _keep(file, state)
        return cls(file=file, url=url, state=state)

    @property
    def is_new(self) -> bool:
        """Whether it is yet to be loaded."""
        return self.state.sent_until is None

    def settings(self, settings: Settings) -> Settings:
        """Return the settings with the sample's key features and North Star, where nobody chose others."""
        chosen = settings.health
        features = chosen.key_features if chosen.key_features is not None else list(words.KEY_FEATURES)
        health = chosen.model_copy(
            update={
                "key_features": features,
                "north_star": chosen.north_star or {"default": [words.NORTH_STAR]},
            }
        )
        return settings.model_copy(update={"health": health})

    def feed(self, key: str, clock: Clock) -> Periodic:
        """Return the task that sends what has happened since it last did."""
        return Periodic("sample", _Feed(self, key, clock), every=EVERY)


class _Feed:
    def __init__(self, sample: Sample, key: str, clock: Clock) -> None:
        self._sample = sample
        self._state = sample.state
        self._clock = clock
        state = sample.state
        self._company = Company(
            accounts=state.accounts, days=state.days, seed=state.seed, anchor=state.anchor
        )
        self._http = httpx2.Client(
            base_url=sample.url, headers={"Authorization": f"Bearer {key}"}, trust_env=False
        )

    def __call__(self) -> None:
        now = self._clock.now()
        if self._state.sent_until is None:
            self._tell_history(now)
        else:
            self._tell_news(self._state.sent_until, now)
        self._state = msgspec.structs.replace(self._state, sent_until=now)
        _keep(self._sample.file, self._state)

    def _tell_history(self, now: datetime) -> None:
        count = 0
        for batch in batches(self._company.history(now), most=BATCH):
            self._send(batch, history=True)
            count += len(batch)
        log.info("sample_loaded", accounts=self._state.accounts, events=count)

    def _tell_news(self, start: datetime, now: datetime) -> None:
        news = self._company.between(start, now)
        for first in range(0, len(news), BATCH):
            self._send(news[first : first + BATCH], history=now - start > CATCHING_UP)

    def _send(self, events: list[NativeEvent], *, history: bool) -> None:
        if events:
            EventsApi(self._http, history=history).send([msgspec.json.encode(event) for event in events])


def _keep(file: Path, state: SampleState) -> None:
    new = file.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(state))
    new.replace(file)
