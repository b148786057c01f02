"""Files are read as they are, and a bad one is told by its line."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from radar.importer.errors import BadFile
from radar.importer.files import read
from radar.importer.loading import check_files
from radar.importer.mapping import load_mapping
from radar.importer.record import Record
from radar.importer.rows import Rows

LINE = b'{"id":"1","type":"login","account_id":"a"}\n'
TABLE = "id,type,account_id\n1,login,a\n2,login,b\n"


def records(path: Path) -> list[Record]:
    return list(read(path, Rows(None), lambda _bytes: None))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("name", ["e.ndjson", "e.jsonl", "e.ndjson.gz", "E.NDJSON"])
def test_ndjson(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, b"\xef\xbb\xbf" + LINE + b"\n" + LINE)
    found = records(path)
    assert [record.line for record in found] == [LINE.strip()] * 2
    assert [record.place for record in found] == [f"{name} line 1", f"{name} line 3"]
    assert {record.account_id for record in found} == {"a"}


@pytest.mark.parametrize(("name", "mark"), [("e.csv", ","), ("e.csv.gz", ";"), ("e.tsv", "\t")])
def test_csv_with_any_usual_separator(tmp_path: Path, name: str, mark: str) -> None:
    found = records(write(tmp_path / name, TABLE.replace(",", mark).encode()))
    assert [record.account_id for record in found] == ["a", "b"]
    assert found[1].place == f"{name} line 3"


def test_a_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", b'id,type,account_id,note\n1,login,a,"two\nlines"\n2,login,b,x\n')
    assert [record.place for record in records(path)] == ["e.csv line 3", "e.csv line 4"]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    pq.write_table(pa.table({"id": ["1", "2"], "type": ["login"] * 2, "account_id": ["a", "b"]}), path)
    assert [(record.account_id, record.place) for record in records(path)] == [
        ("a", "e.parquet row 1"),
        ("b", "e.parquet row 2"),
    ]


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "e.ndjson", LINE * 1_200)
    told: list[int] = []
    assert len(list(read(path, Rows(None), told.append))) == 1_200
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("e.ndjson", LINE + b"{nonsense\n", "line 2: isn't a JSON object"),
        ("e.ndjson", LINE + b'{"id":"1","type":\n', "line 2: isn't a JSON object"),
        ("e.ndjson", LINE + b'"\xff"\n', "line 2: isn't UTF-8"),
        ("e.csv", "id,type\n1,prüfung\n".encode("latin-1"), "line 2: isn't UTF-8"),
        ("e.csv", b"id,type,account_id\n1,login\n", "line 2: 2 cells under 3 names"),
        ("e.csv", b'id,type\n1,"login\n', "mend the quotes"),
        ("e.csv", b"", "must name the columns"),
        ("e.parquet", b"PAR1 and no more", "isn't a Parquet file"),
    ],
)
def test_a_bad_file_is_told_by_its_line(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(BadFile, match=sentence) as told:
        records(path)
    assert str(path) in told.value.detail


def test_a_truncated_gzip_file_is_told_after_what_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson.gz"
    path.write_bytes(gzip.compress(b"".join(LINE.replace(b"1", b"%d" % n) for n in range(90_000)))[:-2_000])
    found = []
    with pytest.raises(BadFile, match="cut off"):
        found.extend(record for record in read(path, Rows(None), lambda _bytes: None))
    path.write_bytes(LINE)
    with pytest.raises(BadFile, match="isn't gzip"):
        records(path)


def test_an_object_of_another_shape_is_left_for_the_product_to_refuse(tmp_path: Path) -> None:
    found = records(write(tmp_path / "e.ndjson", b'{"account_id":7}\n["a"]\n'))
    assert [record.line for record in found] == [b'{"account_id":7}', b'["a"]']


def test_files_are_looked_at_before_anything_is_sent(tmp_path: Path) -> None:
    good = write(tmp_path / "good.ndjson", LINE)
    assert check_files([good, good]) == 2 * len(LINE)
    with pytest.raises(BadFile, match="no such file"):
        check_files([good, tmp_path / "gone.csv"])
    with pytest.raises(BadFile, match="must end in"):
        check_files([tmp_path / "letters.docx"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("columns: [a", "line 1: isn't YAML"),
        ("colums: {}", "unknown field"),
        ("columns: {account_id: 7}", "Expected `str`"),
    ],
)
def test_a_bad_mapping_is_told(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(content)
    with pytest.raises(BadFile, match=sentence):
        load_mapping(path)
