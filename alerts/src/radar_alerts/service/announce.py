"""Turns a decision into what is written down, published and sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from radar_alerts.domain.decision import Decision, NoticeKind
from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.languages import Languages
from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.notice_text import compose_notice
from radar_alerts.domain.routing import AvailableChannels, to_operators, to_owner, to_queue
from radar_alerts.domain.shared_texts import translator_in
from radar_alerts.domain.threads import receiver_id, thread_key
from radar_vocabulary.contracts.alerts import AlertRecord, Channel
from radar_vocabulary.language.messages import Message, message


@dataclass(frozen=True, kw_only=True)
class Announcer:
    """Knows whom to tell, and where the console is.

    Attributes:
        channels: the channels that are set up, and the teams' queues.
        titles: what people call each channel.
        console: the console's address without a slash at the end; None when it isn't configured.
        languages: which language to tell it in.
    """

    channels: AvailableChannels
    titles: Mapping[Channel, Message] = field(default_factory=dict)
    console: str | None = None
    languages: Languages = field(default_factory=Languages)

    def delivery(self, decision: Decision, now: datetime) -> Delivery | None:
        """Return the delivery of the decision's notice, if it has one."""
        if decision.notice is None or decision.episode is None:
            return None
        episode = decision.episode
        account = episode.snapshot.account
        to_team = decision.notice == "escalated" or account.owner is None
        chain = (
            to_queue(account.segment, self.channels)
            if decision.notice == "escalated"
            else to_owner(account.owner, account.segment, self.channels)
        )
        language = self.languages.for_queue(account) if to_team else self.languages.for_owner(account)
        notice = compose_notice(decision.notice, episode, console=self.console, language=language)
        whom = receiver_id("chain", repr(chain))
        return new_delivery(
            _key(episode, decision.notice),
            chain,
            notice,
            now,
            alert_id=episode.alert_id,
            caused_by=episode.snapshot.caused_by if decision.notice == "opened" else None,
            case_id=episode.alert_id,
            receiver_id=whom,
            severity=episode.severity,
            thread=thread_key(episode.alert_id, whom),
            root=None if decision.notice == "opened" else notice,
        )

    def to_operators(self, channel: Channel, reason: str, now: datetime) -> Delivery:
        """Return the note that a channel needs mending: one a day for each channel and reason."""
        translator = translator_in(self.languages.operators)
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


def step(decision: Decision, *, at: datetime, actor: str | None, note: str | None) -> AlertRecord | None:
    """Return the decision's step as it is written down and published, if it is one."""
    if decision.change is None or decision.episode is None:
        return None
    return decision.episode.record(decision.change, at, actor, note)


def _key(episode: Episode, kind: NoticeKind) -> str:
    return f"{episode.alert_id}:{episode.sequence}:{kind}"
