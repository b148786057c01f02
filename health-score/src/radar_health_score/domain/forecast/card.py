"""What is written down about a model beside the model itself."""

from radar_health_score.domain.forecast.far import Far
from radar_vocabulary.answers import models


class ModelCard(models.ModelCard, frozen=True, kw_only=True):
    """A card whose ``far`` can be computed with."""

    far: Far = Far()
