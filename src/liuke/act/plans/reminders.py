"""Steps that are soon due: their owners are told once, in-app, by the workspace clock (PLY-08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from liuke.accounts.service.absences import stand_ins_on
from liuke.accounts.store.models import Workspace
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.store.models import PlanStep
from liuke.act.tasks.items import OPEN, chunks
from liuke.base.times import local_day

TOO_LATE = timedelta(days=1)
"""A step that has been due for longer is overdue work, and no news."""


def plan_reminders(*, workspace: Workspace, now: datetime) -> int:
    """Tell of steps whose time to remind has come; returns how many. The same call again tells nobody."""
    with transaction.atomic():
        due = list(_due(workspace, now))
        deputies = stand_ins_on(workspace.pk, local_day(now, workspace.time_zone))
        by_owner: defaultdict[int, list[PlanStep]] = defaultdict(list)
        for step in due:
            owner_id = step.owner_id if step.owner_id is not None else step.work_item.owner_id
            if owner_id is not None:
                by_owner[deputies.get(owner_id, owner_id)].append(step)
        drafts = [_draft(owner_id, steps, now) for owner_id, steps in sorted(by_owner.items())]
        notices_write(drafts, workspace_id=workspace.pk, at=now)
        for ids in chunks([step.pk for step in due]):
            PlanStep.objects.filter(pk__in=ids).update(reminded_at=now)
    return len(due)


def _due(workspace: Workspace, now: datetime) -> Iterator[PlanStep]:
    waiting = PlanStep.objects.filter(
        work_item__workspace=workspace, work_item__status__in=OPEN, done_at__isnull=True, removed_at__isnull=True, reminded_at__isnull=True,
        due_at__gt=now - TOO_LATE, remind_hours__gte=0,
    )  # fmt: skip
    for hours in sorted(set(waiting.order_by().values_list("remind_hours", flat=True))):
        due = waiting.filter(remind_hours=hours, due_at__lte=now + timedelta(hours=hours))
        yield from due.select_related("work_item__customer").order_by("due_at", "pk")


def _draft(owner_id: int, steps: list[PlanStep], now: datetime) -> NoticeDraft:
    first = steps[0]
    due = first.due_at.isoformat() if first.due_at else ""
    params = {"step": first.text, "customer": first.work_item.customer.name, "due": due, "n": len(steps)}
    if len(steps) == 1:
        return NoticeDraft(owner_id, "notices.step_due", f"step:{first.pk}:{due}", params, f"/tasks/{first.work_item_id}")
    return NoticeDraft(owner_id, "notices.steps_due", f"steps:{owner_id}:{now.isoformat()}", params, "/tasks")
