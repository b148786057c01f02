"""Remembering what the log has acknowledged."""

from radar_ingest.service.recent import RecentIds


def test_the_oldest_are_forgotten_first() -> None:
    recent = RecentIds(2)
    recent.claim([("a", "1"), ("a", "2")])
    recent.claim([("a", "3")])
    assert ("a", "1") not in recent
    assert ("a", "2") in recent
    assert ("a", "3") in recent


def test_an_id_belongs_to_its_account() -> None:
    recent = RecentIds(10)
    recent.claim([("a", "1")])
    assert ("b", "1") not in recent


def test_a_limit_of_nothing_remembers_nothing() -> None:
    recent = RecentIds(0)
    recent.claim([("a", "1")])
    assert ("a", "1") not in recent
