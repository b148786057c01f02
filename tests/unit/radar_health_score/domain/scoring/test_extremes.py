"""Whatever ingest takes can be scored, and the score can be read back: one odd account must not stop the others."""

from datetime import date

import pytest

from radar_health_score.domain.account.facts import Contract, Profile
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.event_record import decode_data
from radar_vocabulary.contracts.health import decode_snapshot, encode_snapshot
from tests.support.account_histories import NOW, ago
from tests.support.reference_facts import Use, facts_from


def contract(**data):
    told = decode_data("contract_updated", data.pop("raw"))
    return Contract(contract_id="c1", renews_on=date(2026, 9, 1), mrr=told.mrr, **data)


def mrr(amount):
    raw = f'{{"contract_id":"c1","renews_on":"2026-09-01","mrr":{{"amount":{amount},"currency":"IDR"}}}}'
    return raw.encode()


ODD = {
    "a contract since the year one": {
        "contracts": (contract(raw=mrr(1), starts_on=date.min), contract(raw=mrr(1), starts_on=date.min))
    },
    "the largest price": {"contracts": (contract(raw=mrr(1e12)),)},
    "a price of next to nothing, then the largest": {
        "contracts": (
            contract(raw=mrr(1e-300), starts_on=date(2024, 1, 1)),
            contract(raw=mrr(1e12), starts_on=date(2026, 1, 1)),
        )
    },
    "a target of next to nothing": {"profile": Profile(north_star_target=5e-324, business_model="tool")},
}


@pytest.mark.parametrize("known", ODD.values(), ids=ODD.keys())
def test_an_odd_account_has_a_score_that_can_be_read_back(known):
    facts = facts_from(
        [Use(at=ago(day, 10), user="ann", feature="report") for day in range(1, 90)], NOW, **known
    )
    for card in load_default_scorecards().values():
        snapshot = build_snapshot(facts, card, WorkspaceSettings())
        assert decode_snapshot(encode_snapshot(snapshot)) == snapshot
