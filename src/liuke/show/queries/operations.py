"""运行状况: the state of every part, computed here alone for the page, `liuke doctor` and `/metrics`; and the samples of its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.base.settings import Settings
from liuke.connect.store.models import Source
from liuke.jobs.store.models import Job
from liuke.show.domain import operations as judge
from liuke.show.domain.operations import Condition, Live, Outbox, Queue
from liuke.show.queries.operations_facts import failed_count, failed_jobs, live_of, outboxes, queues, rows_total, sources_of
from liuke.show.queries.operations_machine import Machine, machine
from liuke.show.queries.operations_spark import spark_conditions
from liuke.show.store.models import OperationSample

KEPT = timedelta(days=1)
HOUR = timedelta(hours=1)
KEEPERS = frozenset(role.value for role in Role if PERMISSIONS[role] & {Permission.WORKSPACE, Permission.SOURCES})


@dataclass(frozen=True, slots=True)
class Work:
    """How the work of one workspace goes."""

    queues: list[Queue]
    live: Live
    failed: list[Job]
    outboxes: list[Outbox]
    sources: list[tuple[Source, str]]
    conditions: tuple[Condition, ...]


def installation_conditions(found: Machine, settings: Settings, now: datetime) -> tuple[Condition, ...]:
    """The parts that all workspaces share."""
    return (
        *(judge.processes_of(kind, found.processes, now) for kind in ("web", "worker", "warehouse")),
        judge.stream(found.processes, now),
        judge.disk(found.disk_free, sum(store.bytes for store in found.stores)),
        judge.backup(found.backup_at, now, since=found.began, wanted=settings.backup_keep > 0),
        *spark_conditions(settings),
    )


def installation_now(settings: Settings, now: datetime) -> tuple[Machine, tuple[Condition, ...]]:
    """The installation and the states of its parts. `now` is the real clock, as everywhere here."""
    found = machine(settings, now)
    return found, installation_conditions(found, settings, now)


def work_now(workspace: Workspace, now: datetime) -> Work:
    """One workspace's work and the states of its parts."""
    mine = (workspace.pk,)
    queue, live = queues(mine, now), live_of(workspace, now)
    leaving, sources = outboxes(mine, now), sources_of(workspace, now)
    used = live.rows_total > 0 or live.batches > 0
    conditions = (
        judge.live(live, used=used),
        judge.queue(queue),
        judge.jobs(failed_count(mine, now)),
        judge.outbox(leaving),
        judge.sources([state for _, state in sources]),
    )
    return Work(queue, live, failed_jobs(mine, now), leaving, sources, conditions)


def sees_installation(actor: Actor) -> bool:
    """Whether facts about the whole installation may be shown: to people who look after every workspace with data of its own.

    Samples do not count: they hold nobody's data. A key belongs to one workspace and sees that one.
    """
    if actor.user_id is None:
        return False
    mine = Membership.objects.filter(user_id=actor.user_id, is_active=True, role__in=KEEPERS)
    return not Workspace.objects.filter(is_sample=False).exclude(pk__in=mine.values("workspace_id")).exists()


def samples_take(now: datetime) -> int:
    """Note how every workspace fares at this minute, once over all workers; forget what is older than a day. How many were noted."""
    at = now.replace(second=0, microsecond=0)
    if OperationSample.objects.filter(at=at).exists():
        return 0
    samples = [_sample(workspace, at, now) for workspace in Workspace.objects.order_by("pk")]
    OperationSample.objects.bulk_create(samples, ignore_conflicts=True)
    OperationSample.objects.filter(at__lt=now - KEPT).delete()
    return len(samples)


def _sample(workspace: Workspace, at: datetime, now: datetime) -> OperationSample:
    live, waiting = live_of(workspace, now), queues((workspace.pk,), now)
    return OperationSample(
        workspace=workspace,
        at=at,
        waiting_rows=max(live.rows, 0),
        lag_seconds=live.oldest,
        rows_total=rows_total(workspace),
        jobs_waiting=sum(kind.waiting for kind in waiting),
        oldest_seconds=max((kind.oldest for kind in waiting), default=0.0),
    )


def history(workspace: Workspace, now: datetime) -> list[OperationSample]:
    """The samples of the last hour, oldest first."""
    return list(OperationSample.objects.filter(workspace=workspace, at__gte=now - HOUR, at__lte=now).order_by("at"))
