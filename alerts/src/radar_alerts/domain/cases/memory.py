"""What is remembered of an account between two snapshots, beside its cases."""

from msgspec import Struct

from radar_alerts.domain.cases.case import Signal
from radar_alerts.domain.rules.inputs import DailyValues
from radar_alerts.domain.rules.memory import RuleMemory
from radar_vocabulary.contracts.scalars import Moment


class TermMemory(Struct, frozen=True, kw_only=True):
    """Of one term: how far each rule has come, the signals that hold, and the values that rules compare over time."""

    rules: dict[str, RuleMemory] = {}
    signals: dict[str, Signal] = {}
    days: tuple[DailyValues, ...] = ()


class AccountMemory(Struct, frozen=True, kw_only=True):
    """Of one account: since when it is known (by the clock), its latest snapshot's moment, and its open terms."""

    known_since: Moment
    last_as_of: Moment | None = None
    terms: dict[str, TermMemory] = {}
