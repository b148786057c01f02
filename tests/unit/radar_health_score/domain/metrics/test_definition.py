"""A metric's docstring is its definition."""

import pytest

from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.definition import Definition, definition_of
from radar_vocabulary.contracts.events import EVENT_TYPES


def test_formula_unit_direction_source_and_note_are_told_apart():
    def metric():
        """Uses in the window / seats, as
        bought. Unit: uses per week, higher.

        Never above 1.

        Source: feature_used, contract_updated.
        """

    assert definition_of(metric) == Definition(
        formula="Uses in the window / seats, as bought.",
        note="Never above 1.",
        unit="uses per week",
        direction="higher",
        source=("feature_used", "contract_updated"),
    )


@pytest.mark.parametrize("said", ["Unit: uses, higher.", "Source: login.", "Unit: uses, up. Source: login."])
def test_a_docstring_without_unit_direction_or_source_is_no_definition(said):
    def metric():
        pass

    metric.__doc__ = f"Uses in the window. {said}"
    with pytest.raises(ValueError, match="must say: Unit"):
        definition_of(metric)


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.name)
def test_every_metric_has_a_formula_and_names_the_events_it_is_made_of(metric):
    assert metric.formula
    assert metric.source
    assert set(metric.source) <= set(EVENT_TYPES)
    assert metric.unit
