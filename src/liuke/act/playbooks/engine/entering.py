"""Lets customers in: the same occurrences have the same result, however often and by however many workers they are looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import pyarrow as pa
from django.db import transaction
from django.db.models import Max, Sum

from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.entry import Refusal, Standing, audience_refusal, held_out, may_act_on, reentry_refusal
from liuke.act.playbooks.domain.sources import Occurrence
from liuke.act.playbooks.engine.flows import Flow, flow_of, playbooks_on, rule_columns
from liuke.act.playbooks.engine.sources import Outcomes, TableSources, no_outcomes
from liuke.act.playbooks.engine.views import CHUNK, frame_rows
from liuke.act.playbooks.engine.writing import enrolments_insert
from liuke.act.playbooks.triggers import TRIGGERS
from liuke.act.store.models import CustomerMessage, Enrolment, Playbook, PlaybookMatch, PlaybookRefusal, PlaybookVersion
from liuke.act.store.models_playbooks import RUNNING
from liuke.facts.store.models import Customer
from liuke.rules.evaluate import Row
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse

HORIZON = timedelta(days=30)
"""How long a hold-out of a flow without goal stays in it."""
Version = PlaybookVersion.Status


@dataclass(frozen=True, slots=True)
class Entered:
    """What a look at triggers did: customers treated and held out, and occurrences refused by reason."""

    treated: tuple[int, ...] = ()
    holdout: tuple[int, ...] = ()
    refused: Mapping[int, Refusal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Present:
    """What is known about the candidates of one flow before any of them enters."""

    statuses: Mapping[int, str]
    running: Collection[int]
    last_entered: Mapping[int, datetime]
    known: Collection[str]
    """Entry keys that were answered before."""
    rows: Mapping[int, Row]
    broke: bool
    """The flow's budget is spent."""


def triggers_run(
    *, workspace: Workspace, warehouse: Warehouse, as_of: datetime, fresh: pa.Table | None = None, outcomes: Outcomes = no_outcomes
) -> dict[int, Entered]:
    """After a scoring: let in whom the triggers name since the last look, by playbook. Safe to repeat.

    `fresh`: the frame's rows of a rescoring of some customers; None = the stored frame of everybody. Each flow is one transaction.
    """
    playbooks = playbooks_on(workspace)
    if not playbooks:
        return {}
    catalogue = catalogue_of(workspace)
    found: dict[int, Entered] = {}
    for playbook in playbooks:
        for version in playbook.versions.filter(status__in=[Version.PUBLISHED, Version.TRIAL]).order_by("number"):
            flow = flow_of(playbook, version, catalogue)
            if flow is None:
                continue
            trial = version.status == Version.TRIAL
            with transaction.atomic():
                entered = _look(workspace, warehouse, flow, as_of, fresh=fresh, outcomes=outcomes, trial=trial)
            if not trial:
                found[playbook.pk] = entered
        Playbook.objects.filter(pk=playbook.pk, triggered_until__lt=as_of).update(triggered_until=as_of)
    return found


def _look(
    workspace: Workspace, warehouse: Warehouse, flow: Flow, as_of: datetime, *, fresh: pa.Table | None, outcomes: Outcomes, trial: bool
) -> Entered:
    """Occurrences since the last look, and who of them enters. The flow's row is locked: another worker waits and then finds nothing."""
    locked = Playbook.objects.select_for_update().get(pk=flow.playbook.pk)
    after = locked.triggered_until or as_of
    kind, params = TRIGGERS[flow.spec.trigger.kind], flow.spec.trigger.params
    columns = kind.columns(params)
    begins = locked.enabled_at or after
    sources = TableSources(workspace, warehouse, after, as_of, begins, columns, fresh, outcomes)
    occurrences = list(kind.find(params, sources))
    if kind.is_state:
        looked = sources.rows().keys() if fresh is not None else None
        occurrences = _beginnings(locked, occurrences, looked, as_of, trial=trial)
    return entries_write(
        workspace=workspace, warehouse=warehouse, flow=flow, occurrences=occurrences, at=as_of, fresh=fresh,
        only=Refusal.PAUSED if locked.paused_at else Refusal.TRIAL if trial else None,
    )  # fmt: skip


