"""Routing in a review: who is told, by what, when; deputies; digests; customers off their own baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.store.models import Channel, Notice, WorkItem
from liuke.alert.service import alerts_visible, routing_publish, routing_versions
from liuke.alert.store.models import Alert, AlertPush, OffBaseline
from liuke.base.errors import Conflict, Forbidden, Invalid
from liuke.base.words import render
from liuke.facts.service import customers_visible
from liuke.jobs.store.models import OutboxMessage
from tests.act.routed import away, publish, review, told
from tests.alert.world import Company, at, member, reason, scored

pytestmark = pytest.mark.django_db
HIGH = {"levels": ["high"], "tell": ["owner", "supervisors"]}


def test_ALT_07_a_complaint_goes_to_the_team_that_owns_it_and_its_deadline_is_the_route_s(acme: Company) -> None:
    west = member(acme.workspace, "west", Role.SUPERVISOR, acme.outsider.team)
    publish(acme, routes=[{"families": ["service"], "tell": [f"team:{acme.outsider.team_id}"], "sla_hours": 4}, {}])
    complaint = scored(acme.customers["wang1"], 95, reasons=[reason("SIG-34", 30, "service"), reason()])
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[complaint, scored(acme.customers["li1"], 95)])
    assert (told(acme, west), told(acme, acme.wang), told(acme, acme.li)) == (["notices.alert_high"], [], ["notices.alert_high"])
    due = dict(WorkItem.objects.values_list("customer__key", "due_at"))
    assert due == {"wang1": at(0, 4), "li1": at(1)}


def test_ALT_05_the_table_looks_at_value_tiers(acme: Company) -> None:
    publish(acme, routes=[{"tiers": ["high"], "tell": ["owner", "role:admin"]}, {}])
    customers = [replace(scored(acme.customers[name], 75), tier=tier) for name, tier in (("wang1", "high"), ("li1", "low"))]
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=customers)
    assert told(acme, acme.admin) == ["notices.alert_team"]
    assert set(Alert.objects.values_list("tier", flat=True)) == {"high", "low"}


def test_a_route_to_the_digest_pushes_nobody(acme: Company) -> None:
    publish(acme, routes=[{"pace": "digest"}])
    changes = review(acme, at(0), {"wang1": 95})
    assert (changes.pushed, len(changes.digest)) == ((), 1)
    assert told(acme, acme.wang) == ["notices.digest"]


def test_ALT_12_a_supervisor_gets_no_more_copies_than_the_budget_and_the_rest_in_the_digest(acme: Company) -> None:
    changes = review(acme, at(0), {"wang1": 95, "wang2": 96, "li1": 97, "li2": 98})
    assert len(changes.pushed) == 4
    assert told(acme, acme.supervisor).count("notices.alert_high_team") == 2
    digest = Notice.objects.get(recipient=acme.supervisor, key="notices.day_digest")
    assert [part["params"]["n"] for part in digest.params["parts"]] == [2]
    assert AlertPush.objects.filter(recipient=acme.supervisor).count() == 2
    assert render(digest.key, digest.params) == "2011-06-13 预警摘要：抄送你 2 条"


def test_channels_of_a_route_carry_it_and_others_do_not(acme: Company) -> None:
    mail = Channel.objects.create(workspace=acme.workspace, kind="email", name="mail", config={"to": "owner"})
    Channel.objects.create(workspace=acme.workspace, kind="webhook", name="hook", config={"url": "https://x.test"})
    publish(acme, routes=[{"levels": ["high"], "channels": ["kind:email"], "hours": "always"}, {"channels": []}])
    review(acme, at(0), {"wang1": 95, "li1": 75})
    assert [message.payload["channel"] for message in OutboxMessage.objects.all()] == [mail.pk]
    assert told(acme, acme.li) == ["notices.alert_medium"]


def test_one_alert_goes_to_a_group_once_however_many_are_told(acme: Company) -> None:
    Channel.objects.create(workspace=acme.workspace, kind="webhook", name="group", config={"url": "https://x.test"})
    publish(acme, routes=[HIGH | {"tell": ["owner", "supervisors", "role:admin"]}, {}])
    review(acme, at(0), {"wang1": 95})
    assert Notice.objects.count() == 3
    assert OutboxMessage.objects.count() == 1


def test_a_push_out_of_hours_waits_for_the_next_working_moment(acme: Company) -> None:
    Channel.objects.create(workspace=acme.workspace, kind="email", name="mail", config={"to": "owner"})
    publish(acme, routes=[{"levels": ["high"], "hours": "always"}, {}], hours={"starts": "08:30", "ends": "17:00"})
    review(acme, at(0), {"wang1": 95, "li1": 75})
    pushes = [message for message in OutboxMessage.objects.all() if message.payload["kind"] == "alert"]
    waits = {message.payload["alerts"][0]: message.run_at for message in pushes}
    alerts = dict(Alert.objects.values_list("customer__key", "id"))
    assert waits[alerts["li1"]] == at(0) + timedelta(hours=8, minutes=30)
    assert waits[alerts["wang1"]] > at(365)


def test_while_somebody_is_away_the_deputy_is_told_sees_the_work_and_owns_nothing(acme: Company) -> None:
    away(acme, acme.wang, acme.outsider, at(0), at(1))
    review(acme, at(0), {"wang1": 95})
    assert (told(acme, acme.wang), told(acme, acme.outsider)) == ([], ["notices.alert_high"])
    assert Alert.objects.get().owner == acme.wang
    deputy = replace(acme.actor(acme.outsider), stands_in=frozenset({acme.wang.pk}))
    assert alerts_visible(deputy).count() == 1
    assert acme.customers["wang1"] in customers_visible(deputy)
    assert act.work_items_visible(deputy).count() == 1
    assert act.alerts_claim(actor=deputy, alert_ids=[Alert.objects.get().pk]).changed == 1
    assert WorkItem.objects.get().owner == acme.wang


def test_back_again_everybody_hears_of_their_own(acme: Company) -> None:
    away(acme, acme.wang, acme.outsider, at(0), at(0))
    review(acme, at(1), {"wang1": 95})
    assert (told(acme, acme.wang), told(acme, acme.outsider)) == (["notices.alert_high"], [])
    assert alerts_visible(acme.actor(acme.outsider)).count() == 0


def test_ALT_12_a_deputy_has_one_budget_for_both(acme: Company) -> None:
    away(acme, acme.wang, acme.li, at(0), at(1))
    changes = review(acme, at(0), {"wang1": 95, "wang2": 95, "li1": 95, "li2": 95})
    assert {ref.reader_id for ref in changes.pushed} == {acme.li.pk}
    assert len(changes.pushed) == 2
    assert AlertPush.objects.filter(recipient=acme.li).count() == 2


def test_supervisors_hear_once_a_day_of_their_team_s_overdue_work(acme: Company) -> None:
    review(acme, at(0), {"wang1": 75})
    WorkItem.objects.update(status="doing", due_at=at(1))
    review(acme, at(2), {"wang1": 75})
    review(acme, at(2), {"wang1": 75})
    digest = Notice.objects.get(recipient=acme.supervisor)
    assert render(digest.key, digest.params) == "2011-06-15 预警摘要：团队超时未完成 1 项"


def test_a_workspace_may_switch_the_supervisors_digest_off(acme: Company) -> None:
    publish(acme, team_digest=False)
    review(acme, at(0), {"wang1": 75})
    WorkItem.objects.update(status="doing", due_at=at(1))
    review(acme, at(2), {"wang1": 75})
    assert told(acme, acme.supervisor) == []


def test_a_plan_is_published_with_who_and_when_and_only_over_the_version_it_began_from(acme: Company) -> None:
    publish(acme, routes=[HIGH, {}])
    actor = acme.actor(acme.admin)
    assert [(version.number, version.published_by) for version in routing_versions(actor=actor)] == [(1, acme.admin)]
    assert AuditEntry.objects.get(action="routing_publish").detail == {"number": 1, "routes": 2}
    with pytest.raises(Conflict, match="routing_changed"):
        publish(acme, routes=[{}])
    with pytest.raises(Invalid, match="routing_plan"):
        routing_publish(actor=actor, plan={"routes": [{"tell": ["person:999999"]}]}, channels=(), based_on=1)
    with pytest.raises(Forbidden):
        routing_publish(actor=acme.actor(acme.supervisor), plan={}, channels=(), based_on=1)


def off(acme: Company, *names: str) -> list[object]:
    return [replace(scored(acme.customers[name], 20), off_baseline=True) for name in names]


def run(acme: Company, day: int, customers: list[object], kind: str = "nightly") -> None:
    act.customers_review(workspace=acme.workspace, as_of=at(day), kind=kind, scored=customers)  # type: ignore[arg-type]


def test_SCR_08_who_falls_off_the_own_baseline_is_told_once_in_the_digest_by_itself(acme: Company) -> None:
    run(acme, 0, off(acme, "wang1", "wang2"))
    run(acme, 1, off(acme, "wang1", "wang2"))
    digest = Notice.objects.get()
    assert digest.recipient == acme.wang
    assert render(digest.key, digest.params) == "2011-06-13 预警摘要：客户wang1 等 2 位客户偏离自身基线"
    assert AlertPush.objects.count() == 0


def test_SCR_08_whoever_recovers_and_falls_again_is_news_again(acme: Company) -> None:
    run(acme, 0, off(acme, "wang1"))
    run(acme, 1, [scored(acme.customers["wang1"], 20)])
    assert OffBaseline.objects.get().until == at(1)
    run(acme, 2, off(acme, "wang1"))
    assert Notice.objects.count() == 2


def test_SCR_08_a_pushed_alert_says_it_already(acme: Company) -> None:
    run(acme, 0, [replace(scored(acme.customers["wang1"], 95), off_baseline=True)])
    assert told(acme, acme.wang) == ["notices.alert_high"]


@pytest.mark.parametrize("kind", ["first", "replay"])
def test_SCR_08_the_first_scoring_and_a_replay_tell_nobody_then_or_later(acme: Company, kind: str) -> None:
    run(acme, 0, off(acme, "wang1"), kind)
    assert not Notice.objects.exists()
    run(acme, 1, off(acme, "wang1"))
    assert Notice.objects.exists() is (kind == "replay")


def test_SCR_08_a_workspace_may_switch_it_off(acme: Company) -> None:
    acme.workspace.alert_policy = {"baseline_notice": False}
    acme.workspace.save()
    run(acme, 0, off(acme, "wang1"))
    assert not Notice.objects.exists()


def test_SCR_08_on_a_day_off_it_waits(acme: Company) -> None:
    run(acme, 5, off(acme, "wang1"))
    assert not Notice.objects.exists()
    run(acme, 7, off(acme, "wang1"))
    assert Notice.objects.count() == 1
