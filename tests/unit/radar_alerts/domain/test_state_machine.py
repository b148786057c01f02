"""What snapshots do to an episode."""

from dataclasses import replace
from datetime import timedelta

import pytest

from radar_alerts.domain import manual_changes, state_machine
from radar_alerts.domain.decision import Decision, Reason
from radar_alerts.domain.episode import Account, Episode
from radar_alerts.domain.policy import Policy
from tests.support.health import NOON, renewal, set_by_hand, snapshot

HOUR = timedelta(hours=1)
POLICY = Policy(hold=2 * HOUR, reopen_after=24 * HOUR)


class Life:
    """An account's memory, fed with snapshots."""

    def __init__(self, policy: Policy = POLICY) -> None:
        self.policy = policy
        self.account = Account(last_as_of=None, episodes={})

    def sees(self, score: float | None, at: float, **about: object) -> Decision:
        """Feed a snapshot taken ``at`` hours after noon, seen at once; return the decision on its own episode."""
        late = float(about.pop("late", 0.0))
        news = snapshot(score, as_of=NOON + at * HOUR, **about)
        self.decisions = state_machine.on_snapshot(news, self.account, self.policy, NOON + (at + late) * HOUR)
        episodes = dict(self.account.episodes)
        for decision in self.decisions:
            if decision.episode:
                episodes[decision.episode.contract_id] = decision.episode
        last = max(news.as_of, self.account.last_as_of or news.as_of)
        self.account = Account(last_as_of=last, episodes=episodes)
        return self.decisions[-1]

    def becomes(self, episode: Episode | None) -> None:
        assert episode is not None
        self.account = replace(self.account, episodes={**self.account.episodes, episode.contract_id: episode})

    @property
    def episode(self) -> Episode:
        return self.account.episodes["c1"]


def test_an_account_at_risk_opens_one_alert_and_tells_of_it() -> None:
    opened = Life().sees(31.0, 0)
    assert (opened.reason, opened.change, opened.notice) == (Reason.AT_RISK, "opened", "opened")
    assert opened.episode is not None
    assert (opened.episode.state, opened.episode.sequence, opened.episode.severity) == ("open", 1, "critical")


def test_worse_reasons_bring_the_alert_up_to_date_without_another_word() -> None:
    life = Life()
    life.sees(35.0, 0)
    worse = life.sees(20.0, 1)
    assert (worse.reason, worse.change, worse.notice) == (Reason.STILL_AT_RISK, None, None)
    assert life.episode.snapshot.score == 20.0
    assert life.episode.sequence == 1


def test_an_account_that_is_fine_or_unknown_opens_nothing() -> None:
    life = Life()
    assert life.sees(80.0, 0).reason is Reason.FINE
    assert life.sees(45.0, 1).reason is Reason.FINE
    assert life.sees(None, 2).reason is Reason.UNKNOWN
    assert life.account.episodes == {}


def test_an_account_at_risk_above_the_configured_score_opens_nothing() -> None:
    assert Life(Policy(open_below=30.0)).sees(35.0, 0).reason is Reason.FINE


def test_a_score_between_the_thresholds_neither_opens_nor_resolves() -> None:
    life = Life()
    life.sees(30.0, 0)
    assert life.sees(48.0, 1).reason is Reason.BETWEEN
    assert life.sees(48.0, 30).reason is Reason.BETWEEN
    assert life.episode.state == "open"


def test_it_resolves_only_after_staying_recovered_for_the_hold() -> None:
    life = Life()
    life.sees(30.0, 0)
    assert life.sees(70.0, 1).reason is Reason.HOLDING
    assert life.sees(70.0, 2.9).reason is Reason.HOLDING
    done = life.sees(70.0, 3)
    assert (done.reason, done.change, done.notice) == (Reason.RECOVERED, "resolved", "resolved")


def test_a_dip_or_a_gap_in_knowledge_starts_the_hold_anew() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.sees(70.0, 1)
    life.sees(45.0, 2)
    assert life.sees(70.0, 3).reason is Reason.HOLDING
    life.sees(None, 4)
    assert life.sees(70.0, 5).reason is Reason.HOLDING
    assert life.sees(70.0, 7).reason is Reason.RECOVERED


def test_a_resolved_alert_stays_closed_for_the_window_and_then_opens_again() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.sees(70.0, 1)
    life.sees(70.0, 3)
    assert life.sees(30.0, 4).reason is Reason.TOO_SOON
    assert life.sees(30.0, 26.9).reason is Reason.TOO_SOON
    again = life.sees(30.0, 27)
    assert (again.reason, again.change, again.notice) == (Reason.AT_RISK_AGAIN, "reopened", "opened")
    assert life.episode.sequence == 3


def test_what_a_person_resolved_stays_closed_longer() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.becomes(manual_changes.resolve(life.episode, "false_alarm", "anna", NOON + HOUR).episode)
    assert life.sees(30.0, 100).reason is Reason.TOO_SOON
    assert life.sees(30.0, 14 * 24 + 1).reason is Reason.AT_RISK_AGAIN


def test_an_older_or_equal_snapshot_is_ignored_and_never_reopens() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.sees(70.0, 1)
    life.sees(70.0, 40)
    before = life.account
    assert life.sees(10.0, 39).reason is Reason.OLD_NEWS
    assert life.sees(10.0, 40).reason is Reason.OLD_NEWS
    assert life.account == before


