"""The page of metrics says what the product computes."""

from pathlib import Path

from radar_health_score.entrypoints.metrics_page import main, metrics_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"


def test_the_page_is_what_the_catalogue_says() -> None:
    assert PAGE.read_text("utf-8") == metrics_page(), "docs/metrics.md is out of date: run `make docs`"


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "metrics.md"
    assert main([str(page)]) == 0
    assert page.read_text("utf-8") == metrics_page()
