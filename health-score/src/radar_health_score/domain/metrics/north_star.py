"""What an account is measured by: the North Star of its products, the target for it, and the kind of business.

The products are those of the contracts that run, trials too; one that names no product, and a product that nothing is
set for, goes by what is set for ``default``. Without any contract in force every product's North Star counts.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.contracts.revenue import running
from radar_health_score.domain.workspace.workspace_settings import ANY_PRODUCT, WorkspaceSettings
from radar_vocabulary.contracts.scalars import BusinessModel

T = TypeVar("T")
TOOL: Final[BusinessModel] = "tool"


def products_of(facts: AccountFacts, workspace: WorkspaceSettings) -> frozenset[str]:
    """Return the names of the products in force for the account; empty where no contract is."""
    current = running(facts.contracts, workspace.today(facts.as_of))
    return frozenset(term.product or ANY_PRODUCT for term in current)


def north_star_features(facts: AccountFacts, workspace: WorkspaceSettings) -> frozenset[str]:
    """Return the features whose uses are the account's North Star; empty where none is configured."""
    chosen = _of_products(workspace.north_star, facts, workspace)
    if not products_of(facts, workspace):
        chosen = dict(workspace.north_star)
    return frozenset(
        feature for told in chosen.values() for feature in ([told] if isinstance(told, str) else told)
    )


def target_of(facts: AccountFacts, workspace: WorkspaceSettings) -> float | None:
    """Return how many uses of its North Star the account should reach in four weeks: its own word, or its products'.

    Targets of several products add up.
    """
    if facts.profile.north_star_target is not None:
        return facts.profile.north_star_target
    targets = _of_products(workspace.north_star_targets, facts, workspace)
    return sum(targets.values()) if targets else None


def business_model_of(facts: AccountFacts, workspace: WorkspaceSettings) -> BusinessModel | None:
    """Return the account's kind of business: its own word, or that on which its products agree."""
    if facts.profile.business_model is not None:
        return facts.profile.business_model
    models = set(_of_products(workspace.business_models, facts, workspace).values())
    return models.pop() if len(models) == 1 else None


def _of_products(told: Mapping[str, T], facts: AccountFacts, workspace: WorkspaceSettings) -> dict[str, T]:
    products = products_of(facts, workspace) or {ANY_PRODUCT}
    names = {product if product in told else ANY_PRODUCT for product in products}
    return {name: told[name] for name in sorted(names) if name in told}
