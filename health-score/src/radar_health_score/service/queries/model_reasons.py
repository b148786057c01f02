"""The model's reasons, worked out only for the account that somebody looks at: they cost 200 predictions."""

import msgspec
from sqlalchemy import Connection

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.forecast.reasons import ReasonRequest, adds_up, place_of, points_of, reasons_of
from radar_health_score.domain.forecast.renewal_model import PredictionRequest
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef, Renewal


def with_reasons(
    context: QueryContext,
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
    told = model_of(context, connection, account, snapshot, snapshot.renewal, facts)
    return snapshot if told is None else msgspec.structs.replace(snapshot, model=told)


def model_of(
    context: QueryContext,
    connection: Connection,
    account: AccountRow,
    snapshot: HealthSnapshot,
    renewal: Renewal,
    facts: AccountFacts | None = None,
) -> ModelRef | None:
    """Return the model's reasons for one of the renewals in ``snapshot``.

    Those that the snapshot carries already are of its next renewal. None where no model spoke, where its version can't
    be loaded any more, or where more has come in since, so that reasons worked out now would add up to another
    probability than the one shown.
    """
    if snapshot.model is None or renewal.probability is None:
        return None
    if snapshot.model.base is not None and renewal == snapshot.renewal:
        return snapshot.model
    model = context.champions.version(connection, snapshot.model.version)
    if model is None:
        return None
    facts = facts or context.reader.read_at(connection, account, snapshot.as_of)
    workspace = context.configurations.at(connection, snapshot.as_of).workspace
    asked = PredictionRequest(
        facts, context.scorer.readings(facts), workspace.today(snapshot.as_of), workspace.exchange
    )
    place = place_of(facts, renewal)
    if place is None:
        return None
    (told,) = reasons_of(model, [ReasonRequest(asked, place, points_of(snapshot))], workspace.language)
    return told if adds_up(told, renewal.probability) else None
