"""What a message is about: a case, what is known of the account, and what has happened to the case so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from radar_alerts.domain.cases.case import Actor, Case
from radar_alerts.domain.cases.decision import AnnouncementKind
from radar_alerts.domain.rules.rule import Rule
from radar_vocabulary.contracts.alerts import CaseChange
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.contracts.scalars import Moment, Money
from radar_vocabulary.language.tags import Language


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody did about a case, or the product did by itself (``by`` None)."""

    change: CaseChange
    at: Moment
    by: Actor | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a notice is about.

    Attributes:
        renewal: the one that the case looks after, where it is still open.
        others: further cases of the account that this message tells of.
        told: the names of those who were really told before.
        well_for: how long the rules that opened the case have asked it to be well before they cleared; None: not known.
        last_act: what was done about the case last, where it bears on this notice.
        console: the console's address, without a slash at the end; None where it isn't configured.
    """

    kind: AnnouncementKind
    case: Case
    snapshot: HealthSnapshot
    renewal: Renewal | None
    others: tuple[Case, ...] = ()
    told: tuple[str, ...] = ()
    well_for: timedelta | None = None
    last_act: Act | None = None
    console: str | None = None
    language: Language = "en"

    @property
    def name(self) -> str:
        """Return what the account is called."""
        return self.snapshot.account.name or self.snapshot.account_id


def well_for(case: Case, rules: Iterable[Rule]) -> timedelta | None:
    """Return how long the rules that opened the case asked it to be well; None where none of them is known.

    The least of them, so that no message claims more than each of them has seen.
    """
    opened = {one.rule for one in case.signals if one.opens}
    return min((one.clear.held for one in rules if one.name in opened), default=None)


@dataclass(frozen=True, kw_only=True)
class DigestItem:
    """A case in a digest; ``why`` says why it is there and wasn't told at once."""

    case: Case
    snapshot: HealthSnapshot
    renewal: Renewal | None
    kind: AnnouncementKind
    why: str | None = None

    @property
    def money(self) -> Money | None:
        """Return the ARR at risk of a renewal that still runs."""
        return self.renewal.arr_at_risk if self.renewal and self.case.running else None

    @property
    def stake(self) -> float:
        """Return the amount at risk, in its own currency."""
        return self.money.amount if self.money else 0.0
