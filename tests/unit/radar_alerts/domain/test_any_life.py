"""Whatever comes, in whatever order: the promises of an episode hold (faults 17, 18, 19)."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.decision import Decision
from radar_alerts.domain.episode import Account
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.state_machine import on_snapshot
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.health import NOON, renewal, snapshot

HOUR = timedelta(hours=1)
POLICY = Policy(hold=2 * HOUR, reopen_after=24 * HOUR, announce_within=timedelta(days=400))

LEFT = "left"
scores = st.one_of(st.none(), st.sampled_from([5.0, 39.9, 40.0, 49.9, 50.0, 90.0]))
lives = st.lists(
    st.builds(
        lambda score, hours, contract: snapshot(
            score,
            as_of=NOON + hours * HOUR,
            contract=renewal(contract) if contract and contract != LEFT else None,
            standing="former" if contract == LEFT else "customer",
        ),
        scores,
        st.integers(min_value=0, max_value=120),
        st.sampled_from(["c1", "c1", "c1", "c2", None, LEFT]),
    ),
    max_size=60,
)


def live(life: list[HealthSnapshot], account: Account) -> tuple[Account, list[tuple[datetime, Decision]]]:
    steps: list[tuple[datetime, Decision]] = []
    now = NOON + timedelta(days=10)
    for news in life:
        decisions = on_snapshot(news, account, POLICY, now)
        episodes = dict(account.episodes)
        for decision in decisions:
            steps.append((news.as_of, decision))
            if decision.episode:
                episodes[decision.episode.contract_id] = decision.episode
        last = max(news.as_of, account.last_as_of or news.as_of)
        account = Account(last_as_of=last, episodes=episodes)
    return account, steps


@given(lives)
def test_at_most_one_episode_of_an_account_runs_at_a_time(life: list[HealthSnapshot]) -> None:
    for end in range(len(life) + 1):
        account, _ = live(life[:end], Account(last_as_of=None, episodes={}))
        assert sum(episode.state != "resolved" for episode in account.episodes.values()) <= 1


@given(lives)
def test_at_most_one_open_and_one_resolve_of_a_renewal_per_window(life: list[HealthSnapshot]) -> None:
    _, steps = live(life, Account(last_as_of=None, episodes={}))
    for notice in ("opened", "resolved"):
        told: dict[str, datetime] = {}
        for at, decision in steps:
            if decision.notice == notice and decision.episode:
                before = told.get(decision.episode.contract_id)
                assert before is None or at - before >= POLICY.reopen_after
                told[decision.episode.contract_id] = at


@given(lives)
def test_a_replay_of_the_whole_topic_changes_nothing_and_tells_nobody(life: list[HealthSnapshot]) -> None:
    account, _ = live(life, Account(last_as_of=None, episodes={}))
    again, steps = live(life, account)
    assert again == account
    assert not any(decision.notice or decision.change for _, decision in steps)


@given(lives)
def test_nothing_runs_and_nobody_is_told_once_the_customer_has_left(life: list[HealthSnapshot]) -> None:
    gone = snapshot(20.0, as_of=NOON + 200 * HOUR, contract=None, standing="former")
    account, steps = live([*life, gone], Account(last_as_of=None, episodes={}))
    assert all(episode.state == "resolved" for episode in account.episodes.values())
    assert not any(decision.notice for at, decision in steps if at == gone.as_of)


@given(lives, st.randoms(use_true_random=False))
def test_late_snapshots_change_nothing(life: list[HealthSnapshot], chance: object) -> None:
    in_order, _ = live(sorted(life, key=lambda one: one.as_of), Account(last_as_of=None, episodes={}))
    late = [one for one in life if in_order.last_as_of is not None and one.as_of <= in_order.last_as_of]
    chance.shuffle(late)  # type: ignore[attr-defined]
    assert live(late, in_order)[0] == in_order
