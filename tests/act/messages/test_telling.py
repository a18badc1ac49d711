"""What left and what was opened becomes an activity, once, and only where it really left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from liuke.act.domain.channel import EventKind, Failed, Unknown
from liuke.act.governor.consents import consent_set
from liuke.act.messages.receiving import click_record, open_record, receipt_record
from liuke.act.store.models import CustomerMessage, OwnActivity, TrackedLink
from liuke.base.errors import Invalid
from tests.act.messages.world import NOON, Sender, go, sender

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


def test_the_pixel_stands_in_the_mail_only_of_who_agreed(shop: Sender) -> None:
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
