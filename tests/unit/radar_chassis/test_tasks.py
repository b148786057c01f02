from radar_chassis.tasks import Periodic


def test_what_repeats_closes_once_it_has_stopped_and_not_before() -> None:
    told: list[str] = []
    task = Periodic("count", lambda: told.append("work"), every=60.0, close=lambda: told.append("closed"))
    task.start()
    task.stop()
    assert task.join(10)
    assert told[-1] == "closed"
    assert told.count("closed") == 1
