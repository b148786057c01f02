"""Recency, frequency and monetary value by their cuts."""

from dataclasses import replace

import pytest

from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import CONTRACT, NOW, ago
from tests.support.reference_facts import Use, facts_from


def readings(days=(), mrr=None):
    contracts = () if mrr is None else (replace(CONTRACT, mrr=Money(amount=mrr, currency="EUR")),)
    facts = facts_from([Use(at=ago(day)) for day in days], NOW, contracts=contracts)
    return measure(facts, WorkspaceSettings())


@pytest.mark.parametrize(
    ("silent", "points"),
    [(0, 5), (7, 5), (8, 4), (28, 4), (29, 3), (91, 3), (92, 2), (182, 2), (183, 1), (900, 1)],
)
def test_recency(silent, points):
    assert readings([silent + 1])["rfm_recency"] == points


@pytest.mark.parametrize(
    ("active", "points"), [(104, 5), (103, 4), (52, 4), (51, 3), (26, 3), (12, 2), (11, 1)]
)
def test_frequency_is_that_of_a_year(active, points):
    assert readings([*range(1, active + 1), 500])["rfm_frequency"] == points


def test_a_young_account_is_scaled_up_to_a_year():
    assert readings([1, 15, 28])["rfm_frequency"] == 3  # 3 days in 28: 39 a year
    assert readings([1])["rfm_frequency"] == 2  # as if it were 28 days old: 13 a year


@pytest.mark.parametrize(("mrr", "points"), [(0, 1), (83, 1), (84, 2), (1_666, 3), (1_667, 4), (9_000, 5)])
def test_monetary_value_is_annual_revenue(mrr, points):
    assert readings(mrr=mrr)["rfm_monetary"] == points


def test_the_sum_needs_all_three():
    assert readings([1, 15, 28], mrr=500)["rfm"] == 5 + 3 + 3
    assert isinstance(readings([1])["rfm"], Missing)
    assert isinstance(readings(mrr=500)["rfm"], Missing)
