"""Sends a test message over a channel at once, on the path that real notices take."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.routing import AvailableChannels, Destination
from radar_alerts.domain.shared_texts import translator_in
from radar_alerts.repositories import delivery_rows
from radar_chassis.clock import Clock
from radar_chassis.errors import Conflict, InvalidRequest
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.tags import Language

_HEADLINE: Final = message("Renewal Radar: this is a test")
_LEAD: Final = message("If you can read this, alerts will reach you here. No further action needed.")


@dataclass(frozen=True, kw_only=True)
class TryChannel:
    """The use case. ``dispatchers`` are those of the channels that are set up."""

    database: Database
    channels: AvailableChannels
    clock: Clock
    dispatchers: Mapping[Channel, Callable[[], float]]
    language: Language = "en"

    def __call__(self, channel: Channel, target: str | None) -> Delivery:
        """Return the delivery of the test message, sent or with the reason why not.

        Raises:
            Conflict: the channel isn't configured.
            InvalidRequest: nobody to send it to.
        """
        if channel not in self.dispatchers:
            raise Conflict(f"The channel `{channel}` isn't configured; see the settings under `alerts`.")
        translator = translator_in(self.language)
        notice = Notice(
            kind="test",
            headline=translator.say(_HEADLINE),
            lead=translator.say(_LEAD),
            language=translator.language,
        )
        destination = Destination(channel=channel, target=self._target(channel, target))
        key = f"test:{secrets.token_hex(12)}"
        delivery = new_delivery(key, (destination,), notice, self.clock.now())
        self.database.run(lambda connection: delivery_rows.enqueue(connection, [delivery]))
        self.dispatchers[channel]()
        return self.database.run(lambda connection: delivery_rows.load(connection, delivery.id)) or delivery

    def _target(self, channel: Channel, target: str | None) -> str:
        reached = {one.name: one for one in self.channels.channels}.get(channel)
        if reached is None:  # the console
            return "operators"
        wanted = reached.only_target or target or self.channels.operators.targets.get(channel)
        if not wanted:
            raise InvalidRequest("Give a recipient in `target`, or configure alerts.operators.")
        return wanted
