"""Messages are judged again when they leave; what nobody knows is never sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.act.channels import KINDS
from liuke.act.domain.channel import Failed, Unknown
from liuke.act.governor.policies import policy_publish
from liuke.act.governor.suppressions import suppression_add
from liuke.act.messages.deliver import MESSAGE_TOPICS, messages_settle
from liuke.act.store.models import Channel, CustomerMessage, GovernorDecision
from liuke.base.errors import Invalid, Transient
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.store.models import OutboxMessage
from tests.act.messages.world import NIGHT, NOON, Sender, go

pytestmark = pytest.mark.django_db


def fresh(row: CustomerMessage) -> CustomerMessage:
    """As it is stored."""
    row.refresh_from_db()
    return row


def test_a_marketing_mail_says_how_to_refuse(shop: Sender) -> None:
    [row] = shop.send()
    with shop.carrier() as taken:
        assert go(row) is Outcome.SENT
    [message] = taken
    address = f"/u/{row.token}"
    assert address in message.headers["List-Unsubscribe"]
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.text
    assert message.to == "li@example.test"
    assert (fresh(row).status, row.ref) == ("accepted", "ref-1")


def test_a_service_mail_carries_no_unsubscribe(shop: Sender) -> None:
    [row] = shop.send(shop.service())
    with shop.carrier() as taken:
        go(row)
    assert taken[0].headers == {}


def test_a_message_is_handed_over_once(shop: Sender) -> None:
    [row] = shop.send()
    with shop.carrier() as taken:
        go(row)
        assert go(row) is Outcome.SUPPRESSED
    assert len(taken) == 1


def test_whoever_unsubscribes_meanwhile_gets_nothing(shop: Sender) -> None:
    [row] = shop.send()
    suppression_add(actor=shop.actor, medium="email", address="li@example.test")
    with shop.carrier() as taken:
        assert go(row) is Outcome.SUPPRESSED
    assert not taken
    assert (fresh(row).status, row.reason, row.counts) == ("refused", "suppression", False)


def test_what_is_late_into_the_night_waits_for_the_morning_under_a_new_outbox_row(shop: Sender) -> None:
    [row] = shop.send()
    with shop.carrier() as taken:
        assert go(row, at=NIGHT) is Outcome.SUPPRESSED
        assert not taken
        assert fresh(row).status == "deferred"
        assert OutboxMessage.objects.get(key=f"customer:{row.pk}:1").run_at == NIGHT + timedelta(hours=10)
        assert go(row, at=NIGHT + timedelta(hours=10), again=1) is Outcome.SENT
    assert len(taken) == 1
    assert GovernorDecision.objects.get(message=row).rule == "quiet_hours"


def test_two_that_were_planned_for_different_days_never_leave_on_one(shop: Sender) -> None:
    [monday] = shop.send()
    [wednesday] = shop.send(shop.ask("k2"), at=NOON + timedelta(days=2))
    late = NOON + timedelta(days=2, hours=1)
    with shop.carrier() as taken:
        assert go(monday, at=late) is Outcome.SUPPRESSED
        assert go(wednesday, at=late) is Outcome.SENT
    assert len(taken) == 1
    assert fresh(monday).reason == "frequency"


def test_a_dry_run_that_is_switched_on_holds_what_waits(shop: Sender) -> None:
    [row] = shop.send()
    policy_publish(actor=shop.actor, plain={"dry_run": True}, based_on=0)
    with shop.carrier() as taken:
        assert go(row) is Outcome.SUPPRESSED
    assert not taken
    assert (fresh(row).status, row.reason) == ("suppressed", "dry_run")


def test_a_refusal_of_the_carrier_frees_the_day(shop: Sender) -> None:
    [row] = shop.send()
    shop.answer = Failed("email_refused", {"answer": "550"})
    with shop.carrier(), pytest.raises(Invalid):
        go(row)
    assert (fresh(row).status, row.counts, row.error) == ("failed", False, {"code": "email_refused", "params": {"answer": "550"}})
    [next_one] = shop.send(shop.ask("k2"))
    assert next_one.status == "queued"


def test_a_passing_failure_is_tried_again(shop: Sender) -> None:
    [row] = shop.send()
    shop.answer = Failed("email_unreachable", {"answer": "x"}, transient=True)
    with shop.carrier(), pytest.raises(Transient):
        go(row)
    assert fresh(row).status == "queued"


def test_what_nobody_knows_is_unknown_and_uses_up_its_day(shop: Sender) -> None:
    [row] = shop.send()
    shop.answer = Unknown("email_unknown", {"answer": "x"}, ref="maybe")
    with shop.carrier() as taken:
        assert go(row) is Outcome.UNKNOWN
        assert go(row) is Outcome.SUPPRESSED
    assert len(taken) == 1
    assert (fresh(row).status, row.counts) == ("unknown", True)


def test_no_topic_of_a_carrier_that_does_not_dedupe_is_sent_again() -> None:
    assert not MESSAGE_TOPICS["customer.sms_aliyun"].dedupes
    assert {name.removeprefix("customer.") for name in MESSAGE_TOPICS} <= set(KINDS)


def test_the_ledger_follows_an_outbox_whose_worker_died(shop: Sender) -> None:
    [row] = shop.send()
    CustomerMessage.objects.filter(pk=row.pk).update(status="sending")
    OutboxMessage.objects.filter(key=f"customer:{row.pk}").update(status="unknown")
    assert messages_settle() == 1
    assert (fresh(row).status, row.reason, row.counts) == ("unknown", "worker_died", True)
    assert messages_settle() == 0


def test_the_ledger_follows_an_outbox_that_gave_up(shop: Sender) -> None:
    [row] = shop.send()
    OutboxMessage.objects.filter(key=f"customer:{row.pk}").update(status="failed", error={"code": "email_off", "params": {}})
    messages_settle()
    assert (fresh(row).status, row.counts) == ("failed", False)


def test_a_channel_that_was_removed_suppresses(shop: Sender) -> None:
    [row] = shop.send()
    Channel.objects.all().delete()
    assert go(row) is Outcome.SUPPRESSED
    assert fresh(row).reason == "no_channel"
