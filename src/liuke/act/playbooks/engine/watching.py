"""Looks for goals and exits of everybody in a flow, and wakes who waited for what happened. Both arms' goals are watched alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

import pyarrow as pa
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from liuke.accounts.store.models import Workspace
from liuke.act.messages.preparing import medium_of
from liuke.act.playbooks.domain.happenings import REPLY, kinds_meant
from liuke.act.playbooks.domain.spec import Exit, Goal, GoalKind
from liuke.act.playbooks.engine.flows import Flow, flow_of
from liuke.act.playbooks.engine.sources import LATE
from liuke.act.playbooks.engine.views import CHUNK, frame_rows, replies_between
from liuke.act.store.models import Consent, DoNotContact, Enrolment, Playbook, PlaybookVersion, Renewal
from liuke.act.store.models_playbooks import RUNNING
from liuke.alert.store.models import Alert
from liuke.base.times import from_us, to_us
from liuke.facts.store.models import Customer
from liuke.rules.columns import Catalogue
from liuke.segments.store.models import TagMembership
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse

Happened = Mapping[int, list[tuple[str, datetime]]]
"""By customer what became known, oldest first."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How many goals were reached, enrolments taken out, and sleepers woken."""

    goals: int = 0
    exits: int = 0
    woken: int = 0

    def plus(self, other: Watched) -> Watched:
        """Both together."""
        return Watched(self.goals + other.goals, self.exits + other.exits, self.woken + other.woken)


def enrolments_watch(*, workspace: Workspace, warehouse: Warehouse, now: datetime, fresh: pa.Table | None = None) -> Watched:
    """Bring goals and exits of all flows up to `now` (workspace time). Paused flows are watched too. Safe to repeat.

    Only what became known since the last watch is read. `fresh`: rows of a rescoring, for goals by score.
    """
    done, catalogue = Watched(), None
    stays = Enrolment.objects.filter(Q(status__in=RUNNING) | Q(goal_at__isnull=True, goal_until__isnull=False), playbook=OuterRef("pk"))
    playbooks = Playbook.objects.filter(Exists(stays), workspace=workspace).order_by("pk")
    for playbook in playbooks:
        catalogue = catalogue_of(workspace) if catalogue is None else catalogue
        with transaction.atomic():
            done = done.plus(_watch(workspace, warehouse, playbook, catalogue, now=now, fresh=fresh))
    return done


def _watch(
    workspace: Workspace, warehouse: Warehouse, playbook: Playbook, catalogue: Catalogue, *, now: datetime, fresh: pa.Table | None
) -> Watched:
    open_goals = Q(goal_at__isnull=True, goal_until__isnull=False)
    used = Enrolment.objects.filter(Q(status__in=RUNNING) | open_goals, playbook=playbook).values("version_id").distinct()
    versions = PlaybookVersion.objects.filter(pk__in=used)
    flows = [flow for version in versions if (flow := flow_of(playbook, version, catalogue)) is not None]
    after = (playbook.watched_until or playbook.created_at) - LATE
    kinds = frozenset().union(*(_goal_kinds(flow.spec.goal) | flow.needs.kinds for flow in flows))
    happened = _happened(workspace, warehouse, kinds, after, now)
    done = Watched()
    for flow in flows:
        goals = _goals(workspace, warehouse, flow, happened, now=now, fresh=fresh)
        exits = _exits(workspace, flow, now)
        done = done.plus(Watched(goals, exits, _wake(flow, happened, now)))
    Playbook.objects.filter(pk=playbook.pk).update(watched_until=now)
    return done


def _goal_kinds(goal: Goal | None) -> frozenset[str]:
    if goal is None or goal.kind in {GoalKind.RENEWED, GoalKind.SCORE_BELOW}:
        return frozenset()
    return kinds_meant([str(goal.value) if goal.kind is GoalKind.ACTIVITY else goal.kind.value])


