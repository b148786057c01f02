"""What people read in Japanese and Chinese, whole messages as they go out."""

from email import message_from_bytes
from email.policy import default

import pytest

from radar_alerts.domain.delivery import new_delivery
from radar_alerts.domain.notice import plain
from radar_alerts.domain.routing import Destination
from radar_alerts.domain.shared_texts import RESENT
from radar_alerts.notifiers.email.message import compose
from radar_alerts.notifiers.slack.blocks import blocks, fallback_text
from radar_vocabulary.language.tags import LANGUAGES
from tests.support.health import FORECAST, NOON
from tests.support.notices import translated

JAPANESE = """\
東都商事：更新されない可能性（更新日まであと41日）

ヘルススコアは100点中31点、リスクのあるARRは€36,000です。

ヘルススコア：    100点中31点（解約リスクあり）
更新日：          2027年1月1日（あと41日）
リスクのあるARR： €60,000のうち€36,000
更新確率：        40%
セグメント：      重要顧客、Retail、DACH
担当者：          Anna Sand

理由
- 利用は前の4週間より34%減少しました（−9.4点）
- 重大な未解決チケットが2件あります（−4.0点）

対応
今は代わりに何を使っているかを聞き、それを担える機能を紹介しましょう。

アカウントを開く：https://radar.example/accounts/acme
"""
CHINESE = """\
东海科技可能不续约：距续约日还有41天

健康分31（满分100），€36,000的ARR存在流失风险。

健康分：   31分（满分100），流失风险
续约日：   2027年1月1日（还有41天）
风险ARR：  €36,000（共€60,000）
续约概率： 40%
客户分层： 重点客户、Retail、DACH
负责人：   Anna Sand

原因
- 使用量较前4周下降34%（−9.4分）
- 有2个严重工单未解决（−4.0分）

建议行动
了解他们现在改用什么方式，并演示能满足该需要的功能。

查看客户：https://radar.example/accounts/acme
"""


@pytest.mark.parametrize(
    ("name", "language", "text"), [("東都商事", "ja", JAPANESE), ("东海科技", "zh-Hans", CHINESE)]
)
def test_a_whole_message_is_in_the_reader_s_language(name, language, text):
    assert plain(translated(name, language)) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_e_mail_says_its_language_and_keeps_every_character(language):
    said = translated("東都商事", language, model=FORECAST)
    to = Destination(channel="email", target="anna@vendor.example")
    mail = message_from_bytes(
        compose(new_delivery("k", (to,), said, NOON), "Radar <radar@vendor.example>").as_bytes(),
        policy=default,
    )
    assert mail["Subject"] == said.headline
    text, html = (part.get_content() for part in mail.iter_parts())
    assert text.replace("\r\n", "\n") == plain(said)
    assert f'<html lang="{language}">' in html
    assert all(one in html for one in (*said.reasons, *said.forecast))
    assert len(said.forecast) == 3


@pytest.mark.parametrize(
    ("language", "headings", "button"),
    [
        ("en", ["Why", "Why this renewal probability", "What to do"], "Open the account"),
        ("ja", ["理由", "更新確率の根拠", "対応"], "アカウントを開く"),
        ("zh-Hans", ["原因", "续约概率的依据", "建议行动"], "查看客户"),
    ],
)
def test_slack_shows_headings_and_buttons_in_it_too(language, headings, button):
    said = translated("Acme", language, model=FORECAST)
    made = blocks(said, mark=RESENT, mention=False)
    bold = [one["text"]["text"].split("*")[1] for one in made if "*" in str(one.get("text"))]
    assert bold == headings
    assert made[-2]["elements"][0]["text"]["text"] == button
    assert fallback_text(said, mark=RESENT).startswith(said.headline)


@pytest.mark.parametrize("kind", ["opened", "woken", "escalated", "resolved"])
def test_every_kind_of_notice_can_be_said_in_every_language(kind):
    english, japanese, chinese = (plain(translated("Acme", language, kind)) for language in LANGUAGES)
    assert len({english, japanese, chinese}) == 3
    assert "{" not in english + japanese + chinese
