"""What is measured of a workspace's work: its queue, live path, failed jobs, outbox and sources. Each a few indexed queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet, Sum

from liuke.accounts.store.models import Workspace
from liuke.connect.store.models import Batch, Source
from liuke.jobs.store.models import Job, OutboxMessage
from liuke.show.domain.operations import Live, Outbox, Queue
from liuke.show.queries.sources import state_of
from liuke.show.store.models import OperationSample

DAY = timedelta(days=1)
RECENT = timedelta(minutes=10)
MOST_RECENT = 500
"""Batches that the lag is measured on."""
MOST_FAILED = 20
API = "api"
Workspaces = Collection[int] | None
"""Ids; None = the whole installation."""


def queues(workspaces: Workspaces, now: datetime) -> list[Queue]:
    """Due or running work by kind, what waits longest first."""
    due, running = Q(status=Job.Status.QUEUED, run_at__lte=now), Q(status=Job.Status.RUNNING)
    found = _jobs(workspaces).filter(due | running).values("kind").order_by("kind")
    counted = found.annotate(waiting=Count("pk", filter=due), running=Count("pk", filter=running), first=Min("run_at", filter=due))
    rows = [Queue(row["kind"], row["waiting"], row["running"], _age(row["first"], now)) for row in counted]
    return sorted(rows, key=lambda row: -row.oldest)


def failed_jobs(workspaces: Workspaces, now: datetime) -> list[Job]:
    """Jobs that gave up within the last day, newest first, and were not overtaken by another try."""
    failed = _jobs(workspaces).filter(status=Job.Status.FAILED, finished_at__gte=now - DAY)
    return list(failed.order_by("-finished_at")[:MOST_FAILED])


def failed_count(workspaces: Workspaces, now: datetime) -> int:
    """How many gave up within the last day."""
    return _jobs(workspaces).filter(status=Job.Status.FAILED, finished_at__gte=now - DAY).count()


def live_of(workspace: Workspace, now: datetime) -> Live:
    """The live path now. Throughput since the last stored sample that is at least half a minute old."""
    batches = Batch.objects.filter(workspace=workspace, entity="activities", kept__isnull=False)
    waits = batches.filter(status=Batch.Status.QUEUED).aggregate(
        count=Count("pk"), rows=Sum("rows_total"), rejected=Sum("rows_rejected"), first=Min("created_at")
    )
    recent = batches.filter(created_at__gte=now - RECENT, status=Batch.Status.DONE, finished_at__isnull=False).order_by("-created_at")
    times = recent.values_list("created_at", "finished_at")[:MOST_RECENT]
    lags = sorted((done - accepted).total_seconds() for accepted, done in times if done is not None)
    total = rows_total(workspace)
    return Live(
        batches=waits["count"],
        rows=(waits["rows"] or 0) - (waits["rejected"] or 0),
        oldest=_age(waits["first"], now),
        lag_p50=_at(lags, 0.5),
        lag_p95=_at(lags, 0.95),
        rows_total=total,
        rows_per_second=_speed(workspace, total, now),
    )


def rows_total(workspace: Workspace) -> int:
    """Rows that the API sources of a workspace ever brought."""
    return Source.objects.filter(workspace=workspace, kind=API).aggregate(rows=Sum("rows_total"))["rows"] or 0


def outboxes(workspaces: Workspaces, now: datetime) -> list[Outbox]:
    """Messages by topic that are due to leave, or failed or in doubt within the last day."""
    due = Q(status=OutboxMessage.Status.PENDING, run_at__lte=now)
    ended = Q(created_at__gte=now - DAY)
    failed, unknown = ended & Q(status=OutboxMessage.Status.FAILED), ended & Q(status=OutboxMessage.Status.UNKNOWN)
    rows = OutboxMessage.objects.all() if workspaces is None else OutboxMessage.objects.filter(workspace_id__in=workspaces)
    counted = (
        rows.filter(due | failed | unknown)
        .values("topic")
        .order_by("topic")
        .annotate(
            waiting=Count("pk", filter=due),
            first=Min("run_at", filter=due),
            failed=Count("pk", filter=failed),
            unknown=Count("pk", filter=unknown),
        )
    )
    return [Outbox(row["topic"], row["waiting"], _age(row["first"], now), row["failed"], row["unknown"]) for row in counted]


def sources_of(workspace: Workspace, now: datetime) -> list[tuple[Source, str]]:
    """Enabled sources that bring rows by themselves, each with its state; none in a simulated workspace, whose sources rest."""
    if workspace.simulated_as_of is not None:
        return []
    found = Source.objects.filter(workspace=workspace, enabled=True).exclude(kind__in=("upload", "sample")).order_by("name")
    return [(source, state_of(source, now)) for source in found]


def _jobs(workspaces: Workspaces) -> QuerySet[Job]:
    return Job.objects.all() if workspaces is None else Job.objects.filter(workspace_id__in=workspaces)


def _speed(workspace: Workspace, total: int, now: datetime) -> float | None:
    """Rows a second since the last sample; None without one of the last five minutes."""
    window = OperationSample.objects.filter(workspace=workspace, at__lte=now - timedelta(seconds=30), at__gte=now - timedelta(minutes=5))
    last = window.order_by("-at").first()
    return None if last is None else max(total - last.rows_total, 0) / (now - last.at).total_seconds()


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _at(ordered: Sequence[float], share: float) -> float | None:
    """The quantile of ordered values by the nearest rank."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else None
