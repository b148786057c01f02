"""Another product's tables, by a mapping: its users' events, and contracts out of what it billed."""

from pathlib import Path
from typing import Any

from tests.support.radar_cli import Running, radar, running
from tests.support.wait import eventually

DATA = Path(__file__).parents[2] / "data"
FILES = [DATA / "crm5_excerpt" / name for name in ("accounts.csv", "subscriptions.csv", "events.parquet")]
MAPPING = DATA / "crm5-mapping.yaml"
EVENTS = 1_847


def test_a_crm_export_becomes_accounts_with_contracts_and_use(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--no-sample", RADAR_HEALTH__SETTLE_SECONDS="1") as product:
        done = radar("import", "--history", "--mapping", MAPPING, *FILES, "--json", **product.settings())
        assert done.status == 0, done.err
        assert done.json()["rejected"] == done.json()["left_out"] == 0

        eventually(lambda: _uses(product) == EVENTS, within=60, what="every event is counted once")
        eventually(lambda: len(_standings(product)) == 4, within=60, what="every account is scored")
        # Three customers' plans were followed by none; nobody knows yet about the one that runs past the end of the data.
        assert _standings(product) == {
            "crm-372": "former",
            "crm-564": "former",
            "crm-1062": "customer",
            "crm-324": "former",
        }
        renewal = product.get("/v1/accounts/crm-564/health", as_of="2022-12-01T00:00:00Z")["renewal"]
        assert renewal["renews_on"] == "2022-12-14"
        again = radar("import", "--history", "--mapping", MAPPING, *FILES, "--json", **product.settings())
        assert again.json()["accepted"] == 0


def _uses(product: Running) -> int:
    return sum(
        feature["total"]
        for account in product.every("/v1/accounts")
        for feature in product.get(f"/v1/accounts/{account['account_id']}/features")["items"]
    )


def _standings(product: Running) -> dict[str, Any]:
    return {one["account_id"]: one["standing"] for one in product.every("/v1/accounts")}
