"""Feishu's tokens in both styles, its limits, messages, chats and log-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.feishu.app import App
from liuke.vendors.feishu.callbacks import CallbackKeys
from liuke.vendors.feishu.chats import chat_create
from liuke.vendors.feishu.login import login_address, login_person
from liuke.vendors.feishu.messages import address_kind, card_change, card_change_after_click, message_send, once
from liuke.vendors.http import Wire, call
from liuke.vendors.state import InMemoryTokens
from tests.simulators.feishu import Feishu, no
from tests.simulators.server import Cut, Reply, said

CARD: dict[str, object] = {"config": {"update_multi": True}, "elements": []}


def sent(app: App, key: str = "k", to: str = "ou_zhang") -> str:
    return message_send(app, to, "interactive", CARD, key=key)


@pytest.mark.parametrize("by_oauth", [False, True])
def test_one_token_serves_all_calls_in_both_styles(app: App, feishu: Feishu, by_oauth: bool) -> None:
    either = replace(app, by_oauth=by_oauth)
    sent(either)
    sent(either, "k2")
    path = "/oauth/v3/token" if by_oauth else "/open-apis/auth/v3/"
    assert (len(feishu.asked(path)), len(feishu.messages)) == (1, 2)


def test_within_thirty_minutes_of_its_end_a_second_token_is_given_and_both_work(app: App, feishu: Feishu) -> None:
    sent(app)
    feishu.clock.move(minutes=91)
    other = replace(app, tokens=InMemoryTokens(feishu.clock))
    sent(other, "k2")
    sent(app, "k3")
    bearers = {asked.headers["authorization"] for asked in feishu.asked("/open-apis/im/")}
    assert bearers == {"Bearer t-1", "Bearer t-2"}
    assert len(feishu.messages) == 3


def test_with_more_than_thirty_minutes_left_everybody_gets_the_same_token(app: App, feishu: Feishu) -> None:
    sent(app)
    feishu.clock.move(minutes=89)
    sent(replace(app, tokens=InMemoryTokens(feishu.clock)), "k2")
    assert {asked.headers["authorization"] for asked in feishu.asked("/open-apis/im/")} == {"Bearer t-1"}


@pytest.mark.parametrize("by_oauth", [False, True])
def test_a_token_that_died_early_is_fetched_again_and_the_call_repeated(app: App, feishu: Feishu, by_oauth: bool) -> None:
    either = replace(app, by_oauth=by_oauth)
    sent(either)
    feishu.revoke()
    assert sent(either, "k2") == "om_2"


def test_a_token_refused_twice_is_said_so(app: App, feishu: Feishu) -> None:
    feishu.fails("/open-apis/im/", no(99991663, "token"), times=2)
    with pytest.raises(Rejected) as refused:
        sent(app)
    assert refused.value.code == "99991663"


@pytest.mark.parametrize(("by_oauth", "code"), [(False, "10014"), (True, "20002")])
def test_a_wrong_secret_is_refused(app: App, by_oauth: bool, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        sent(replace(app, app_secret="other", by_oauth=by_oauth))
    assert refused.value.code == code


def test_both_ways_of_client_authentication_at_once_are_20070(feishu: Feishu) -> None:
    both = {"headers": {"Authorization": "Basic x"}, "json": {"client_secret": "secret", "grant_type": "client_credentials"}}
    told = call(Wire(feishu.base_url), "POST", "/oauth/v3/token", judges=frozenset({400}), **both)  # type: ignore[arg-type]
    assert b"20070" in told.body


def test_the_same_key_is_one_message_for_an_hour(app: App, feishu: Feishu) -> None:
    assert [sent(app), sent(app), sent(app, "other")] == ["om_1", "om_1", "om_2"]
    feishu.clock.move(minutes=61)
    assert sent(app) == "om_3"


def test_the_content_is_a_json_text_in_json(app: App, feishu: Feishu) -> None:
    message_send(app, "zhang@example.com", "text", {"text": "你好"}, key="k")
    asked = feishu.asked("/open-apis/im/v1/messages")[0]
    assert (asked.query["receive_id_type"], asked.json["content"]) == ("email", '{"text":"你好"}')
    assert len(once("x" * 500)) <= 50


@pytest.mark.parametrize(
    ("to", "kind"), [("ou_1", "open_id"), ("on_1", "union_id"), ("oc_1", "chat_id"), ("a@b.cn", "email"), ("7f1b", "user_id")]
)
def test_an_address_says_itself_what_it_is(to: str, kind: str) -> None:
    assert address_kind(to) == kind


def test_too_many_calls_wait_as_long_as_feishu_says(app: App, feishu: Feishu) -> None:
    feishu.per_minute = 2
    for n in range(2):
        sent(app, str(n))
        feishu.clock.move(seconds=10)
    with pytest.raises(Busy) as busy:
        sent(app, "third")
    assert (busy.value.code, busy.value.again_in) == ("99991400", 40.0)
    feishu.clock.move(seconds=40)
    sent(app, "third")
    assert len(feishu.messages) == 3


@pytest.mark.parametrize("reply", [no(99991400, "old APIs say 400", 400), no(230020, "group", 400), said({}, 503), Reply(502, b"<html>")])
def test_what_may_pass_is_busy(app: App, feishu: Feishu, reply: Reply) -> None:
    feishu.fails("/open-apis/im/", reply)
    with pytest.raises(Busy):
        sent(app)


@pytest.mark.parametrize("reply", [Reply(200, b"<html>"), said({"code": 0, "data": {}}), said({}, 404)])
def test_what_cannot_be_read_is_rejected(app: App, feishu: Feishu, reply: Reply) -> None:
    feishu.fails("/open-apis/im/", reply)
    with pytest.raises(Rejected) as refused:
        sent(app)
    assert refused.value.code in {"unreadable", "http_404"}


def test_a_lost_answer_is_unsure_and_repeating_it_is_harmless(app: App, feishu: Feishu) -> None:
    feishu.fails("/open-apis/im/", Cut.AFTER)
    with pytest.raises(Unsure):
        sent(app)
    assert sent(app) == "om_1"
    assert len(feishu.messages) == 1


def test_a_card_changes_for_fourteen_days(app: App, feishu: Feishu) -> None:
    name, changed = sent(app), {**CARD, "header": {"title": "已认领"}}
    feishu.clock.move(days=14)
    card_change(app, name, changed)
    assert feishu.messages[name].content == changed
    feishu.clock.move(seconds=1)
    with pytest.raises(Rejected) as refused:
        card_change(app, name, CARD)
    assert refused.value.code == "230031"
    assert feishu.messages[name].content == changed


def test_a_card_that_is_not_shared_cannot_be_changed(app: App) -> None:
    with pytest.raises(Rejected):
        card_change(app, sent(app), {"elements": []})


def test_the_sixth_change_within_a_second_waits(app: App, feishu: Feishu) -> None:
    name = sent(app)
    for _ in range(5):
        card_change(app, name, CARD)
    with pytest.raises(Busy):
        card_change(app, name, CARD)


def test_a_clicks_token_works_twice_within_thirty_minutes(app: App, feishu: Feishu) -> None:
    name = sent(app)
    for users in ((), ("ou_zhang",)):
        feishu.click("http://x", CallbackKeys("vt", ""), name, "ou_zhang", {})
        card_change_after_click(app, "c-1", CARD, users)
    assert feishu.messages[name].content["open_ids"] == ["ou_zhang"]
    with pytest.raises(Rejected):
        card_change_after_click(app, "c-1", CARD)
    feishu.clock.move(minutes=30)
    with pytest.raises(Rejected):
        card_change_after_click(app, "c-2", CARD)


def test_a_chat_is_opened_once_per_key_by_its_first_member(app: App, feishu: Feishu) -> None:
    made = [chat_create(app, name="客户甲 挽留", members=["ou_zhang", "ou_li"], key="g") for _ in range(2)]
    assert made == ["oc_1", "oc_1"]
    assert (feishu.chats["oc_1"]["owner_id"], feishu.chats["oc_1"]["user_id_list"]) == ("ou_zhang", ["ou_zhang", "ou_li"])
    message_send(app, "oc_1", "text", {"text": "a"}, key="first")
    assert feishu.messages["om_1"].to == "oc_1"


@pytest.mark.parametrize(
    ("members", "code"), [([], "members"), (["ou_zhang", "u_zhang"], "members"), (["a@b.cn"], "members"), (["ou_gone"], "232024")]
)
def test_a_chat_needs_known_people_of_one_kind(app: App, members: list[str], code: str) -> None:
    with pytest.raises(Rejected) as refused:
        chat_create(app, name="a", members=members, key="g")
    assert refused.value.code == code


def test_log_in_goes_out_and_comes_back_with_the_colleague(app: App, feishu: Feishu) -> None:
    asked = parse_qs(urlsplit(login_address("cli_a", redirect="https://liuke.example/back?a=1", state="s&t")).query)
    assert (asked["redirect_uri"], asked["state"]) == (["https://liuke.example/back?a=1"], ["s&t"])
    person = login_person(app, feishu.code_for("ou_zhang"), redirect="https://liuke.example/back?a=1")
    assert (person.open_id, person.user_id, person.tenant) == ("ou_zhang", "u_zhang", "tenant")


@pytest.mark.parametrize("spoil", [lambda sim, code: sim.codes.pop(code), lambda sim, _: sim.clock.move(minutes=5)])
def test_a_code_works_once_and_for_five_minutes(app: App, feishu: Feishu, spoil: Callable[[Feishu, str], object]) -> None:
    code = feishu.code_for("ou_zhang")
    spoil(feishu, code)
    with pytest.raises(Rejected) as refused:
        login_person(app, code, redirect="https://liuke.example/back")
    assert refused.value.code == "20003"
