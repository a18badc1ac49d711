"""What left and what was opened becomes an activity, once, and only where it really left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from liuke.act.domain.channel import Failed, OutMessage, Unknown
from liuke.act.domain.channel_events import EventKind
from liuke.act.governor.consents import consent_set
from liuke.act.governor.domain_policy import Purpose
from liuke.act.governor.policies import policy_publish
from liuke.act.messages.domain import Template, template_faults, template_plain, template_read
from liuke.act.messages.receiving import click_record, open_record, receipt_record
from liuke.act.messages.templates import template_get, template_save
from liuke.act.store.models import CustomerMessage, OwnActivity, TrackedLink
from liuke.base.errors import Invalid
from tests.act.messages.world import NOON, Sender, go, person, sender

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=3)


@pytest.fixture
def sent(shop: Sender) -> CustomerMessage:
    """A marketing mail with a link that the other side has taken."""
    [row] = shop.send(shop.ask(variables=(("改进内容", "https://example.com/x"), ("客户经理", "王芳"))))
    with shop.carrier():
        go(row)
    row.refresh_from_db()
    return row


def told() -> dict[str, dict[str, object]]:
    return dict(OwnActivity.objects.values_list("activity_id", "row"))


def opened(row: CustomerMessage, at: datetime = LATER) -> bool:
    with patch("liuke.act.messages.receiving.workspace_at", lambda _: at):
        return open_record(token=row.token)


def test_a_marketing_mail_that_left_is_a_campaign_at_the_moment_of_leaving(sent: CustomerMessage) -> None:
    [(key, row)] = told().items()
    assert (key, row["kind"], row["channel"], row["customer_key"]) == (f"message:{sent.pk}", "campaign.sent", "email", sent.customer.key)
    assert datetime.fromisoformat(str(row["ts"])) == NOON
    assert "text" not in row["attrs"]


def test_a_service_mail_is_a_message_out(shop: Sender) -> None:
    [row] = shop.send(shop.service())
    with shop.carrier():
        go(row)
    assert [activity["kind"] for activity in told().values()] == ["message.out"]


@pytest.mark.parametrize("answer", [Failed("email_refused"), Unknown("email_unknown")])
def test_what_did_not_surely_leave_is_not_told(shop: Sender, answer: Failed | Unknown) -> None:
    shop.answer = answer
    [row] = shop.send()
    with shop.carrier():
        try:
            go(row)
        except Invalid:
            assert isinstance(answer, Failed)
    assert told() == {}


def test_a_receipt_of_what_nobody_knew_tells_it_and_one_of_what_was_known_does_not_tell_it_again(
    shop: Sender, sent: CustomerMessage
) -> None:
    OwnActivity.objects.all().delete()
    receipt = shop.event(EventKind.RECEIPT, ref="ref-1", data={"state": "delivered"}, at=LATER)
    CustomerMessage.objects.update(status="unknown")
    receipt_record(channel=shop.channel, event=receipt)
    assert list(told()) == [f"message:{sent.pk}"]
    OwnActivity.objects.all().delete()
    receipt_record(channel=shop.channel, event=shop.event(EventKind.RECEIPT, "e2", ref="ref-1", data={"state": "delivered"}))
    assert told() == {}


def test_a_mass_task_has_left_when_its_receipt_says_so(shop: Sender) -> None:
    [row] = shop.send()
    CustomerMessage.objects.update(channel="wecom_customer")
    with shop.carrier("wecom_customer"):
        shop.channel.kind = "wecom_customer"
        shop.channel.save()
        go(row)
    assert told() == {}
    receipt_record(channel=shop.channel, event=shop.event(EventKind.RECEIPT, ref="ref-1", data={"state": "delivered"}, at=LATER))
    [activity] = told().values()
    assert datetime.fromisoformat(str(activity["ts"])) == LATER


def test_a_simulated_workspace_tells_of_no_message(db: None) -> None:
    shop = sender(simulated_as_of=NOON)
    [row] = shop.send()
    assert row.status == "suppressed"
    open_record(token=row.token)
    assert told() == {}


def test_SIG_12_an_opening_is_told_once_under_the_campaign_of_its_message(sent: CustomerMessage) -> None:
    assert opened(sent)
    assert opened(sent, LATER + timedelta(days=1))
    rows = told()
    row = rows[f"opened:{sent.pk}"]
    assert (row["kind"], datetime.fromisoformat(str(row["ts"]))) == ("campaign.opened", LATER)
    assert row["attrs"]["campaign"] == rows[f"message:{sent.pk}"]["attrs"]["campaign"]
    assert len(rows) == 2


def test_a_mail_servers_look_is_no_opening_but_the_person_who_comes_later_is(sent: CustomerMessage) -> None:
    assert opened(sent, NOON + timedelta(seconds=3))
    sent.refresh_from_db()
    assert sent.opened_at is None
    assert opened(sent)
    assert f"opened:{sent.pk}" in told()


def test_a_click_proves_the_opening(sent: CustomerMessage) -> None:
    link = TrackedLink.objects.get()
    with patch("liuke.act.messages.receiving.workspace_at", lambda _: NOON + timedelta(seconds=2)):
        assert click_record(token=link.token) == "https://example.com/x"
        click_record(token=link.token)
    row = told()[f"opened:{sent.pk}"]
    assert (row["kind"], row["attrs"]["clicked"]) == ("campaign.opened", True)


def allow_pixel(shop: Sender, *, workspace: bool = True, template: bool = True, notice: str = "") -> None:
    """Switches of the workspace and of the template of the marketing mail."""
    policy_publish(actor=shop.actor, plain={"open_pixel": workspace, "pixel_notice": notice}, based_on=0)
    wanted = replace(template_get(shop.workspace, "recall_news"), open_pixel=template)
    template_save(actor=shop.actor, template=wanted, based_on=0)


def mailed(shop: Sender) -> OutMessage:
    """The marketing mail as it leaves now."""
    [row] = shop.send()
    with shop.carrier() as taken:
        go(row)
    [message] = taken
    return message


def test_as_shipped_no_mail_tells_of_its_opening_even_to_who_agreed_to_marketing(shop: Sender) -> None:
    message = mailed(shop)
    assert message.pixel == ""
    assert "是否被打开" not in message.text


@pytest.mark.parametrize(("workspace", "template"), [(True, False), (False, True)])
def test_one_switch_alone_is_not_enough(shop: Sender, workspace: bool, template: bool) -> None:
    allow_pixel(shop, workspace=workspace, template=template)
    assert mailed(shop).pixel == ""


def test_where_only_no_objection_is_needed_a_mail_goes_to_who_was_not_asked_but_without_the_pixel(shop: Sender) -> None:
    allow_pixel(shop)
    stranger, _ = person(shop.workspace, agreed=False, email="han@example.test")
    policy_publish(actor=shop.actor, plain={"open_pixel": True, "needs": {"email": "not_withdrawn"}}, based_on=1)
    [row] = shop.send(shop.ask("k9", customer_id=stranger.pk))
    with shop.carrier() as taken:
        go(row)
    assert [message.pixel for message in taken] == [""]


@pytest.mark.parametrize("notice", ["", "我们会统计邮件是否打开。"])
def test_a_mail_with_the_pixel_says_so_before_it_says_how_to_refuse(shop: Sender, notice: str) -> None:
    allow_pixel(shop, notice=notice)
    message = mailed(shop)
    told, refuse = message.text.find(notice or "本邮件会记录是否被打开"), message.text.find("/u/")
    assert message.pixel.endswith(".gif")
    assert 0 < told < refuse


def test_a_switch_turned_off_takes_effect_on_mails_that_wait(shop: Sender) -> None:
    allow_pixel(shop)
    [row] = shop.send()
    policy_publish(actor=shop.actor, plain={"open_pixel": False}, based_on=1)
    with shop.carrier() as taken:
        go(row)
    assert [message.pixel for message in taken] == [""]


def test_only_a_template_of_mails_has_the_switch() -> None:
    template = Template("x_y", "n", Purpose.MARKETING, ("sms",), "", "b", open_pixel=True)
    assert [fault["field"] for fault in template_faults(template)] == ["open_pixel"]
    assert template_read("x_y", template_plain(template)) == template


def test_the_pixel_stands_in_the_mail_only_of_who_agreed(shop: Sender) -> None:
    allow_pixel(shop)
    [agreed] = shop.send()
    [service] = shop.send(shop.service())
    with shop.carrier() as taken:
        go(agreed)
        go(service)
    assert [message.pixel.endswith(f"/o/{agreed.token}.gif") for message in taken] == [True, False]
    assert taken[1].pixel == ""


def test_who_takes_consent_back_before_the_mail_leaves_gets_neither_mail_nor_pixel(shop: Sender) -> None:
    [row] = shop.send()
    whose = {"actor": shop.actor, "customer_id": shop.customer.pk, "contact_id": shop.contact.pk, "medium": "email"}
    consent_set(**whose, purpose="marketing", state="withdrawn", source="phone")
    with shop.carrier() as taken:
        go(row)
    assert taken == []
    assert told() == {}


def test_the_pixel_is_one_point_for_everybody_and_counts_by_its_token(client: Client, sent: CustomerMessage) -> None:
    CustomerMessage.objects.update(planned_at=datetime(2020, 1, 1, tzinfo=UTC))
    strange, head = client.get("/o/strange.gif"), client.head(f"/o/{sent.token}.gif")
    sent.refresh_from_db()
    assert (head.status_code, sent.opened_at) == (200, None)
    answer = client.get(f"/o/{sent.token}.gif")
    assert (answer["Content-Type"], answer["Cache-Control"], len(answer.content)) == ("image/gif", "no-store", 43)
    assert answer.content == strange.content
    assert not answer.cookies
    sent.refresh_from_db()
    assert sent.opened_at is not None
    assert client.post(f"/o/{sent.token}.gif").status_code == 405
