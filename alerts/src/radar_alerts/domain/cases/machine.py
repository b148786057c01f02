"""The case machine, driven by snapshots: pure, given the account's memory and cases, the rules, and the moment.

- a rule's signal that opens ──▶ open ── a person ──▶ acknowledged, snoozed ── in time ──▶ open
- running ── the contract's outcome ──▶ renewed, lost
- running ── no signal holds any more ──▶ recovered ── at risk again ──▶ open, the same case
- running ── a person ──▶ dismissed

A health that a person has set decides before any rule. A standing cancellation keeps the case open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import structs

from radar_alerts.domain.cases import severity
from radar_alerts.domain.cases.case import BAND, REOPENED, Case, Signal, case_id
from radar_alerts.domain.cases.changes import changed, ended, reopened
from radar_alerts.domain.cases.contract_outcomes import adopted, on_contract
from radar_alerts.domain.cases.decision import AnnouncementKind, Decision, Reason
from radar_alerts.domain.cases.memory import AccountMemory, TermMemory
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.renewals import renewals_of, term_of
from radar_alerts.domain.cases.surroundings import Surroundings
from radar_alerts.domain.cases.term_step import TermStep, step_term, with_day
from radar_alerts.domain.cases.values import leading_cause, rule_values
from radar_alerts.domain.rules.rule import Rule, RuleSet
from radar_vocabulary.contracts.alerts import CaseKind, Severity
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal

SET_MANUALLY: Final = "set_manually"
WORSENED: Final = "worsened"
_ACCOUNT: Final = "-"


@dataclass(frozen=True, kw_only=True)
class AccountCases:
    """All that is known of an account here: its memory and its cases by id, ended ones of its terms too."""

    memory: AccountMemory
    cases: Mapping[str, Case]


@dataclass(frozen=True, kw_only=True)
class Machine:
    """The rules and numbers that decide."""

    rules: RuleSet
    policy: CasePolicy

    def reason_to_ignore(
        self, snapshot: HealthSnapshot, memory: AccountMemory, around: Surroundings
    ) -> Reason | None:
        """Return why the snapshot must be ignored, or None: it is news."""
        if memory.last_as_of is not None and snapshot.as_of <= memory.last_as_of:
            return Reason.OLD_NEWS
        ahead = snapshot.as_of > around.now + self.policy.clock_skew
        return Reason.FROM_THE_FUTURE if ahead else None

    def on_snapshot(
        self, snapshot: HealthSnapshot, account: AccountCases, around: Surroundings
    ) -> tuple[AccountCases, tuple[Decision, ...]]:
        """Return the account after the snapshot, and what is decided about each of its cases.

        ``around.now`` only tells whether the snapshot is fresh enough to announce anything; all else follows from
        event time, so that a replay comes out the same.
        """
        ignored = self.reason_to_ignore(snapshot, account.memory, around)
        if ignored:
            return account, (Decision(reason=ignored),)
        turn = _Turn(self, snapshot, account, around)
        decisions = tuple(turn.decisions())
        return turn.account(), decisions or (Decision(reason=Reason.NOTHING),)


class _Turn:
    """One snapshot's way through an account's cases."""

    def __init__(
        self, machine: Machine, snapshot: HealthSnapshot, account: AccountCases, around: Surroundings
    ) -> None:
        self._rules = machine.rules
        self._policy = machine.policy
        self._snapshot = snapshot
        self._around = around
        self._memory = account.memory
        self._cases = {name: adopted(case, snapshot) for name, case in account.cases.items()}
        self._terms: dict[str, TermMemory] = {}
        self._fresh = around.now - snapshot.as_of <= machine.policy.announce_within

    def account(self) -> AccountCases:
        # A term whose case has ended is remembered for as long as its closing can be taken back.
        told = {one.term_id for one in self._snapshot.terms}
        looked_after = {case.term_id for case in self._cases.values()} & told
        kept = {key: one for key, one in self._memory.terms.items() if key in looked_after}
        memory = structs.replace(self._memory, last_as_of=self._snapshot.as_of, terms={**kept, **self._terms})
        return AccountCases(memory=memory, cases=self._cases)

    def decisions(self) -> Iterator[Decision]:
        for case in list(self._cases.values()):
            decision = on_contract(case, self._snapshot, self._policy)
            if decision is not None:
                yield self._noted(decision, moved_from=case.term_id)
            yield from self._owner(case.case_id)
        for key, renewal in self._places():
            yield from self._renewal(key, renewal)

    def _places(self) -> Sequence[tuple[str, Renewal | None]]:
        """Return the renewals that signals are about; the account itself where it has none and may have a case."""
        snapshot = self._snapshot
        if snapshot.account.standing == "former":
            return ()
        renewals = [(term_of(one), one) for one in renewals_of(snapshot)]
        by_hand = snapshot.override is not None and snapshot.band == "at_risk"
        if renewals or not (self._policy.account_cases or by_hand):
            return renewals
        return [(_ACCOUNT, None)]

    def _renewal(self, key: str, renewal: Renewal | None) -> Iterator[Decision]:
        running = self._case("renewal", renewal)
        values = rule_values(self._snapshot, renewal, running, self._around)
        cause, at = leading_cause(self._snapshot), self._snapshot.as_of
        memory = self._terms.get(key) or self._memory.terms.get(key) or TermMemory()
        memory = with_day(memory, self._rules, values, at)
        stepped = step_term(memory, self._speaking(), values, at, cause)
        self._terms[key] = stepped.memory
        for kind in ("renewal", "passed", "expansion"):
            yield from self._of_kind(kind, renewal, stepped)

    def _speaking(self) -> Iterator[Rule]:
        """Yield the rules that may speak now: none that rests on a feed that is down, few of an unknown account."""
        for rule in self._rules.rules:
            unknown = self._snapshot.band == "unknown" and rule.opens == "case" and rule.kind == "renewal"
            if not (unknown or rule.rests_on & self._around.down):
                yield rule

    def _of_kind(self, kind: CaseKind, renewal: Renewal | None, stepped: TermStep) -> Iterator[Decision]:
        case = self._case(kind, renewal)
        signals = (*self._standing(kind, renewal, stepped.memory), *self._carried(case))
        if any(one.opens for one in signals):
            if case is None:
                yield self._opened(kind, renewal, signals)
                return
            if case.state == "recovered":
                yield self._again(case, signals)
                return
        if case is not None and case.running:
            yield from self._running(case, renewal, signals)

    def _carried(self, case: Case | None) -> tuple[Signal, ...]:
        """Return signals that no rule can clear: a person's, and that of an alert of 0.1.0 while its band stays."""
        if case is None:
            return ()
        still = {REOPENED, *({BAND} if self._snapshot.band in {"at_risk", "unknown"} else ())}
        return tuple(one for one in case.standing if one.rule in still)

    def _standing(self, kind: CaseKind, renewal: Renewal | None, memory: TermMemory) -> tuple[Signal, ...]:
        """Return the signals of a kind that hold. A health that a person has set speaks before any rule."""
        kinds = {one.name: one.kind for one in self._rules.rules}
        held = tuple(one for one in memory.signals.values() if kinds.get(one.rule) == kind)
        override = self._snapshot.override
        if override is None or kind != "renewal":
            return held
        evidence = tuple(structs.replace(one, opens=False) for one in held)
        nearest = next(iter(renewals_of(self._snapshot)), None)
        if self._snapshot.band != "at_risk" or (renewal is not nearest and renewal != nearest):
            return evidence
        by_hand = Signal(
            rule=SET_MANUALLY,
            version="",
            opens=True,
            severity="high",
            playbook="",
            raised_at=override.valid_from,
        )
        return (by_hand, *evidence)

    def _opened(self, kind: CaseKind, renewal: Renewal | None, signals: tuple[Signal, ...]) -> Decision:
        snapshot, at = self._snapshot, self._snapshot.as_of
        first = next(one for one in signals if one.opens)
        term_id = term_of(renewal) if renewal else None
        case = Case(
            case_id=case_id(snapshot.account_id, kind, term_id),
            account_id=snapshot.account_id,
            kind=kind,
            contract_id=renewal.contract_id if renewal else None,
            term_id=term_id,
            state="open",
            sequence=1,
            severity=self._severity(kind, signals, renewal),
            renews_on=renewal.renews_on if renewal else None,
            notice_by=renewal.notice_by if renewal else None,
            notice_given=renewal is not None and renewal.source == "told",
            opened_by=first.rule,
            rule_version=first.version,
            opened_at=at,
            changed_at=at,
            signals=signals,
            owner=snapshot.account.owner,
        )
        reason = Reason.SET_AT_RISK if first.rule == SET_MANUALLY else Reason.RULE
        decision = Decision(reason=reason, case=case, change="opened", announce="opened", signal=first)
        return self._noted(decision)

    def _again(self, case: Case, signals: tuple[Signal, ...]) -> Decision:
        decision = reopened(case, Reason.RULE_AGAIN, self._snapshot.as_of, "reopened")
        assert decision.case is not None  # a reopened case is there
        after = structs.replace(decision.case, signals=_merged(case.signals, signals))
        return self._noted(
            Decision(reason=decision.reason, case=after, change="reopened", announce="reopened")
        )

    def _running(
        self, case: Case, renewal: Renewal | None, signals: tuple[Signal, ...]
    ) -> Iterator[Decision]:
        at = self._snapshot.as_of
        before = {one.rule for one in case.standing}
        after = structs.replace(
            case,
            signals=_closed(_merged(case.signals, signals), {one.rule for one in signals}, at),
            severity=self._severity(case.kind, signals, renewal),
        )
        if not after.at_risk:
            by_hand = self._snapshot.override is not None
            yield self._noted(ended(after, "recovered", Reason.SET_WELL if by_hand else Reason.RECOVERED, at))
            return
        new = [one for one in signals if one.rule not in before]
        gone = before - {one.rule for one in signals}
        for signal in new:
            after = changed(after, at)
            yield self._noted(
                Decision(
                    reason=Reason.RAISED,
                    case=after,
                    change="signal_raised",
                    announce="worsened" if signal.rule == WORSENED else None,
                    signal=signal,
                )
            )
        for rule in sorted(gone):
            after = changed(after, at)
            signal = next(one for one in after.signals if one.rule == rule)
            yield self._noted(
                Decision(reason=Reason.CLEARED, case=after, change="signal_cleared", signal=signal)
            )
        unannounced = after.announced_at is None and after.state == "open"
        if not new and not gone and (unannounced or after != case):
            announce: AnnouncementKind | None = "opened" if unannounced else None
            yield self._noted(Decision(reason=Reason.NOTHING, case=after, announce=announce))

    def _owner(self, name: str) -> Iterator[Decision]:
        """An account's new owner takes over what runs, unless somebody was given it by name."""
        case, owner = self._cases[name], self._snapshot.account.owner
        if not case.running or case.owner == owner:
            return
        told = case.announced_at is not None and case.assignee is None and owner is not None
        after = changed(case, self._snapshot.as_of, owner=owner)
        yield self._noted(
            Decision(
                reason=Reason.HANDED_OVER,
                case=after,
                change="handed_over",
                announce="handed_over" if told else None,
            )
        )

    def _noted(self, decision: Decision, *, moved_from: str | None = None) -> Decision:
        """Keep the case; announce only what is fresh, and an opening that was too old as soon as it is fresh."""
        case = decision.case
        if case is None:
            return decision
        self._cases[case.case_id] = case
        if moved_from is not None and case.term_id is not None and case.term_id != moved_from:
            self._terms[case.term_id] = self._memory.terms.get(moved_from, TermMemory())
        return decision if self._fresh else _silent(decision)

    def _case(self, kind: CaseKind, renewal: Renewal | None) -> Case | None:
        """Return the case of the kind that looks after the renewal."""
        term_id = term_of(renewal) if renewal else None
        theirs = (one for one in self._cases.values() if one.kind == kind and one.term_id == term_id)
        return max(theirs, key=lambda one: (one.running, one.opened_at), default=None)

    def _severity(self, kind: CaseKind, signals: tuple[Signal, ...], renewal: Renewal | None) -> Severity:
        if kind == "expansion":
            return severity.worst(one.severity for one in signals)
        by_renewal = severity.of_renewal(self._snapshot, renewal, self._policy.severity)
        return severity.worst([by_renewal, *(one.severity for one in signals)])


def _merged(old: tuple[Signal, ...], new: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """Return the signals with those of now; a rule that spoke before and speaks again is there once."""
    names = {one.rule for one in new}
    return (*(one for one in old if one.rule not in names), *new)


def _closed(signals: tuple[Signal, ...], holding: set[str], at: datetime) -> tuple[Signal, ...]:
    return tuple(
        one if one.rule in holding or one.cleared_at else structs.replace(one, cleared_at=at)
        for one in signals
    )


def _silent(decision: Decision) -> Decision:
    return Decision(
        reason=decision.reason, case=decision.case, change=decision.change, signal=decision.signal
    )
