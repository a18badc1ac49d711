"""Checklists on tasks: one tap lays a plan, every change can be taken back, reminders come once (PLY-07, PLY-08)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from liuke.act import service as act
from liuke.act.plans import service as plans
from liuke.act.plans.reminders import plan_reminders
from liuke.act.plans.service import StepDraft
from liuke.act.store.models import Notice, Plan, PlanStep, PlanTemplate, WorkItem
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


def texts(item: WorkItem) -> list[str]:
    """The steps of an item as they stand."""
    return [step.text for step in plans.steps_of([item.pk])]


def test_PLY_07_a_plan_lies_there_with_owners_and_dates_after_one_tap(acme: Company, item: WorkItem) -> None:
    plans.plan_apply(actor=acme.actor(acme.wang), item_id=item.pk, code="thirty-days")
    steps = list(plans.steps_of([item.pk]))
    assert [step.position for step in steps] == [0, 1, 2, 3, 4]
    assert steps[0].owner_id == acme.supervisor.pk
    assert steps[1].owner_id is None
    assert all(step.due_at is not None and step.due_at > at(0) for step in steps)


def test_the_same_tap_twice_lays_one_plan(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    first = plans.plan_apply(actor=actor, item_id=item.pk, code="early-care")
    assert plans.plan_apply(actor=actor, item_id=item.pk, code="early-care").pk == first.pk
    assert Plan.objects.count() == 1


def test_a_second_plan_lies_behind_the_first(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    plans.plan_apply(actor=actor, item_id=item.pk, code="early-care")
    before = texts(item)
    plans.plan_apply(actor=actor, item_id=item.pk, code="cause-payment")
    assert texts(item)[: len(before)] == before
    assert len(texts(item)) == len(before) + 3


def test_a_plan_taken_back_leaves_what_was_done_and_comes_back_whole(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    plan = plans.plan_apply(actor=actor, item_id=item.pk, code="early-care")
    first, second = plans.steps_of([item.pk])
    plans.step_tick(actor=actor, step_id=first.pk, done=True)
    plans.plan_remove(actor=actor, item_id=item.pk, plan_id=plan.pk)
    assert texts(item) == [first.text]
    plans.plan_restore(actor=actor, item_id=item.pk, plan_id=plan.pk)
    assert texts(item) == [first.text, second.text]
    assert [row.pk for row in plans.plans_of(item.pk)] == [plan.pk]


def test_a_plan_that_is_not_there_cannot_be_taken_back(acme: Company, item: WorkItem) -> None:
    for call in (plans.plan_remove, plans.plan_restore):
        with pytest.raises(NotFound):
            call(actor=acme.actor(acme.wang), item_id=item.pk, plan_id=999)


def test_a_finished_task_takes_no_plan_and_no_step(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    act.work_item_complete(actor=actor, item_id=item.pk)
    with pytest.raises(Conflict):
        plans.plan_apply(actor=actor, item_id=item.pk, code="early-care")
    with pytest.raises(Conflict):
        plans.step_add(actor=actor, item_id=item.pk, draft=StepDraft("x"))


def test_a_colleague_of_another_team_does_not_see_the_task_and_an_analyst_may_not_work_it(acme: Company, item: WorkItem) -> None:
    step = plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x"))
    with pytest.raises(NotFound):
        plans.step_tick(actor=acme.actor(acme.outsider), step_id=step.pk, done=True)
    with pytest.raises(Forbidden):
        plans.step_tick(actor=acme.actor(acme.analyst), step_id=step.pk, done=True)


def test_a_tick_keeps_who_did_it_first_and_can_be_taken_back(acme: Company, item: WorkItem) -> None:
    step = plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x"))
    plans.step_tick(actor=acme.actor(acme.wang), step_id=step.pk, done=True)
    assert plans.step_tick(actor=acme.actor(acme.supervisor), step_id=step.pk, done=True).done_by_id == acme.wang.pk
    undone = plans.step_tick(actor=acme.actor(acme.wang), step_id=step.pk, done=False)
    assert (undone.done_at, undone.done_by_id) == (None, None)


def test_steps_move_and_a_stale_order_is_refused(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    ids = [plans.step_add(actor=actor, item_id=item.pk, draft=StepDraft(name)).pk for name in "abc"]
    plans.steps_order(actor=actor, item_id=item.pk, step_ids=[ids[2], ids[0], ids[1]])
    assert texts(item) == ["c", "a", "b"]
    plans.step_remove(actor=actor, step_id=ids[0])
    with pytest.raises(Conflict) as caught:
        plans.steps_order(actor=actor, item_id=item.pk, step_ids=ids)
    assert caught.value.code == "steps_changed"
    plans.step_restore(actor=actor, step_id=ids[0])
    assert texts(item) == ["c", "a", "b"]


def test_a_step_keeps_effect_amount_and_a_new_date_reminds_anew(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    step = plans.step_add(actor=actor, item_id=item.pk, draft=StepDraft("x", due_at=at(1)))
    PlanStep.objects.filter(pk=step.pk).update(reminded_at=at(0))
    same = plans.step_update(actor=actor, step_id=step.pk, draft=StepDraft("y", due_at=at(1), effect="续约", effect_amount=Decimal("5000")))
    assert (same.text, same.effect, same.effect_amount, same.reminded_at) == ("y", "续约", Decimal("5000"), at(0))
    assert plans.step_update(actor=actor, step_id=step.pk, draft=StepDraft("y", due_at=at(2))).reminded_at is None


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (StepDraft(" "), "text"),
        (StepDraft("x" * 201), "text"),
        (StepDraft("x", effect="y" * 201), "effect"),
        (StepDraft("x", effect_amount=Decimal(-1)), "effect_amount"),
        (StepDraft("x", remind_hours=-2), "remind_hours"),
    ],
)
def test_a_step_that_cannot_be_says_what_is_wrong(acme: Company, item: WorkItem, draft: StepDraft, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=draft)
    assert [fault["field"] for fault in caught.value.params["faults"]] == [field]


def test_only_those_who_assign_give_a_step_to_somebody_else(acme: Company, item: WorkItem) -> None:
    with pytest.raises(Forbidden):
        plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x", owner_id=acme.li.pk))
    step = plans.step_add(actor=acme.actor(acme.supervisor), item_id=item.pk, draft=StepDraft("x", owner_id=acme.li.pk))
    kept = plans.step_update(actor=acme.actor(acme.wang), step_id=step.pk, draft=StepDraft("y", owner_id=acme.li.pk))
    assert kept.owner_id == acme.li.pk


def reminders(member: int) -> list[Notice]:
    """What a person was reminded of."""
    return list(Notice.objects.filter(recipient_id=member, key__in=("notices.step_due", "notices.steps_due")))


def test_PLY_08_the_owner_is_reminded_once_before_a_step_is_due(acme: Company, item: WorkItem) -> None:
    plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("寄样品", due_at=at(3), remind_hours=24))
    assert plan_reminders(workspace=acme.workspace, now=at(1, 23)) == 0
    assert plan_reminders(workspace=acme.workspace, now=at(2)) == 1
    assert plan_reminders(workspace=acme.workspace, now=at(2, 1)) == 0
    (told,) = reminders(acme.wang.pk)
    assert (told.link, told.params["step"]) == (f"/tasks/{item.pk}", "寄样品")


def test_several_steps_of_one_person_are_one_notice(acme: Company, item: WorkItem) -> None:
    for name in "ab":
        plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft(name, due_at=at(1)))
    plans.step_add(actor=acme.actor(acme.supervisor), item_id=item.pk, draft=StepDraft("c", owner_id=acme.li.pk, due_at=at(1)))
    assert plan_reminders(workspace=acme.workspace, now=at(0, 5)) == 3
    assert [note.params["n"] for note in reminders(acme.wang.pk)] == [2]
    assert [note.params["step"] for note in reminders(acme.li.pk)] == ["c"]


@pytest.mark.parametrize("change", [{"done_at": at(0)}, {"removed_at": at(0)}, {"remind_hours": -1}, {"due_at": at(-2)}, {"due_at": None}])
def test_nobody_is_reminded_of_what_is_over_or_wants_no_reminder(acme: Company, item: WorkItem, change: dict[str, Any]) -> None:
    step = plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x", due_at=at(1)))
    PlanStep.objects.filter(pk=step.pk).update(**change)
    assert plan_reminders(workspace=acme.workspace, now=at(0, 12)) == 0


def test_a_finished_task_reminds_of_nothing_and_another_workspace_neither(acme: Company, stranger: Company, item: WorkItem) -> None:
    plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x", due_at=at(1)))
    assert plan_reminders(workspace=stranger.workspace, now=at(0, 12)) == 0
    act.work_item_complete(actor=acme.actor(acme.wang), item_id=item.pk)
    assert plan_reminders(workspace=acme.workspace, now=at(0, 12)) == 0


def test_the_nightly_review_reminds(acme: Company, item: WorkItem) -> None:
    plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x", due_at=at(1, 12)))
    act.customers_review(workspace=acme.workspace, as_of=at(1), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    assert len(reminders(acme.wang.pk)) == 1


def test_own_plans_stand_in_for_shipped_ones_and_can_be_taken_out_of_use_and_back(acme: Company) -> None:
    admin = acme.actor(acme.admin)
    own = plans.plan_template_save(actor=admin, spec={"name": "自己的", "steps": [{"text": "打电话"}]})
    changed = plans.plan_template_save(actor=admin, spec={"name": "改过的", "steps": [{"text": "a"}]}, code="early-care")
    found = plans.plan_templates(acme.workspace.pk, language="zh-CN")
    assert (found[own.code].name, found["early-care"].name, changed.shipped) == ("自己的", "改过的", False)
    plans.plan_template_archive(actor=admin, code="thirty-days")
    assert "thirty-days" not in plans.plan_templates(acme.workspace.pk, language="zh-CN")
    with pytest.raises(NotFound):
        plans.plan_template_save(actor=admin, spec={"name": "x", "steps": [{"text": "a"}]}, code="thirty-days")
    plans.plan_template_restore(actor=admin, code="thirty-days")
    assert len(plans.plan_template(acme.workspace.pk, "thirty-days", language="zh-CN").steps) == 5
    with pytest.raises(NotFound):
        plans.plan_template_restore(actor=admin, code="thirty-days")


def test_templates_of_one_workspace_are_not_those_of_another(acme: Company, stranger: Company) -> None:
    own = plans.plan_template_save(actor=acme.actor(acme.admin), spec={"name": "x", "steps": [{"text": "a"}]})
    assert own.code not in plans.plan_templates(stranger.workspace.pk, language="zh-CN")


def test_only_those_who_publish_edit_templates(acme: Company) -> None:
    for member in (acme.supervisor, acme.wang, acme.analyst):
        with pytest.raises(Forbidden):
            plans.plan_template_save(actor=acme.actor(member), spec={"name": "x", "steps": [{"text": "a"}]})
    assert not PlanTemplate.objects.exists()


def test_a_task_holds_no_more_than_so_many_steps(acme: Company, item: WorkItem) -> None:
    PlanStep.objects.bulk_create(PlanStep(work_item=item, position=n, text=str(n), created_at=at(0)) for n in range(80))
    with pytest.raises(Conflict):
        plans.step_add(actor=acme.actor(acme.wang), item_id=item.pk, draft=StepDraft("x"))
    with pytest.raises(Conflict):
        plans.plan_apply(actor=acme.actor(acme.wang), item_id=item.pk, code="early-care")
