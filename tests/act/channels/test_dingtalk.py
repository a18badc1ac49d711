"""The DingTalk app as a channel: ALT-01 (message), ALT-08 (group), cards, clicks, receipts and the check, against the simulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.channels import KINDS
from liuke.act.channels.dingtalk.app import event_keys
from liuke.act.channels.dingtalk.asks import fate
from liuke.act.channels.dingtalk.send import notice
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, Site, Unknown
from liuke.act.domain.channel_asks import CardUpdate, GroupAsk, ReceiptAsk
from liuke.act.domain.channel_events import EventKind, Request
from liuke.act.domain.channel_fields import field_faults
from liuke.base.words import LANGUAGES, catalogue
from liuke.vendors.dingtalk.notices import SendResult
from tests.act.channels.cards import ALERT, CARD, PLAIN
from tests.act.targets import target
from tests.simulators.dingtalk import DingTalk, old
from tests.simulators.server import Cut

KIND = KINDS["dingtalk"]
CALLBACK = "https://liuke.example/api/callbacks/4/secret"
SECRETS = {"app_secret": "secret", "event_token": "t", "event_aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"}
CLICK = {"button": "claim"}


@pytest.fixture
def dingtalk() -> Iterator[DingTalk]:
    with DingTalk() as running:
        yield running


@pytest.fixture
def plain(dingtalk: DingTalk) -> ChannelTarget:
    """Without a card template: work notices."""
    config = {"app_key": "key", "agent_id": "7", "base_url": dingtalk.base_url, "oapi_url": dingtalk.base_url}
    return target(config, SECRETS, now=dingtalk.clock, callback_url=CALLBACK)


@pytest.fixture
def cards(plain: ChannelTarget) -> ChannelTarget:
    """With a card template and to-dos."""
    return replace(plain, config={**plain.config, "card_template": "tpl", "todo": True})


def asked(request: httpx.Request) -> Request:
    """A simulator's post as our address hears it."""
    headers = {name.lower(): text for name, text in request.headers.items()}
    return Request(request.method, dict(request.url.params), headers, request.content)


def test_settings_are_checked_all_at_once() -> None:
    good = {"app_key": "k", "agent_id": "7"}
    assert field_faults(KIND, good, SECRETS, ()) == []
    assert [fault["field"] for fault in field_faults(KIND, {"agent_id": "", "base_url": "ftp://x"}, {}, ())] == [
        "app_key",
        "agent_id",
        "base_url",
        "app_secret",
    ]
    assert field_faults(KIND, {**good, "agent_id": "x7"}, SECRETS, ()) == [{"field": "agent_id", "got": "x7", "allowed": "0–9"}]


def test_every_field_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        for kind in ("dingtalk", "dingtalk_robot", "feishu", "feishu_robot"):
            own = {f"channels.{kind}.{field.name}" for field in KINDS[kind].fields if field.name not in {"proxy", "base_url", "clicks_by"}}
            assert {f"channels.{kind}", f"channels.{kind}.about", *own} <= set(catalogue(language))


