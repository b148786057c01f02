"""The model's reasons, worked out only for the account that somebody looks at: they cost 200 predictions."""

from typing import Final

import msgspec
import numpy as np
from sqlalchemy import Connection

from radar_chassis.contracts.health import HealthSnapshot, ModelRef, Renewal
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.forecast.model import sigmoid
from radar_health_score.domain.forecast.reasons import reasons
from radar_health_score.domain.forecast.voice import Asked, open_places
from radar_health_score.service.fold_ports import AccountRow
from radar_health_score.service.queries.desk import Desk

SAME: Final = 1e-6


def with_reasons(
    desk: Desk,
    connection: Connection,
    account: AccountRow,
    snapshot: HealthSnapshot,
    facts: AccountFacts | None = None,
) -> HealthSnapshot:
    """Return ``snapshot`` with the model's reasons for its next renewal.

    Unchanged where there are none. ``facts`` are those that the snapshot was made of, where they are at hand.
    """
    if snapshot.renewal is None:
        return snapshot
    told = model_of(desk, connection, account, snapshot, snapshot.renewal, facts)
    return snapshot if told is None else msgspec.structs.replace(snapshot, model=told)


def model_of(
    desk: Desk,
    connection: Connection,
    account: AccountRow,
    snapshot: HealthSnapshot,
    renewal: Renewal,
    facts: AccountFacts | None = None,
) -> ModelRef | None:
    """Return the model's reasons for one of the renewals in ``snapshot``.

    None where no model spoke, where its version can't be loaded any more, or where more has come in since, so that
    reasons worked out now would add up to another probability than the one shown.
    """
    voice = None if snapshot.model is None else desk.champions.version(connection, snapshot.model.version)
    if voice is None or renewal.probability is None:
        return None
    facts = facts or desk.reader.read_at(connection, account, snapshot.as_of)
    rules = desk.configurations.at(connection, snapshot.as_of).rules
    asked = Asked(facts, desk.scorer.readings(facts), rules.today(snapshot.as_of))
    for place in open_places(facts.contracts):
        one = facts.contracts[place]
        if (one.contract_id, one.renews_on) == (renewal.contract_id, renewal.renews_on):
            told = reasons(voice, asked, place, rules.language)
            return told if _adds_up(told, renewal.probability) else None
    return None


def _adds_up(told: ModelRef, probability: float) -> bool:
    logit = np.array([(told.base or 0.0) + sum(driver.logit for driver in told.drivers)])
    return abs(float(sigmoid(logit)[0]) - probability) < SAME
