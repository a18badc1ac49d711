"""What the world has of tasks: a checklist, a visit with a photo, a comment, a ticket, own templates."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from liuke.accounts.store.models import Membership
from liuke.act.plans import service as plans
from liuke.act.plans.service import StepDraft, TicketDraft
from liuke.act.store.models import WorkItem
from liuke.facts.store.models import Opportunity
from tests.factories import actor_of
from tests.photos import PNG


def make_work(people: Mapping[str, Membership], item: WorkItem) -> dict[str, Any]:
    """The ids of it all, by name."""
    manager, admin = actor_of(people["manager"]), actor_of(people["admin"])
    plan = plans.plan_apply(actor=manager, item_id=item.pk, code="thirty-days")
    kept, *others = plans.steps_of([item.pk])
    for step in others:
        plans.step_remove(actor=manager, step_id=step.pk)
    removed_plan = plans.plan_apply(actor=manager, item_id=item.pk, code="level-high")
    plans.plan_remove(actor=manager, item_id=item.pk, plan_id=removed_plan.pk)
    step = plans.step_add(actor=manager, item_id=item.pk, draft=StepDraft("带样品"))
    removed_step = plans.step_add(actor=manager, item_id=item.pk, draft=StepDraft("不要了"))
    plans.step_remove(actor=manager, step_id=removed_step.pk)
    return {
        "plan": plan.pk, "removed_plan": removed_plan.pk, "plan_step": kept.pk, "step": step.pk, "removed_step": removed_step.pk,
        **_said(people, item),
        **_templates(people),
        "ticket": plans.ticket_raise(
            actor=admin, draft=TicketDraft("quality", "灯珠发黄", people["manager"].team_id or 0, item_id=item.pk), key="world"
        ).pk,
        "opportunity": Opportunity.objects.create(
            customer=item.customer, key="O1", name="新店照明", stage="初步接触", updated_at=item.created_at - timedelta(days=3)
        ).pk,
    }  # fmt: skip


def _said(people: Mapping[str, Membership], item: WorkItem) -> dict[str, Any]:
    manager = actor_of(people["manager"])
    comments = [plans.comment_add(actor=manager, item_id=item.pk, text="客户在比价", key=key) for key in ("w1", "w2")]
    plans.comment_remove(actor=manager, comment_id=comments[1].pk)
    visits = [
        plans.visit_record(actor=manager, customer_id=item.customer_id, item_id=item.pk, text="见到王总", place="客户办公室", key=key)
        for key in ("w1", "w2")
    ]
    photo = plans.visit_photo_add(actor=manager, visit_id=visits[0].pk, stream=io.BytesIO(PNG))
    plans.visit_remove(actor=manager, visit_id=visits[1].pk)
    ids = {"comment": comments[0].pk, "removed_comment": comments[1].pk, "photo": photo.pk}
    return ids | {"visit": visits[0].pk, "removed_visit": visits[1].pk}


def _templates(people: Mapping[str, Membership]) -> dict[str, Any]:
    admin = actor_of(people["admin"])
    template = plans.plan_template_save(actor=admin, spec={"name": "旧计划", "steps": [{"text": "问候"}]})
    plans.plan_template_archive(actor=admin, code=template.code)
    pack = plans.content_pack_save(actor=admin, spec={"name": "旧话术"})
    plans.content_pack_archive(actor=admin, code=pack.code)
    file = plans.pack_file_add(actor=admin, code="care", name="a.pdf", stream=io.BytesIO(b"%PDF-1.4"))
    return {"old_template": template.code, "old_pack": pack.code, "pack_file": file.pk}
