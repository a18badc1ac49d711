"""超时升级 in the database: level by level, once, until somebody takes it in hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from liuke.accounts.domain.roles import Role
from liuke.act import service as act
from liuke.act.store.models import Notice, WorkItem
from liuke.alert.store.models import Alert, AlertPush, Escalation
from liuke.base.words import render
from tests.act.routed import away, publish, review, told
from tests.alert.world import Company, at, member

pytestmark = pytest.mark.django_db


def run(acme: Company, now: datetime) -> int:
    return act.escalations_run(workspace=acme.workspace, now=now)


def taken() -> list[tuple[int, list[int]]]:
    return list(Escalation.objects.order_by("step", "id").values_list("step", "told"))


@pytest.fixture
def overdue(acme: Company) -> Company:
    """wang's alert of Monday is due on Tuesday midnight."""
    review(acme, at(0), {"wang1": 95})
    return acme


def test_ALT_04_an_alert_that_nobody_follows_up_goes_level_by_level(overdue: Company) -> None:
    boss = member(overdue.workspace, "boss", Role.OPERATIONS)
    steps = [run(overdue, at(1)), run(overdue, at(1, 1)), run(overdue, at(1, 2)), run(overdue, at(1, 10)), run(overdue, at(2, 11))]
    assert steps == [0, 1, 0, 1, 1]
    assert taken() == [(1, [overdue.wang.pk]), (2, [overdue.supervisor.pk]), (3, [boss.pk, overdue.admin.pk])]
    assert run(overdue, at(9)) == 0


def test_ALT_04_each_is_told_in_words_with_the_customer(overdue: Company) -> None:
    run(overdue, at(1, 1))
    notice = Notice.objects.filter(recipient=overdue.wang).latest("id")
    assert render(notice.key, notice.params) == "已超时，请尽快跟进：客户wang1，预计损失 ¥950"
    run(overdue, at(1, 10))
    assert told(overdue, overdue.supervisor) == ["notices.alert_high_team", "notices.escalated"]


@pytest.mark.parametrize("what", ["claim", "follow_up", "close", "snooze"])
def test_ALT_04_claim_follow_up_close_and_snooze_stop_it(overdue: Company, what: str) -> None:
    wang, alert, item = overdue.actor(overdue.wang), Alert.objects.get(), WorkItem.objects.get()
    match what:
        case "claim":
            act.alerts_claim(actor=wang, alert_ids=[alert.pk])
        case "follow_up":
            act.follow_up_record(actor=wang, item_id=item.pk, result="missed", request_key="k")
        case "close":
            act.alerts_close(actor=wang, alert_ids=[alert.pk], reason="handled")
        case _:
            act.alerts_snooze(actor=wang, alert_ids=[alert.pk], until=at(20))
    assert [run(overdue, at(day)) for day in (2, 3, 4)] == [0, 0, 0]


def test_ALT_04_days_off_do_not_count_and_early_alerts_never_go_up(acme: Company) -> None:
    review(acme, at(4), {"wang1": 95, "wang2": 55})
    assert [run(acme, at(day, 1)) for day in (5, 6)] == [0, 0]
    assert run(acme, at(7, 1)) == 1
    assert Escalation.objects.get().alert.customer.key == "wang1"


def test_ALT_04_a_level_that_rises_begins_anew(acme: Company) -> None:
    review(acme, at(0), {"wang1": 75})
    assert run(acme, at(3, 1)) == 1
    review(acme, at(3, 2), {"wang1": 95})
    assert run(acme, at(4, 3)) == 1
    assert sorted(Escalation.objects.values_list("level", "step")) == [("high", 1), ("medium", 1)]


def test_ALT_04_the_nightly_run_escalates_before_it_spends_the_day_s_pushes(overdue: Company) -> None:
    scores = {"wang1": 95, "wang2": 95, "wang3": 95}
    review(overdue, at(2), scores)
    assert AlertPush.objects.filter(recipient=overdue.wang, at=at(2)).values_list("kind", flat=True).order_by("id")[0] == "escalation"
    assert AlertPush.objects.filter(recipient=overdue.wang, at=at(2)).count() == 2


def test_ALT_12_who_has_no_push_left_finds_it_in_the_next_digest(acme: Company) -> None:
    review(acme, at(0), {"wang1": 95})
    review(acme, at(1), {"wang1": 95, "wang2": 95, "wang3": 95})
    Notice.objects.all().delete()
    assert run(acme, at(1, 1)) == 1
    assert told(acme, acme.wang) == []
    review(acme, at(2), {"wang1": 95, "wang2": 95, "wang3": 95})
    digest = Notice.objects.get(recipient=acme.wang, key="notices.day_digest")
    assert "超时升级" in render(digest.key, digest.params)


def test_ALT_04_a_deputy_is_told_in_place_of_who_is_away(overdue: Company) -> None:
    away(overdue, overdue.wang, overdue.li, at(1), at(3))
    run(overdue, at(1, 1))
    assert taken() == [(1, [overdue.li.pk])]


def test_ALT_04_several_are_one_message(acme: Company) -> None:
    review(acme, at(0), {"wang1": 95, "wang2": 95})
    assert run(acme, at(1, 1)) == 2
    assert told(acme, acme.wang)[-1] == "notices.escalated_own_many"
    assert AlertPush.objects.filter(kind="escalation").count() == 1


def test_ALT_04_the_ladder_is_the_workspace_s_own(overdue: Company) -> None:
    publish(overdue, ladder={"steps": [{"hours": 2, "tell": ["role:admin"]}]})
    assert [run(overdue, at(1, hour)) for hour in (1, 2, 3)] == [0, 1, 0]
    assert taken() == [(1, [overdue.admin.pk])]


def test_ALT_04_a_ladder_that_is_off_tells_nobody(overdue: Company) -> None:
    publish(overdue, ladder={"enabled": False})
    assert run(overdue, at(3)) == 0
