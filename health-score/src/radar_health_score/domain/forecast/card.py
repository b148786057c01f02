"""What is written down about a model beside the model itself."""

from msgspec import field

from radar_health_score.domain.forecast.long_horizon import LongHorizonShrinkage
from radar_vocabulary.answers import models


class ModelCard(models.ModelCard, frozen=True, kw_only=True):
    """A card whose ``long_horizon`` can be computed with."""

    long_horizon: LongHorizonShrinkage = field(default=LongHorizonShrinkage(), name="far")
