"""People work a checklist: apply a plan, take it back, add, change, move and tick its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.act.plans.applying import plan_lay
from liuke.act.plans.domain import LONGEST_TEXT, MOST_HOURS, MOST_STEPS, NEVER
from liuke.act.plans.templates import plan_template
from liuke.act.store.models import Plan, PlanStep, WorkItem
from liuke.act.tasks.items import OPEN
from liuke.act.tasks.reading import work_item_get, work_items_visible
from liuke.alert.service import assignee, now_of
from liuke.base.errors import Conflict, NotFound
from liuke.base.faults import Faults


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as a person wants it. `owner_id` None = the work item's owner; `remind_hours` before it is due, negative = never."""

    text: str
    owner_id: int | None = None
    due_at: datetime | None = None
    effect: str = ""
    effect_amount: Decimal | None = None
    remind_hours: int = 24


def steps_of(item_ids: Sequence[int]) -> QuerySet[PlanStep]:
    """The steps of these items in their order, without what was taken back. The caller got the items through their scope."""
    return PlanStep.objects.filter(work_item_id__in=item_ids, removed_at__isnull=True).order_by("work_item_id", "position", "pk")


def plans_of(item_id: int) -> QuerySet[Plan]:
    """The plans on an item, without those that were taken back."""
    return Plan.objects.filter(work_item_id=item_id, removed_at__isnull=True).order_by("pk")


def plan_apply(*, actor: Actor, item_id: int, code: str) -> Plan:
    """Lay a plan on an open item; one that lies there already stays as it is.

    Raises NotFound (plan_not_found), Conflict (work_item_finished, plan_too_long).
    """
    item = _open_item(actor, item_id)
    spec = plan_template(actor.workspace_id, code, language=actor.language)
    with transaction.atomic():
        WorkItem.objects.select_for_update().get(pk=item.pk)
        there = plans_of(item.pk).filter(code=code).first()
        if there is not None:
            return there
        if steps_of([item.pk]).count() + len(spec.steps) > 2 * MOST_STEPS:
            raise Conflict("plan_too_long", most=2 * MOST_STEPS)
        workspace = Workspace.objects.get(pk=actor.workspace_id)
        plan = plan_lay(workspace=workspace, items=[item], spec=spec, by=actor.membership_id, at=now_of(actor))[0]
        audit_record(actor=actor, action="plan_apply", object_type="work_item", object_id=item.pk, detail={"plan": code})
    return plan


def plan_remove(*, actor: Actor, item_id: int, plan_id: int) -> None:
    """Take a plan back with its open steps; what was done stays as history."""
    item = _open_item(actor, item_id)
    now = now_of(actor)
    with transaction.atomic():
        if not Plan.objects.filter(pk=plan_id, work_item=item, removed_at__isnull=True).update(removed_at=now):
            raise NotFound("plan_not_found", plan=plan_id)
        PlanStep.objects.filter(plan_id=plan_id, done_at__isnull=True, removed_at__isnull=True).update(removed_at=now)
        audit_record(actor=actor, action="plan_remove", object_type="work_item", object_id=item.pk, detail={"plan": plan_id})


def plan_restore(*, actor: Actor, item_id: int, plan_id: int) -> None:
    """Undo of `plan_remove`: the plan and the steps that went with it."""
    item = _open_item(actor, item_id)
    plan = Plan.objects.filter(pk=plan_id, work_item=item, removed_at__isnull=False).first()
    if plan is None:
        raise NotFound("plan_not_found", plan=plan_id)
    with transaction.atomic():
        PlanStep.objects.filter(plan=plan, removed_at=plan.removed_at).update(removed_at=None)
        Plan.objects.filter(pk=plan.pk).update(removed_at=None)
        audit_record(actor=actor, action="plan_restore", object_type="work_item", object_id=item.pk, detail={"plan": plan_id})


def step_add(*, actor: Actor, item_id: int, draft: StepDraft) -> PlanStep:
    """A step by hand, behind the others."""
    item = _open_item(actor, item_id)
    fields = _checked(actor, draft, owned_by=None)
    with transaction.atomic():
        if steps_of([item.pk]).count() >= 2 * MOST_STEPS:
            raise Conflict("plan_too_long", most=2 * MOST_STEPS)
        last = PlanStep.objects.filter(work_item=item).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        step = PlanStep.objects.create(work_item=item, position=position, created_at=now_of(actor), **fields)
        audit_record(actor=actor, action="step_add", object_type="work_item", object_id=item.pk, detail={"step": step.pk})
    return step


