"""Puts the model's renewal probabilities into a snapshot."""

import msgspec

from radar_health_score.domain.contracts.renewals import next_of, renewals_of, revenue_of
from radar_health_score.domain.forecast.renewal_model import PredictionRequest, Probabilities
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef


def with_model_probabilities(
    snapshot: HealthSnapshot, request: PredictionRequest, probabilities: Probabilities, version: str
) -> HealthSnapshot:
    """Return ``snapshot`` with the probabilities that the model gave; the others stay."""
    if not probabilities:
        return snapshot
    contracts = request.facts.contracts
    chances = {id(contracts[place]): probability for place, probability in probabilities.items()}
    by_model = renewals_of(contracts, request.today, lambda one: chances.get(id(one)), "model")
    renewals = tuple(
        one if one.probability is not None else before
        for one, before in zip(by_model, snapshot.renewals, strict=True)
    )
    return msgspec.structs.replace(
        snapshot,
        renewal=next_of(renewals, contracts, request.today),
        renewals=renewals,
        revenue=revenue_of(contracts, renewals, request.today),
        model=ModelRef(version=version),
    )
