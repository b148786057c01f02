"""The page of scorecards shows what the product reads."""

from pathlib import Path

from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scorecards.md"


def test_the_scorecard_on_the_page_is_one_and_shows_every_field() -> None:
    _, shown, *_ = PAGE.read_text("utf-8").split("```yaml\n")[0:2]
    card = parse_scorecard(shown.split("```")[0])
    assert set(card.applies_to.conditions()) == {"segment", "stage", "business_model"}
    assert card.when_stale == "unknown"