def _beginnings(
    playbook: Playbook, occurrences: Sequence[Occurrence], looked: Collection[int] | None, as_of: datetime, *, trial: bool
) -> list[Occurrence]:
    """Of those who fulfil a condition now, those who did not at the last look; who no longer does may begin again.

    The first look after 启用 lets nobody in: it only notes who fulfils it already.
    """
    before = set(PlaybookMatch.objects.filter(playbook=playbook).values_list("customer_id", flat=True))
    now = {one.customer_id for one in occurrences}
    fresh = [one for one in occurrences if one.customer_id not in before]
    first = playbook.matched_at is None
    if not trial:
        over = (before if looked is None else before & set(looked)) - now
        _matches_move(playbook, over=sorted(over), new=[one.customer_id for one in fresh], as_of=as_of)
        if first and looked is None:
            Playbook.objects.filter(pk=playbook.pk).update(matched_at=as_of)
    return [] if first else fresh


def _matches_move(playbook: Playbook, *, over: Sequence[int], new: Sequence[int], as_of: datetime) -> None:
    """Who no longer fulfils the condition is forgotten, who has begun to is noted."""
    for start in range(0, len(over), CHUNK):
        PlaybookMatch.objects.filter(playbook=playbook, customer_id__in=over[start : start + CHUNK]).delete()
    rows = [PlaybookMatch(playbook=playbook, customer_id=customer_id, since=as_of) for customer_id in new]
    PlaybookMatch.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def entries_write(
    *,
    workspace: Workspace,
    warehouse: Warehouse,
    flow: Flow,
    occurrences: Sequence[Occurrence],
    at: datetime,
    fresh: pa.Table | None = None,
    only: Refusal | None = None,
) -> Entered:
    """Enter whom nothing speaks against, and note why the others do not, in the caller's transaction. `only`: nobody enters, for that."""
    if not occurrences:
        return Entered()
    customers = {one.customer_id for one in occurrences}
    present = _present(workspace, warehouse, flow, [one.key for one in occurrences], customers, fresh=fresh)
    entering, refusals = _judged(workspace, flow, occurrences, present, at=at, only=only)
    PlaybookRefusal.objects.bulk_create(refusals, batch_size=CHUNK, ignore_conflicts=True)
    rows = [_enrolment(workspace, flow, one, at) for one in entering]
    enrolments_insert(rows)
    refused_now = {row.customer_id: Refusal(row.reason) for row in refusals}
    return Entered(_of_arm(rows, Enrolment.Arm.TREATED), _of_arm(rows, Enrolment.Arm.HOLDOUT), refused_now)


def _judged(
    workspace: Workspace, flow: Flow, occurrences: Sequence[Occurrence], present: Present, *, at: datetime, only: Refusal | None
) -> tuple[list[Occurrence], list[PlaybookRefusal]]:
    """What enters, of each customer the earliest that nothing speaks against, and the refusals of the rest.

    What was answered before is neither, nor is anything of a customer who is gone.
    """
    entering: dict[int, Occurrence] = {}
    refusals: list[PlaybookRefusal] = []
    for one in sorted(occurrences, key=lambda found: (found.at, found.key)):
        key = _entry_key(one, only)
        if key in present.known or one.customer_id not in present.statuses:
            continue
        running = one.customer_id in entering
        refused = refusal_of(workspace, flow, one.customer_id, present, at, running=running) or (only and (only, {}))
        if refused:
            refusals.append(_refusal(flow, one.customer_id, key, at, refused))
        else:
            entering[one.customer_id] = one
    return list(entering.values()), refusals


def _entry_key(one: Occurrence, only: Refusal | None) -> str:
    return f"trial:{one.key}"[:120] if only is Refusal.TRIAL else one.key


def _refusal(flow: Flow, customer_id: int, key: str, at: datetime, refused: tuple[Refusal, dict[str, str]]) -> PlaybookRefusal:
    why, params = refused
    told = params | {"arm": _arm(flow, customer_id)} if why is Refusal.TRIAL else params
    return PlaybookRefusal(playbook=flow.playbook, customer_id=customer_id, entry_key=key, at=at, reason=why.value, params=told)


