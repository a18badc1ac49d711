"""The Feishu app as a channel: ALT-01 (message), ALT-08 (group), cards, clicks and the check, against the simulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from liuke.act.channels import KINDS
from liuke.act.channels.feishu.app import callback_keys
from liuke.act.channels.feishu.cards import card_json
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed
from liuke.act.domain.channel_asks import CardUpdate, GroupAsk
from liuke.act.domain.channel_events import EventKind, Request
from liuke.act.domain.channel_fields import field_faults
from liuke.base.words import LANGUAGES, catalogue
from tests.act.channels.cards import ALERT, CARD, PLAIN
from tests.act.targets import target
from tests.simulators.feishu import Feishu, no
from tests.simulators.server import Cut

KIND = KINDS["feishu"]
CALLBACK = "https://liuke.example/api/callbacks/5/secret"
SECRETS = {"app_secret": "secret", "verification_token": "vt", "encrypt_key": "ekey"}
TO = replace(ALERT, to="ou_zhang")


@pytest.fixture
def feishu() -> Iterator[Feishu]:
    with Feishu() as running:
        yield running


@pytest.fixture
def app(feishu: Feishu) -> ChannelTarget:
    config = {"app_id": "cli_a", "base_url": feishu.base_url, "accounts_url": feishu.base_url}
    return target(config, SECRETS, now=feishu.clock, callback_url=CALLBACK)


def asked(request: httpx.Request) -> Request:
    headers = {name.lower(): text for name, text in request.headers.items()}
    return Request(request.method, {}, headers, request.content)


def buttons(card: dict[str, object]) -> list[dict[str, object]]:
    """All buttons of a card."""
    elements = card["elements"]
    assert isinstance(elements, list)
    return [action for element in elements for action in element.get("actions", [])]


def test_settings_are_checked_all_at_once() -> None:
    assert field_faults(KIND, {"app_id": "a", "token_style": "oauth"}, SECRETS, ()) == []
    faults = field_faults(KIND, {"token_style": "x", "other": 1}, {}, ())
    assert [fault["field"] for fault in faults] == ["other", "app_id", "token_style", "app_secret"]


@pytest.mark.parametrize("style", ["tenant", "oauth"])
def test_alt_01_a_colleague_gets_a_card_whose_buttons_say_what_they_do(app: ChannelTarget, feishu: Feishu, style: str) -> None:
    assert KIND.send(TO, replace(app, config={**app.config, "token_style": style})) == Delivered("", "om_1")
    card = feishu.messages["om_1"].content
    assert [each.get("value") for each in buttons(card)] == [
        {"task_id": "alert-12-3", "button": "claim"},
        {"task_id": "alert-12-3", "button": "snooze:1"},
        {"task_id": "alert-12-3", "button": "verdict:false_alarm"},
        None,
    ]
    assert buttons(card)[-1]["url"] == CARD.link
    assert card["config"] == {"update_multi": True, "wide_screen_mode": True}


def test_without_a_way_back_for_clicks_a_card_only_opens_the_page(app: ChannelTarget, feishu: Feishu) -> None:
    KIND.send(TO, replace(app, secrets={"app_secret": "secret"}))
    assert [each.get("url") for each in buttons(feishu.messages["om_1"].content)] == [CARD.link]


@pytest.mark.parametrize(("level", "colour"), [("high", "red"), ("medium", "orange"), ("early", "yellow"), ("", "blue")])
def test_the_colour_is_that_of_the_level(level: str, colour: str) -> None:
    header = card_json(replace(CARD, level=level), clicks=True)["header"]
    assert isinstance(header, dict)
    assert header["template"] == colour


def test_a_card_without_facts_and_buttons_is_its_title() -> None:
    assert card_json(replace(CARD, facts=(), buttons=(), link=""), clicks=True)["elements"] == []


def test_a_message_without_a_card_is_a_text_that_mentions_nobody(app: ChannelTarget, feishu: Feishu) -> None:
    KIND.send(replace(PLAIN, to="zhang@example.com", text='<at user_id="all"></at>'), app)
    assert feishu.messages["om_1"].content == {"text": f'< at user_id="all"></at>\n{PLAIN.link}'}


def test_a_message_without_an_address_is_not_sent(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.send(replace(TO, to=""), app) == Failed("channel_recipient")
    assert feishu.log == []


def test_an_unanswered_send_is_made_again_and_arrives_once(app: ChannelTarget, feishu: Feishu) -> None:
    feishu.fails("/open-apis/im/", Cut.AFTER)
    first = KIND.send(TO, app)
    assert isinstance(first, Failed)
    assert (first.code, first.transient) == ("vendor_no_answer", True)
    assert KIND.send(TO, app) == Delivered("", "om_1")
    assert len(feishu.messages) == 1


def test_a_limit_waits_as_long_as_feishu_says_and_an_unknown_person_is_explained(app: ChannelTarget, feishu: Feishu) -> None:
    feishu.per_minute = 0
    feishu.fails("/open-apis/im/", no(99991400, "limit", 429, x_ogw_ratelimit_reset="17"))
    assert KIND.send(TO, app) == Failed("feishu_99991400", {"code": "99991400", "said": "limit"}, transient=True, again_in=17.0)
    feishu.per_minute = 1000
    refused = KIND.send(replace(TO, to="ou_gone"), app)
    assert isinstance(refused, Failed)
    assert (refused.code, refused.transient) == ("feishu_230013", False)


def test_the_challenge_is_echoed(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.callback is not None
    answer = KIND.callback(asked(feishu.challenge(CALLBACK, callback_keys(app))), app)
    assert (answer.status, json.loads(answer.body), answer.events) == (200, {"challenge": "c-1"}, ())


def test_a_click_becomes_an_event_and_a_toast(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.callback is not None
    KIND.send(TO, app)
    click = feishu.click(CALLBACK, callback_keys(app), "om_1", "ou_zhang", {"task_id": CARD.task_id, "button": "claim"})
    answer = KIND.callback(asked(click), app)
    (event,) = answer.events
    assert (event.kind, event.dedupe, event.user, event.ref) == (EventKind.CLICKED, "ev-1", "ou_zhang", "om_1")
    assert (event.data["task_id"], event.data["button"], event.data["response"]) == (CARD.task_id, "claim", "c-1")
    assert json.loads(answer.body)["toast"]["i18n"] == {"zh_cn": "已收到，正在处理", "en_us": "Received, working on it"}


def test_other_events_are_acknowledged_and_forgotten(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.callback is not None
    body = {"schema": "2.0", "header": {"event_type": "im.message.receive_v1", "event_id": "e", "token": "vt"}, "event": {}}
    answer = KIND.callback(asked(feishu.posted(CALLBACK, callback_keys(app), body)), app)
    assert (answer.status, answer.body, answer.events) == (200, b"{}", ())


def test_what_is_not_feishus_is_refused_without_events(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.callback is not None
    click = asked(feishu.click(CALLBACK, callback_keys(app), "om_1", "ou_zhang", {"task_id": "t", "button": "claim"}))
    unsigned = replace(click, headers={})
    for request in (unsigned, replace(click, body=b"{}"), replace(click, body=click.body + b" ")):
        answer = KIND.callback(request, app)
        assert (answer.status, answer.events) == (401, ())


def test_a_card_that_was_acted_on_says_so_and_has_no_buttons(app: ChannelTarget, feishu: Feishu) -> None:
    KIND.send(TO, app)
    assert KIND.update_card is not None
    assert KIND.update_card(CardUpdate(CARD.task_id, "张三已认领", ref="om_1"), app) == Delivered("", "om_1")
    card = feishu.messages["om_1"].content
    assert (buttons(card), "张三已认领" in json.dumps(card, ensure_ascii=False)) == ([], True)


def test_by_the_token_of_a_click_a_card_changes_twice(app: ChannelTarget, feishu: Feishu) -> None:
    KIND.send(TO, app)
    feishu.click(CALLBACK, callback_keys(app), "om_1", "ou_zhang", {})
    assert KIND.update_card is not None
    ask = CardUpdate(CARD.task_id, "x", response="c-1")
    assert [KIND.update_card(ask, app) for _ in range(2)] == [Delivered(), Delivered()]
    third = KIND.update_card(ask, app)
    assert isinstance(third, Failed)
    assert third.code == "feishu_300000"


def test_after_fourteen_days_or_without_any_name_a_card_stays(app: ChannelTarget, feishu: Feishu) -> None:
    KIND.send(TO, app)
    feishu.clock.move(days=15)
    assert KIND.update_card is not None
    late = KIND.update_card(CardUpdate(CARD.task_id, "x", ref="om_1"), app)
    nameless = KIND.update_card(CardUpdate(CARD.task_id, "x"), app)
    assert [result.code for result in (late, nameless) if isinstance(result, Failed)] == ["feishu_230031", "feishu_230011"]


def test_alt_08_a_group_is_opened_once_with_a_first_message(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.group_open is not None
    ask = GroupAsk("g", "挽留 客户甲", ("ou_li", "ou_zhang"), "请看客户情况", owner="ou_zhang")
    feishu.fails("/open-apis/im/v1/chats", Cut.AFTER)
    assert isinstance(KIND.group_open(ask, app), Failed)
    assert KIND.group_open(ask, app) == Delivered("", "oc_1")
    assert (len(feishu.chats), feishu.chats["oc_1"]["owner_id"]) == (1, "ou_zhang")
    assert feishu.messages["om_1"].content == {"text": "请看客户情况"}


def test_alt_08_members_of_mixed_kinds_are_explained(app: ChannelTarget) -> None:
    assert KIND.group_open is not None
    refused = KIND.group_open(GroupAsk("g", "a", ("ou_zhang", "u_zhang"), "x"), app)
    assert isinstance(refused, Failed)
    assert refused.code == "feishu_members"


def test_alt_08_a_lost_first_message_is_told(app: ChannelTarget, feishu: Feishu) -> None:
    feishu.fails("/open-apis/im/v1/messages", no(230002, "not in the group"))
    assert KIND.group_open is not None
    assert KIND.group_open(GroupAsk("g", "a", ("ou_zhang",), "x"), app) == Delivered("feishu_230002", "oc_1")


def test_the_check_finds_what_is_set_up_and_what_is_not(app: ChannelTarget, feishu: Feishu) -> None:
    assert KIND.check is not None
    assert [(each.code, each.ok) for each in KIND.check(app)] == [("feishu_credentials_good", True), ("feishu_callback", True)]
    feishu.active = False
    inside = replace(app, callback_url="http://10.0.0.1/x")
    assert [(each.code, each.ok) for each in KIND.check(inside)] == [("feishu_inactive", False), ("feishu_not_public", False)]
    wrong = replace(app, secrets={"app_secret": "x"})
    assert [(each.code, each.ok) for each in KIND.check(wrong)] == [("feishu_credentials_bad", False), ("feishu_no_clicks", True)]


@pytest.mark.parametrize(
    "code", ["feishu_credentials_good", "feishu_credentials_bad", "feishu_inactive", "feishu_callback", "feishu_not_public"]
)
def test_findings_have_words(code: str) -> None:
    assert all(f"findings.{code}" in catalogue(language) for language in LANGUAGES)


@pytest.mark.parametrize("code", ["19021", "19022", "19024", "9499", "11232", "20070", "99991400", "99991663", "230020"])
def test_every_code_of_the_reference_is_explained(code: str) -> None:
    assert all(f"errors.feishu_{code}" in catalogue(language) for language in LANGUAGES)
