"""Notes to operators: a channel that needs mending."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.routing import AvailableChannels, to_operators
from radar_alerts.domain.shared_texts import translator_in
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.tags import Language


@dataclass(frozen=True, kw_only=True)
class OperatorNotes:
    """Knows where operators look, and in which language.

    Attributes:
        channels: the channels that are set up, and the teams' queues.
        titles: what people call each channel.
        language: which to tell it in.
    """

    channels: AvailableChannels
    titles: Mapping[Channel, Message] = field(default_factory=dict)
    language: Language = "en"

    def to_operators(self, channel: Channel, reason: str, now: datetime) -> Delivery:
        """Return the note that a channel needs mending: one a day for each channel and reason."""
        translator = translator_in(self.language)
        title = self.titles.get(channel)
        name = translator.say(title) if title else channel
        notice = Notice(
            kind="operator",
            headline=translator.say(_BROKEN, channel=name),
            lead=translator.say(_ANOTHER_WAY, reason=f"{reason[:1].upper()}{reason[1:]}"),
            facts=(Fact(label=translator.say(_CHANNEL), value=name),),
            advice=translator.say(_MEND),
            language=translator.language,
        )
        key = f"operators:{channel}:{now:%Y-%m-%d}:{reason}"
        return new_delivery(key[:290], to_operators(self.channels, without=channel), notice, now)


_BROKEN: Final = message("Renewal Radar can't send messages by {channel}")
_ANOTHER_WAY: Final = message("{reason}. Messages are sent another way until this is fixed.")
_CHANNEL: Final = message("Channel")
_MEND: Final = message("Correct the settings under `alerts`, then send a test: POST /v1/notifications/test.")
