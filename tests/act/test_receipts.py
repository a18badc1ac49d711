"""Messages whose fate is told later are never sent twice, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from liuke.act.domain.channel import Delivered, Failed, OutMessage, Unknown
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.domain.sms import own_id
from liuke.act.outgoing import receipts
from liuke.act.outgoing.sealing import open_text, seal
from liuke.act.outgoing.sending import fault_of, send
from liuke.act.store.models import Channel, Receipt
from liuke.base.errors import Invalid, Transient
from liuke.base.times import utc_now
from tests.factories import make_workspace
from tests.simulators.aliyun_sms import AliyunSms, fault
from tests.simulators.server import Clock, Cut

pytestmark = pytest.mark.django_db
State = Receipt.State
MESSAGE = OutMessage("k1", "customer", "s", "t", to="13800138000", template="SMS_1", params={"name": "张三"})


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[AliyunSms]:
    monkeypatch.setattr(django_settings, "LIUKE", replace(django_settings.LIUKE, webhook_allow=("127.0.0.1",)))
    with AliyunSms(Clock(utc_now())) as simulator:
        yield simulator


@pytest.fixture
def channel(vendor: AliyunSms) -> Channel:
    config = {"access_key_id": "key", "sign_name": "留客", "base_url": vendor.base_url}
    secret = seal({"access_key_secret": "secret"})
    return Channel.objects.create(workspace=make_workspace(), kind="sms_aliyun", name="短信", config=config, secret=secret)


def receipt(state: str = "delivered", code: str = "") -> Event:
    return Event(EventKind.RECEIPT, "d", utc_now(), ref=own_id("k1"), data={"state": state, "code": code})


def test_an_accepted_message_waits_for_its_receipt_with_a_sealed_number(channel: Channel) -> None:
    assert isinstance(send(channel, MESSAGE), Delivered)
    row = Receipt.objects.get()
    assert (row.state, row.ref) == (State.ACCEPTED, own_id("k1"))
    assert b"138" not in bytes(row.sealed_to)
    assert open_text(row.sealed_to) == "13800138000"
    assert receipts.settle(channel, receipt()) == "k1"
    row.refresh_from_db()
    assert row.state == State.DELIVERED


def test_an_unanswered_sms_is_unknown_and_never_sent_again(channel: Channel, vendor: AliyunSms) -> None:
    vendor.fails("/", Cut.AFTER)
    assert isinstance(send(channel, MESSAGE), Unknown)
    assert isinstance(send(channel, MESSAGE), Unknown)
    assert len(vendor.sent) == 1


def test_a_worker_that_died_while_sending_leaves_a_message_that_is_not_sent_again(channel: Channel, vendor: AliyunSms) -> None:
    receipts.begin(channel, MESSAGE, utc_now())
    assert isinstance(send(channel, MESSAGE), Unknown)
    assert vendor.log == []


def test_one_that_was_taken_is_not_sent_again_but_one_that_was_put_off_is(channel: Channel, vendor: AliyunSms) -> None:
    vendor.fails("/", fault("Throttling.User"))
    first = send(channel, MESSAGE)
    assert isinstance(first, Failed)
    assert first.transient
    assert isinstance(send(channel, MESSAGE), Delivered)
    assert isinstance(send(channel, MESSAGE), Delivered)
    assert len(vendor.sent) == 1


def test_a_refused_one_is_settled_with_its_code(channel: Channel, vendor: AliyunSms) -> None:
    vendor.balance = 0
    send(channel, MESSAGE)
    row = Receipt.objects.get()
    assert (row.state, row.code) == (State.FAILED, "sms_aliyun_isv.AMOUNT_NOT_ENOUGH")
    assert row.settled_at is not None
    channel.refresh_from_db()
    assert channel.last_error["code"] == row.code


def test_a_receipt_that_comes_before_the_answer_stands(channel: Channel) -> None:
    receipts.begin(channel, MESSAGE, utc_now())
    assert receipts.settle(channel, receipt("failed", "MK:0001")) == "k1"
    receipts.end(channel, MESSAGE, Delivered("", own_id("k1")), utc_now())
    row = Receipt.objects.get()
    assert (row.state, row.code) == (State.FAILED, "MK:0001")


def test_a_late_delivered_outweighs_a_failure_but_not_the_other_way_round(channel: Channel) -> None:
    send(channel, MESSAGE)
    for state, left in (("failed", State.FAILED), ("delivered", State.DELIVERED), ("failed", State.DELIVERED)):
        receipts.settle(channel, receipt(state))
        assert Receipt.objects.get().state == left


def test_a_receipt_of_an_id_that_we_never_gave_changes_nothing(channel: Channel) -> None:
    send(channel, MESSAGE)
    assert receipts.settle(channel, replace(receipt(), ref="other")) is None
    assert receipts.settle(channel, replace(receipt(), ref="")) is None
    stranger = Channel.objects.create(workspace=make_workspace(slug="other"), kind="sms_aliyun", name="x")
    assert receipts.settle(stranger, receipt()) is None
    assert Receipt.objects.get().state == State.ACCEPTED


def test_open_messages_are_asked_for_after_a_while_and_not_all_the_time(channel: Channel, vendor: AliyunSms) -> None:
    vendor.fails("/", Cut.AFTER)
    send(channel, MESSAGE)
    now = utc_now()
    assert receipts.receipts_due(now) == {}
    due = receipts.receipts_due(now + timedelta(minutes=3))
    assert [row.key for row in due[channel.pk]] == ["k1"]
    assert receipts.receipts_ask(channel, due[channel.pk], now) == []
    assert receipts.receipts_due(now + timedelta(minutes=20)) == {}
    vendor.carrier("delivered", "DELIVERED")
    told = receipts.receipts_ask(channel, receipts.receipts_due(now + timedelta(minutes=40))[channel.pk], now)
    assert [event.data["state"] for event in told] == ["delivered"]
    assert receipts.receipts_due(now + timedelta(hours=2)) == {}


def test_channels_that_are_off_and_rehearsing_workspaces_ask_nobody(channel: Channel) -> None:
    send(channel, MESSAGE)
    later = utc_now() + timedelta(hours=1)
    assert receipts.receipts_due(later)
    Channel.objects.update(enabled=False)
    assert receipts.receipts_due(later) == {}


def test_receipts_are_forgotten_after_ninety_days(channel: Channel) -> None:
    send(channel, MESSAGE)
    assert receipts.receipts_sweep(utc_now() + timedelta(days=89)) == 0
    assert receipts.receipts_sweep(utc_now() + timedelta(days=91)) == 1


def test_a_wait_that_the_other_side_asks_for_travels_with_the_fault() -> None:
    waiting = fault_of(Failed("vendor_limited", {"x": 1}, transient=True, again_in=7.5))
    assert isinstance(waiting, Transient)
    assert waiting.params == {"x": 1, "again_in": 7.5}
    assert fault_of(Failed("c", {}, transient=True)).params == {}
    assert isinstance(fault_of(Failed("c")), Invalid)
