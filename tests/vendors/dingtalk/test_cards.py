"""Cards, to-dos, chats, log-in and callbacks of DingTalk."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from liuke.vendors.aes_callback import BadCallback, CallbackKeys, opened
from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.app import App
from liuke.vendors.dingtalk.callbacks import SIGNED, SIGNED_AT, CardClick, card_click, event_answer, event_open
from liuke.vendors.dingtalk.cards import card_deliver, card_update, group, person, route_register
from liuke.vendors.dingtalk.chats import chat_create, chat_send
from liuke.vendors.dingtalk.login import login_address, login_person
from liuke.vendors.dingtalk.notices import markdown
from liuke.vendors.dingtalk.todos import todo_create, todo_done, todo_of, union_id
from tests.simulators.dingtalk import DingTalk, query_of, tries

KEYS = CallbackKeys("token", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "key")


@pytest.fixture
def card(app: App, dingtalk: DingTalk) -> str:
    route_register(app, route="liuke-1", address="http://liuke.example/api/callbacks/1/s", secret="cs")
    card_deliver(app, template="tpl", track="t1", space=person("zhang"), values={"title": "高危", "done": ""}, route="liuke-1")
    return "t1"


def _click(request: httpx.Request, dingtalk: DingTalk, **changed: object) -> CardClick:
    asked = {"timestamp": request.headers[SIGNED_AT], "signed": request.headers[SIGNED], "body": request.content, "now": dingtalk.clock()}
    return card_click(secret="cs", **{**asked, **changed})  # type: ignore[arg-type]


def test_a_card_is_delivered_into_the_chat_with_the_robot_and_changed_by_key(app: App, dingtalk: DingTalk, card: str) -> None:
    assert dingtalk.cards[card].space == "dtv1.card//IM_ROBOT.zhang"
    card_update(app, card, {"done": "张三已认领"})
    assert dingtalk.cards[card].values == {"title": "高危", "done": "张三已认领"}


def test_a_card_into_a_group_names_the_robot(app: App, dingtalk: DingTalk) -> None:
    card_deliver(replace(app, robot_code="robot"), template="tpl", track="t2", space=group("cid=="), values={}, route="r")
    assert dingtalk.asked("/v1.0/card/instances/createAndDeliver")[0].json["imGroupOpenDeliverModel"] == {"robotCode": "robot"}


def test_a_card_that_was_created_but_not_delivered_is_refused(app: App) -> None:
    with pytest.raises(Rejected) as refused:
        card_deliver(app, template="tpl", track="t2", space=person("nobody"), values={}, route="r")
    assert (refused.value.code, refused.value.said) == ("card.deliver", "user not found")


def test_an_unknown_template_is_refused_with_dingtalks_code(app: App) -> None:
    with pytest.raises(Rejected) as refused:
        card_deliver(app, template="gone", track="t2", space=person("zhang"), values={}, route="r")
    assert refused.value.code == "param.cardTemplateId"


def test_a_click_tells_who_pressed_what(dingtalk: DingTalk, card: str) -> None:
    click = _click(dingtalk.click(card, "zhang", {"button": "claim"}), dingtalk)
    assert click == CardClick("t1", "zhang", "claim", {"button": "claim"})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"signed": "x"}, "signature"),
        ({"timestamp": "1"}, "signature"),
        ({"body": b"{"}, "body"),
        ({"body": b'{"outTrackId":"t"}'}, "body"),
    ],
)
def test_a_click_that_is_not_dingtalks_is_refused(dingtalk: DingTalk, card: str, changed: dict[str, object], why: str) -> None:
    with pytest.raises(BadCallback) as refused:
        _click(dingtalk.click(card, "zhang", {"button": "claim"}), dingtalk, **changed)
    assert refused.value.why == why


def test_an_hour_old_click_is_refused(dingtalk: DingTalk, card: str) -> None:
    request = dingtalk.click(card, "zhang", {"button": "claim"})
    dingtalk.clock.move(hours=1, seconds=1)
    with pytest.raises(BadCallback) as refused:
        _click(request, dingtalk)
    assert refused.value.why == "time"


def test_without_a_secret_no_click_is_taken(dingtalk: DingTalk, card: str) -> None:
    request = dingtalk.click(card, "zhang", {"button": "claim"})
    with pytest.raises(BadCallback):
        card_click("", timestamp=request.headers[SIGNED_AT], signed=request.headers[SIGNED], body=request.content, now=dingtalk.clock())


def test_events_open_and_are_answered_with_an_encrypted_success(dingtalk: DingTalk) -> None:
    request = dingtalk.event("http://liuke.example/x", KEYS, {"EventType": "check_url"})
    query = request.url.params
    parts = {"timestamp": query["timestamp"], "nonce": query["nonce"]}
    kind, plain = event_open(KEYS, signed=query["msg_signature"], body=request.content, **parts)
    assert (kind, json.loads(plain)) == ("check_url", {"EventType": "check_url"})
    told = json.loads(event_answer(KEYS, **parts))
    assert (
        opened(KEYS, signed=told["msg_signature"], timestamp=told["timeStamp"], nonce=told["nonce"], encrypted=told["encrypt"])
        == b"success"
    )


@pytest.mark.parametrize("body", [b"", b"{}", b"[]"])
def test_an_event_without_its_envelope_is_refused(body: bytes) -> None:
    with pytest.raises(BadCallback) as refused:
        event_open(KEYS, signed="s", timestamp="1", nonce="n", body=body)
    assert refused.value.why == "body"


@pytest.mark.parametrize(("seconds", "posts"), [(1.4, 1), (1.6, 3)])
def test_an_answer_after_1500_ms_is_asked_for_again(dingtalk: DingTalk, seconds: float, posts: int) -> None:
    class Slow(httpx.Client):
        def send(self, request: httpx.Request, **more: object) -> httpx.Response:
            answer = httpx.Response(200, request=request)
            answer.elapsed = timedelta(seconds=seconds)
            return answer

    assert tries(Slow(), dingtalk.event("http://liuke.example/x", KEYS, {"EventType": "a"})) == posts


def test_a_todo_is_created_once_per_source_and_closed(app: App, dingtalk: DingTalk) -> None:
    union = union_id(app, "zhang")
    due = dingtalk.clock()
    made = [todo_create(app, union=union, source="w1", subject="回访", due_at=due, link="http://x") for _ in range(2)]
    assert made == ["todo-1", "todo-1"]
    assert dingtalk.todos["w1"]["dueTime"] == int(due.timestamp() * 1000)
    assert todo_of(app, union=union, source="w1") == "todo-1"
    assert todo_of(app, union=union, source="other") == ""
    todo_done(app, union=union, todo="todo-1")
    assert dingtalk.todos["w1"]["done"] is True
    with pytest.raises(Rejected, match=r"todo\.done"):
        todo_done(app, union=union, todo="none")


def test_a_todo_for_a_user_id_instead_of_a_union_id_is_refused(app: App, dingtalk: DingTalk) -> None:
    with pytest.raises(Rejected) as refused:
        todo_create(app, union="zhang", source="w", subject="", due_at=None, link="")
    assert refused.value.code == "todo.taskCreate.paramError"


def test_a_chat_is_opened_by_its_first_member_and_written_to(app: App, dingtalk: DingTalk) -> None:
    chat = chat_create(app, name="客户甲 挽留", members=["zhang", "li"])
    assert chat.conversation == "cidchat1=="
    chat_send(app, chat.chatid, markdown("a", "b"))
    assert (dingtalk.chats["chat1"]["owner"], dingtalk.chats["chat1"]["messages"]) == ("zhang", [markdown("a", "b")])


@pytest.mark.parametrize(("members", "code"), [([], "members"), (["zhang"] * 41, "members"), (["nobody"], "33012")])
def test_a_chat_needs_known_people(app: App, members: list[str], code: str) -> None:
    with pytest.raises(Rejected) as refused:
        chat_create(app, name="a", members=members)
    assert refused.value.code == code


def test_log_in_goes_out_and_comes_back_with_the_colleague(app: App, dingtalk: DingTalk) -> None:
    asked = query_of(login_address("key", redirect="https://liuke.example/back?a=1", state="s&t"))
    assert (asked["redirect_uri"], asked["state"], asked["client_id"]) == ("https://liuke.example/back?a=1", "s&t", "key")
    person_in = login_person(app, dingtalk.code_for("u-zhang"))
    assert (person_in.user_id, person_in.union_id, person_in.name) == ("zhang", "u-zhang", "zhang")


@pytest.mark.parametrize("spoil", [lambda sim, code: sim.codes.pop(code), lambda sim, _: sim.clock.move(minutes=5)])
def test_a_code_works_once_and_for_five_minutes(app: App, dingtalk: DingTalk, spoil: Callable[[DingTalk, str], object]) -> None:
    code = dingtalk.code_for("u-zhang")
    spoil(dingtalk, code)
    with pytest.raises(Rejected) as refused:
        login_person(app, code)
    assert refused.value.code == "invalidParameter.authCode.notFound"


def test_somebody_outside_the_company_does_not_get_in(app: App, dingtalk: DingTalk) -> None:
    with pytest.raises(Rejected) as refused:
        login_person(app, dingtalk.code_for("u-stranger"))
    assert refused.value.code == "60121"
