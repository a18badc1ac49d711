"""WeCom as a channel, against the simulated vendor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from liuke.act.channels import KINDS
from liuke.act.channels.wecom.callbacks import hear
from liuke.act.channels.wecom_robot.send import key_of
from liuke.act.domain.channel import Button, ChannelTarget, Delivered, Failed, Site, Unknown
from liuke.act.domain.channel_asks import CardUpdate, GroupAsk, MassAsk, TagAsk
from liuke.act.domain.channel_events import EventKind, Request
from tests.act.channels.cards import ALERT, CARD, PLAIN
from tests.act.targets import LOOPBACK, target
from tests.simulators import wecom as world
from tests.simulators.server import Cut
from tests.simulators.wecom_customers import WeComCustomers

KIND = KINDS["wecom"]
SITE = Site(allow=LOOPBACK, public_url="https://liuke.example")
CALLBACK = "https://liuke.example/api/callbacks/1/secret"
MESSAGE = replace(ALERT, to="zhangwei")


@pytest.fixture
def wecom() -> Iterator[WeComCustomers]:
    with WeComCustomers() as wecom:
        yield wecom


def app(wecom: WeComCustomers, *, callback: str = CALLBACK, secret: str = world.SECRET) -> ChannelTarget:
    config = {"corp_id": world.CORP, "agent_id": str(world.AGENT), "base_url": wecom.base_url}
    secrets = {"secret": secret, "callback_token": world.KEYS.token, "callback_aes_key": world.KEYS.aes_key}
    return target(config, secrets, site=SITE, now=wecom.clock, callback_url=callback)


def test_ALT_01_an_alert_arrives_as_a_card_with_buttons(wecom: WeComCustomers) -> None:
    assert isinstance(KIND.send(MESSAGE, app(wecom)), Delivered)
    card = wecom.shown("zhangwei")[0].body["template_card"]
    assert isinstance(card, dict)
    assert (card["card_type"], card["task_id"]) == ("button_interaction", CARD.task_id)
    assert [button["key"] for button in card["button_list"]] == ["claim", "snooze:1", "verdict:false_alarm"]
    assert card["card_action"] == {"type": 1, "url": CARD.link}


def test_without_a_public_address_the_card_opens_the_page(wecom: WeComCustomers) -> None:
    assert isinstance(KIND.send(MESSAGE, app(wecom, callback="http://127.0.0.1:1/x")), Delivered)
    card = wecom.shown("zhangwei")[0].body["template_card"]
    assert isinstance(card, dict)
    assert card["card_type"] == "text_notice"
    assert "button_list" not in card


PAGE = "https://liuke.example/w/acme/alerts/12"
FORMS = (
    Button("claim", "跟进", page=f"{PAGE}?do=claim"), Button("snooze:1", "延后1天", page=f"{PAGE}?do=snooze:1"),
    Button("snooze:3", "延后3天", page=f"{PAGE}?do=snooze:3"), Button("verdict:false_alarm", "误报", link=f"{PAGE}?do=verdict:false_alarm"),
    Button("link", "查看详情", CARD.link),
)  # fmt: skip


def drawn(wecom: WeComCustomers, *, callback: str) -> dict[str, object]:
    to = app(wecom, callback=callback)
    assert isinstance(KIND.send(replace(MESSAGE, card=replace(CARD, buttons=FORMS)), to), Delivered)
    card = wecom.shown("zhangwei")[-1].body["template_card"]
    assert isinstance(card, dict)
    return card


def test_a_false_alarm_opens_the_page_with_its_form_since_a_card_cannot_ask_why(wecom: WeComCustomers) -> None:
    buttons = drawn(wecom, callback=CALLBACK)["button_list"]
    assert isinstance(buttons, list)
    assert [each.get("key") for each in buttons] == ["claim", "snooze:1", "snooze:3", None]
    assert (buttons[3]["type"], buttons[3]["url"]) == (1, f"{PAGE}?do=verdict:false_alarm")


def test_without_a_way_back_the_card_leads_to_pages_that_ask_for_one_tap(wecom: WeComCustomers) -> None:
    jumps = drawn(wecom, callback="http://127.0.0.1:1/x")["jump_list"]
    assert isinstance(jumps, list)
    assert [(each["type"], each["title"], each["url"].partition("?do=")[2]) for each in jumps] == [
        (1, "跟进", "claim"), (1, "延后1天", "snooze:1"), (1, "误报", "verdict:false_alarm"),
    ]  # fmt: skip


def test_a_message_without_a_card_opens_its_page(wecom: WeComCustomers) -> None:
    assert isinstance(KIND.send(replace(PLAIN, to="zhangwei"), app(wecom)), Delivered)
    assert isinstance(KIND.send(replace(PLAIN, to="zhangwei", link=""), app(wecom)), Delivered)
    assert [each.body["msgtype"] for each in wecom.shown("zhangwei")] == ["textcard", "text"]


def test_the_same_card_twice_is_one_card(wecom: WeComCustomers) -> None:
    to = app(wecom)
    wecom.fails("/cgi-bin/message/send", Cut.AFTER)
    first = KIND.send(MESSAGE, to)
    assert isinstance(first, Failed)
    assert first.transient
    assert KIND.send(MESSAGE, to) == Delivered("repeat")
    assert len(wecom.shown("zhangwei")) == 1


@pytest.mark.parametrize(("to", "code"), [("", "channel_recipient"), ("nobody", "wecom_81013")])
def test_who_cannot_be_reached_is_said(wecom: WeComCustomers, to: str, code: str) -> None:
    failed = KIND.send(replace(MESSAGE, to=to), app(wecom))
    assert isinstance(failed, Failed)
    assert (failed.code, failed.transient) == (code, False)


def test_what_wecom_would_drop_waits(wecom: WeComCustomers) -> None:
    to = app(wecom)
    results = [KIND.send(replace(PLAIN, to="zhangwei", text=f"{n}", link=""), to) for n in range(31)]
    assert all(isinstance(each, Delivered) for each in results[:30])
    last = results[30]
    assert isinstance(last, Failed)
    assert (last.code, last.transient, last.again_in > 0) == ("wecom_own_limit", True, True)
    assert len(wecom.shown("zhangwei")) == 30


def pressed(wecom: WeComCustomers, button: str = "claim") -> Request:
    KIND.send(MESSAGE, app(wecom))
    told = wecom.click(wecom.messages[-1], button)
    return Request("POST", told.query, {}, told.body)


def test_a_press_becomes_an_event_and_changes_the_card_once(wecom: WeComCustomers) -> None:
    answer = hear(pressed(wecom), app(wecom))
    (event,) = answer.events
    assert (answer.status, answer.body, event.kind, event.user) == (200, b"", EventKind.CLICKED, "zhangwei")
    assert (event.data["task_id"], event.data["button"]) == (CARD.task_id, "claim")
    assert KIND.update_card is not None
    asked = CardUpdate(CARD.task_id, "张伟 跟进中", response=event.data["response"], users=("zhangwei",))
    assert isinstance(KIND.update_card(asked, app(wecom)), Delivered)
    assert wecom.cards[CARD.task_id]["updated"] == {"replace_name": "张伟 跟进中"}
    assert isinstance(KIND.update_card(asked, app(wecom)), Failed)


def test_a_repeated_press_is_the_same_event(wecom: WeComCustomers) -> None:
    request = pressed(wecom)
    assert hear(request, app(wecom)).events[0].dedupe == hear(request, app(wecom)).events[0].dedupe


def test_the_address_is_proved_with_the_bare_text(wecom: WeComCustomers) -> None:
    answer = hear(Request("GET", world.echo("1616140317555161061", 1), {}, b""), app(wecom))
    assert (answer.status, answer.body) == (200, b"1616140317555161061")


def test_strangers_are_refused(wecom: WeComCustomers) -> None:
    request = pressed(wecom)
    forged = replace(request, query=dict(request.query) | {"msg_signature": "0" * 40})
    assert (hear(forged, app(wecom)).status, hear(forged, app(wecom)).events) == (401, ())
    keyless = replace(app(wecom), secrets={"secret": world.SECRET})
    assert hear(request, keyless).status == 401


def test_SIG_54_a_customer_who_removes_a_colleague_is_told_a_moved_one_is_not(wecom: WeComCustomers) -> None:
    gone = wecom.customer_deletes("wm1", "zhangwei")
    (event,) = hear(Request("POST", gone.query, {}, gone.body), app(wecom)).events
    assert (event.kind, event.address, event.user) == (EventKind.CONTACT_DELETED, "wm1", "zhangwei")
    moved = wecom.customer_deletes("wm2", "zhangwei", moved=True)
    (event,) = hear(Request("POST", moved.query, {}, moved.body), app(wecom)).events
    assert event.data == {"by": "move"}


def test_too_few_colleagues_is_a_warning(wecom: WeComCustomers) -> None:
    told = wecom.event("sys", Event="low_active_alert", EffectTime="1")
    (event,) = hear(Request("POST", told.query, {}, told.body), app(wecom)).events
    assert (event.kind, event.data["code"]) == (EventKind.WARNING, "wecom_low_active")


def test_ALT_08_a_group_asked_for_twice_is_one_group(wecom: WeComCustomers) -> None:
    assert KIND.group_open is not None
    asked = GroupAsk("alert:1", "宏达机械", ("zhangwei", "lina"), "大家看", owner="lina")
    first, again = KIND.group_open(asked, app(wecom)), KIND.group_open(asked, app(wecom))
    assert isinstance(first, Delivered)
    assert isinstance(again, Delivered)
    assert first.ref == again.ref
    assert list(wecom.chats) == [first.ref]
    assert wecom.chats[first.ref]["shown"] is True
    alone = KIND.group_open(replace(asked, members=("lina",)), app(wecom))
    assert isinstance(alone, Failed)
    assert alone.code == "wecom_few_members"


def test_tags_and_mass_tasks(wecom: WeComCustomers) -> None:
    assert KIND.tag_customer is not None
    assert KIND.mass_task is not None
    assert KIND.mass_state is not None
    assert isinstance(KIND.tag_customer(TagAsk("zhangwei", "wm1", add=("t",)), app(wecom)), Delivered)
    assert wecom.tags["zhangwei", "wm1"] == {"t"}
    made = KIND.mass_task(MassAsk("k", "zhangwei", ("wm1", "wm2"), "您好"), app(wecom))
    assert isinstance(made, Delivered)
    waiting = KIND.mass_state(made.ref, app(wecom))
    assert waiting is not None
    assert (waiting.confirmed, waiting.of, waiting.delivered) == (0, 1, ())
    wecom.confirm_mass(made.ref, had_another=frozenset({"wm2"}))
    done = KIND.mass_state(made.ref, app(wecom))
    assert done is not None
    assert (done.confirmed, done.delivered, done.failed) == (1, ("wm1",), (("wm2", "wecom_got_another"),))
    wecom.fails("/cgi-bin/externalcontact/get_groupmsg_task", world.refuse(-1))
    assert KIND.mass_state(made.ref, app(wecom)) is None


def test_an_unanswered_mass_task_stays_unknown(wecom: WeComCustomers) -> None:
    assert KIND.mass_task is not None
    wecom.fails("/cgi-bin/externalcontact/add_msg_template", Cut.AFTER)
    assert isinstance(KIND.mass_task(MassAsk("k", "zhangwei", ("wm1",), "您好"), app(wecom)), Unknown)


def findings(wecom: WeComCustomers, to: ChannelTarget | None = None) -> dict[str, tuple[bool, str]]:
    assert KIND.check is not None
    return {each.name: (each.ok, each.code) for each in KIND.check(to or app(wecom))}


def test_the_check_finds_everything_in_order(wecom: WeComCustomers) -> None:
    assert findings(wecom) == {
        "credentials": (True, "wecom_credentials"), "trusted_ip": (True, "wecom_ip"),
        "trusted_domain": (True, "wecom_domain"), "callback": (True, "wecom_callback"),
    }  # fmt: skip


def test_the_check_names_what_is_wrong(wecom: WeComCustomers) -> None:
    assert findings(wecom, app(wecom, secret="wrong"))["credentials"] == (False, "wecom_credentials_bad")
    wecom.trusted_ip = False
    assert findings(wecom)["trusted_ip"] == (False, "wecom_ip_bad")
    wecom.trusted_ip = True
    inside = replace(app(wecom, callback="http://10.0.0.1/x"), site=Site(allow=LOOPBACK, public_url="http://10.0.0.1"))
    found = findings(wecom, inside)
    assert (found["trusted_domain"], found["callback"]) == ((False, "wecom_domain_bad"), (False, "wecom_not_public"))
    short = replace(app(wecom), secrets={"secret": world.SECRET, "callback_token": "t", "callback_aes_key": "short"})
    assert findings(wecom, short)["callback"] == (False, "wecom_aes_key")


def test_a_robot_posts_to_its_group(wecom: WeComCustomers) -> None:
    robot = KINDS["wecom_robot"]
    address = f"{wecom.base_url}/cgi-bin/webhook/send?key=robotkey"
    to = target({"base_url": wecom.base_url}, {"key": address}, site=SITE, now=wecom.clock)
    assert isinstance(robot.send(replace(ALERT, mentions=("+8613800001234", "lina")), to), Delivered)
    text = wecom.robot_posts[0][1]["text"]
    assert isinstance(text, dict)
    assert (text["mentioned_mobile_list"], text["mentioned_list"]) == (["13800001234"], ["lina"])
    wrong = robot.send(ALERT, target({"base_url": wecom.base_url}, {"key": "wrong"}, site=SITE, now=wecom.clock))
    assert isinstance(wrong, Failed)
    assert wrong.code == "wecom_93000"
    assert key_of("  plain ") == "plain"


@pytest.mark.parametrize("agent", ["", "abc", 7, "１２", "9" * 20])
def test_an_agent_id_is_a_number(agent: object) -> None:
    assert KIND.validate is not None
    assert KIND.validate({"agent_id": agent})
    assert KIND.validate({"agent_id": "1000002"}) == []
