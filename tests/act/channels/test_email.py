"""E-mail over a real SMTP conversation, and what comes back."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.channels import KINDS
from liuke.act.channels.email import bounces
from liuke.act.channels.email.verp import message_of, return_path
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, OutMessage, Site
from liuke.act.domain.channel_events import Event, EventKind, Request
from liuke.act.domain.channel_fields import field_faults
from liuke.act.domain.sms import own_id
from tests.act.targets import target
from tests.simulators.smtp import Smtp, prose, report

EMAIL = KINDS["email"]
CALLBACK = "https://liuke.example/api/callbacks/1/abc"
CONFIG = {"from_address": "care@acme.example", "from_name": "顶点客服", "bounce_address": "bounce@acme.example"}
BACK = return_path("bounce@acme.example", "customer:7", CALLBACK)


@pytest.fixture(autouse=True)
def _real_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not Django's backend for tests: these talk SMTP."""
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")


@pytest.fixture
def server() -> Iterator[Smtp]:
    with Smtp() as smtp:
        yield smtp


def mail(to: str = "wang", **changes: object) -> OutMessage:
    message = OutMessage("customer:7", "customer", "到期提醒", "您好", to=f"{to}@acme.example")
    return replace(message, **changes)  # type: ignore[arg-type]


def through(server: Smtp) -> ChannelTarget:
    return target(CONFIG, {"smtp_url": server.url}, callback_url=CALLBACK)


def test_a_mail_leaves_with_its_sender_its_return_path_and_its_headers(server: Smtp) -> None:
    headers = {"List-Unsubscribe": "<https://liuke.example/u/t>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    assert EMAIL.send(mail(headers=headers), through(server)) == Delivered("", own_id("customer:7"))
    ((envelope, to, content),) = server.mails
    sent = message_from_bytes(content)
    assert (envelope, to) == (BACK, "wang@acme.example")
    assert sent["From"].endswith("<care@acme.example>")
    assert sent["List-Unsubscribe"] == "<https://liuke.example/u/t>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert own_id("customer:7") in sent["Message-ID"]


@pytest.mark.parametrize(("to", "transient"), [("busy", True), ("full", False), ("gone", False)])
def test_what_the_server_answers_decides_whether_it_is_tried_again(server: Smtp, to: str, transient: bool) -> None:
    result = EMAIL.send(mail(to), through(server))
    assert isinstance(result, Failed)
    assert (result.code, result.transient) == ("email_refused", transient)
    assert server.mails == []


def test_a_4xx_is_followed_by_success(server: Smtp) -> None:
    first = EMAIL.send(mail("later"), through(server))
    assert isinstance(first, Failed)
    assert first.transient
    assert isinstance(EMAIL.send(mail("later"), through(server)), Delivered)
    assert len(server.mails) == 1


def test_a_typed_in_server_of_the_own_network_is_refused(server: Smtp) -> None:
    closed = replace(through(server), site=Site())
    result = EMAIL.send(mail(), closed)
    assert result == Failed("email_server_refused", {"why": "private_address"})
    assert EMAIL.check is not None
    assert [finding.ok for finding in EMAIL.check(closed)] == [False, True]


def test_the_check_says_whether_the_server_answers_and_bounces_come_back(server: Smtp) -> None:
    assert EMAIL.check is not None
    found = {finding.name: (finding.ok, finding.code) for finding in EMAIL.check(through(server))}
    assert found == {"smtp": (True, "smtp_ok"), "bounces": (True, "bounces_piped")}
    bare = {finding.name: (finding.ok, finding.code) for finding in EMAIL.check(target({}))}
    assert bare == {"smtp": (False, "email_off"), "bounces": (False, "bounces_off")}


def returned(raw: bytes) -> list[Event]:
    """The events of a mail that came back by the callback address."""
    assert EMAIL.callback is not None
    answer = EMAIL.callback(Request("POST", {}, {}, raw), target(CONFIG, callback_url=CALLBACK))
    assert answer.status == 200
    return list(answer.events)


@pytest.mark.parametrize(
    ("status", "action", "hard"), [("5.1.1", "failed", "true"), ("4.2.2", "failed", "false"), ("4.4.1", "delayed", "false")]
)
def test_a_delivery_report_is_a_bounce_for_good_or_for_now(status: str, action: str, hard: str) -> None:
    (event,) = returned(report(BACK, status, action))
    assert (event.kind, event.ref, event.data) == (EventKind.BOUNCE, own_id("customer:7"), {"hard": hard, "code": status})
    assert returned(report(BACK, status, action))[0].dedupe == event.dedupe


@pytest.mark.parametrize(
    ("subject", "text", "charset", "hard"),
    [
        ("=?gb18030?B?" + base64.b64encode("系统退信/Systems bounce".encode("gb18030")).decode() + "?=",
         "收件人邮件地址（x@qq.com）不存在，邮件无法送达。host mx3.qq.com said: 550 Mailbox not found", "gbk", "true"),
        ("系统退信", "您的邮件被退回：收件人 x@163.com 邮箱空间不足", "utf-8", "false"),
        ("Undeliverable: hello", "remote server said: 5.7.1 spam", "utf-8", "true"),
        ("退信通知", "对方服务器返回 452 4.2.2 mailbox full", "utf-8", "false"),
    ],
)  # fmt: skip
def test_bounces_in_prose_as_qq_and_163_write_them(subject: str, text: str, charset: str, hard: str) -> None:
    (event,) = returned(prose(BACK, subject, text, charset))
    assert event.data["hard"] == hard
    assert event.ref == own_id("customer:7")


def test_other_mails_and_forged_return_paths_are_no_bounces() -> None:
    forged = BACK[:-30].rsplit("-", 1)[0] + "-0123456789abcdef@acme.example"
    assert returned(report(forged, "5.1.1")) == []
    assert returned(report("bounce@acme.example", "5.1.1")) == []
    assert returned(prose(BACK, "Re: 到期提醒", "收到，550 元可以吗？")) == []
    assert returned(report(BACK, "2.0.0", "delivered")) == []


@given(raw=st.binary(max_size=400))
def test_whatever_strangers_write_raises_nothing(raw: bytes) -> None:
    for mail_ in (raw, b"Subject: undeliverable\n\n" + raw, b"Content-Type: multipart/report; boundary=b\n\n--b\n" + raw):
        bounce = bounces.read(mail_)
        assert bounce is None or isinstance(bounce.hard, bool)


# An HMAC fills a short key up with zeros, so that zeros alone make no other secret.
@given(key=st.text(max_size=160), other=st.text(min_size=1, max_size=60).filter(lambda text: text.strip("\0") != ""))
def test_a_return_path_names_its_message_and_only_with_our_proof(key: str, other: str) -> None:
    back = return_path("bounce@acme.example", key, CALLBACK)
    assert message_of(f'"x" <{back.upper()}>', CALLBACK) == own_id(key)
    assert message_of(back, CALLBACK + other) == ""
    assert len(back.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    ("config", "wrong"),
    [({"from_address": "x"}, ["from_address"]), ({"bounce_address": "owner"}, ["bounce_address"]),
     ({"from_name": "a\nBcc: b"}, ["from_name"]),
     (CONFIG, [])],
)  # fmt: skip
def test_addresses_and_names_are_checked(config: dict[str, object], wrong: list[str]) -> None:
    assert [fault["field"] for fault in field_faults(EMAIL, config, {}, ())] == wrong
