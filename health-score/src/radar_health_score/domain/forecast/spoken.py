"""A snapshot in which the model speaks of renewals, where it has something to say."""

import msgspec

from radar_health_score.domain.contracts.renewals import next_of, renewals_of, revenue_of
from radar_health_score.domain.forecast.voice import Asked, Told
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef


def spoken(said: HealthSnapshot, asked: Asked, told: Told, version: str) -> HealthSnapshot:
    """Return ``said`` with the model's probabilities; what the model says nothing of is as it was."""
    if not told:
        return said
    contracts = asked.facts.contracts
    chances = {id(contracts[place]): probability for place, probability in told.items()}
    by_model = renewals_of(contracts, asked.today, lambda one: chances.get(id(one)), "model")
    renewals = tuple(
        one if one.probability is not None else before
        for one, before in zip(by_model, said.renewals, strict=True)
    )
    return msgspec.structs.replace(
        said,
        renewal=next_of(renewals, contracts, asked.today),
        renewals=renewals,
        revenue=revenue_of(contracts, renewals, asked.today),
        model=ModelRef(version=version),
    )
