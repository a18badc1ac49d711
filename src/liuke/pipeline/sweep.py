"""The hourly sweep: what fires only because time passes (silence, expiry) is not left to the next night.

From the columns of the last scoring's frame it finds who crossed a threshold since then, and scores only those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import ibis
import ibis.expr.types as ir
from django.db.models import Q

from liuke.accounts.store.models import Workspace
from liuke.act.plans.reminders import plan_reminders
from liuke.act.service import escalations_run
from liuke.alert.store.models import Alert
from liuke.base.times import DAY_US, to_us
from liuke.features.service.metrics import metrics_of
from liuke.jobs.store.models import Job
from liuke.pipeline.playbooks import NOBODY, playbooks_follow
from liuke.pipeline.scoring import customers_rescore
from liuke.rules.clock import Clock
from liuke.score.domain.basis import basis_from_plain
from liuke.score.store.models import ScoreRun
from liuke.score.store.versions import version_config, version_live
from liuke.segments.service.tags import tags_active
from liuke.signals.domain.crossing import Ageing, Crossing, Threshold, ages_of, thresholds_of_rule, thresholds_of_signal
from liuke.signals.domain.signal import World
from liuke.signals.service import signals_all
from liuke.signals.service.columns import catalogue_of
from liuke.signals.service.rules import rules_active
from liuke.warehouse import Warehouse
from liuke.warehouse.frames import frame_moment, frame_schema

KIND = "sweep"
FRAME = "frame"


def workspace_sweep(*, workspace: Workspace, warehouse: Warehouse, now: datetime) -> dict[str, object]:
    """Score at `now` who crossed a threshold since the last sweep, or since the last scoring of everybody if that is later.

    Nothing is due in a workspace that was never scored. A sweep that was killed is done again from where the one before ended:
    whoever it had reached is scored once more, which changes nothing that holds. Steps of checklists that are soon due are told of.
    """
    plan_reminders(workspace=workspace, now=now)
    since = _since(workspace, warehouse)
    if since is None or since >= now:
        return {"customers": 0, "until": None if since is None else since.isoformat()}
    due = customers_due(workspace=workspace, warehouse=warehouse, since=since, now=now)
    scoring = customers_rescore(workspace=workspace, warehouse=warehouse, as_of=now, customer_ids=due) if due else None
    changes = scoring.changes if scoring else None
    if scoring is None:
        playbooks_follow(workspace=workspace, warehouse=warehouse, as_of=now, fresh=NOBODY)
    escalated = escalations_run(workspace=workspace, now=now)
    return {
        "customers": scoring.customers if scoring else 0,
        "raised": len(changes.raised) if changes else 0,
        "escalated": escalated,
        "until": now.isoformat(),
    }


def customers_due(*, workspace: Workspace, warehouse: Warehouse, since: datetime, now: datetime) -> set[int]:
    """Who crossed a threshold in `(since, now]`: of a signal, a rule or a tag; or whose alert ends a pause."""
    thresholds = _thresholds(workspace, now)
    found = _crossed(workspace, warehouse, thresholds, since, now) if thresholds else set()
    return found | _pauses_ended(workspace, since, now)


def _since(workspace: Workspace, warehouse: Warehouse) -> datetime | None:
    """The end of the last sweep, or the moment of the frame if that is later; None before the first scoring."""
    scored = frame_moment(warehouse, workspace.pk)
    last = Job.objects.filter(workspace=workspace, kind=KIND, status=Job.Status.DONE).order_by("-finished_at").first()
    until = (last.result or {}).get("until") if last else None
    swept = datetime.fromisoformat(until) if isinstance(until, str) else None
    return scored if scored is None or swept is None else max(scored, swept)


def _thresholds(workspace: Workspace, now: datetime) -> frozenset[Threshold]:
    catalogue, metrics = catalogue_of(workspace), metrics_of(workspace)
    ages = ages_of((metric.code, metric.declared[-1]) for metric in metrics)
    rules = [active.rule for active in rules_active(workspace, catalogue)]
    rules += [tag.rule for tag in tags_active(workspace, catalogue) if tag.rule is not None]
    settings, world = version_config(workspace, version_live(workspace)).signals, World(_kinds(workspace, now))
    signals = [
        thresholds_of_signal(signal, settings[signal.code].params, world)
        for signal in signals_all()
        if signal.code in settings and settings[signal.code].enabled
    ]
    return frozenset().union(*(thresholds_of_rule(rule, ages) for rule in rules), *signals)


def _kinds(workspace: Workspace, now: datetime) -> Collection[str]:
    """The kinds of activity that the last scoring found."""
    last = ScoreRun.objects.filter(workspace=workspace, as_of__lte=now, finished_at__isnull=False).order_by("-as_of").first()
    return basis_from_plain(last.basis).kinds if last and last.basis else ()


def _crossed(workspace: Workspace, warehouse: Warehouse, thresholds: Iterable[Threshold], since: datetime, now: datetime) -> set[int]:
    stored, frame_at = frame_schema(warehouse, workspace.pk), frame_moment(warehouse, workspace.pk)
    known = [one for one in thresholds if one.column in stored]
    if not known or frame_at is None:
        return set()
    table = _frame_with(known)
    spans = [_span(one, since, now, frame_at, workspace.time_zone) for one in known]
    conditions: list[ir.BooleanValue] = [
        table[one.column].between(low, high) for one, (low, high) in zip(known, spans, strict=True) if low <= high
    ]
    if not conditions:
        return set()
    sql = str(ibis.to_sql(table.filter(ibis.or_(*conditions)).select("customer_id"), dialect="duckdb"))
    return set(warehouse.query(workspace.pk, sql)["customer_id"].to_pylist())


def _frame_with(thresholds: Iterable[Threshold]) -> ir.Table:
    """The frame, of which only the thresholds' columns matter."""
    types = {one.column: "int64" if isinstance(one, Crossing) else "float64" for one in thresholds}
    return ibis.table({**types, "customer_id": "int64"}, name=FRAME)


def _span(threshold: Threshold, since: datetime, now: datetime, frame_at: datetime, zone: str) -> tuple[float, float]:
    """The values, both ends included, that are before the threshold at `since` and behind it at `now`."""
    if isinstance(threshold, Ageing):
        gone = [(to_us(moment) - to_us(frame_at)) / DAY_US for moment in (since, now)]
        low, high = (threshold.value - days if threshold.grows else threshold.value + days for days in gone)
        return min(low, high), max(low, high)
    before, after = (Clock(to_us(moment), zone).ago_us(threshold.days) for moment in (since, now))
    return before, after


def _pauses_ended(workspace: Workspace, since: datetime, now: datetime) -> set[int]:
    """Customers whose alert was snoozed, or whose reason was known, until a moment in `(since, now]`."""
    ended = Q(snoozed_until__gt=since, snoozed_until__lte=now) | Q(muted_until__gt=since, muted_until__lte=now)
    return set(Alert.objects.filter(ended, workspace=workspace).values_list("customer_id", flat=True))