def test_a_snapshot_ahead_of_the_clock_is_not_believed() -> None:
    life = Life()
    assert life.sees(30.0, 5, late=-1).reason is Reason.FROM_THE_FUTURE
    assert life.account.episodes == {}


def test_a_stale_snapshot_opens_silently_and_the_first_fresh_one_tells() -> None:
    life = Life()
    stale = life.sees(30.0, 0, late=48)
    assert (stale.change, stale.notice) == ("opened", None)
    fresh = life.sees(29.0, 48)
    assert (fresh.change, fresh.notice) == (None, "opened")
    assert life.sees(28.0, 49).notice is None


def test_nobody_is_told_that_an_alert_resolved_of_which_nobody_was_told() -> None:
    life = Life()
    life.sees(30.0, 0, late=48)
    life.sees(70.0, 1, late=48)
    assert life.sees(70.0, 50).notice is None
    assert life.episode.state == "resolved"


def test_another_renewal_closes_the_episode_of_the_one_before_and_has_its_own() -> None:
    life = Life()
    life.sees(30.0, 0)
    opened = life.sees(32.0, 1, contract=renewal("c2"))
    assert opened.change == "opened"
    assert [decision.reason for decision in life.decisions] == [Reason.SUPERSEDED, Reason.AT_RISK]
    assert life.episode.state == "resolved"
    assert life.account.episodes["c2"].alert_id != life.episode.alert_id


def test_an_account_without_a_contract_has_an_episode_too() -> None:
    life = Life()
    opened = life.sees(30.0, 0, contract=None, segment="mid")
    assert opened.change == "opened"
    assert life.account.episodes["-"].severity == "normal"


def test_an_acknowledged_alert_stays_so_until_it_resolves() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.becomes(manual_changes.acknowledge(life.episode, "anna", NOON).episode)
    assert life.sees(5.0, 1).change is None
    assert life.episode.state == "acknowledged"
    life.sees(90.0, 2)
    life.sees(90.0, 5)
    assert life.episode.state == "resolved"


def test_a_former_customer_opens_nothing_however_low_the_score() -> None:
    life = Life()
    assert life.sees(5.0, 0, contract=None, standing="former").reason is Reason.FORMER
    assert life.account.episodes == {}


def test_a_prospect_opens_an_alert_unless_the_policy_leaves_prospects_alone() -> None:
    prospect = {"contract": None, "standing": "prospect"}
    assert Life().sees(5.0, 0, **prospect).change == "opened"
    quiet = Life(replace(POLICY, prospects=False))
    assert quiet.sees(5.0, 0, **prospect).reason is Reason.PROSPECT
    assert quiet.account.episodes == {}
    assert quiet.sees(5.0, 1).change == "opened"


@pytest.mark.parametrize("score", [5.0, 90.0, None])
def test_an_alert_of_a_customer_who_left_resolves_as_churned_and_nobody_is_told(score: float | None) -> None:
    life = Life()
    life.sees(30.0, 0)
    left = life.sees(score, 100, contract=None, standing="former")
    assert len(life.decisions) == 1
    assert (left.reason, left.change, left.notice) == (Reason.CHURNED, "resolved", None)
    after = life.episode
    assert (after.state, after.outcome, after.resolved_by) == ("resolved", "churned", None)
    assert life.sees(5.0, 101, contract=None, standing="former").reason is Reason.FORMER


@pytest.mark.parametrize("act", ["acknowledge", "snooze"])
def test_also_what_somebody_has_in_hand_resolves_when_the_customer_leaves(act: str) -> None:
    life = Life()
    life.sees(30.0, 0)
    done = (
        manual_changes.acknowledge(life.episode, "anna", NOON)
        if act == "acknowledge"
        else manual_changes.snooze(life.episode, NOON + 50 * HOUR, POLICY, NOON)
    )
    life.becomes(done.episode)
    life.sees(30.0, 1, contract=None, standing="former")
    assert (life.episode.state, life.episode.outcome, life.episode.snoozed_until) == (
        "resolved",
        "churned",
        None,
    )


def test_who_was_won_back_is_warned_of_again() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.sees(30.0, 1, contract=None, standing="former")
    assert life.sees(30.0, 2, contract=renewal("c2")).change == "opened"
    assert life.account.episodes["c2"].outcome is None


def test_a_late_snapshot_does_not_bring_the_customer_back() -> None:
    life = Life()
    life.sees(30.0, 0)
    life.sees(30.0, 10, contract=None, standing="former")
    assert life.sees(30.0, 9).reason is Reason.OLD_NEWS
    assert life.episode.state == "resolved"


def test_a_band_set_by_hand_opens_an_alert_whatever_the_score() -> None:
    for score in (88.0, None):
        opened = Life(replace(POLICY, open_below=20.0)).sees(score, 0, override=set_by_hand("at_risk"))
        assert (opened.reason, opened.change, opened.notice) == (Reason.AT_RISK, "opened", "opened")


def test_a_band_set_by_hand_resolves_an_alert_once_it_has_held() -> None:
    life = Life()
    life.sees(31.0, 0)
    assert life.sees(31.0, 1, override=set_by_hand("watch")).reason is Reason.HOLDING
    assert life.sees(31.0, 3, override=set_by_hand("watch")).reason is Reason.RECOVERED
    assert life.sees(31.0, 4, override=set_by_hand("unknown")).reason is Reason.UNKNOWN
