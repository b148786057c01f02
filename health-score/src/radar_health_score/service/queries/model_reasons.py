"""The model's reasons, worked out only for the account that somebody looks at: they cost 200 predictions."""

from typing import Final

import msgspec
import numpy as np
from sqlalchemy import Connection

from radar_chassis.contracts.health import HealthSnapshot, ModelRef
from radar_health_score.domain.forecast.model import sigmoid
from radar_health_score.domain.forecast.reasons import reasons
from radar_health_score.domain.forecast.voice import Asked, Voice, open_places
from radar_health_score.service.fold_ports import AccountRow
from radar_health_score.service.queries.desk import Desk

SAME: Final = 1e-6


def with_reasons(
    desk: Desk, connection: Connection, account: AccountRow, snapshot: HealthSnapshot
) -> HealthSnapshot:
    """Return ``snapshot`` with the model's reasons for its next renewal.

    Unchanged where no model spoke, where its version can't be loaded any more, or where more has come in since, so
    that reasons worked out now would add up to another probability than the one shown.
    """
    if snapshot.model is None or snapshot.renewal is None:
        return snapshot
    voice = desk.champions.version(connection, snapshot.model.version)
    told = None if voice is None else _told(desk, connection, account, snapshot, voice)
    return snapshot if told is None else msgspec.structs.replace(snapshot, model=told)


def _told(
    desk: Desk, connection: Connection, account: AccountRow, snapshot: HealthSnapshot, voice: Voice
) -> ModelRef | None:
    facts = desk.reader.read_at(connection, account, snapshot.as_of)
    rules = desk.configurations.at(connection, snapshot.as_of).rules
    asked = Asked(facts, desk.scorer.readings(facts), rules.today(snapshot.as_of))
    renewal = snapshot.renewal
    for place in open_places(facts.contracts):
        one = facts.contracts[place]
        if renewal and (one.contract_id, one.renews_on) == (renewal.contract_id, renewal.renews_on):
            told = reasons(voice, asked, place, rules.language)
            logit = np.array([(told.base or 0.0) + sum(driver.logit for driver in told.drivers)])
            shown = renewal.probability
            return told if shown is not None and abs(float(sigmoid(logit)[0]) - shown) < SAME else None
    return None
