"""What comes back happens once, however often it is told."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from liuke.act.domain.channel_events import EventKind
from liuke.act.governor.consents import consent_set, consents_of
from liuke.act.governor.domain import Word
from liuke.act.messages.domain_optout import is_optout
from liuke.act.messages.receiving import bounce_record, confirmed_record, open_record, optout_record, receipt_record, reply_record
from liuke.act.store.models import Channel, Consent, CustomerMessage, MessageEvent, Suppression, TrackedLink
from liuke.connect.store.models import Batch
from tests.act.messages.world import NOON, Sender, go
from tests.connect.kept import activities_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(shop: Sender) -> CustomerMessage:
    """A mail that the other side has taken."""
    [row] = shop.send(shop.ask(variables=(("改进内容", "https://example.com/x"), ("客户经理", "王芳"))))
    with shop.carrier():
        go(row)
    row.refresh_from_db()
    return row


def test_a_receipt_by_reference_delivers_and_a_late_failure_changes_nothing(shop: Sender, sent: CustomerMessage) -> None:
    good = shop.event(EventKind.RECEIPT, ref="ref-1", data={"state": "delivered"})
    assert receipt_record(channel=shop.channel, event=good).status == "delivered"
    assert receipt_record(channel=shop.channel, event=good).delivered_at == NOON
    bad = shop.event(EventKind.RECEIPT, "e2", ref="ref-1", data={"state": "failed", "code": "X"})
    assert receipt_record(channel=shop.channel, event=bad).status == "delivered"
    assert MessageEvent.objects.count() == 2


def test_a_receipt_by_our_key_settles_what_was_unknown(shop: Sender, sent: CustomerMessage) -> None:
    CustomerMessage.objects.update(status="unknown", ref="")
    event = shop.event(EventKind.RECEIPT, data={"state": "failed", "code": "MK:0001", "key": f"customer:{sent.pk}"})
    row = receipt_record(channel=shop.channel, event=event)
    assert (row.status, row.error) == ("failed", {"code": "receipt_failed", "params": {"code": "MK:0001"}})


def test_a_receipt_of_something_else_is_nobodys(shop: Sender, sent: CustomerMessage) -> None:
    assert receipt_record(channel=shop.channel, event=shop.event(EventKind.RECEIPT, ref="other", data={"state": "delivered"})) is None
    foreign = shop.event(EventKind.RECEIPT, data={"state": "delivered", "key": f"alert:{sent.pk}"})
    assert receipt_record(channel=shop.channel, event=foreign) is None


def test_a_reply_becomes_one_activity_that_ends_flows(shop: Sender, sent: CustomerMessage) -> None:
    event = shop.event(EventKind.REPLY, address="li@example.test", data={"text": "请给我报价"})
    for _ in range(2):
        row = reply_record(channel=shop.channel, event=event)
    assert row.replied_at == NOON
    batch = Batch.objects.get()
    [activity] = activities_in(batch)
    assert (activity["kind"], activity["customer_key"], activity["attrs"]["text"]) == ("message.in", shop.customer.key, "请给我报价")


@pytest.mark.parametrize("text", ["R", "r ", " TD", "td", "T", "退订", "拒收", "Ｒ", "ＴＤ。", "退订！", "回复R"])
def test_these_replies_are_optouts(text: str) -> None:
    assert is_optout(text)


@pytest.mark.parametrize("text", ["", "好的", "Roger", "TDK 什么价", "不退订单", "RT"])
def test_these_are_not(text: str) -> None:
    assert not is_optout(text)


def test_an_optout_by_reply_suppresses_at_once_and_is_no_activity(shop: Sender, sent: CustomerMessage) -> None:
    event = shop.event(EventKind.REPLY, address="li@example.test", data={"text": " ｔｄ "})
    for _ in range(2):
        reply_record(channel=shop.channel, event=event)
    closed = Suppression.objects.get()
    assert (closed.scope, closed.hint) == ("marketing", "l***@example.test")
    assert Consent.objects.order_by("-pk")[0].state == "withdrawn"
    assert not Batch.objects.exists()
    [row] = shop.send(shop.ask("k9"), at=NOON + timedelta(days=9))
    assert row.reason == "suppression"


def test_an_optout_from_an_unknown_number_is_kept_as_well(shop: Sender) -> None:
    sms = Channel.objects.create(workspace=shop.workspace, kind="sms_aliyun", name="短信")
    assert optout_record(channel=sms, event=shop.event(EventKind.OPT_OUT, address="+86 138 0013 8000")) is None
    assert Suppression.objects.get().hint == "138****8000"


def test_only_a_new_consent_lifts_a_suppression(shop: Sender, sent: CustomerMessage) -> None:
    optout_record(channel=shop.channel, event=shop.event(EventKind.OPT_OUT, address="li@example.test"))
    given = {"actor": shop.actor, "customer_id": shop.customer.pk, "medium": "email", "purpose": "marketing", "state": "given"}
    consent_set(**given, source="form", wording="v2")
    assert Suppression.objects.get().lifted_at is None
    consent_set(**given, source="form", wording="v2", contact_id=shop.contact.pk)
    assert Suppression.objects.get().lifted_at is not None
    words = {
        (one.contact_id, one.medium, one.purpose.value): one.word for one in consents_of(actor=shop.actor, customer_id=shop.customer.pk)
    }
    assert words[shop.contact.pk, "email", "marketing"] is Word.GIVEN


def test_a_hard_bounce_ends_everything_to_the_address(shop: Sender, sent: CustomerMessage) -> None:
    row = bounce_record(channel=shop.channel, event=shop.event(EventKind.BOUNCE, ref="ref-1", data={"hard": "true", "code": "5.1.1"}))
    row.refresh_from_db()
    assert (row.status, row.reason) == ("failed", "bounced")
    [service] = shop.send(shop.service())
    assert service.reason == "suppression"


def test_the_third_soft_bounce_within_fourteen_days_ends_it_too(shop: Sender, sent: CustomerMessage) -> None:
    for number, days in enumerate((0, 10, 16, 17)):
        assert not Suppression.objects.exists()
        at = NOON + timedelta(days=days)
        event = shop.event(EventKind.BOUNCE, f"b{number}", at=at, address="li@example.test", data={"hard": "false", "code": "4.2.2"})
        bounce_record(channel=shop.channel, event=event)
    assert Suppression.objects.get().reason == "soft_bounces"


def test_a_mass_task_tells_how_many_confirmed(shop: Sender, sent: CustomerMessage) -> None:
    confirmed_record(channel=shop.channel, event=shop.event(EventKind.CONFIRMED, ref="ref-1", data={"confirmed": "2", "of": "5"}))
    sent.refresh_from_db()
    assert sent.progress == {"confirmed": 2, "of": 5}


def test_an_open_is_noted_once_and_a_strange_token_not_at_all(sent: CustomerMessage) -> None:
    for hours in (1, 5):
        with patch("liuke.act.messages.receiving.workspace_at", lambda _, late=hours: NOON + timedelta(hours=late)):
            assert open_record(token=sent.token)
    sent.refresh_from_db()
    assert sent.opened_at == NOON + timedelta(hours=1)
    assert not open_record(token="x" * 43)


def test_a_click_leads_to_the_stored_address_only(client: Client, sent: CustomerMessage) -> None:
    link = TrackedLink.objects.get()
    assert client.head(f"/t/{link.token}").status_code == 302
    link.refresh_from_db()
    assert link.clicks == 0
    answer = client.get(f"/t/{link.token}?url=https://evil.test&next=https://evil.test")
    assert (answer.status_code, answer["Location"]) == (302, "https://example.com/x")
    link.refresh_from_db()
    sent.refresh_from_db()
    assert (link.clicks, sent.clicked_at is not None) == (1, True)
    assert client.get("/t/https://evil.test").status_code == 404
    assert client.get("/t/unknown").status_code == 404


def test_a_scanner_that_gets_the_page_unsubscribes_nobody(client: Client, sent: CustomerMessage) -> None:
    for _ in range(3):
        answer = client.get(f"/u/{sent.token}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "l***@example.test" in page
    assert "li@example.test" not in page
    assert not Suppression.objects.exists()


def test_one_click_works_without_cookies_and_twice_is_once(sent: CustomerMessage) -> None:
    mail_program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = mail_program.post(f"/u/{sent.token}", data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
    assert Suppression.objects.get().reason == "unsubscribe"
    withdrawn = Consent.objects.get(state="withdrawn")
    assert (withdrawn.source, withdrawn.contact_id) == ("one_click", sent.contact_id)


def test_the_button_of_the_page_unsubscribes(client: Client, sent: CustomerMessage) -> None:
    assert "已退订" in client.post(f"/u/{sent.token}", {"by": "page"}).content.decode()
    assert Consent.objects.get(state="withdrawn").source == "unsubscribe_page"
    assert client.get("/u/nonsense").status_code == 404
