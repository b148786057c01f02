"""What people read."""

import pytest
from msgspec.structs import replace

from radar_alerts.domain.advice import advice
from radar_alerts.domain.decision import NoticeKind
from radar_alerts.domain.notice import plain
from radar_alerts.domain.shared_texts import RESENT
from radar_vocabulary.contracts.health import Driver, HealthSnapshot
from tests.support.health import DRIVERS, renewal, set_by_hand, snapshot
from tests.support.notices import notice


def test_an_opening_says_what_why_and_what_to_do() -> None:
    text = plain(notice())
    assert text.startswith("Acme Corp may not renew: due in 41 days\n")
    assert "Health 31 of 100, €36,000 ARR at risk." in text
    assert "Renewal:             1 January 2027, in 41 days\n" in text
    assert "- Usage down 34% vs the previous 4 weeks (−9.4 points)\n" in text
    assert "What to do\nAsk what they use instead" in text
    assert text.endswith("Open the account: https://radar.example/accounts/acme\n")


def test_only_reasons_that_take_points_are_named_and_the_weightiest_first() -> None:
    reasons = notice(about=snapshot(31.0, drivers=DRIVERS[::-1])).reasons
    assert [reason.split()[0] for reason in reasons] == ["Usage", "No", "2"]


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        ("woken", "Acme Corp is still at risk"),
        ("escalated", "Acme Corp: not acknowledged yet"),
        ("resolved", "Acme Corp has recovered"),
    ],
)
def test_each_kind_says_what_happened(kind: NoticeKind, headline: str) -> None:
    assert notice(kind).headline == headline


def test_an_escalation_names_who_was_told() -> None:
    assert notice("escalated").lead.startswith("Anna Sand was notified and has not acknowledged it.")
    assert notice("escalated", snapshot(31.0, owner=None)).lead.startswith("The team was notified")


def test_who_set_the_health_by_hand_is_named_with_the_reason() -> None:
    by_hand = notice(about=snapshot(77.0, override=set_by_hand("at_risk")))
    assert "Kim, until 21 December 2026: We spoke" in {one.value for one in by_hand.facts}


def test_good_news_asks_for_nothing() -> None:
    good = notice("resolved", snapshot(72.0))
    assert (good.reasons, good.advice) == ((), None)
    assert "No action needed." in good.lead


def test_an_account_without_name_owner_contract_or_money_has_words_too() -> None:
    bare = plain(notice(about=snapshot(31.0, name=None, owner=None, contract=None)))
    assert bare.startswith("acme is at risk\n\nHealth 31 of 100.\n")
    assert "Owner:   nobody" in bare
    free = replace_money(snapshot(31.0))
    assert "ARR" not in plain(notice(about=free))


def replace_money(news: HealthSnapshot) -> HealthSnapshot:
    import msgspec

    assert news.renewal is not None
    poor = msgspec.structs.replace(news.renewal, arr=None, arr_at_risk=None, probability=None)
    return msgspec.structs.replace(news, renewal=poor)


def test_an_account_id_cannot_break_out_of_the_link() -> None:
    odd = notice(about=snapshot(31.0, account_id="a/../b?c=<d>"))
    assert odd.link == "https://radar.example/accounts/a%2F..%2Fb%3Fc%3D%3Cd%3E"


def test_a_resent_message_says_so_first() -> None:
    assert plain(notice(), mark=RESENT).startswith(RESENT.text)


@pytest.mark.parametrize(
    ("days", "headline", "fact"),
    [
        (41, "due in 41 days", "1 January 2027, in 41 days"),
        (1, "due in 1 day", "1 January 2027, in 1 day"),
        (0, "due today", "1 January 2027, today"),
        (-1, "due 1 day ago", "1 January 2027, 1 day ago"),
        (-3, "due 3 days ago", "1 January 2027, 3 days ago"),
    ],
)
def test_days_read_as_people_say_them(days: int, headline: str, fact: str) -> None:
    due = replace(renewal(), days=days)
    said = notice(about=snapshot(31.0, contract=due))
    assert said.headline == f"Acme Corp may not renew: {headline}"
    assert fact in {one.value for one in said.facts}


def test_advice_follows_the_weightiest_reason() -> None:
    def taking(metric: str, points: float) -> Driver:
        return Driver(metric=metric, dimension="users", value=1, unit="x", points=points, text="x")

    assert "decision maker" in advice([taking("decision_maker_silence", -9), taking("nps", -1)]).text
    assert "survey" in advice([taking("decision_maker_silence", -1), taking("nps", -9)]).text
    assert "who stopped" in advice([taking("dau", -1)]).text
    assert "Call them" in advice([taking("dau", 3)]).text
    assert "Call them" in advice([]).text
