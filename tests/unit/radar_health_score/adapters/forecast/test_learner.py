"""Where the forecast's libraries can't be used, one sentence says what to do."""

import sys
from pathlib import Path

import pytest

from radar_chassis.errors import ConfigurationError
from radar_health_score.adapters.forecast import learner


def test_a_library_that_is_not_there_is_an_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learner, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"renewal-radar\[forecast\]"):
        learner.installed_trees("")


def test_a_library_that_cannot_be_loaded_says_what_it_misses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "raise OSError('libgomp.so.1: cannot open shared object file')"
    (tmp_path / "lightgbm.py").write_text(broken)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "lightgbm", raising=False)
    with pytest.raises(ConfigurationError, match=r"libgomp\.so\.1.*apt install libgomp1"):
        learner.installed_trees("")
