"""Upcoming quarters say whose probabilities they rest on: each by itself where they differ, else once for all."""

from typing import Literal

from msgspec.structs import replace

from radar.console.views.renewals import QuarterTable, due_rows, quarter_tables
from radar_vocabulary.answers.portfolio_forecast import (
    PortfolioForecast,
    QuarterLine,
    SourceLine,
)
from radar_vocabulary.answers.renewals import RenewalLine
from tests.support.health import NOON, renewal
from tests.support.samples import sample

MODEL = SourceLine(source="model", contracts=3, arr=60_000.0)
CARD = SourceLine(source="scorecard", contracts=1, arr=20_000.0)
UNTOLD = SourceLine(source="none", contracts=1, arr=20_000.0)


def table(*quarters: tuple[SourceLine, ...]) -> QuarterTable:
    rows = tuple(
        sample(
            QuarterLine,
            quarter=f"2027-Q{at}",
            contracts=sum(one.contracts for one in sources),
            due_arr=sum(one.arr for one in sources),
            sources=sources,
        )
        for at, sources in enumerate(quarters, 1)
    )
    (found,) = quarter_tables(
        sample(PortfolioForecast, items=[{"currency": "EUR", "arr": 1e6, "quarters": rows}])
    )
    return found


def test_where_several_speak_each_quarter_says_how_much_of_it_is_whose() -> None:
    found = table((MODEL, CARD, UNTOLD), (MODEL,), ())
    assert [row.probability_source for row in found.rows] == [
        "60% by the model · 20% by the scorecard · 20% assumed average",
        "100% by the model",
        "",
    ]
    assert found.probability_source == ""


def test_where_one_speaks_for_all_it_is_said_once() -> None:
    for one, said in ((MODEL, "come from the trained model"), (CARD, "no trained model is in use")):
        found = table((one,), (), (one,))
        assert said in found.probability_source
        assert {row.probability_source for row in found.rows} == {""}


def test_where_nothing_is_due_or_an_earlier_release_answers_nothing_is_said_of_it() -> None:
    assert table((), ()).probability_source == ""


def due(source: Literal["model", "scorecard"]) -> RenewalLine:
    coming = replace(renewal(), source=source)
    return sample(
        RenewalLine,
        renews_on=coming.renews_on,
        probability=coming.probability,
        renewal=coming,
    )


def test_beside_contracts_of_the_model_those_of_the_scorecard_are_marked() -> None:
    today = NOON.date()
    assert [row.probability_source for row in due_rows([due("model"), due("scorecard")], today)] == [
        "",
        "by the scorecard",
    ]
    assert [row.probability_source for row in due_rows([due("scorecard")] * 2, today)] == ["", ""]


def test_a_share_too_small_for_a_whole_percent_is_not_nothing() -> None:
    crumb = SourceLine(source="scorecard", contracts=1, arr=60.0)
    (row,) = table((MODEL, crumb)).rows
    assert row.probability_source == "100% by the model · under 1% by the scorecard"
