"""The page of one task: its checklist, what to say, visits, comments, and the plans that fit."""

from __future__ import annotations

from liuke.accounts.service import SEEN, audit_personal
from liuke.act.plans.domain import cause_of, plans_ranked
from liuke.act.plans.service import comments_of, plan_templates, plans_of, steps_of, who_sees
from liuke.act.service import work_items_visible
from liuke.act.store.models import Plan, WorkItem
from liuke.base.errors import NotFound
from liuke.show.api.schemas.common import PersonRef
from liuke.show.api.schemas.plans import AppliedPlan, CommentOut, ProposedPlan, StepOut, WorkSheetOut
from liuke.show.queries.customer_page import opportunities_out
from liuke.show.queries.plan_list import packs_for, values_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.visits import visits_of_item
from liuke.show.queries.work_list import loaded, reasons_of
from liuke.show.store.repository import card_of

PROPOSED = 4


def work_sheet(*, reader: Reader, item_id: int) -> WorkSheetOut:
    """Everything on the page of a visible task. A contact's name in the scripts is written to the audit trail. Raises NotFound."""
    reader.require_customers()
    item = loaded(work_items_visible(reader.actor)).filter(pk=item_id).first()
    if item is None:
        raise NotFound("work_item_not_found", item=item_id)
    card, reasons = card_of(item.customer), reasons_of(item)
    level = item.alert.level if item.alert else card.level
    cause = cause_of(reasons)
    plans = list(plans_of(item.pk))
    values = values_of(reader, item, reason=reader.top_reason(reasons), annual_value=card.annual_value)
    if values["联系人"]:
        audit_personal(actor=reader.actor, action=SEEN, object_type="work_item", object_ids=[item.pk])
    codes = [code for plan in plans for code in plan.packs]
    return WorkSheetOut(
        level=word(level),
        tier=word(card.tier),
        cause=word(cause.value) if cause else None,
        plans=[_plan(reader, plan) for plan in plans],
        steps=_steps(reader, item),
        proposed=_proposed(reader, card.tier, level, cause, {plan.code for plan in plans}),
        packs=packs_for(reader, item, codes=codes, level=level, cause=cause, values=values),
        visits=visits_of_item(reader, item.pk),
        opportunities=opportunities_out(reader, item.customer),
        comments=_comments(reader, item),
        people=_people(reader, [member.pk for member in who_sees(item)]),
    )


def _proposed(reader: Reader, tier: str, level: str, cause: str | None, there: set[str]) -> list[ProposedPlan]:
    """The plans that fit best and are not on the task yet."""
    plans = plan_templates(reader.actor.workspace_id, language=reader.language).values()
    ranked = [plan for plan in plans_ranked(plans, tier=tier, level=level, cause=cause) if plan.code not in there]
    return [ProposedPlan(code=plan.code, name=plan.name, about=plan.about, steps=len(plan.steps)) for plan in ranked[:PROPOSED]]


def _plan(reader: Reader, plan: Plan) -> AppliedPlan:
    return AppliedPlan(id=plan.pk, code=plan.code, name=plan.name, applied_by=reader.person(plan.applied_by_id), applied_at=plan.applied_at)


def _steps(reader: Reader, item: WorkItem) -> list[StepOut]:
    return [
        StepOut(
            id=step.pk,
            plan_id=step.plan_id,
            text=step.text,
            owner=reader.person(step.owner_id if step.owner_id is not None else item.owner_id),
            owner_id=step.owner_id,
            due_at=step.due_at,
            is_overdue=bool(step.due_at and step.done_at is None and step.due_at < reader.now),
            effect=step.effect,
            effect_amount=None if step.effect_amount is None else float(step.effect_amount),
            remind_hours=step.remind_hours,
            done_at=step.done_at,
            done_by=reader.person(step.done_by_id),
        )
        for step in steps_of([item.pk])
    ]


def _comments(reader: Reader, item: WorkItem) -> list[CommentOut]:
    return [
        CommentOut(
            id=comment.pk,
            at=comment.at,
            by=reader.person(comment.by_id),
            text=reader.written(comment.text),
            mentions=_people(reader, comment.mentions),
            is_mine=comment.by_id is not None and comment.by_id == reader.actor.membership_id,
        )
        for comment in comments_of(item.pk)
    ]


def _people(reader: Reader, ids: list[int]) -> list[PersonRef]:
    return [person for member in ids if (person := reader.person(member))]
