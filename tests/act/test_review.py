"""What follows from a review: items, notices, outgoing messages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from liuke.act.service import channel_create, customers_review
from liuke.act.store.models import Notice, WorkItem
from liuke.alert.domain.changes import AlertChanges
from liuke.alert.store.models import Alert
from liuke.jobs.store.models import OutboxMessage
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


def review(acme: Company, day: int, scores: dict[str, float], kind: str = "nightly", *, lost: bool = False) -> AlertChanges:
    return customers_review(
        workspace=acme.workspace,
        as_of=at(day),
        kind=kind,
        scored=[scored(acme.customers[name], score, lost=lost) for name, score in scores.items()],
    )


def test_ALT_03_every_alert_has_one_work_item_of_the_same_owner(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "wang2": 55, "li1": 75})
    items = WorkItem.objects.order_by("customer__key").values_list("customer__key", "owner", "kind", "status", "alert__customer__key")
    assert list(items) == [
        ("li1", acme.li.pk, "winback", "todo", "li1"),
        ("wang1", acme.wang.pk, "winback", "todo", "wang1"),
        ("wang2", acme.wang.pk, "winback", "todo", "wang2"),
    ]


def test_only_who_was_told_has_a_deadline_by_level(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "li1": 75, "wang2": 55})
    due = dict(WorkItem.objects.values_list("customer__key", "due_at"))
    assert due == {"wang1": at(0) + timedelta(hours=24), "li1": at(0) + timedelta(hours=72), "wang2": None}


def test_an_alert_that_closes_takes_its_item_along(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "wang2": 95})
    WorkItem.objects.filter(customer__key="wang1").update(status="doing")
    review(acme, 1, {"wang1": 95, "wang2": 95}, lost=True)
    assert dict(WorkItem.objects.values_list("customer__key", "status")) == {"wang1": "done", "wang2": "cancelled"}


def test_ALT_02_a_high_alert_reaches_the_owner_and_the_team_s_supervisor(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "li1": 75})
    told = set(Notice.objects.values_list("recipient", "key"))
    assert told == {
        (acme.wang.pk, "notices.alert_high"),
        (acme.supervisor.pk, "notices.alert_high_team"),
        (acme.li.pk, "notices.alert_medium"),
    }


def test_ALT_12_what_is_not_pushed_is_one_digest(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "wang2": 95, "wang3": 75, "wang4": 55})
    digest = Notice.objects.get(key="notices.digest")
    assert digest.recipient == acme.wang
    assert (digest.params["new"], digest.params["released"]) == (2, 0)


def test_ALT_12_a_first_scoring_and_a_replay_notify_nobody_but_make_items(acme: Company) -> None:
    review(acme, 0, {"wang1": 95}, "first")
    review(acme, 1, {"wang1": 95, "li1": 99}, "replay")
    assert WorkItem.objects.count() == 2
    assert not Notice.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_day_run_twice_notifies_once(acme: Company) -> None:
    channel_create(actor=acme.actor(acme.admin), kind="email", name="mail", config={"to": "owner"})
    scores: dict[str, float] = {"wang1": 95, "wang2": 80, "wang3": 75, "li1": 55}
    review(acme, 0, scores)
    before = (Notice.objects.count(), OutboxMessage.objects.count(), WorkItem.objects.count())
    assert review(acme, 0, scores).is_empty
    assert (Notice.objects.count(), OutboxMessage.objects.count(), WorkItem.objects.count()) == before
    assert before[0] == before[1]


def test_alerts_without_an_owner_are_told_to_those_who_assign(acme: Company) -> None:
    customer = acme.customers["wang1"]
    customer.owner = None
    customer.save()
    review(acme, 0, {"wang1": 95})
    assert list(Notice.objects.values_list("recipient", "key")) == [(acme.admin.pk, "notices.unassigned")]


def test_an_alert_without_an_owner_goes_to_the_customer_s_owner_with_its_item(acme: Company) -> None:
    customer = acme.customers["wang1"]
    customer.owner = None
    customer.save()
    review(acme, 0, {"wang1": 95})
    customer.owner = acme.li
    customer.save()
    assert review(acme, 1, {"wang1": 95}).adopted == 1
    assert Alert.objects.get().owner == acme.li
    assert WorkItem.objects.get().owner == acme.li
    assert review(acme, 1, {"wang1": 95}).is_empty


def test_a_failure_on_the_way_leaves_nothing_half_done(acme: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("liuke.act.tasks.review.inform", broken)
    with pytest.raises(DatabaseError):
        review(acme, 0, {"wang1": 95})
    assert not Alert.objects.exists()
    assert not WorkItem.objects.exists()
