"""What becomes of a delivery, outcome by outcome."""

from dataclasses import replace
from datetime import timedelta

from radar_alerts.domain.delivery import Delivery, RetryPolicy, apply_outcome, new_delivery
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.outcome import Failed, Retry, Sent, Unknown
from radar_alerts.domain.routing import Destination
from tests.support.health import NOON

SLACK = Destination(channel="slack", target="U1")
MAIL = Destination(channel="email", target="anna@x.example")
PATIENCE = RetryPolicy(tries=3, first_pause=timedelta(seconds=5), longest_pause=timedelta(seconds=8))
SECOND = timedelta(seconds=1)


def fresh() -> Delivery:
    return new_delivery("al_1:1:opened", (SLACK, MAIL), Notice(kind="test", headline="x", lead="y"), NOON)


def test_the_same_occasion_makes_the_same_delivery() -> None:
    assert fresh().id == fresh().id
    assert new_delivery("al_1:2:woken", (SLACK,), fresh().notice, NOON).id != fresh().id


def test_sent_is_the_end() -> None:
    done = apply_outcome(fresh(), Sent(reference="C1/1"), NOON, PATIENCE).delivery
    assert (done.state, done.due_at, done.finished_at, done.reference) == ("sent", None, NOON, "C1/1")


def test_pauses_grow_to_the_longest_and_then_the_next_destination_has_it() -> None:
    delivery, pauses = fresh(), []
    while True:
        settled = apply_outcome(delivery, Retry(reason="502"), NOON, PATIENCE)
        delivery = settled.delivery
        if delivery.due_at is None:
            break
        pauses.append((delivery.due_at - NOON) / SECOND)
    assert pauses == [5.0, 8.0]
    assert (delivery.state, delivery.reason) == ("failed", "given up after 3 tries: 502")
    assert settled.fallback is not None
    assert (settled.fallback.destination, settled.fallback.fallbacks) == (MAIL, ())


def test_the_channels_wish_is_kept_when_it_is_longer_than_our_pause() -> None:
    settled = apply_outcome(fresh(), Retry(reason="503", after=60), NOON, PATIENCE)
    assert settled.delivery.due_at == NOON + 60 * SECOND
    assert settled.destination_waits_until is None


def test_throttling_holds_the_destination_and_costs_no_try() -> None:
    settled = apply_outcome(fresh(), Retry(reason="429", after=30, throttled=True), NOON, PATIENCE)
    assert settled.destination_waits_until == settled.delivery.due_at == NOON + 30 * SECOND
    assert settled.delivery.tries == 0


def test_a_refusal_goes_on_to_the_next_and_may_call_operators() -> None:
    settled = apply_outcome(fresh(), Failed(reason="token_revoked", operators=True), NOON, PATIENCE)
    assert settled.notify_operators == "token_revoked"
    assert settled.fallback is not None
    quiet = apply_outcome(fresh(), Failed(reason="550"), NOON, PATIENCE)
    assert quiet.notify_operators is None


def test_the_last_refusal_has_nowhere_to_go_on() -> None:
    last = replace(fresh(), fallbacks=())
    assert apply_outcome(last, Failed(reason="550"), NOON, PATIENCE).fallback is None


def test_a_lost_answer_is_looked_into_once_and_after_a_resend_left_alone() -> None:
    lost = apply_outcome(fresh(), Unknown(reason="lost"), NOON, PATIENCE).delivery
    assert (lost.state, lost.due_at) == ("unknown", NOON + 30 * SECOND)
    settled = apply_outcome(replace(lost, resent=True), Unknown(reason="lost"), NOON, PATIENCE)
    again, instead = settled.delivery, settled.fallback
    assert (again.state, again.due_at, again.finished_at) == ("unknown", None, NOON)
    assert instead is not None
    assert (instead.destination, instead.possibly_repeated, instead.resent) == (MAIL, True, False)
    assert (instead.state, instead.due_at, instead.claims) == ("pending", NOON, 0)
