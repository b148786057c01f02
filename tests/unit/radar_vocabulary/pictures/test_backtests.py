import pytest

from radar_vocabulary.answers.backtests import Bin, Curves, ScorerNote
from radar_vocabulary.pictures.backtests import lift, reliability

SCORERS = (
    ScorerNote(name="model", title="Model", gives_probability=True),
    ScorerNote(name="scorecard", title="Scorecard", gives_probability=True),
    ScorerNote(name="rfm", title="Sum of RFM ranks", gives_probability=False),
    ScorerNote(name="silent", title="Silent", gives_probability=True, abstains="too few outcomes"),
)
BINS = (
    Bin(low=0, high=0.5, n=400, said=0.2, churned=0.25),
    Bin(low=0.5, high=1, n=100, said=0.6, churned=0.5),
)
CURVES = tuple(
    Curves(
        scorer=one.name,
        lead_days=lead,
        reliability=BINS if one.gives_probability else (),
        found=(0.0, 0.8, 1.0),
    )
    for lead in (90, 30)
    for one in SCORERS
    if one.abstains is None
)


def test_each_lead_has_its_panel_and_the_model_lies_on_top() -> None:
    svg = lift(SCORERS, CURVES, (90, 30), "en")
    assert svg.index("90 days before") < svg.index("30 days before")
    first = svg[: svg.index("30 days before")]
    titles = [first.index(f"<title>{title}</title>") for title in ("Sum of RFM ranks", "Scorecard", "Model")]
    assert titles == sorted(titles)
    assert "Silent" not in svg


def test_reliability_shows_who_gives_probabilities_with_a_larger_dot_for_more_contracts() -> None:
    svg = reliability(SCORERS, CURVES, (30,), "en")
    assert "Sum of RFM ranks" not in svg
    assert 'r="8.5"><title>Model: 400 contracts, 20% predicted, 25% churned</title>' in svg
    assert 'r="5.5"><title>Model: 100 contracts, 60% predicted, 50% churned</title>' in svg


@pytest.mark.parametrize(("language", "heading"), [("ja", "30日前"), ("zh-Hans", "提前30天")])
def test_words_are_in_the_readers_language(language: str, heading: str) -> None:
    for svg in (lift(SCORERS, CURVES, (30,), language), reliability(SCORERS, CURVES, (30,), language)):  # type: ignore[arg-type]
        assert heading in svg
        assert "churn" not in svg.casefold()


def test_where_no_curve_is_known_there_is_no_picture() -> None:
    assert lift(SCORERS, (), (30,), "en") == ""
    assert reliability(SCORERS[2:], CURVES, (30,), "en") == ""
