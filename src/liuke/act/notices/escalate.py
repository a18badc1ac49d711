"""超时升级 (ALT-04): alerts that nobody takes in hand by their date go up the ladder, a step at a time, in working time.

A step is kept once per alert and level. Claim, follow-up, close and snooze stop it: what is asked for are open alerts with an
untouched task. Whoever has no push left today (ALT-12) finds it in the next digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.channels.inapp import NoticeDraft
from liuke.act.notices.events import Event, events_write
from liuke.act.store.models import WorkItem
from liuke.alert.domain.ladder import Ladder, Waiting, next_step
from liuke.alert.domain.policy import from_plain
from liuke.alert.service import pushes_add, pushes_of_day, routing_plan, staff_of
from liuke.alert.store.models import Alert, Escalation
from liuke.base.times import day_start, local_day
from liuke.score.domain.levels import Level


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step taken now, and whom it names."""

    waiting: Waiting
    customer: str
    step: int
    told: tuple[int, ...]


def escalations_run(*, workspace: Workspace, now: datetime) -> int:
    """Take every step that is due; how many. The same call again takes none."""
    plan, today = routing_plan(workspace), local_day(now, workspace.time_zone)
    calendar = calendar_of(workspace, year=today.year)
    if not plan.ladder.enabled or not calendar.is_working_day(today):
        return 0
    with transaction.atomic():
        staff = staff_of(workspace.pk, today)
        taken: list[_Taken] = []
        for waiting, customer in _waiting(workspace, plan.ladder, now):
            step = next_step(plan.ladder, waiting, now=now, zone=workspace.time_zone, calendar=calendar)
            if step is not None:
                told = staff.readers(plan.ladder.steps[step - 1].tell, waiting.owner_id, waiting.team_id)
                taken.append(_Taken(waiting, customer, step, told))
        _keep(workspace, taken, now)
        taken.sort(key=lambda one: (-one.waiting.expected_loss, one.waiting.alert_id))
        events_write(workspace, plan, list(_events(workspace, taken, now)), at=now)
    return len(taken)


def _waiting(workspace: Workspace, ladder: Ladder, now: datetime) -> Iterator[tuple[Waiting, str]]:
    """Open alerts of the ladder's levels whose date is past and whose task nobody touched, with their customer's name.

    One that has just risen has the date of its old level until somebody is told.
    """
    levels = [level.value for level in ladder.levels]
    items = WorkItem.objects.select_for_update(of=("self",)).filter(
        workspace=workspace, status=WorkItem.Status.TODO, due_at__lt=now, alert__status=Alert.Status.OPEN, alert__level__in=levels,
        alert__level_since__lt=now,
    )  # fmt: skip
    rows = list(
        items.order_by("pk").values_list(
            "alert_id", "alert__level", "due_at", "alert__owner_id", "alert__owner__team_id", "alert__expected_loss", "customer__name"
        )
    )
    taken = _taken(workspace, [row[0] for row in rows])
    for alert_id, level, due_at, owner, team, loss, customer in rows:
        if due_at is None:
            continue
        steps, last_at = taken.get((alert_id, level), (0, None))
        yield Waiting(alert_id, Level(level), due_at, owner, team, float(loss), steps, last_at), customer


def _taken(workspace: Workspace, alert_ids: list[int]) -> Mapping[tuple[int, str], tuple[int, datetime | None]]:
    """(steps taken, when the last one) by alert and level."""
    rows = Escalation.objects.filter(workspace=workspace, alert__status=Alert.Status.OPEN).order_by()
    found = rows.values_list("alert_id", "level").annotate(steps=Max("step"), last=Max("at"))
    wanted = set(alert_ids)
    return {(alert, level): (steps, last) for alert, level, steps, last in found if alert in wanted}


def _keep(workspace: Workspace, taken: Iterable[_Taken], now: datetime) -> None:
    rows = [
        Escalation(
            workspace=workspace, alert_id=one.waiting.alert_id, level=one.waiting.level.value, step=one.step,
            due_at=one.waiting.due_at, at=now, told=list(one.told),
        )
        for one in taken
    ]  # fmt: skip
    Escalation.objects.bulk_create(rows)


def _events(workspace: Workspace, taken: Iterable[_Taken], now: datetime) -> Iterator[Event]:
    """One message per person who has a push left, kept as such."""
    limit = from_plain(workspace.alert_policy).pushes_per_owner_and_day
    start = day_start(local_day(now, workspace.time_zone), workspace.time_zone)
    used = pushes_of_day(workspace.pk, start, start + timedelta(days=1))
    by_person: defaultdict[int, list[_Taken]] = defaultdict(list)
    for one in taken:
        for person in one.told:
            by_person[person].append(one)
    for person, steps in sorted(by_person.items()):
        if used[person] < limit:
            alert_id = steps[0].waiting.alert_id if len(steps) == 1 else None
            pushes_add(workspace.pk, "escalation", [(alert_id, person)], as_of=now)
            yield _event(person, steps, now)


def _event(person: int, steps: list[_Taken], now: datetime) -> Event:
    first, own = steps[0], all(one.waiting.owner_id == person for one in steps)
    params = {"customer": first.customer, "loss": first.waiting.expected_loss, "n": len(steps)}
    key = f"notices.escalated{'_own' if own else ''}{'_many' if len(steps) > 1 else ''}"
    ids = tuple(one.waiting.alert_id for one in steps)
    link = f"/alerts/{ids[0]}" if len(ids) == 1 else "/alerts?scope=all&overdue=true"
    about = f"{ids[0]}:{first.waiting.level.value}:{first.step}" if len(ids) == 1 else now.isoformat()
    return Event(NoticeDraft(person, key, f"escalate:{about}:{person}", params, link), "alert", ids, once=f"escalate:{about}")
