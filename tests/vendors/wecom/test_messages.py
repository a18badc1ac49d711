"""Messages to colleagues, cards, robots and groups (integrations §9, item 2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.http import Wire
from liuke.vendors.state import InMemoryLimits
from liuke.vendors.wecom import messages
from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.cards import CardButton, CardFace, button_card, notice_card
from liuke.vendors.wecom.chats import chat_create, chat_send
from liuke.vendors.wecom.robot import Robot, robot_card, robot_markdown, robot_text
from liuke.vendors.wecom.texts import shortened
from tests.simulators.wecom_customers import WeComCustomers

FACE = CardFace("高危:宏达机械", "九十天没有下单", (("预计损失", "¥120,000"),), "https://liuke.example/w/a/alerts/1", "留客")
BUTTONS = (CardButton("claim", "跟进", style=1), CardButton("snooze:3", "3 天后再说"))


def test_text_markdown_and_text_card_arrive(wecom: WeComCustomers, app: App) -> None:
    messages.send_text(app, ["zhangwei"], "早")
    messages.send_markdown(app, ["zhangwei"], "**早**")
    messages.send_text_card(app, ["zhangwei"], messages.TextCard("题", "文", "https://liuke.example", "打开"))
    kinds = [each.body["msgtype"] for each in wecom.shown("zhangwei")]
    assert kinds == ["text", "markdown", "textcard"]
    assert all(each.body["enable_duplicate_check"] == 1 for each in wecom.messages)


def test_unknown_people_stand_beside_a_success(wecom: WeComCustomers, app: App) -> None:
    sent = messages.send_text(app, ["zhangwei", "Nobody"], "早")
    assert sent.missed() == {"nobody"}
    assert len(wecom.shown("zhangwei")) == 1


def test_nobody_reached_is_a_refusal_even_with_errcode_0(wecom: WeComCustomers, app: App) -> None:
    wecom.unlicensed = {"lina"}
    with pytest.raises(Rejected) as refused:
        messages.send_text(app, ["lina"], "早")
    assert refused.value.code == "81013"
    with pytest.raises(Rejected) as refused:
        messages.send_text(app, ["Nobody"], "早")
    assert refused.value.code == "81013"


def test_the_vendor_drops_the_31st_of_a_minute_without_a_word_and_we_do_not_send_it(wecom: WeComCustomers, app: App) -> None:
    for n in range(30):
        messages.send_text(app, ["zhangwei"], f"{n}")
    with pytest.raises(Busy) as busy:
        messages.send_text(app, ["zhangwei"], "30")
    assert 0 < busy.value.again_in <= 60
    body = {"touser": "zhangwei", "agentid": app.agent_id, "msgtype": "text", "text": {"content": "past the count"}}
    assert app.post("message/send", messages.Sent, body).missed() == frozenset()
    assert len(wecom.shown("zhangwei")) == 30
    wecom.clock.move(seconds=61)
    messages.send_text(app, ["zhangwei"], "31")
    assert len(wecom.shown("zhangwei")) == 31


@pytest.mark.parametrize("users", [[], ["u"] * 1001])
def test_too_few_and_too_many_are_refused_before_the_call(wecom: WeComCustomers, app: App, users: list[str]) -> None:
    with pytest.raises(Rejected):
        messages.send_text(app, users, "早")
    assert wecom.asked("/cgi-bin/message/send") == []


def test_a_cards_response_code_works_once(wecom: WeComCustomers, app: App) -> None:
    sent = messages.send_card(app, ["zhangwei"], button_card("1-a", FACE, BUTTONS))
    messages.update_button(app, ["zhangwei"], sent.response_code, "张伟 已跟进")
    assert wecom.cards["1-a"]["updated"] == {"replace_name": "张伟 已跟进"}
    with pytest.raises(Rejected):
        messages.update_button(app, ["zhangwei"], sent.response_code, "again")


def test_a_cards_response_code_ends_after_72_hours(wecom: WeComCustomers, app: App) -> None:
    sent = messages.send_card(app, ["zhangwei"], button_card("1-a", FACE, BUTTONS))
    wecom.clock.move(hours=73)
    with pytest.raises(Rejected):
        messages.update_card(app, ["zhangwei"], sent.response_code, notice_card(FACE))


@pytest.mark.parametrize("task", ["", "a b", "号", "x" * 129])
def test_a_bad_task_id_is_refused_before_the_call(task: str) -> None:
    with pytest.raises(Rejected):
        button_card(task, FACE, BUTTONS)


def test_a_card_has_at_most_six_buttons_and_links_open() -> None:
    with pytest.raises(Rejected):
        button_card("t", FACE, BUTTONS * 4)
    made = button_card("t", FACE, [CardButton("", "打开", "https://liuke.example")])
    assert made["button_list"] == [{"text": "打开", "style": 2, "type": 1, "url": "https://liuke.example"}]
    with pytest.raises(Rejected):
        notice_card(CardFace("no address"))


def test_a_file_is_uploaded(app: App) -> None:
    assert messages.upload_media(app, name='a"b\r\n.csv', content=b"1,2").startswith("MEDIA")
    assert b'filename="a_b__.csv"' in messages.multipart('a"b\r\n.csv', b"1,2", "x")


def robot_of(wecom: WeComCustomers) -> Robot:
    return Robot("robotkey", Wire(wecom.base_url), InMemoryLimits(wecom.clock))


def test_a_robot_posts_twenty_a_minute_and_waits_by_itself(wecom: WeComCustomers) -> None:
    robot = robot_of(wecom)
    for n in range(20):
        robot_text(robot, f"{n}", users=("zhangwei",), phones=("13800001234",))
    with pytest.raises(Busy) as busy:
        robot_markdown(robot, "21")
    assert busy.value.code == "own_limit"
    with pytest.raises(Busy) as busy:
        robot_text(Robot("robotkey", Wire(wecom.base_url), InMemoryLimits(wecom.clock)), "another installation's 21st")
    assert (busy.value.code, busy.value.again_in) == ("45009", 60.0)
    assert len(wecom.robot_posts) == 20


def test_a_robots_card_and_mentions(wecom: WeComCustomers) -> None:
    robot_card(robot_of(wecom), notice_card(FACE))
    robot_text(robot_of(wecom), "看", users=("zhangwei",))
    card, text = (body for _, body in wecom.robot_posts)
    assert card["msgtype"] == "template_card"
    assert text["text"] == {"content": "看", "mentioned_list": ["zhangwei"]}


def test_a_robot_with_a_wrong_key_is_refused(wecom: WeComCustomers) -> None:
    with pytest.raises(Rejected) as refused:
        robot_text(Robot("wrong", Wire(wecom.base_url), InMemoryLimits(wecom.clock)), "x")
    assert refused.value.code == "93000"


def test_a_group_shows_with_its_first_message(wecom: WeComCustomers, app: App) -> None:
    chat = chat_create(app, name="宏达机械", members=["zhangwei", "lina"], owner="lina", chat_id="alert1")
    assert wecom.chats[chat]["shown"] is False
    chat_send(app, chat, "大家看")
    assert wecom.chats["alert1"]["texts"] == ["大家看"]
    with pytest.raises(Rejected) as refused:
        chat_send(app, "nowhere", "x")
    assert refused.value.code == "86003"


def test_a_group_needs_an_app_that_everybody_sees(wecom: WeComCustomers, app: App) -> None:
    wecom.visible_to_root = False
    with pytest.raises(Rejected) as refused:
        chat_create(app, name="x", members=["zhangwei", "lina"])
    assert refused.value.code == "60011"


@given(st.text(max_size=60), st.integers(min_value=3, max_value=80))
def test_a_shortened_text_fits_and_is_a_beginning(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short.encode()) <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
