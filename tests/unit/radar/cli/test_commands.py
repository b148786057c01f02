"""Every command says how it is used, and fails with one sentence."""

import logging
import sys
from pathlib import Path

import pytest
import structlog

from radar.cli import main

COMMANDS = [
    ["run"],
    ["ingest"],
    ["score"],
    ["alerts"],
    ["console"],
    ["import"],
    ["simulate"],
    ["doctor"],
    ["keys", "create"],
    ["keys", "list"],
    ["keys", "revoke"],
    ["dead-letter", "list"],
    ["dead-letter", "replay"],
    ["db", "upgrade"],
    ["score", "replay"],
    ["score", "check"],
    ["alerts", "rules", "check"],
    ["alerts", "route"],
]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Run a command in this process; gives (status, stdout, stderr)."""
    monkeypatch.setenv("RADAR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "120")

    def ran(words: list[str], settings: dict[str, str] | None = None) -> tuple[object, str, str]:
        for name, value in (settings or {}).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["radar", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield ran
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_has_an_example_and_json_is_offered(run, words: list[str]) -> None:
    status, out, _ = run([*words, "--help"])
    assert status == 0
    assert "Example:" in out
    assert f"radar {' '.join(words)}" in " ".join(out.split())
    assert "--json" in out


@pytest.mark.parametrize(
    ("words", "settings", "status", "sentence"),
    [
        (["fly"], {}, 2, "No such command 'fly'"),
        (["import", "gone.csv"], {"RADAR_KEY": "radar_x"}, 1, "gone.csv: no such file."),
        (["import", "pyproject.toml"], {"RADAR_KEY": "radar_x"}, 1, "must end in"),
        (["dead-letter", "list"], {}, 1, "Set RADAR_KEY"),
        (["dead-letter", "list"], {"RADAR_KEY": "k", "RADAR_URL": "localhost"}, 1, "must begin with http"),
        (["dead-letter", "replay"], {"RADAR_KEY": "k"}, 1, "Name the records"),
        (["keys", "list", "--data", "/nowhere/at/all"], {}, 1, "There is no product in"),
        (["keys", "create", "x", "--scope", "everything"], {}, 2, "is not one of"),
        (["run"], {"RADAR_PORT": "many", "RADAR_TIME_ZONE": "Mars/Base"}, 1, "time_zone"),
        (["ingest"], {"RADAR_CONFIG": "/nowhere.yaml"}, 1, "which doesn't exist"),
        (["ingest"], {"RADAR_BOOTSTRAP_KEY": "secret-of-mine"}, 1, "RADAR_BOOTSTRAP_KEY isn't a key"),
        (["console"], {}, 1, "RADAR_HEALTH_URL"),
        (["simulate", "--live", "--out", "x"], {}, 1, "combine it with --out"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_failure_is_one_sentence(
    run, words: list[str], settings: dict[str, str], status: int, sentence: str
) -> None:
    ended, _, err = run(words, settings)
    assert ended == status
    assert sentence in err
    assert len(err.strip().splitlines()) == 1
    assert "secret-of-mine" not in err


def test_without_a_command_the_help_is_shown(run) -> None:
    status, out, err = run([])
    assert status == 2
    assert "import" in out + err