def step_update(*, actor: Actor, step_id: int, draft: StepDraft) -> PlanStep:
    """The step as it should be, every field of it; another date reminds anew."""
    step = _step(actor, step_id)
    fields = _checked(actor, draft, owned_by=step.owner_id)
    moved = {"reminded_at": None} if (draft.due_at, draft.remind_hours) != (step.due_at, step.remind_hours) else {}
    with transaction.atomic():
        PlanStep.objects.filter(pk=step.pk).update(**fields, **moved)
        audit_record(actor=actor, action="step_update", object_type="work_item", object_id=step.work_item_id, detail={"step": step.pk})
    return PlanStep.objects.get(pk=step.pk)


def step_tick(*, actor: Actor, step_id: int, done: bool) -> PlanStep:
    """Done, or open again; ticking twice is once and keeps who did it first."""
    step = _step(actor, step_id)
    with transaction.atomic():
        rows = PlanStep.objects.filter(pk=step.pk, done_at__isnull=done)
        at, by = (now_of(actor), actor.membership_id) if done else (None, None)
        if rows.update(done_at=at, done_by_id=by):
            action = "step_done" if done else "step_undone"
            audit_record(actor=actor, action=action, object_type="work_item", object_id=step.work_item_id, detail={"step": step.pk})
    return PlanStep.objects.get(pk=step.pk)


def step_remove(*, actor: Actor, step_id: int) -> None:
    """Take a step off the list; `step_restore` brings it back."""
    step = _step(actor, step_id)
    with transaction.atomic():
        PlanStep.objects.filter(pk=step.pk).update(removed_at=now_of(actor))
        audit_record(actor=actor, action="step_remove", object_type="work_item", object_id=step.work_item_id, detail={"step": step.pk})


def step_restore(*, actor: Actor, step_id: int) -> PlanStep:
    """Undo of `step_remove`."""
    step = _step(actor, step_id, removed=True)
    with transaction.atomic():
        PlanStep.objects.filter(pk=step.pk).update(removed_at=None)
        audit_record(actor=actor, action="step_restore", object_type="work_item", object_id=step.work_item_id, detail={"step": step.pk})
    return PlanStep.objects.get(pk=step.pk)


def steps_order(*, actor: Actor, item_id: int, step_ids: Sequence[int]) -> None:
    """Put an item's steps into this order. Raises Conflict("steps_changed") where somebody added or took one meanwhile."""
    item = _open_item(actor, item_id)
    with transaction.atomic():
        steps = {step.pk: step for step in steps_of([item.pk])}
        if sorted(step_ids) != sorted(steps):
            raise Conflict("steps_changed")
        for position, step_id in enumerate(step_ids):
            steps[step_id].position = position
        PlanStep.objects.bulk_update(steps.values(), ["position"])
        audit_record(actor=actor, action="steps_order", object_type="work_item", object_id=item.pk)


def _open_item(actor: Actor, item_id: int) -> WorkItem:
    actor.require(Permission.HANDLE)
    item = work_item_get(actor=actor, item_id=item_id)
    if item.status not in OPEN:
        raise Conflict("work_item_finished", item=item_id, status=item.status)
    return item


def _step(actor: Actor, step_id: int, *, removed: bool = False) -> PlanStep:
    actor.require(Permission.HANDLE)
    visible = work_items_visible(actor).values("id")
    steps = PlanStep.objects.filter(pk=step_id, work_item_id__in=visible, removed_at__isnull=not removed)
    step = steps.select_related("work_item").first()
    if step is None:
        raise NotFound("step_not_found", step=step_id)
    if step.work_item.status not in OPEN:
        raise Conflict("work_item_finished", item=step.work_item_id, status=step.work_item.status)
    return step


def _checked(actor: Actor, draft: StepDraft, *, owned_by: int | None) -> dict[str, object]:
    faults = Faults()
    text, effect = draft.text.strip(), draft.effect.strip()
    faults.text("text", text, LONGEST_TEXT)
    faults.text("effect", effect, LONGEST_TEXT, least=0)
    if draft.effect_amount is not None and not 0 <= draft.effect_amount < Decimal(10**12):
        faults.add("effect_amount", str(draft.effect_amount), "≥ 0")
    faults.within("remind_hours", draft.remind_hours, NEVER, MOST_HOURS)
    faults.raise_if_any("step")
    if draft.owner_id is not None and draft.owner_id not in {actor.membership_id, owned_by}:
        actor.require(Permission.ASSIGN)
        assignee(actor, draft.owner_id)
    return {
        "text": text, "effect": effect, "owner_id": draft.owner_id, "due_at": draft.due_at, "effect_amount": draft.effect_amount,
        "remind_hours": draft.remind_hours,
    }  # fmt: skip
