"""BEY-08: from a request to a judged row and its outbox row."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liuke.act.governor.domain import CouponOffer, Deferred, Refused, Rule, Touch
from liuke.act.governor.domain_policy import Purpose
from liuke.act.governor.lists import do_not_contact_add
from liuke.act.governor.policies import policy_publish
from liuke.act.governor.suppressions import suppression_add
from liuke.act.messages.preview import governor_preview
from liuke.act.messages.sending import message_send
from liuke.act.store.models import Channel, CustomerMessage, GovernorDecision
from liuke.base.errors import Invalid, NotFound
from liuke.jobs.store.models import OutboxMessage
from tests.act.messages.world import NIGHT, NOON, Sender, person, sender
from tests.factories import make_customer, make_workspace

pytestmark = pytest.mark.django_db


def last_word(row: CustomerMessage) -> GovernorDecision:
    """The newest line of the log about a message."""
    return GovernorDecision.objects.filter(message=row).order_by("-pk")[0]


def test_a_message_that_may_leave_is_reserved_and_put_into_the_outbox(shop: Sender) -> None:
    [row] = shop.send()
    assert (row.status, row.counts, row.planned_at) == ("queued", True, NOON)
    assert "更快的发货" in row.text
    stored = OutboxMessage.objects.get(key=f"customer:{row.pk}")
    assert (stored.topic, stored.run_at) == ("customer.email", NOON)
    assert not GovernorDecision.objects.exists()


def test_the_same_key_is_the_same_message(shop: Sender) -> None:
    first = shop.send()
    again = shop.send(shop.ask(), shop.ask())
    assert {row.pk for row in again} == {first[0].pk}
    assert OutboxMessage.objects.count() == 1


def test_the_second_of_a_day_is_refused_with_its_rule(shop: Sender) -> None:
    one, two = shop.send(shop.ask("k1"), shop.ask("k2", playbook_id=7))
    assert (one.status, two.status, two.reason, two.counts) == ("queued", "refused", "frequency", False)
    said = last_word(two)
    assert (said.rule, said.verdict, said.params, said.playbook_id) == (
        "frequency", "refused", {"window": "day", "most": 1, "over": "all"}, 7,
    )  # fmt: skip
    assert not OutboxMessage.objects.filter(key=f"customer:{two.pk}").exists()


def test_at_night_it_waits_for_the_morning_and_its_day_is_used_up(shop: Sender) -> None:
    [row] = shop.send(at=NIGHT)
    morning = NIGHT + timedelta(hours=10)
    assert (row.status, row.planned_at, row.reason) == ("deferred", morning, "quiet_hours")
    assert OutboxMessage.objects.get(key=f"customer:{row.pk}").run_at == morning
    [other] = shop.send(shop.ask("k2"), at=morning + timedelta(hours=1))
    assert other.reason == "frequency"


def test_a_simulated_workspace_judges_and_never_sends(db: None) -> None:
    shop = sender(simulated_as_of=NOON)
    one, two = shop.send(shop.ask("k1"), shop.ask("k2"))
    assert (one.status, one.reason, one.counts, one.dry) == ("suppressed", "simulated", True, True)
    assert (two.status, two.reason) == ("refused", "frequency")
    assert last_word(one).verdict == "held"
    assert not OutboxMessage.objects.exists()


def test_a_dry_run_judges_logs_and_uses_up_nothing_real(shop: Sender) -> None:
    version = policy_publish(actor=shop.actor, plain={"dry_run": True}, based_on=0)
    [row] = shop.send()
    assert (row.status, row.reason) == ("suppressed", "dry_run")
    policy_publish(actor=shop.actor, plain={"dry_run": False}, based_on=version.number)
    [real] = shop.send(shop.ask("k2"))
    assert real.status == "queued"


@pytest.mark.parametrize(("medium", "address"), [("email", "LI@example.test "), ("email", "li@example.test")])
def test_a_suppressed_address_is_recognised_however_it_is_written(shop: Sender, medium: str, address: str) -> None:
    suppression_add(actor=shop.actor, medium=medium, address=address)
    [row] = shop.send()
    assert (row.status, row.reason) == ("refused", "suppression")
    [service] = shop.send(shop.service())
    assert service.status == "queued"


def test_nobody_writes_to_a_customer_on_the_list(shop: Sender) -> None:
    assert do_not_contact_add(actor=shop.actor, customer_ids=[shop.customer.pk], reason="诉讼中") == 1
    assert do_not_contact_add(actor=shop.actor, customer_ids=[shop.customer.pk], reason="诉讼中") == 0
    rows = shop.send(shop.ask("a"), shop.service("b"))
    assert {row.reason for row in rows} == {"do_not_contact"}


def test_without_consent_marketing_is_refused_and_service_is_not(shop: Sender) -> None:
    customer, _ = person(shop.workspace, agreed=False)
    marketing, service = shop.send(shop.ask("a", customer_id=customer.pk), shop.service("b", customer_id=customer.pk))
    assert (marketing.reason, service.status) == ("consent", "queued")


def test_a_missing_variable_is_a_refusal_not_a_blank(shop: Sender) -> None:
    [row] = shop.send(shop.ask(variables=()))
    assert (row.status, row.reason, row.text) == ("refused", "variables", "")
    assert last_word(row).params == {"names": "改进内容, 客户经理"}


def test_what_cannot_be_sent_says_why(shop: Sender) -> None:
    requests = [
        shop.ask("a", template_code="gone"),
        shop.ask("b", purpose=Purpose.SERVICE),
        shop.ask("c", channel="sms"),
        shop.ask("d", channel="wecom", template_code="seminar_invite", variables=(("活动名", "x"), ("活动日期", "y"))),
    ]
    rules = [row.reason for row in shop.send(*requests)]
    assert rules == ["no_template", "purpose", "no_template", "no_address"]
    Channel.objects.all().delete()
    [row] = shop.send(shop.ask("e"))
    assert row.reason == "no_channel"


def test_a_customer_of_another_workspace_is_not_found(shop: Sender) -> None:
    stranger = make_customer(make_workspace())
    with pytest.raises(NotFound):
        shop.send(shop.ask(customer_id=stranger.pk))


def test_message_send_is_the_same_for_one(shop: Sender) -> None:
    row = message_send(
        workspace=shop.workspace, customer_id=shop.customer.pk, channel="email", template_code="care_checkin", purpose="service",
        key="one", at=NOON, enrolment_id=3, playbook_id=4, variables={"客户经理": "王芳"},
    )  # fmt: skip
    assert (row.status, row.enrolment_id, row.playbook_id) == ("queued", 3, 4)
    with pytest.raises(Invalid):
        message_send(
            workspace=shop.workspace, customer_id=shop.customer.pk, channel="email", template_code="care_checkin", purpose="x", key="y",
            at=NOON,
        )  # fmt: skip


def test_a_coupon_of_another_class_for_the_same_segment_is_refused(shop: Sender) -> None:
    other, _ = person(shop.workspace, email="han@example.test")
    first = CouponOffer("8折", "中价值", "中级预警挽留")
    one, two = shop.send(
        shop.ask("a", coupon=first), shop.ask("b", customer_id=other.pk, coupon=CouponOffer("9折", "中价值", "中级预警挽留"))
    )
    assert (one.offer, two.reason) == ("8折", "fair_price")
    [later] = shop.send(shop.ask("c", customer_id=other.pk, coupon=first))
    assert later.status == "queued"


def test_a_playbooks_total_budget_holds_over_customers(shop: Sender) -> None:
    policy_publish(actor=shop.actor, plain={"per_playbook": "0.1", "costs": {"email": "0.04"}}, based_on=0)
    others = [person(shop.workspace, email=f"p{n}@example.test")[0] for n in range(3)]
    rows = shop.send(*[shop.ask(f"k{n}", customer_id=each.pk, playbook_id=1) for n, each in enumerate(others)])
    assert [row.reason for row in rows] == ["", "", "budget"]
    assert [row.cost for row in rows] == [Decimal("0.04"), Decimal("0.04"), 0]


def test_a_batch_costs_few_statements(shop: Sender) -> None:
    customers = [person(shop.workspace, email=f"p{n}@example.test")[0] for n in range(60)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = shop.send(*[shop.ask(f"k{n}", customer_id=each.pk) for n, each in enumerate(customers)])
    assert len(rows) == 60
    assert len(queries) < 45


def test_links_in_a_mail_lead_over_an_address_of_our_own(shop: Sender) -> None:
    [row] = shop.send(shop.ask(variables=(("改进内容", "见 https://example.com/a?b=1 。"), ("客户经理", "王芳"))))
    row.refresh_from_db()
    link = row.trackedlink_set.get()
    assert link.url == "https://example.com/a?b=1"
    assert "example.com" not in row.text
    assert f"/t/{link.token}" in row.text


def test_a_preview_writes_nothing_and_uses_up_caps_within_itself(shop: Sender) -> None:
    touches = [
        Touch(shop.customer.pk, "email", Purpose.MARKETING, "", Decimal(0), None, 1, NOON),
        Touch(shop.customer.pk, "email", Purpose.MARKETING, "", Decimal(0), None, 1, NIGHT),
        Touch(shop.customer.pk, "email", Purpose.MARKETING, "", Decimal(0), None, 1, NIGHT + timedelta(hours=12)),
    ]
    words = governor_preview(workspace=shop.workspace, touches=touches, now=NOON)
    assert [type(word).__name__ for word in words] == ["Allowed", "Deferred", "Refused"]
    assert isinstance(words[1], Deferred)
    assert isinstance(words[2], Refused)
    assert words[2].rule is Rule.FREQUENCY
    assert not CustomerMessage.objects.exists()
    assert not GovernorDecision.objects.exists()
