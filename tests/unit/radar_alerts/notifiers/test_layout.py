"""Notices as Slack blocks and as e-mail: what Slack and mail clients demand holds for any text."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.delivery import new_delivery
from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.routing import Destination
from radar_alerts.domain.shared_texts import RESENT
from radar_alerts.notifiers.email.message import as_bytes, compose, html
from radar_alerts.notifiers.slack.blocks import blocks, fallback_text

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)
notices = st.builds(
    Notice,
    kind=st.sampled_from(["opened", "resolved", "operator"]),
    headline=texts,
    lead=st.one_of(texts, st.just("x" * 5000)),
    facts=st.lists(st.builds(Fact, label=texts, value=texts), max_size=12).map(tuple),
    reasons=st.lists(texts, max_size=20).map(tuple),
    forecast=st.lists(texts, max_size=3).map(tuple),
    advice=st.none() | texts,
    link=st.none() | st.just("https://radar.example/accounts/a"),
    mention=st.none() | st.just("U1"),
    severity=st.sampled_from([None, "critical", "high", "normal"]),
    score=st.none() | st.floats(0, 100),
)


@given(notices, st.booleans())
def test_blocks_keep_slacks_limits(notice: Notice, resent) -> None:
    made = blocks(notice, mark=RESENT if resent else None, mention=True)
    assert len(made) <= 50
    assert len(made[0]["text"]["text"]) <= 150
    for block in made:
        if block["type"] == "section":
            assert len(block.get("fields", [])) <= 10
            assert all(len(one["text"]) <= 2000 for one in block.get("fields", []))
            assert len(block.get("text", {"text": ""})["text"]) <= 3000


def test_customers_texts_are_no_markup() -> None:
    notice = Notice(kind="opened", headline="<!channel>", lead="<https://evil.example|click> & <@U2>")
    shown = str(blocks(notice, mark=None, mention=False)[1:]) + fallback_text(notice, mark=None)
    assert "<" not in shown
    assert "<script>" not in html(
        Notice(kind="opened", headline="<script>", lead="x", reasons=("<script>",), forecast=("<script>",))
    )


@given(notices, st.booleans())
def test_an_e_mail_survives_any_text(notice: Notice, resent) -> None:
    to = Destination(channel="email", target="anna@vendor.example")
    delivery = new_delivery("k", (to,), notice, datetime(2026, 11, 21, tzinfo=UTC), alert_id="al_1")
    wire = as_bytes(compose(delivery, "Radar <radar@vendor.example>"))
    assert wire.endswith(b"\r\n.\r\n")
    assert b"\r\n.\r\n" not in wire[:-3]
    back = message_from_bytes(wire[:-3], policy=default)
    assert back["To"] == "anna@vendor.example"
    assert {part.get_content_type() for part in back.iter_parts()} == {"text/plain", "text/html"}
    assert set(back.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip


def test_a_long_digest_loses_no_line_in_slack() -> None:
    lines = tuple(f"Account {number} " + "x" * 180 for number in range(20))
    made = blocks(
        Notice(kind="digest", headline="20 accounts", lead="", items=lines), mark=None, mention=False
    )
    said = "\n".join(one["text"]["text"] for one in made if one["type"] == "section")
    assert all(line in said for line in lines)
    assert all(len(one["text"]["text"]) <= 3000 for one in made if one["type"] == "section")
