"""A task is moved from what was seen: the same tap twice, late or from two phones, is one move."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from liuke.act.plans import service as plans
from liuke.act.plans.service import StepDraft
from liuke.act.store.models import WorkItem
from liuke.act.tasks import bulk
from liuke.base.errors import Conflict, Invalid
from tests.act.plans.conftest import item
from tests.alert.world import Company

__all__ = ["item"]

pytestmark = pytest.mark.django_db


def test_a_finished_task_ticked_twice_moves_once_and_lands_where_it_was(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    act.follow_up_record(actor=actor, item_id=item.pk, result="reached", request_key="k1", done=True)
    seen = WorkItem.objects.get(pk=item.pk)
    for _ in range(2):
        moved = act.work_item_move(actor=actor, item_id=item.pk, status="todo", seq=seen.seq)
    assert (moved.status, moved.finished_at) == ("doing", None)
    assert moved.seq == seen.seq + 1


def test_a_move_that_comes_late_changes_nothing_any_more(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    first = act.work_item_move(actor=actor, item_id=item.pk, status="done", seq=item.seq)
    act.work_item_move(actor=actor, item_id=item.pk, status="todo", seq=first.seq)
    again = act.work_item_move(actor=actor, item_id=item.pk, status="done", seq=first.seq)
    assert again.status == "todo"
    late = act.work_item_move(actor=actor, item_id=item.pk, status="done", seq=item.seq)
    assert late.status == "todo"


def test_who_names_no_move_moves_what_is_there(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    assert [act.work_item_move(actor=actor, item_id=item.pk, status=to).status for to in ("doing", "done", "todo")] == [
        "doing",
        "done",
        "todo",
    ]
    with pytest.raises(Invalid, match="filter_unknown"):
        act.work_item_move(actor=actor, item_id=item.pk, status="gone")


def test_every_way_of_moving_counts(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.supervisor)
    act.work_item_claim(actor=actor, item_id=item.pk)
    claimed = WorkItem.objects.get(pk=item.pk).seq
    changed = bulk.items_finish(actor=actor, item_ids=[item.pk])
    finished = WorkItem.objects.get(pk=item.pk).seq
    act.bulk_undo(actor=actor, token=str(changed.undo_token))
    undone = WorkItem.objects.get(pk=item.pk)
    assert item.seq < claimed < finished < undone.seq
    act.work_item_assign(actor=actor, item_id=item.pk, owner_id=acme.wang.pk)
    assert WorkItem.objects.get(pk=item.pk).seq == undone.seq, "another owner is no move"


def test_the_steps_of_a_finished_task_stand_still(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    step = plans.step_add(actor=actor, item_id=item.pk, draft=StepDraft("x"))
    act.work_item_complete(actor=actor, item_id=item.pk)
    for change in (
        lambda: plans.step_tick(actor=actor, step_id=step.pk, done=True),
        lambda: plans.step_update(actor=actor, step_id=step.pk, draft=StepDraft("y")),
        lambda: plans.step_remove(actor=actor, step_id=step.pk),
    ):
        with pytest.raises(Conflict, match="work_item_finished"):
            change()
    kept = plans.steps_of([item.pk]).get()
    assert (kept.text, kept.done_at) == ("x", None)
