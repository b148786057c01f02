"""What operators do with a hold, and what time does: reminded once, and after a day what is held goes into digests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs
from sqlalchemy import Connection

from radar_alerts.domain.announcing.announcement import Announcement
from radar_alerts.domain.announcing.hold import LONGEST, REMIND_AFTER, Hold, HoldState
from radar_alerts.domain.announcing.plan import RELEASED, Dropped
from radar_alerts.domain.announcing.routes import Routes
from radar_alerts.domain.delivery import new_delivery
from radar_alerts.domain.messages.operators import cases_held
from radar_alerts.repositories import announcement_rows, delivery_rows
from radar_alerts.series import HOLDS
from radar_chassis.clock import Clock
from radar_chassis.errors import Conflict, NotFound
from radar_chassis.store.database import Database


@dataclass(frozen=True, kw_only=True)
class Holds:
    """The use cases. Each raises NotFound, Conflict or DatabaseUnavailable."""

    database: Database
    routes: Routes
    clock: Clock
    wake: Callable[[], None]
    console: str | None = None

    def release(self, hold_id: str, by: str) -> None:
        """Let what is held go out, under each receiver's budget."""
        self._end(hold_id, "released", by)
        self.wake()

    def drop(self, hold_id: str, by: str) -> None:
        """Announce none of it; the cases stay where people see them."""
        self._end(hold_id, "dropped", by)

    def tend(self) -> None:
        """Tell operators of new holds, remind them, and end what was held for a day. For a schedule."""
        self.database.run(self._tend)

    def _end(self, hold_id: str, state: HoldState, by: str) -> None:
        def work(connection: Connection) -> None:
            announcement_rows.lock(connection)
            hold = announcement_rows.hold(connection, hold_id)
            if hold is None:
                raise NotFound("There is no hold with this id; GET /v1/holds lists them.")
            if hold.state != "held":
                raise Conflict(f"This hold has ended already ({hold.state}).")
            self._let_go(connection, hold, state, by, self.clock.now())

        self.database.run(work)

    def _let_go(
        self, connection: Connection, hold: Hold, state: HoldState, by: str | None, now: datetime
    ) -> None:
        kept = announcement_rows.of_hold(connection, hold.hold_id)
        announcement_rows.write(connection, [_after(one, state, now) for one in kept])
        ended = structs.replace(hold, state=state, ended_at=now, ended_by=by)
        announcement_rows.write_holds(connection, [ended])

    def _tend(self, connection: Connection) -> None:
        now = self.clock.now()
        held = announcement_rows.holds(connection, "held")
        HOLDS.set(len(held))
        if not held:
            return
        announcement_rows.lock(connection)
        for hold in held:
            if now - hold.created_at >= LONGEST:
                self._let_go(connection, hold, "expired", None, now)
            elif hold.reminded_at is None and now - hold.created_at >= REMIND_AFTER:
                announcement_rows.write_holds(connection, [structs.replace(hold, reminded_at=now)])
                self._tell_operators(connection, hold, now, again=True)
            else:
                self._tell_operators(connection, hold, now, again=False)

    def _tell_operators(self, connection: Connection, hold: Hold, now: datetime, *, again: bool) -> None:
        """Tell them; the same key makes no second message of the same."""
        receiver = self.routes.operators()
        notice = cases_held(
            hold.hold_id,
            key=hold.key,
            count=hold.count,
            rule=None,
            again=again,
            console=self.console,
            language=receiver.language,
        )
        key = f"hold:{hold.hold_id}:{'again' if again else 'first'}"
        delivery_rows.enqueue(connection, [new_delivery(key, receiver.destinations, notice, now)])


def _after(one: Announcement, state: HoldState, now: datetime) -> Announcement:
    if state == "dropped":
        return structs.replace(one, state="dropped", reason=Dropped.BY_OPERATORS.value, settled_at=now)
    why = "hold_expired" if state == "expired" else one.digest_reason
    return structs.replace(one, state="waiting", reason=RELEASED, digest_reason=why, settled_at=None)