def test_alt_01_a_colleague_gets_a_work_notice_with_a_button_to_the_page(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    assert KIND.send(ALERT, plain) == Delivered("", "notice:1000")
    sent = dingtalk.asked("/topapi/message")[0].json["msg"]
    assert isinstance(sent, dict)
    assert "客户甲" in sent["action_card"]["title"]
    assert "¥8,200" in sent["action_card"]["markdown"]
    assert sent["action_card"]["btn_json_list"] == [{"title": ALERT.subject, "action_url": ALERT.link}]


def test_a_message_without_an_address_is_not_sent(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    assert KIND.send(replace(PLAIN, to=""), plain) == Failed("channel_recipient")
    assert dingtalk.log == []


def test_two_messages_of_equal_words_both_arrive_and_a_repeat_does_not(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    for key in ("a", "b", "a"):
        KIND.send(replace(PLAIN, key=key), plain)
    assert [each.reached for each in dingtalk.notices.values()] == [["zhang"], ["zhang"], []]


@pytest.mark.parametrize("length", [10, 700, 5000])
def test_a_notice_fits_into_2048_bytes_and_keeps_its_link(length: int) -> None:
    made = notice(replace(PLAIN, text="汉" * length))
    assert len(json.dumps(made, ensure_ascii=False).encode()) <= 2048
    assert PLAIN.link in json.dumps(made)
    assert ("…" in json.dumps(made, ensure_ascii=False)) == (length > 600)


@given(st.text(max_size=1500), st.text(max_size=200))
def test_whatever_people_have_typed_fits_into_a_notice(text: str, subject: str) -> None:
    made = notice(replace(PLAIN, text=text, subject=subject))
    assert len(json.dumps(made, ensure_ascii=False).encode("utf-8", "surrogatepass")) <= 2048


def test_a_message_without_a_link_is_plain_markdown() -> None:
    assert notice(replace(PLAIN, link=""))["msgtype"] == "markdown"


def test_a_card_has_buttons_and_a_todo_beside_it(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    assert KIND.send(ALERT, cards) == Delivered("todo todo-1", "card:alert-12-3")
    card = dingtalk.cards["alert-12-3"]
    assert (card.space, card.values["button_1"], card.values["key_1"]) == ("dtv1.card//IM_ROBOT.zhang", "认领", "claim")
    assert (card.values["key_3"], card.values["button_4"], card.values["state"]) == ("verdict:false_alarm", "", "")
    assert dingtalk.todos["alert-12-3"]["subject"] == CARD.title


def test_a_card_goes_out_once_however_often_it_is_sent(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    dingtalk.fails("/v1.0/card/instances/createAndDeliver", Cut.AFTER)
    first = KIND.send(ALERT, cards)
    assert isinstance(first, Failed)
    assert (first.code, first.transient) == ("vendor_no_answer", True)
    assert KIND.send(ALERT, cards) == Delivered("todo todo-1", "card:alert-12-3")
    assert len(dingtalk.cards) == 1


def test_a_todo_that_fails_does_not_unmake_the_message(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    dingtalk.fails("/v1.0/todo", old(1), times=1)
    assert isinstance(KIND.send(ALERT, cards), Delivered)


def test_the_address_for_clicks_is_registered_once_a_day(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    for key in ("a", "b"):
        KIND.send(replace(ALERT, key=key, card=replace(CARD, task_id=key)), cards)
    assert [address for address, _ in dingtalk.routes.values()] == [CALLBACK]
    assert len(dingtalk.asked("/v1.0/card/callbacks/register")) == 1
    dingtalk.clock.move(days=1)
    KIND.send(replace(ALERT, key="c", card=replace(CARD, task_id="c")), cards)
    assert len(dingtalk.asked("/v1.0/card/callbacks/register")) == 2


def test_a_click_becomes_an_event_and_the_card_says_that_it_was_heard(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    KIND.send(ALERT, cards)
    assert KIND.callback is not None
    answer = KIND.callback(asked(dingtalk.click(CARD.task_id, "zhang", CLICK)), cards)
    (event,) = answer.events
    assert (event.kind, event.user, dict(event.data)) == (EventKind.CLICKED, "zhang", {"task_id": CARD.task_id, "button": "claim"})
    assert json.loads(answer.body)["cardData"]["cardParamMap"]["state"] == "已收到，正在处理"


def test_a_repeated_post_is_the_same_event_and_a_later_click_another(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    KIND.send(ALERT, cards)
    assert KIND.callback is not None
    request = asked(dingtalk.click(CARD.task_id, "zhang", CLICK))
    first, again = (KIND.callback(request, cards).events[0].dedupe for _ in range(2))
    dingtalk.clock.move(seconds=1)
    later = KIND.callback(asked(dingtalk.click(CARD.task_id, "zhang", CLICK)), cards).events[0].dedupe
    assert first == again != later


def test_what_is_not_dingtalks_is_refused_without_events(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    KIND.send(ALERT, cards)
    assert KIND.callback is not None
    good = asked(dingtalk.click(CARD.task_id, "zhang", CLICK))
    wrong = replace(good, headers={**good.headers, "x-ddpaas-signature": "x"})
    for request in (wrong, Request("POST", {}, {}, b"{}"), Request("GET", {}, {}, b"")):
        answer = KIND.callback(request, cards)
        assert (answer.status, answer.events) == (401, ())
    unkeyed = replace(cards, secrets={"app_secret": "other"})
    assert KIND.callback(good, unkeyed).status == 401


def test_the_check_of_an_event_address_is_answered_encrypted(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    assert KIND.callback is not None
    request = asked(dingtalk.event(CALLBACK, event_keys(plain), {"EventType": "check_url"}))
    answer = KIND.callback(request, plain)
    assert (answer.status, answer.events) == (200, ())
    assert set(json.loads(answer.body)) == {"msg_signature", "timeStamp", "nonce", "encrypt"}


def test_a_card_that_was_acted_on_says_so_and_its_todo_is_closed(cards: ChannelTarget, dingtalk: DingTalk) -> None:
    KIND.send(ALERT, cards)
    assert KIND.update_card is not None
    assert KIND.update_card(CardUpdate(CARD.task_id, "张三已认领", users=("zhang",)), cards) == Delivered()
    values = dingtalk.cards[CARD.task_id].values
    assert (values["state"], values["button_1"], values["title"]) == ("张三已认领", "", CARD.title)
    assert dingtalk.todos[CARD.task_id]["done"] is True


def test_a_card_that_is_gone_cannot_be_changed_and_a_notice_need_not(cards: ChannelTarget) -> None:
    assert KIND.update_card is not None
    gone = KIND.update_card(CardUpdate("gone", "x"), cards)
    assert isinstance(gone, Failed)
    assert gone.code == "dingtalk_param"
    assert KIND.update_card(CardUpdate("gone", "x", ref="notice:1"), cards) == Delivered()


def test_receipts_tell_who_has_it_and_whom_dingtalk_held_back(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    refs = []
    for message in (PLAIN, PLAIN, replace(PLAIN, to="nobody")):
        sent = KIND.send(message, plain)
        assert isinstance(sent, Delivered)
        refs.append(ReceiptAsk(message.key, sent.ref, message.to, dingtalk.clock()))
    assert KIND.receipts is not None
    events = KIND.receipts(
        [*refs, ReceiptAsk("k", "card:x", "zhang", dingtalk.clock()), ReceiptAsk("k", "", "zhang", dingtalk.clock())], plain
    )
    assert [(event.ref, event.data["state"], event.data["code"]) for event in events] == [
        ("notice:1000", "delivered", ""),
        ("notice:1001", "failed", "dingtalk_143105"),
        ("notice:1002", "failed", "dingtalk_33012"),
        ("card:x", "delivered", ""),
    ]
    assert {f"errors.{event.data['code']}" for event in events[1:3]} <= set(catalogue("zh-CN"))


def test_a_notice_that_dingtalk_has_not_worked_has_no_receipt_yet(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    assert fate(SendResult(), "zhang") == ("", "")
    assert fate(SendResult(failed_user_id_list=["zhang"]), "zhang") == ("failed", "dingtalk_failed")
    dingtalk.fails("/topapi", old(88, "x", sub_code="90002"))
    assert KIND.receipts is not None
    assert KIND.receipts([ReceiptAsk("k", "notice:1", "zhang", dingtalk.clock())], plain) == []


def test_alt_08_a_group_is_opened_with_its_owner_first_and_a_first_message(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    assert KIND.group_open is not None
    opened = KIND.group_open(GroupAsk("g", "挽留 客户甲", ("li", "zhang"), "请看客户情况", owner="zhang"), plain)
    assert opened == Delivered("", "chat1")
    chat = dingtalk.chats["chat1"]
    assert (chat["owner"], chat["useridlist"]) == ("zhang", ["zhang", "li"])
    assert "请看客户情况" in json.dumps(chat["messages"], ensure_ascii=False)


def test_alt_08_an_unanswered_opening_is_unknown_and_a_lost_first_message_is_told(plain: ChannelTarget, dingtalk: DingTalk) -> None:
    assert KIND.group_open is not None
    ask = GroupAsk("g", "挽留", ("zhang",), "x")
    dingtalk.fails("/chat/create", Cut.AFTER)
    assert isinstance(KIND.group_open(ask, plain), Unknown)
    dingtalk.fails("/chat/send", old(34001))
    assert KIND.group_open(ask, plain) == Delivered("dingtalk_34001", "chat2")


def test_the_check_finds_what_is_set_up_and_what_is_not(plain: ChannelTarget, cards: ChannelTarget) -> None:
    assert KIND.check is not None
    assert [(each.name, each.ok) for each in KIND.check(plain)] == [
        ("credentials", True),
        ("credentials", True),
        ("agent_id", True),
        ("template", True),
    ]
    assert KIND.check(cards)[-1].code == "dingtalk_callback_good"
    inside = replace(cards, callback_url="http://10.0.0.1/api/callbacks/4/s")
    assert [(each.code, each.ok) for each in KIND.check(inside)][-1] == ("dingtalk_not_public", False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_have_words_also_when_all_is_wrong(plain: ChannelTarget, cards: ChannelTarget, language: str) -> None:
    assert KIND.check is not None
    wrong = replace(cards, secrets={"app_secret": "x"}, config={**cards.config, "agent_id": "x"})
    found = [*KIND.check(plain), *KIND.check(wrong)]
    assert [each.ok for each in found[4:]] == [False, False, False, False]
    assert {f"findings.{each.code}" for each in found} <= set(catalogue(language))


def test_an_address_in_the_own_network_must_be_allowed(plain: ChannelTarget) -> None:
    refused = KIND.send(PLAIN, replace(plain, site=Site()))
    assert isinstance(refused, Failed)
    assert refused.code == "vendor_refused_address"


@pytest.mark.parametrize(
    "code",
    [
        "310000",
        "400101",
        "400102",
        "400013",
        "400105",
        "410100",
        "130101",
        "430101",
        "430102",
        "430103",
        "430104",
        "40001",
        "40014",
        "60011",
        "33012",
        "34016",
        "90002",
        "90020",
    ],
)
def test_every_code_of_the_reference_is_explained(code: str) -> None:
    assert all(f"errors.dingtalk_{code}" in catalogue(language) for language in LANGUAGES)