def _happened(workspace: Workspace, warehouse: Warehouse, kinds: frozenset[str], after: datetime, now: datetime) -> Happened:
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    if not kinds:
        return found
    sql = """SELECT customer_id, kind, ts_us FROM activity
        WHERE kind IN (SELECT unnest(?)) AND known_us >= ? AND known_us < ? AND ts_us < ? ORDER BY ts_us"""
    values = [sorted(kinds), to_us(after), to_us(now), to_us(now)]
    for row in warehouse.query(workspace.pk, sql, values).to_pylist():
        found[row["customer_id"]].append((row["kind"], from_us(row["ts_us"])))
    if REPLY in kinds:
        for customer, at in replies_between(workspace, after, now):
            found[customer].append((REPLY, at))
    return {customer: sorted(events, key=lambda event: event[1]) for customer, events in found.items()}


def _goals(workspace: Workspace, warehouse: Warehouse, flow: Flow, happened: Happened, *, now: datetime, fresh: pa.Table | None) -> int:
    """Note the first moment at which each reached the goal within its time; treated ones leave the flow where it says so."""
    goal = flow.spec.goal
    if goal is None:
        return 0
    rows = Enrolment.objects.filter(version_id=flow.version_id, goal_at__isnull=True, goal_until__isnull=False)
    if goal.kind is GoalKind.SCORE_BELOW:
        reached = _calmed(workspace, warehouse, rows, goal, now=now, fresh=fresh)
    elif goal.kind is GoalKind.RENEWED:
        reached = _renewed(rows)
    else:
        reached = _did(rows, _goal_kinds(goal), happened)
    return _reach(flow, reached, now)


def _did(rows: QuerySet[Enrolment], kinds: frozenset[str], happened: Happened) -> dict[int, datetime]:
    reached: dict[int, datetime] = {}
    customers = sorted(happened)
    for start in range(0, len(customers), CHUNK):
        part = rows.filter(customer_id__in=customers[start : start + CHUNK])
        for pk, customer, entered, until in part.values_list("pk", "customer_id", "entered_at", "goal_until"):
            at = next((at for kind, at in happened[customer] if kind in kinds and entered < at and until is not None and at <= until), None)
            if at is not None:
                reached[pk] = at
    return reached


def _renewed(rows: QuerySet[Enrolment]) -> dict[int, datetime]:
    found = Renewal.objects.filter(status=Renewal.Status.RENEWED, contract__customer=OuterRef("customer_id"))
    won = rows.filter(Exists(found.filter(updated_at__gt=OuterRef("entered_at"), updated_at__lte=OuterRef("goal_until"))))
    moments: dict[int, datetime] = {}
    for pk, customer, entered in won.values_list("pk", "customer_id", "entered_at"):
        renewals = Renewal.objects.filter(status=Renewal.Status.RENEWED, contract__customer_id=customer, updated_at__gt=entered)
        moments[pk] = renewals.order_by("updated_at").values_list("updated_at", flat=True)[0]
    return moments


def _calmed(
    workspace: Workspace, warehouse: Warehouse, rows: QuerySet[Enrolment], goal: Goal, *, now: datetime, fresh: pa.Table | None
) -> dict[int, datetime]:
    open_rows = list(rows.filter(entered_at__lt=now, goal_until__gte=now).values_list("pk", "customer_id"))
    scores = frame_rows(warehouse, workspace.pk, {"score"}, {customer for _, customer in open_rows}, fresh)
    least = float(goal.value or 0)
    found: dict[int, datetime] = {}
    for pk, customer in open_rows:
        score = scores.get(customer, {}).get("score")
        if isinstance(score, int | float) and score < least:
            found[pk] = now
    return found


def _reach(flow: Flow, reached: Mapping[int, datetime], now: datetime) -> int:
    by_moment: defaultdict[datetime, list[int]] = defaultdict(list)
    for pk, at in reached.items():
        by_moment[at].append(pk)
    number = 0
    for at, pks in sorted(by_moment.items()):
        for start in range(0, len(pks), CHUNK):
            rows = Enrolment.objects.filter(pk__in=pks[start : start + CHUNK], goal_at__isnull=True)
            number += rows.update(goal_at=at)
    if Exit.GOAL in flow.spec.exits:
        treated = Enrolment.objects.filter(version_id=flow.version_id, arm=Enrolment.Arm.TREATED, goal_at__isnull=False)
        _end(treated, Enrolment.Status.DONE, "goal", now)
    return number


