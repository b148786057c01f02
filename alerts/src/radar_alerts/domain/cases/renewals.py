"""The renewals that a snapshot speaks of, and the one that a case looks after."""

from radar_alerts.domain.cases.case import Case
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal


def renewals_of(snapshot: HealthSnapshot) -> tuple[Renewal, ...]:
    """Return those of all open contracts; a record that has the next alone has that one."""
    return snapshot.renewals or ((snapshot.renewal,) if snapshot.renewal else ())


def term_of(renewal: Renewal) -> str:
    """Return what names the renewal's term; of a record older than term ids, the contract."""
    return renewal.term_id or renewal.contract_id


def renewal_of(case: Case, snapshot: HealthSnapshot) -> Renewal | None:
    """Return the renewal that the case looks after, where the snapshot still has it."""
    return next((one for one in renewals_of(snapshot) if term_of(one) == case.term_id), None)
