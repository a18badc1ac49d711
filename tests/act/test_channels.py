"""Ways out: the same small contract for every kind."""

from __future__ import annotations

import json
import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail

from liuke.act.channels import KINDS
from liuke.act.channels.email.send import send as send_mail
from liuke.act.channels.webhook import signature
from liuke.act.channels.webhook.send import send as send_webhook
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, OutMessage, Site, Unknown
from liuke.act.domain.channel_fields import field_faults
from liuke.act.domain.sms import own_id
from liuke.vendors.guard import Refused, safe_address
from tests.act.targets import target

MESSAGE = OutMessage(
    "k-1", "alert", "高危预警：客户\r\nBcc: x@y.z", "正文", "https://liuke.example/alerts/1", "wang@acme.example", {"alerts": [1]}
)
SITE = Site("smtp://mail.example:25", "liuke@acme.example")
SMTP = target({"to": "owner"}, site=SITE)


class Hook(BaseHTTPRequestHandler):
    """Answers with the server's status and keeps what came."""

    def do_POST(self) -> None:
        """Keep the request."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Quiet."""


@contextmanager
def hook(status: int = 200, handler: type[Hook] = Hook) -> Iterator[tuple[str, list[Any]]]:
    """A receiver on loopback: its address and what it got."""
    server = HTTPServer(("127.0.0.1", 0), handler)
    server.got, server.status = [], status  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/in?x=1", server.got  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def local(url: str, secret: str = "s") -> ChannelTarget:
    """A webhook target that may reach loopback."""
    return target({"url": url}, {"secret": secret})


def faults(kind: str, config: dict[str, object]) -> list[dict[str, object]]:
    """What is wrong with a config whose secrets are all there."""
    return field_faults(KINDS[kind], config, {}, KINDS[kind].secret_names)


@pytest.mark.parametrize(
    ("given", "stored", "told"),
    [("", (), [""]), ("", ("secret",), []), ("s" * 8000, (), []), ("s" * 8001, ("secret",), ["***"])],
)  # fmt: skip
def test_a_secret_is_needed_once_and_never_repeated_in_a_fault(given: str, stored: tuple[str, ...], told: list[str]) -> None:
    found = field_faults(KINDS["webhook"], {"url": "https://a.example/x"}, {"secret": given}, stored)
    assert [(fault["field"], fault["got"]) for fault in found] == [("secret", got) for got in told]


def test_every_folder_is_a_channel_with_the_whole_contract() -> None:
    assert {"email", "inapp", "webhook"} <= set(KINDS)
    assert all(name == kind.name and len(name) <= 24 and kind.reaches for name, kind in KINDS.items())


def test_a_webhook_is_signed_over_time_and_body_and_carries_its_key() -> None:
    with hook() as (url, got):
        assert send_webhook(MESSAGE, local(url, "geheim")) == Delivered("200")
    headers, body = got[0]
    assert headers["X-Liuke-Signature"] == signature(body, timestamp=headers["X-Liuke-Timestamp"], secret="geheim")
    assert headers["Idempotency-Key"] == "k-1"
    assert json.loads(body)["data"] == {"alerts": [1]}


def test_a_signature_is_the_documented_hmac() -> None:
    by_openssl = "sha256=b253639bcd705ed1cda3073f66104f16988bd40272584dea7d0d345ae93e61cc"  # printf '1.{}' | openssl dgst -sha256 -hmac s
    assert signature(b"{}", timestamp="1", secret="s") == by_openssl


@pytest.mark.parametrize(("status", "transient"), [(500, True), (429, True), (400, False), (302, False), (410, False)])
def test_an_answer_says_whether_trying_again_helps_and_redirects_are_not_followed(status: int, transient: bool) -> None:
    with hook(status) as (url, got):
        assert send_webhook(MESSAGE, local(url)) == Failed("webhook_answer", {"status": status}, transient=transient)
    assert len(got) == 1


def test_an_endless_answer_is_not_read() -> None:
    """A receiver could otherwise fill the worker's memory, or hold it by sending a byte now and then."""

    class Endless(Hook):
        """Announces what it never sends."""

        def do_POST(self) -> None:
            """A status and one byte; then silence, until the sender hangs up."""
            self.send_response(200)
            self.send_header("Content-Length", "1000000000000")
            self.end_headers()
            self.wfile.write(b"x")
            self.rfile.read()

    with hook(handler=Endless) as (url, _):
        assert send_webhook(MESSAGE, local(url)) == Delivered("200")


def test_a_receiver_that_is_down_may_come_back() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    result = send_webhook(MESSAGE, local(f"http://127.0.0.1:{port}/"))
    assert isinstance(result, Failed)
    assert (result.code, result.transient) == ("webhook_unreachable", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost:8600/", "http://10.0.0.8/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://2130706433/", "http://[fe80::1]/", "http://100.64.0.1/",
        "http://224.0.0.1/", "http://[::7f00:1]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::a00:1]/", "http://240.0.0.1/",
        "http://[::ffff:10.0.0.8]/",
    ],
)  # fmt: skip
def test_an_address_of_the_own_network_is_refused(url: str) -> None:
    result = send_webhook(MESSAGE, target({"url": url}, {"secret": "s"}, site=Site()))
    assert result == Failed("webhook_refused", {"why": "private_address"})


