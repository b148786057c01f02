"""Commands in real processes: what they print, what they say when they fail, and their exit status."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.support.ports import free_port
from tests.support.radar_cli import Running, radar, running
from tests.support.wait import eventually

EVENTS = [
    {
        "id": f"e{number}",
        "type": "login",
        "account_id": "acme",
        "user_id": "u1",
        "occurred_at": "2026-05-01T08:00:00Z",
    }
    for number in range(3)
]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("commands") / "data", "--no-sample") as up:
        yield up


def ndjson(path: Path, *events: object) -> Path:
    path.write_text("".join(json.dumps(event) + "\n" for event in events))
    return path


def test_a_failure_is_one_sentence_and_no_traceback() -> None:
    done = radar("import", "gone.csv", RADAR_KEY="radar_x")
    assert (done.status, done.out, done.err) == (1, "", "radar: gone.csv: no such file.\n")
    done = radar("fly")
    assert (done.status, done.out) == (2, "")
    assert done.err == "radar: No such command 'fly'; see `radar --help`.\n"


def test_a_product_that_is_not_there_is_told(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    file = ndjson(tmp_path / "e.ndjson", *EVENTS)
    for words in (["dead-letter", "list"], ["import", file], ["simulate"]):
        done = radar(*words, RADAR_URL=url, RADAR_KEY="radar_x")
        assert done.status == 1
        assert done.err.startswith(f"radar: Nothing answers at {url}")


def test_a_port_that_is_taken_is_told(product: Running, tmp_path: Path) -> None:
    done = radar("run", "--data", tmp_path / "other", "--port", product.url.rsplit(":", 1)[1])
    assert done.status == 1
    assert "Can't listen on 127.0.0.1" in done.err


def test_keys_are_made_listed_and_revoked_while_the_product_runs(product: Running) -> None:
    settings = {"RADAR_DATA": str(product.data)}
    made = radar("keys", "create", "sdk", "--scope", "read", "--days", "3", "--json", **settings).json()
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert httpx2.get(f"{product.url}/v1/accounts", headers=headers, trust_env=False).status_code == 200
    listed = radar("keys", "list", **settings)
    assert made["key_id"] in listed.out
    assert made["key"] not in listed.out
    assert radar("keys", "revoke", made["key_id"], **settings).status == 0
    known = {key["key_id"]: key for key in radar("keys", "list", "--json", **settings).json()["items"]}
    assert known[made["key_id"]]["revoked_at"] is not None
    again = radar("keys", "revoke", made["key_id"], **settings)
    assert (again.status, "radar keys list" in again.err) == (1, True)
    eventually(
        lambda: httpx2.get(f"{product.url}/v1/accounts", headers=headers, trust_env=False).status_code == 401,
        within=30,
        every=0.5,
    )


def test_an_import_tells_its_receipts(product: Running, tmp_path: Path) -> None:
    file = ndjson(tmp_path / "e.ndjson", *EVENTS, {"id": "bad", "type": "flight", "account_id": "acme"})
    first = radar("import", file, **product.settings())
    assert first.status == 1
    assert "unknown_type" in first.out
    assert "First: e.ndjson line 4." in first.out
    again = radar("import", file, "--json", "--allow-rejected", **product.settings())
    assert again.status == 0
    assert (again.json()["accepted"], again.json()["duplicate"], again.json()["rejected"]) == (0, 3, 1)


def test_a_bad_file_stops_the_import_at_its_line(product: Running, tmp_path: Path) -> None:
    file = ndjson(tmp_path / "e.ndjson", *EVENTS)
    file.write_text(file.read_text() + "{broken\n")
    done = radar("import", file, **product.settings())
    assert done.status == 1
    assert "e.ndjson line 4: isn't a JSON object" in done.err
    cut = tmp_path / "cut.ndjson.gz"
    cut.write_bytes(gzip.compress(json.dumps(EVENTS[0]).encode() + b"\n")[:-12])
    assert "cut off" in radar("import", cut, **product.settings()).err


def test_an_import_with_a_key_that_may_not_is_told(product: Running, tmp_path: Path) -> None:
    made = radar("keys", "create", "reader", "--scope", "read", RADAR_DATA=str(product.data))
    file = ndjson(tmp_path / "e.ndjson", *EVENTS)
    done = radar("import", file, **{**product.settings(), "RADAR_KEY": made.out.strip()})
    assert done.status == 1
    assert "403" in done.err
    assert "ingest" in done.err


def test_a_foreign_table_comes_in_by_a_mapping(product: Running, tmp_path: Path) -> None:
    table = tmp_path / "crm.csv"
    table.write_text("event_time,account,user,kind,value\n2026-05-01 08:00:00,shop-1,7,Email,2\n")
    mapping = tmp_path / "crm.yaml"
    mapping.write_text(
        "columns: {occurred_at: event_time, account_id: account, user_id: user,"
        " data.feature: kind, data.count: value}\n"
        "type: {column: kind, default: feature_used}\nprefix: {user_id: u}\n"
    )
    for status in ("accepted", "duplicate"):
        done = radar("import", table, "--history", "--mapping", mapping, "--json", **product.settings())
        assert done.json()[status] == 1, done.out
    features = eventually(lambda: product.get("/v1/accounts/shop-1/features")["items"], within=20, every=0.2)
    assert [(feature["feature"], feature["total"]) for feature in features] == [("Email", 2)]


def test_dead_letters_are_listed_and_replayed(product: Running, tmp_path: Path) -> None:
    file = ndjson(tmp_path / "e.ndjson", {"id": "letter-1", "type": "voyage", "account_id": "letters"})
    assert radar("import", file, **product.settings()).status == 1

    def parked() -> str | None:
        letters = radar("dead-letter", "list", "--json", **product.settings()).json()["items"]
        return next((letter["id"] for letter in letters if letter["event_id"] == "letter-1"), None)

    letter = eventually(parked, within=30)
    assert letter
    assert letter in radar("dead-letter", "list", **product.settings()).out
    done = radar("dead-letter", "replay", letter, **product.settings())
    assert done.status == 1
    assert "still parked 1" in done.out


def test_simulate_writes_the_same_file_every_time(tmp_path: Path) -> None:
    words = ["simulate", "--accounts", "5", "--days", "20", "--seed", "9", "--end", "2026-06-30", "--out"]
    assert radar(*words, tmp_path / "a.ndjson", "--json").json()["accounts"] == 5
    assert radar(*words, tmp_path / "b.ndjson").status == 0
    assert (tmp_path / "a.ndjson").read_bytes() == (tmp_path / "b.ndjson").read_bytes()
    assert len(radar(*words, "-").out.splitlines()) == len((tmp_path / "a.ndjson").read_bytes().splitlines())


def test_simulate_sends_to_the_product(product: Running) -> None:
    done = radar("simulate", "--accounts", "3", "--days", "10", "--seed", "5", "--json", **product.settings())
    assert done.status == 0, done.err
    assert done.json()["accepted"] > 50
    assert done.json()["rejected"] == 0


def test_doctor_finds_a_running_product_in_order(product: Running) -> None:
    done = radar("doctor", "--json", **product.settings())
    assert done.status == 0, done.out
    states = {one["check"]: one["state"] for one in done.json()["findings"]}
    assert states["RADAR_URL"] == "ok"
    assert states["log"] == "ok"
    assert states["database alerts"] == "ok"


def test_doctor_names_what_is_wrong(tmp_path: Path) -> None:
    dead = f"127.0.0.1:{free_port()}"
    (tmp_path / "data").mkdir()
    done = radar(
        "doctor",
        "--data", str(tmp_path / "data"),
        RADAR_URL=f"http://{dead}",
        RADAR_ALERTS__SLACK_BOT_TOKEN="xoxp-of-a-user",
        RADAR_ALERTS__SMTP_URL=f"smtp://user:hidden-word@{dead}",
    )  # fmt: skip
    assert done.status == 1
    assert "run `radar db upgrade`" in done.out
    assert "nothing answers there" in done.out
    assert "begins with xoxb-" in done.out
    assert "doesn't answer" in done.out
    assert "hidden-word" not in done.out
    assert radar("doctor", RADAR_PORT="many").status == 1


def test_db_upgrade_makes_the_tables_and_can_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        done = radar("db", "upgrade", "--data", tmp_path / "data", "--json")
        assert done.json() == {"upgraded": ["access", "ingest", "score", "alerts"]}
    found = radar("doctor", "--data", tmp_path / "data", "--json").json()["findings"]
    assert {one["state"] for one in found if one["check"].startswith("database")} == {"ok"}
