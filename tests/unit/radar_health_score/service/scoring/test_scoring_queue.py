"""Who waits for a score stands in the queue once, and a batch is done when each of its accounts was scored since."""

from radar_health_score.repositories.score_records import Pending
from radar_health_score.service.scoring.scoring_queue import ScoringQueue


def news(batch_no: int, **arrivals: int) -> Pending:
    return Pending(batch_no, {int(name[1:]): arrival for name, arrival in arrivals.items()}, history=False)


def history(batch_no: int, **arrivals: int) -> Pending:
    return news(batch_no, **arrivals)._replace(history=True)


def test_the_one_that_waited_longest_comes_first_and_keeps_its_place() -> None:
    waiting = ScoringQueue()
    waiting.add([news(1, a7=100), news(2, a3=110)])
    waiting.add([news(3, a1=120, a7=130)])

    assert list(waiting.first(2)) == [7, 3]
    assert list(waiting.first(9)) == [7, 3, 1]


def test_the_oldest_arrival_counts() -> None:
    waiting = ScoringQueue()
    waiting.add([news(1, a7=130), news(2, a7=100)])

    assert waiting.first(1) == {7: 100}


def test_history_queues_up_without_an_arrival_and_news_beside_it_has_its_own() -> None:
    waiting = ScoringQueue()
    waiting.add([history(1, a7=100, a8=100), news(2, a8=120)])

    assert waiting.first(2) == {7: None, 8: 120}


def test_a_batch_is_done_with_the_last_of_its_accounts() -> None:
    waiting = ScoringQueue()
    waiting.add([news(1, a7=100, a8=100), news(2, a8=110)])

    assert waiting.scored([7]) == []
    assert sorted(waiting.scored([8])) == [1, 2]
    assert not waiting.first(1)


def test_a_batch_that_comes_after_the_score_asks_again() -> None:
    waiting = ScoringQueue()
    waiting.add([news(1, a7=100)])
    assert waiting.scored([7]) == [1]

    waiting.add([news(2, a7=120)])

    assert waiting.first(1) == {7: 120}
    assert waiting.scored([7]) == [2]


def test_what_was_read_needs_no_reading_again_until_nobody_waits() -> None:
    waiting = ScoringQueue()
    assert waiting.read_up_to is None
    waiting.add([news(4, a7=100), news(9, a8=100)])
    assert waiting.read_up_to == 9

    waiting.scored([7])
    assert waiting.read_up_to == 9
    waiting.scored([8])

    assert waiting.read_up_to is None, "a batch with a lower number may have come late: look at all"