def _of_arm(rows: Sequence[Enrolment], arm: str) -> tuple[int, ...]:
    return tuple(row.customer_id for row in rows if row.arm == arm)


def refusal_of(
    workspace: Workspace, flow: Flow, customer_id: int, present: Present, at: datetime, *, running: bool = False
) -> tuple[Refusal, dict[str, str]] | None:
    """What speaks against an entry, the first thing in the order in which people ask; None = nothing."""
    if not may_act_on(flow.playbook.kind, present.statuses[customer_id]):
        return Refusal.INACTIVE, {"status": present.statuses[customer_id]}
    standing = Standing(True, running or customer_id in present.running, present.last_entered.get(customer_id))
    again = reentry_refusal(flow.spec.reentry, standing, at)
    if again is not None:
        return again[0], {"from": again[1].isoformat()} if again[1] else {}
    outside = audience_refusal(flow.spec.audience, present.rows.get(customer_id, {}), now=at, zone=workspace.time_zone)
    if outside is not None:
        return outside, {}
    return (Refusal.BUDGET, {}) if present.broke else None


def present_of(*, workspace: Workspace, warehouse: Warehouse, flow: Flow, customers: Collection[int]) -> Present:
    """What speaks for and against these customers now, whatever the occurrence."""
    return _present(workspace, warehouse, flow, (), customers, fresh=None)


def _present(
    workspace: Workspace, warehouse: Warehouse, flow: Flow, keys: Sequence[str], customers: Collection[int], *, fresh: pa.Table | None
) -> Present:
    columns = rule_columns([flow.spec.audience.when, flow.spec.audience.exclude])
    statuses: dict[int, str] = {}
    running: set[int] = set()
    last: dict[int, datetime] = {}
    listed = sorted(customers)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        statuses |= dict(Customer.objects.filter(workspace=workspace, pk__in=part).values_list("pk", "status"))
        stays = Enrolment.objects.filter(playbook_id=flow.playbook.pk, customer_id__in=part)
        running |= set(stays.filter(status__in=RUNNING).values_list("customer_id", flat=True))
        last |= {customer: at for customer, at in stays.values_list("customer_id").annotate(at=Max("entered_at")) if at is not None}
    return Present(
        statuses, running, last, _known(flow, keys),
        frame_rows(warehouse, workspace.pk, columns, customers, fresh), _broke(flow),
    )  # fmt: skip


def _known(flow: Flow, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    asked = [*keys, *(f"trial:{key}"[:120] for key in keys)]
    for start in range(0, len(asked), CHUNK):
        for model in (Enrolment, PlaybookRefusal):
            rows = model._default_manager.filter(playbook=flow.playbook, entry_key__in=asked[start : start + CHUNK])
            found |= set(rows.values_list("entry_key", flat=True))
    return found


def _broke(flow: Flow) -> bool:
    total = flow.spec.budget.total
    if total is None or flow.playbook.pk is None:
        return False
    counted = CustomerMessage.objects.filter(playbook_id=flow.playbook.pk, counts=True)
    return (counted.aggregate(spent=Sum("cost"))["spent"] or Decimal(0)) >= total


def _arm(flow: Flow, customer_id: int) -> str:
    held = held_out(flow.playbook.salt, customer_id, flow.spec.holdout.share)
    return Enrolment.Arm.HOLDOUT.value if held else Enrolment.Arm.TREATED.value


def _enrolment(workspace: Workspace, flow: Flow, one: Occurrence, at: datetime) -> Enrolment:
    arm, goal = _arm(flow, one.customer_id), flow.spec.goal
    goal_until = None if goal is None else at + timedelta(days=goal.within_days)
    held = arm == Enrolment.Arm.HOLDOUT
    return Enrolment(
        workspace=workspace, playbook=flow.playbook, version_id=flow.version_id, customer_id=one.customer_id, alert_id=one.alert_id,
        entry_key=one.key, arm=arm, share=flow.spec.holdout.share,
        status=Enrolment.Status.WAITING if held else Enrolment.Status.ACTIVE, node="" if held else flow.spec.start, since=at,
        wake_at=(goal_until or at + HORIZON) if held else at, vars={"entry": dict(one.entry)}, entered_at=at, goal_until=goal_until,
    )  # fmt: skip
