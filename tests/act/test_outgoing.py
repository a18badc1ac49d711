"""Configured channels and the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.channels import KINDS
from liuke.act.domain.cards import AlertTask, ApprovalTask, approval_task_id_of, task_id_of, task_of
from liuke.act.domain.channel import Delivered, OutMessage
from liuke.act.store.models import Channel
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound, Transient
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.domain.contract import Message
from liuke.jobs.store.models import OutboxMessage
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _smtp(monkeypatch: pytest.MonkeyPatch) -> None:
    """E-mail is on; Django keeps the mails of a test in memory."""
    monkeypatch.setattr(settings, "LIUKE", replace(settings.LIUKE, smtp_url="smtp://mail.example:25"))


def mail_channel(acme: Company, **fields: Any) -> Channel:
    return act.channel_create(**{"actor": acme.actor(acme.it), "kind": "email", "name": "邮件", "config": {"to": "owner"}, **fields})


def outgoing(acme: Company) -> Message:
    """The message that one pushed alert of wang left in the outbox."""
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 80)])
    row = OutboxMessage.objects.get()
    return Message(row.pk, row.key, row.topic, row.payload, row.workspace_id, 1)


def deliver(message: Message) -> Outcome:
    return act.OUTBOX_HANDLERS[message.topic].deliver(message)


def on_the_real_clock(acme: Company) -> None:
    acme.workspace.simulated_as_of = None
    acme.workspace.save()


def test_a_simulated_workspace_never_sends_outside(acme: Company) -> None:
    mail_channel(acme)
    assert deliver(outgoing(acme)) is Outcome.SUPPRESSED
    assert mail.outbox == []


def test_ALT_02_a_pushed_alert_reaches_its_owner_by_mail(acme: Company) -> None:
    channel = mail_channel(acme)
    message = outgoing(acme)
    on_the_real_clock(acme)
    assert deliver(message) is Outcome.SENT
    assert mail.outbox[0].to == ["wang@acme.example"]
    assert "客户wang1" in mail.outbox[0].subject
    channel.refresh_from_db()
    assert channel.last_ok_at is not None


def test_a_channel_that_is_off_suppresses_what_waits(acme: Company) -> None:
    channel = mail_channel(acme)
    message = outgoing(acme)
    on_the_real_clock(acme)
    act.channel_update(actor=acme.actor(acme.it), channel_id=channel.pk, name="邮件", config={"to": "owner"}, enabled=False)
    assert deliver(message) is Outcome.SUPPRESSED


def test_a_server_that_is_down_is_tried_again_and_seen_on_the_channel(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = mail_channel(acme)
    message = outgoing(acme)
    on_the_real_clock(acme)

    def broken(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    with pytest.raises(Transient):
        deliver(message)
    channel.refresh_from_db()
    assert channel.last_error["code"] == "email_unreachable"


def test_a_webhook_inside_the_own_network_fails_for_good(acme: Company) -> None:
    mail_channel(acme, kind="webhook", config={"url": "http://127.0.0.1:9/"}, secrets={"secret": "s"})
    message = outgoing(acme)
    on_the_real_clock(acme)
    with pytest.raises(Invalid) as caught:
        deliver(message)
    assert caught.value.code == "webhook_refused"


def test_topics_say_whether_the_other_side_dedupes() -> None:
    dedupes = {topic: entry.dedupes for topic, entry in act.OUTBOX_HANDLERS.items()}
    assert dedupes["channel.email"] is False
    assert dedupes["channel.webhook"] is True
    assert "channel.inapp" not in dedupes


def test_a_secret_is_sealed_and_kept_when_the_channel_changes(acme: Company) -> None:
    channel = mail_channel(acme, kind="webhook", config={"url": "https://x.example/"}, secrets={"secret": "geheim"})
    sealed = bytes(Channel.objects.get().secret or b"")
    assert b"geheim" not in sealed
    act.channel_update(actor=acme.actor(acme.it), channel_id=channel.pk, name="neu", config={"url": "https://y.example/"})
    assert bytes(Channel.objects.get().secret or b"") == sealed


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "fax"}, "channel_kind"), ({"kind": "inapp"}, "channel_kind"), ({"config": {"to": "x"}}, "channel_config"),
        ({"name": " "}, "channel_config"),
        ({"kind": "webhook", "config": {"url": "https://x.example/"}}, "channel_config"),
    ],
)  # fmt: skip
def test_a_faulty_channel_is_refused(acme: Company, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        mail_channel(acme, **fields)
    assert caught.value.code == code


def test_a_name_is_used_once_per_workspace(acme: Company, stranger: Company) -> None:
    mail_channel(acme)
    mail_channel(stranger)
    with pytest.raises(Conflict):
        mail_channel(acme)


def test_only_who_holds_channels_manages_them_and_a_stranger_finds_none(acme: Company, stranger: Company) -> None:
    channel = mail_channel(acme)
    for who in (acme.wang, acme.supervisor, acme.analyst):
        with pytest.raises(Forbidden):
            mail_channel(acme, actor=acme.actor(who), name="mine")
        with pytest.raises(Forbidden):
            act.channels_list(acme.actor(who))
    outside = stranger.actor(stranger.it)
    assert not act.channels_list(outside).exists()
    for call in (act.channel_get, act.channel_delete, act.channel_test):
        with pytest.raises(NotFound):
            call(actor=outside, channel_id=channel.pk)


def test_a_test_message_says_what_the_other_side_answered(acme: Company) -> None:
    channel = mail_channel(acme)
    it = acme.actor(acme.it)
    with pytest.raises(Conflict):
        act.channel_test(actor=it, channel_id=channel.pk)
    on_the_real_clock(acme)
    assert isinstance(act.channel_test(actor=it, channel_id=channel.pk), Delivered)
    assert mail.outbox[0].to == ["it@acme.example"]


def test_every_change_of_a_channel_is_audited_without_its_secret(acme: Company) -> None:
    channel = mail_channel(acme, kind="webhook", config={"url": "https://x.example/"}, secrets={"secret": "geheim"})
    act.channel_delete(actor=acme.actor(acme.it), channel_id=channel.pk)
    entries = list(AuditEntry.objects.values_list("action", "detail"))
    assert [action for action, _ in entries] == ["channel_create", "channel_delete"]
    assert "geheim" not in str(entries)


def sent_through(acme: Company, monkeypatch: pytest.MonkeyPatch, **kind: Any) -> OutMessage:
    """What a channel of a kind (the webhook's, changed) is handed for one pushed alert of wang."""
    got: list[OutMessage] = []

    def keep(message: OutMessage, _target: object) -> Delivered:
        got.append(message)
        return Delivered()

    mail_channel(acme, kind="webhook", config={"url": "https://x.example/"}, secrets={"secret": "s"})
    monkeypatch.setitem(KINDS, "webhook", replace(KINDS["webhook"], send=keep, **kind))
    message = outgoing(acme)
    on_the_real_clock(acme)
    assert deliver(message) is Outcome.SENT
    return got[0]


def test_BEY_09_an_alert_comes_as_a_card_with_facts_and_buttons_for_its_reader(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    message = sent_through(acme, monkeypatch, address="phone")
    card = message.card
    assert card is not None
    assert [button.key for button in card.buttons] == ["claim", "snooze:1", "snooze:3", "verdict:valid", "verdict:false_alarm", "link"]
    assert [button.label for button in card.buttons][:3] == ["跟进", "延后1天", "延后3天"]
    pages = {button.key: button.page or button.link for button in card.buttons}
    assert pages["claim"] == f"{card.link}?do=claim"
    assert [button.link for button in card.buttons if button.link] == [f"{card.link}?do=verdict:false_alarm", card.link]
    facts = dict(card.facts)
    assert facts["风险分"] == "80"
    assert {"首要原因", "年消费额"} <= facts.keys()
    task = task_of(card.task_id)
    assert isinstance(task, AlertTask)
    assert task.membership_id == acme.wang.pk
    assert card.link == message.link == f"{settings.LIUKE.public_url}/w/{acme.workspace.slug}/alerts/{task.alert_id}"


def test_a_card_in_a_group_has_no_buttons_but_its_link(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.wang.user.phone = "13800138000"
    acme.wang.user.save()
    message = sent_through(acme, monkeypatch)
    assert message.card is not None
    assert [button.key for button in message.card.buttons] == ["link"]
    assert (message.to, message.mentions) == ("", ("13800138000",))


@given(approval=st.integers(1, 10**9), member=st.integers(0, 10**9), key=st.text(max_size=160))
def test_the_task_of_an_approval_is_never_one_of_an_alert(approval: int, member: int, key: str) -> None:
    task = approval_task_id_of(approval, member, key)
    assert task_of(task) == ApprovalTask(approval, member)
    assert len(task) <= 128
    assert task != task_id_of(approval, member, key)


@given(alert=st.integers(1, 10**9), member=st.integers(0, 10**9), key=st.text(max_size=160))
def test_a_cards_task_is_unique_per_message_and_read_back(alert: int, member: int, key: str) -> None:
    task = task_id_of(alert, member, key)
    assert task_of(task) == AlertTask(alert, member)
    assert len(task) <= 128
    assert task != task_id_of(alert, member, key + "x")
    assert task_of(task + "0") is None


def test_a_test_goes_to_the_chosen_person_or_the_address_typed_in(acme: Company, stranger: Company) -> None:
    channel, it = mail_channel(acme), acme.actor(acme.it)
    on_the_real_clock(acme)
    act.channel_test(actor=it, channel_id=channel.pk, to=act.TestTo(acme.wang.pk))
    act.channel_test(actor=it, channel_id=channel.pk, to=act.TestTo(acme.wang.pk, " duty@acme.example "))
    assert [each.to for each in mail.outbox] == [["wang@acme.example"], ["duty@acme.example"]]
    with pytest.raises(NotFound):
        act.channel_test(actor=it, channel_id=channel.pk, to=act.TestTo(stranger.wang.pk))


def test_channels_keep_the_order_they_are_given(acme: Company) -> None:
    it = acme.actor(acme.it)
    first, second, third = (mail_channel(acme, name=name).pk for name in ("a", "b", "c"))
    act.channels_order(actor=it, ids=[third, first])
    assert [channel.pk for channel in act.channels_list(it)] == [third, first, second]


def test_health_counts_what_left_what_failed_and_what_waits(acme: Company) -> None:
    first, second = (mail_channel(acme, name=name) for name in ("a", "b"))
    now = utc_now()
    rows = [
        ("channel.email", second.pk, "sent", 0), ("channel.email", second.pk, "failed", 2), ("channel.email", first.pk, "unknown", 0),
        ("customer.email", None, "sent", 0), ("channel.email", first.pk, "pending", 0), ("channel.email", first.pk, "sent", 9),
    ]  # fmt: skip
    for number, (topic, way, status, days) in enumerate(rows):
        OutboxMessage.objects.create(
            workspace=acme.workspace, key=f"h{number}", topic=topic, payload={"channel": way} if way else {"message": 1},
            status=status, run_at=now - timedelta(days=days),
        )  # fmt: skip
    health = act.health_of([first, second], now)
    assert (health[first.pk].day, health[first.pk].waiting) == ({"unknown": 1, "sent": 1}, 1)
    assert (health[second.pk].day, health[second.pk].week) == ({"sent": 1}, {"sent": 1, "failed": 1})


def test_an_unknown_message_is_marked_by_a_person_and_never_sent_again(acme: Company) -> None:
    channel, it = mail_channel(acme), acme.actor(acme.it)
    row = OutboxMessage.objects.create(
        workspace=acme.workspace, key="u", topic="channel.email", payload={"channel": channel.pk}, status="unknown", run_at=utc_now()
    )
    (trouble,) = act.troubles(actor=it, channel_id=channel.pk)
    assert (trouble.state, trouble.can_ask) == ("unknown", False)
    with pytest.raises(Conflict):
        act.trouble_ask(actor=it, channel_id=channel.pk, message_id=row.pk)
    act.trouble_mark(actor=it, channel_id=channel.pk, message_id=row.pk, arrived=True)
    row.refresh_from_db()
    assert row.status == "sent"
    assert act.troubles(actor=it, channel_id=channel.pk) == []
    assert mail.outbox == []
    assert AuditEntry.objects.filter(action="channel_mark").count() == 1
