"""Turns a decision into what is written down, published and sent."""

from dataclasses import dataclass
from datetime import datetime

from radar_alerts.domain.decision import Decision, NoticeKind
from radar_alerts.domain.delivery import Delivery, new_delivery
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.routing import Channel, Reach, to_operators, to_owner, to_queue
from radar_alerts.domain.wording import word
from radar_chassis.contracts.alerts import AlertRecord


@dataclass(frozen=True, kw_only=True)
class Announcer:
    """Knows whom to tell, and where the console is.

    Attributes:
        reach: the channels that are set up, and the teams' queues.
        console: the console's address without a slash at the end; None when it isn't configured.
    """

    reach: Reach
    console: str | None = None

    def delivery(self, decision: Decision, now: datetime) -> Delivery | None:
        """Return the delivery of the decision's notice, if it has one."""
        if decision.notice is None or decision.episode is None:
            return None
        episode = decision.episode
        account = episode.snapshot.account
        chain = (
            to_queue(account.segment, self.reach)
            if decision.notice == "escalated"
            else to_owner(account.owner, account.segment, self.reach)
        )
        return new_delivery(
            _key(episode, decision.notice),
            chain,
            word(decision.notice, episode, console=self.console),
            now,
            alert_id=episode.alert_id,
            caused_by=episode.snapshot.caused_by if decision.notice == "opened" else None,
        )

    def to_operators(self, channel: Channel, reason: str, now: datetime) -> Delivery:
        """Return the note that a channel needs mending: one a day for each channel and reason."""
        notice = Notice(
            kind="operator",
            headline=f"Renewal Radar can't deliver by {_NAMES[channel]}",
            lead=f"{reason[:1].upper()}{reason[1:]}. Notices go out another way until this is mended.",
            facts=(Fact(label="Channel", value=_NAMES[channel]),),
            advice="Mend the settings under `alerts`, then send a test: POST /v1/notifications/test.",
        )
        key = f"operators:{channel}:{now:%Y-%m-%d}:{reason}"
        return new_delivery(key[:290], to_operators(self.reach, without=channel), notice, now)


_NAMES = {"slack": "Slack", "email": "e-mail", "console": "the console"}


def step(decision: Decision, *, at: datetime, actor: str | None, note: str | None) -> AlertRecord | None:
    """Return the decision's step as it is written down and published, if it is one."""
    if decision.change is None or decision.episode is None:
        return None
    return decision.episode.record(decision.change, at, actor, note)


def _key(episode: Episode, kind: NoticeKind) -> str:
    return f"{episode.alert_id}:{episode.sequence}:{kind}"
