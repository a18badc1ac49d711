"""Calendar addresses: own work only, secret, stopped at once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from liuke.accounts.domain.actor import machine
from liuke.act import service as act
from liuke.act.plans import service as plans
from liuke.act.plans.service import StepDraft
from liuke.act.store.models import CalendarFeed, Renewal, WorkItem
from liuke.base.errors import Forbidden, NotFound
from liuke.facts.store.models import Contract
from tests.alert.world import Company, at

pytestmark = pytest.mark.django_db


def token(acme: Company) -> str:
    """A fresh address of wang's."""
    return plans.feed_make(actor=acme.actor(acme.wang)).token


def read(acme: Company) -> str:
    """Wang's calendar, unfolded."""
    return plans.feed_text(token(acme)).replace("\r\n ", "")


def test_a_feed_has_own_dated_open_tasks_and_nothing_of_others(acme: Company) -> None:
    wang, li = acme.actor(acme.wang), acme.actor(acme.li)
    act.work_item_create(actor=wang, customer_id=acme.customers["wang1"].pk, title="回访，带样品", due_at=at(1, 9))
    act.work_item_create(actor=wang, customer_id=acme.customers["wang1"].pk, title="没有日期")
    act.work_item_create(actor=wang, customer_id=acme.customers["wang1"].pk, title="太远", due_at=at(500))
    done = act.work_item_create(actor=wang, customer_id=acme.customers["wang1"].pk, title="完成了", due_at=at(1))
    act.work_item_complete(actor=wang, item_id=done.pk)
    act.work_item_create(actor=li, customer_id=acme.customers["li1"].pk, title="李的", due_at=at(1))
    text = read(acme)
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:客户wang1：回访，带样品\r\n" in text
    assert "DTSTART:20110614T090000Z\r\n" in text


def test_a_feed_has_own_steps_also_of_a_colleagues_task(acme: Company, item: WorkItem) -> None:
    boss = acme.actor(acme.supervisor)
    plans.step_add(actor=boss, item_id=item.pk, draft=StepDraft("我来", due_at=at(1)))
    plans.step_add(actor=boss, item_id=item.pk, draft=StepDraft("李来", owner_id=acme.li.pk, due_at=at(1)))
    gone = plans.step_add(actor=boss, item_id=item.pk, draft=StepDraft("不要了", due_at=at(1)))
    plans.step_remove(actor=boss, step_id=gone.pk)
    assert "我来" in read(acme)
    assert "李来" not in read(acme)
    assert "不要了" not in read(acme)
    assert "李来" in plans.feed_text(plans.feed_make(actor=acme.actor(acme.li)).token)


def test_a_feed_has_the_ends_of_contracts_of_own_customers_as_days(acme: Company) -> None:
    for name in ("wang1", "li1"):
        contract = Contract.objects.create(
            customer=acme.customers[name], key="K", name=f"合同{name}", ends_on=(at(0) + timedelta(days=30)).date(), amount=Decimal(1),
            currency="CNY",
        )  # fmt: skip
        Renewal.objects.create(contract=contract, updated_at=at(0))
    assert "DTSTART;VALUE=DATE:20110713" in read(acme)
    assert read(acme).count("BEGIN:VEVENT") == 1
    Renewal.objects.update(status=Renewal.Status.RENEWED)
    assert "BEGIN:VEVENT" not in read(acme)


def test_only_the_digest_is_kept_and_a_new_address_ends_the_old_one(acme: Company) -> None:
    first, second = token(acme), token(acme)
    feed = CalendarFeed.objects.get()
    assert second not in str(vars(feed))
    with pytest.raises(NotFound):
        plans.feed_text(first)
    assert plans.feed_text(second).startswith("BEGIN:VCALENDAR\r\n")


def test_a_stopped_address_and_that_of_somebody_who_left_are_unknown(acme: Company) -> None:
    actor = acme.actor(acme.wang)
    stopped = token(acme)
    plans.feed_revoke(actor=actor)
    assert plans.feed_of(actor) is None
    with pytest.raises(NotFound):
        plans.feed_text(stopped)
    left = token(acme)
    acme.wang.is_active = False
    acme.wang.save()
    with pytest.raises(NotFound):
        plans.feed_text(left)


def test_a_key_has_no_calendar(acme: Company) -> None:
    with pytest.raises(Forbidden):
        plans.feed_make(actor=machine(workspace_id=acme.workspace.pk, key_id=1, permissions=frozenset(), name="k"))


def test_the_address_is_read_without_a_log_in_and_says_nothing_of_unknown_ones(acme: Company) -> None:
    client = Client()
    answer = client.get(f"/api/calendar/{token(acme)}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert CalendarFeed.objects.get().read_at is not None
    unknown = client.get("/api/calendar/nothing.ics")
    assert (unknown.status_code, unknown.content) == (404, b"")
    assert client.post("/api/calendar/nothing.ics").status_code == 405