def _exits(workspace: Workspace, flow: Flow, now: datetime) -> int:
    """Take out whom an exit condition meets. Hold-outs stay: they are compared by everybody who was meant, whatever became of them."""
    exits, number = flow.spec.exits, 0
    rows = Enrolment.objects.filter(version_id=flow.version_id, arm=Enrolment.Arm.TREATED)
    for leaving, condition in _conditions(workspace, flow).items():
        if leaving in exits:
            number += _end(rows.filter(condition), Enrolment.Status.EXITED, leaving.value, now)
    return number


def _conditions(workspace: Workspace, flow: Flow) -> Mapping[Exit, Q]:
    lost = Q(customer__status__in=[Customer.Status.LOST, Customer.Status.CLOSED])
    if flow.playbook.kind == Playbook.Kind.RECALL:
        lost = Q(customer__status=Customer.Status.CLOSED)
    withdrawn = Consent.objects.filter(
        _said_over(flow), customer=OuterRef("customer_id"), state=Consent.State.WITHDRAWN, at__gt=OuterRef("entered_at")
    )  # fmt: skip
    barred = DoNotContact.objects.filter(customer=OuterRef("customer_id"), ended_at__isnull=True)
    found = {
        Exit.LOST: lost,
        Exit.OPTED_OUT: Q(Exists(withdrawn)) | Q(Exists(barred)),
        Exit.ALERT_CLOSED: Q(alert__status=Alert.Status.CLOSED),
    }
    if flow.spec.trigger.kind == "segment_entered":
        tag = flow.spec.trigger.params.text("tag")
        inside = TagMembership.objects.filter(
            tag__workspace=workspace, tag__code=tag, until__isnull=True, customer=OuterRef("customer_id")
        )  # fmt: skip
        found[Exit.SEGMENT_LEFT] = ~Q(Exists(inside))
    return found


def _said_over(flow: Flow) -> Q:
    """The consents that the flow's messages need: a word about mails ends no flow that only sends SMS. Nothing for one that sends none."""
    asked = {
        (medium_of(node.params.text("channel")), node.params.text("purpose")) for node in flow.spec.nodes.values() if node.kind == "message"
    }
    return reduce(or_, (Q(medium=medium, purpose=purpose) for medium, purpose in sorted(asked)), Q(pk__in=[]))


def _end(rows: QuerySet[Enrolment], status: Enrolment.Status, reason: str, now: datetime) -> int:
    ids = list(rows.filter(status__in=RUNNING).values_list("pk", flat=True))
    number = 0
    for start in range(0, len(ids), CHUNK):
        running = Enrolment.objects.filter(pk__in=ids[start : start + CHUNK], status__in=RUNNING)
        number += running.update(status=status, end_reason=reason, ended_at=now, wake_at=None, waiting_for="")
    return number


def _wake(flow: Flow, happened: Happened, now: datetime) -> int:
    """Who waits for something that happened is due at once; the step itself judges whether it was meant."""
    waiting = Enrolment.objects.filter(version_id=flow.version_id, status=Enrolment.Status.WAITING, wake_at__gt=now)
    waiting = waiting.exclude(waiting_for__in=["", "approval"])
    customers, number = sorted(happened), 0
    for start in range(0, len(customers), CHUNK):
        part = customers[start : start + CHUNK]
        due = [
            pk
            for pk, customer, since in waiting.filter(customer_id__in=part).values_list("pk", "customer_id", "since")
            if any(at > since and kind in flow.needs.kinds for kind, at in happened[customer])
        ]
        number += Enrolment.objects.filter(pk__in=due, status=Enrolment.Status.WAITING).update(wake_at=now)
    return number
