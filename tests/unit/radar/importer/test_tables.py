"""A mapping may hold a table for each kind of file."""

from pathlib import Path

import msgspec
import pytest

from radar.importer.errors import BadFile
from radar.importer.files import read
from radar.importer.mapping import load_mapping
from radar.importer.tables import Tables

MAPPING = """
files:
  - match: "use-*.csv"
    columns: {account_id: customer, occurred_at: at, data.feature: what}
    constants: {type: feature_used}
  - match: accounts.csv
    columns: {account_id: customer, data.region: state}
    constants: {type: account_updated, occurred_at: 2026-01-01}
"""


def tables(tmp_path: Path, text: str = MAPPING) -> Tables:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    return Tables(load_mapping(path))


def test_each_file_is_read_by_the_first_table_that_fits_its_name(tmp_path: Path) -> None:
    made = tables(tmp_path)
    files = {
        "use-2026.csv": "customer,at,what\na,2026-02-03,report\n",
        "accounts.csv": "customer,state\na,NY\n",
    }
    events = []
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        found = read(tmp_path / name, made.maker(tmp_path / name), lambda _bytes: None)
        events += [msgspec.json.decode(record.line) for record in found]
    assert [(one["type"], one["occurred_at"][:10], one["data"]) for one in events] == [
        ("feature_used", "2026-02-03", {"feature": "report"}),
        ("account_updated", "2026-01-01", {"region": "NY"}),
    ]


def test_a_file_that_no_table_fits_stops_the_import_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="add one"):
        tables(tmp_path).check([tmp_path / "accounts.csv", tmp_path / "other.csv"])


def test_an_unknown_time_zone_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="Mars/Base"):
        tables(tmp_path, "time_zone: Mars/Base")
