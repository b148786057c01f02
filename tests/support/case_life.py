"""The life of one account's case, told day by day to the case machine, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from msgspec import structs

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.decision import Decision
from radar_alerts.domain.cases.machine import AccountCases, Machine
from radar_alerts.domain.cases.memory import AccountMemory
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.surroundings import Surroundings
from radar_alerts.domain.rules.load import load_rules
from radar_vocabulary.contracts.health import HealthSnapshot, Override, Renewal, TermRecord
from radar_vocabulary.contracts.scalars import Band, Money, Owner, Standing
from tests.support.health import ANNA, snapshot

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
RENEWS = date(2026, 6, 1)
TERM = TermRecord(
    term_id="c1:1", contract_id="c1", starts_on=date(2025, 6, 1), ends_on=RENEWS, cancelled=False, trial=False
)


@dataclass
class CaseLife:
    """An account with one contract; each word is what its next snapshot says."""

    at: datetime = START
    machine: Machine = field(default_factory=lambda: Machine(rules=load_rules(None), policy=CasePolicy()))
    account: AccountCases = field(
        default_factory=lambda: AccountCases(memory=AccountMemory(known_since=START), cases={})
    )
    said: list[Decision] = field(default_factory=list)
    owner: Owner = ANNA
    term: TermRecord = TERM
    others: Sequence[TermRecord] = ()

    def hears(
        self,
        churn: float = 0.1,
        *,
        threshold: float | None = 0.35,
        source: str = "model",
        score: float = 50.0,
        band: Band = "watch",
        standing: Standing = "customer",
        override: Override | None = None,
        late: timedelta = timedelta(0),
        down: frozenset[str] = frozenset(),
        **readings: float,
    ) -> tuple[Decision, ...]:
        """Take the snapshot of this moment; return what is decided."""
        told = structs.replace(
            snapshot(score, as_of=self.at),
            band=band,
            override=override,
            renewal=None,
            renewals=self._renewals(churn, source),
            readings={"active_days_14d": 0.0, **readings},
            terms=(self.term, *self.others),
            churn_threshold=threshold,
        )
        told = structs.replace(
            told, account=structs.replace(told.account, standing=standing, owner=self.owner)
        )
        return self.takes(told, late=late, down=down)

    def takes(
        self, told: HealthSnapshot, *, late: timedelta = timedelta(0), down: frozenset[str] = frozenset()
    ) -> tuple[Decision, ...]:
        around = Surroundings(now=self.at + late, down=down)
        self.account, decisions = self.machine.on_snapshot(told, self.account, around)
        self.said += [one for one in decisions if one.change or one.announce]
        return decisions

    def days(self, number: int, churn: float = 0.1, **said: object) -> None:
        """Hear the same once a day for so many days."""
        for _ in range(number):
            self.hears(churn, **said)  # type: ignore[arg-type]
            self.passes(days=1)

    def passes(self, **time: float) -> None:
        """Let time pass (timedelta's words)."""
        self.at += timedelta(**time)

    def until(self, days_before: int) -> None:
        """Let time pass until so many days before the renewal."""
        assert self.term.ends_on is not None
        self.at = datetime.combine(self.term.ends_on - timedelta(days=days_before), self.at.timetz())

    def told(self, **after: object) -> None:
        """Say something else of the contract's term from now on."""
        self.term = structs.replace(self.term, **after)

    def changes(self) -> list[str]:
        """Return the steps so far."""
        return [one.change for one in self.said if one.change]

    def announced(self) -> list[str]:
        """Return what was announced so far."""
        return [one.announce for one in self.said if one.announce]

    def announces(self) -> None:
        """Note that what waits was announced, as the announcing pass does."""
        cases = {
            name: structs.replace(case, announced_at=case.announced_at or self.at, tier=case.tier or "now")
            for name, case in self.account.cases.items()
        }
        self.account = AccountCases(memory=self.account.memory, cases=cases)

    @property
    def case(self) -> Case:
        """Return the only case."""
        (case,) = self.account.cases.values()
        return case

    @property
    def cases(self) -> Mapping[str, Case]:
        return self.account.cases

    def _renewals(self, churn: float, source: str) -> tuple[Renewal, ...]:
        open_terms = [one for one in (self.term, *self.others) if one.outcome is None and one.ends_on]
        return tuple(
            Renewal(
                contract_id=one.contract_id,
                term_id=one.term_id,
                starts_on=one.starts_on,
                renews_on=one.ends_on,
                days=(one.ends_on - self.at.date()).days,
                source="told" if one.cancelled else source,  # type: ignore[arg-type]
                arr=Money(amount=60_000.0, currency="EUR"),
                arr_at_risk=Money(amount=60_000.0 * churn, currency="EUR"),
                probability=0.0 if one.cancelled else 1.0 - churn,
            )
            for one in open_terms
            if one.ends_on is not None
        )
