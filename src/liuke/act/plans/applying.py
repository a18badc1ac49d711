"""A plan on a work item: laid with one tap, taken back, its steps worked, moved, added (PLY-07, PLY-08)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from liuke.accounts.domain.roles import Role
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.plans.domain import PlanSpec, due_of
from liuke.act.store.models import Plan, PlanStep, WorkItem

_CHUNK = 500


def plan_lay(*, workspace: Workspace, items: Sequence[WorkItem], spec: PlanSpec, by: int | None, at: datetime) -> list[Plan]:
    """Lay the plan on each item in the caller's transaction: steps with owner and absolute due date, behind those that are there."""
    if not items:
        return []
    plans = Plan.objects.bulk_create(
        [Plan(work_item=item, code=spec.code, name=spec.name, packs=list(spec.packs), applied_by_id=by, applied_at=at) for item in items],
        batch_size=_CHUNK,
    )
    dues, ends = _dues(workspace, spec, at), _ends(items)
    supervisors = _supervisors(workspace, items) if any(step.who == "supervisor" for step in spec.steps) else {}
    PlanStep.objects.bulk_create(
        [
            PlanStep(
                work_item_id=plan.work_item_id, plan=plan, position=ends.get(item.pk, 0) + number, text=step.text, due_at=due,
                owner_id=supervisors.get(item.owner_id) if step.who == "supervisor" else None,
                effect=step.effect, effect_amount=step.amount, remind_hours=step.remind_hours, created_at=at,
            )
            for plan, item in zip(plans, items, strict=True)
            for number, (step, due) in enumerate(zip(spec.steps, dues, strict=True))
        ],
        batch_size=_CHUNK,
    )  # fmt: skip
    return plans


def _dues(workspace: Workspace, spec: PlanSpec, at: datetime) -> list[datetime | None]:
    calendar = calendar_of(workspace, year=at.year)
    return [due_of(step, start=at, zone=workspace.time_zone, calendar=calendar) for step in spec.steps]


def _ends(items: Sequence[WorkItem]) -> dict[int, int]:
    """Where the next step of each item goes."""
    rows = PlanStep.objects.filter(work_item__in=[item.pk for item in items][:_CHUNK]).values("work_item_id").annotate(last=Max("position"))
    return {row["work_item_id"]: row["last"] + 1 for row in rows}


def _supervisors(workspace: Workspace, items: Sequence[WorkItem]) -> dict[int | None, int]:
    """The first active supervisor of each owner's team; an owner without one does the step."""
    owners = {item.owner_id for item in items if item.owner_id is not None}
    teams = dict(Membership.objects.filter(pk__in=owners, team__isnull=False).values_list("pk", "team_id"))
    rows = Membership.objects.filter(workspace=workspace, is_active=True, role=Role.SUPERVISOR.value, team_id__in=set(teams.values()))
    by_team: dict[int | None, int] = {team: member for member, team in rows.order_by("-pk").values_list("pk", "team_id")}
    return {owner: by_team[team] for owner, team in teams.items() if team in by_team}