def fake_lookup(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """The name service answers with these."""
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_lookup(monkeypatch, "93.184.216.34", "10.1.2.3")
    with pytest.raises(Refused, match="private_address"):
        safe_address("both.example", 443, ())


def test_listed_hosts_and_networks_of_the_own_network_are_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_lookup(monkeypatch, "10.1.2.3")
    assert str(safe_address("hooks.internal", 443, ("hooks.internal",))) == "10.1.2.3"
    assert str(safe_address("hooks.internal", 443, ("10.1.0.0/16",))) == "10.1.2.3"
    with pytest.raises(Refused):
        safe_address("hooks.internal", 443, ("10.2.0.0/16", "not an address"))


def test_an_unknown_host_is_told() -> None:
    with pytest.raises(Refused, match="unknown_host"):
        safe_address("\udcff", 80, ())


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "https://", "https://u:p@x.example/", "x", None, "https://x.example:99999/", "https://x/" + "y" * 600]
)
def test_a_webhook_address_is_checked(url: object) -> None:
    assert faults("webhook", {"url": url})
    assert faults("webhook", {"url": "https://x.example/hook", "colour": 1})
    assert not faults("webhook", {"url": "https://x.example:8443/hook"})


def test_a_webhook_without_a_secret_is_not_sent() -> None:
    assert send_webhook(MESSAGE, local("http://127.0.0.1/", "")) == Failed("webhook_config")


def test_a_mail_goes_to_the_recipient_with_a_stable_id_and_no_injected_header() -> None:
    assert send_mail(MESSAGE, SMTP) == Delivered("", own_id("k-1"))
    assert send_mail(MESSAGE, target({"to": "team@acme.example"}, site=SITE)) == Delivered("", own_id("k-1"))
    first, second = mail.outbox
    assert (first.to, second.to) == (["wang@acme.example"], ["team@acme.example"])
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert "\n" not in first.subject
    assert "https://liuke.example/alerts/1" in first.body


def test_mail_without_a_server_or_an_address_is_a_plain_failure() -> None:
    assert send_mail(MESSAGE, target({"to": "owner"})) == Failed("email_off")
    assert send_mail(OutMessage("k", "alert", "s", "t"), SMTP) == Failed("channel_recipient")


@pytest.mark.parametrize(
    ("error", "kind", "transient"),
    [
        (smtplib.SMTPServerDisconnected("gone"), Unknown, None), (smtplib.SMTPRecipientsRefused({}), Failed, False),
        (smtplib.SMTPDataError(554, b"spam"), Failed, False), (smtplib.SMTPConnectError(421, b"busy"), Failed, True),
        (ConnectionRefusedError(), Failed, True), (TimeoutError(), Failed, True),
    ],
)  # fmt: skip
def test_what_the_mail_server_says_decides_about_trying_again(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type, transient: bool | None
) -> None:
    def broken(*_: object) -> int:
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    result = send_mail(MESSAGE, SMTP)
    assert isinstance(result, kind)
    assert getattr(result, "transient", None) == transient


@pytest.mark.parametrize(
    ("config", "fine"),
    [
        ({"to": "owner"}, True),
        ({"to": "a@b.example"}, True),
        ({}, True),
        ({"to": 5}, False),
        ({"to": "x"}, False),
        ({"to": "owner", "cc": 1}, False),
    ],
)
def test_a_mail_config_is_checked(config: dict[str, object], fine: bool) -> None:
    assert (faults("email", config) == []) is fine


def test_PLY_15_a_voice_robot_gets_whom_to_call_and_what_to_say() -> None:
    message = OutMessage(
        "k-7", "customer", "s", "您好，您的合同即将到期", to="138 0013 8000", params={"name": "张三"}, data={"customer_key": "C1"}
    )
    with hook() as (url, got):
        assert send_webhook(message, target({"url": url, "body": "voice"}, {"secret": "s"})) == Delivered("200")
    said = json.loads(got[0][1])
    assert (said["kind"], said["phone"], said["call_id"]) == ("voice_call", "+8613800138000", own_id("k-7"))
    assert (said["script"], said["variables"], said["data"]) == ("您好，您的合同即将到期", {"name": "张三"}, {"customer_key": "C1"})


@pytest.mark.parametrize(("said", "wait"), [("12", 12.0), ("999999", 3600.0), ("soon", 0.0)])
def test_a_receiver_says_when_to_come_again(said: str, wait: float) -> None:
    class Later(Hook):
        """Too busy."""

        def do_POST(self) -> None:
            """Come again."""
            self.send_response(429)
            self.send_header("Retry-After", said)
            self.end_headers()

    with hook(handler=Later) as (url, _):
        assert send_webhook(MESSAGE, local(url)) == Failed("webhook_answer", {"status": 429}, transient=True, again_in=wait)
