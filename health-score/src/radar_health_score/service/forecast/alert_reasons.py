"""The model's reasons for accounts with a possible alert, published with the snapshot.

Alerts need no further request then. Reasons are computed only for snapshots published with band at_risk, many at once:
about 200 predictions each.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
import structlog

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.forecast.reasons import ReasonRequest, adds_up, place_of, points_of, reasons_of
from radar_health_score.domain.forecast.renewal_model import PredictionRequest, RenewalModel
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.score_records import Scored
from radar_health_score.service.scoring.configurations import Configurations
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class AddModelReasons:
    """Adds reasons to new scores. ``champion`` returns the present model."""

    configurations: Configurations
    champion: Callable[[], RenewalModel | None]

    def __call__(self, scored: Sequence[Scored], facts: Sequence[AccountFacts]) -> Sequence[Scored]:
        """Return ``scored``, those that may be alerted about with the model's reasons; ``facts`` are theirs.

        An account that another champion scored, or that the model fails at, goes without reasons: health and alerts
        don't wait.
        """
        model = self.champion()
        if model is None:
            return scored
        workspace = self.configurations.current.workspace
        asked = list(_questions(scored, facts, model.version, workspace))
        said = _told([one for _, one in asked], model, workspace)
        told = {at: ref for (at, _), ref in zip(asked, said, strict=True) if ref}
        return [_with(one, told.get(at)) for at, one in enumerate(scored)]


def may_alert(snapshot: HealthSnapshot) -> bool:
    """Return whether an alert may show a probability of the model."""
    renewal = snapshot.renewal
    return snapshot.band == "at_risk" and renewal is not None and renewal.source == "model"


def _questions(
    scored: Sequence[Scored], facts: Sequence[AccountFacts], version: str, workspace: WorkspaceSettings
) -> Iterator[tuple[int, ReasonRequest]]:
    for at, (one, known) in enumerate(zip(scored, facts, strict=True)):
        said = one.snapshot
        if not one.keep or not may_alert(said) or said.model != ModelRef(version=version):
            continue
        place = None if said.renewal is None else place_of(known, said.renewal)
        if place is not None:
            today = workspace.today(known.as_of)
            yield (
                at,
                ReasonRequest(
                    PredictionRequest(known, measure(known, workspace), today, workspace.exchange),
                    place,
                    points_of(said),
                ),
            )


def _told(
    asked: Sequence[ReasonRequest], model: RenewalModel, workspace: WorkspaceSettings
) -> Sequence[ModelRef | None]:
    """Return the reasons for each; a failure on one account doesn't affect the others."""
    try:
        return reasons_of(model, asked, workspace.language)
    except Exception as error:  # noqa: BLE001 - whatever it is, health goes out without reasons
        if len(asked) == 1:
            account_id = asked[0].request.facts.account_id
            log.warning("reasons_not_told", version=model.version, account_id=account_id, reason=repr(error))
            return [None]
        return [told for one in asked for told in _told([one], model, workspace)]


def _with(scored: Scored, told: ModelRef | None) -> Scored:
    renewal = scored.snapshot.renewal
    if told is None or renewal is None or not adds_up(told, renewal.probability or 0.0):
        return scored
    return replace(scored, snapshot=msgspec.structs.replace(scored.snapshot, model=told))
