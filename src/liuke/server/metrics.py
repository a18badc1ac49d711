"""`/metrics` for Prometheus: what any web process knows from the database, and what each process counts by itself.

Open to this machine, or with `Authorization: Bearer <LIUKE_METRICS_TOKEN>`. Names neither customers nor people nor workspaces.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from liuke.accounts.store.models import Workspace
from liuke.base.metering import Reading, from_plain
from liuke.base.settings import Settings
from liuke.base.times import utc_now
from liuke.base.vitals import vitals
from liuke.server.exposition import CONTENT_TYPE, Families
from liuke.server.settings import LIUKE
from liuke.show.domain.operations import Condition, Live, State
from liuke.show.queries.operations import installation_conditions
from liuke.show.queries.operations_facts import failed_count, live_of, outboxes, queues
from liuke.show.queries.operations_machine import Machine, machine

LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")
"""A request that bears one of these came through a proxy: its asker is not on this machine."""
STATES = {State.OFF: -1, State.OK: 0, State.WARN: 1, State.FAIL: 2}
HELPS: Mapping[str, tuple[str, str]] = {
    "liuke_info": ("gauge", "Always 1; the version is a label."),
    "liuke_database_up": ("gauge", "1 where the application database answers."),
    "liuke_state": ("gauge", "State of a part: 0 well, 1 wants a look, 2 does not work, -1 does not apply."),
    "liuke_process_up": ("gauge", "1 where the process gave a sign of life within 30 s."),
    "liuke_process_start_time_seconds": ("gauge", "When the process began, in seconds since 1970."),
    "liuke_process_resident_memory_bytes": ("gauge", "Memory that the process holds."),
    "liuke_process_cpu_seconds_total": ("counter", "Processor time that the process took."),
    "liuke_stream_listeners": ("gauge", "Open live streams of a web process."),
    "liuke_worker_jobs_running": ("gauge", "Jobs that a worker runs."),
    "liuke_http_requests_total": ("counter", "Requests by route template, method and status."),
    "liuke_http_request_seconds": ("histogram", "Time from request to answer, by route template and method."),
    "liuke_jobs_total": ("counter", "Runs of jobs by kind and how they ended."),
    "liuke_job_seconds": ("histogram", "Time that a run took, by kind."),
    "liuke_sends_total": ("counter", "Deliveries by topic (the channel) and result."),
    "liuke_warehouse_transaction_seconds": ("histogram", "Time of a transaction in the warehouse."),
    "liuke_jobs_waiting": ("gauge", "Jobs that are due and not begun, by kind."),
    "liuke_jobs_running": ("gauge", "Jobs that run, by kind."),
    "liuke_jobs_oldest_seconds": ("gauge", "For how long the oldest due job has waited, by kind."),
    "liuke_jobs_failed_day": ("gauge", "Jobs that gave up within 24 hours."),
    "liuke_live_waiting_rows": ("gauge", "Rows that were accepted and not yet applied."),
    "liuke_live_waiting_batches": ("gauge", "Batches that were accepted and not yet applied."),
    "liuke_live_lag_seconds": ("gauge", "Age of the oldest of them."),
    "liuke_live_applied_p95_seconds": ("gauge", "95th percentile from accepted to applied over ten minutes."),
    "liuke_live_rows_total": ("counter", "Rows of API batches that were applied."),
    "liuke_outbox_waiting": ("gauge", "Messages that are due to leave, by topic."),
    "liuke_outbox_oldest_seconds": ("gauge", "For how long the oldest of them has waited, by topic."),
    "liuke_outbox_failed_day": ("gauge", "Messages of 24 hours that failed, by topic."),
    "liuke_outbox_unknown_day": ("gauge", "Messages of 24 hours of which nobody knows whether they arrived, by topic."),
    "liuke_disk_free_bytes": ("gauge", "Free where the data lies."),
    "liuke_disk_bytes": ("gauge", "Size of that disk."),
    "liuke_store_bytes": ("gauge", "Size of the database, the warehouse and the uploads."),
    "liuke_backup_age_seconds": ("gauge", "Age of the last whole backup; absent without one."),
}


def metrics(request: HttpRequest) -> HttpResponse:
    """The page; 403 for whoever may not read it."""
    if not may_read(request, LIUKE.metrics_token):
        return HttpResponse("metrics: from this machine, or with LIUKE_METRICS_TOKEN\n", status=403, content_type="text/plain")
    return HttpResponse(page(LIUKE, utc_now()), content_type=CONTENT_TYPE)


def may_read(request: HttpRequest, token: str) -> bool:
    """Whoever has the token; without one configured or sent, whoever asks from this machine and not through a proxy."""
    given = request.headers.get("Authorization", "")
    if given:
        return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.META for name in FORWARDED)


def page(settings: Settings, now: datetime) -> str:
    """All series. Without a database what this process knows by itself is still told."""
    out = Families(HELPS)
    out.family("liuke_info").add(1, version=version("liuke"))
    try:
        found = machine(settings, now)
        _work(out, now)
        _machine(out, found, installation_conditions(found, settings, now), now)
        up = 1
    except DatabaseError:
        _process(out, "web", vitals("web"))
        up = 0
    out.family("liuke_database_up").add(up)
    return out.text()


def _machine(out: Families, found: Machine, conditions: Sequence[Condition], now: datetime) -> None:
    for condition in conditions:
        out.family("liuke_state").add(STATES[condition.state], part=condition.part)
    for process in found.processes:
        out.family("liuke_process_up").add(int(process.alive(now)), process=process.name, kind=process.kind)
        if process.alive(now):
            _process(out, process.name, found.beats[process.name])
    for store in found.stores:
        out.family("liuke_store_bytes").add(store.bytes, store=store.name)
    out.family("liuke_disk_free_bytes").add(found.disk_free)
    out.family("liuke_disk_bytes").add(found.disk_total)
    if found.backup_at is not None:
        out.family("liuke_backup_age_seconds").add((now - found.backup_at).total_seconds())


def _process(out: Families, name: str, told: Mapping[str, object]) -> None:
    """One process's own figures, from its vitals."""
    gauges = {
        "memory_bytes": "liuke_process_resident_memory_bytes",
        "cpu_seconds": "liuke_process_cpu_seconds_total",
        "listeners": "liuke_stream_listeners",
        "running": "liuke_worker_jobs_running",
    }
    for key, series in gauges.items():
        value = told.get(key)
        if isinstance(value, int | float):
            out.family(series).add(value, process=name)
    since = told.get("since")
    if isinstance(since, str):
        out.family("liuke_process_start_time_seconds").add(datetime.fromisoformat(since).timestamp(), process=name)
    counted = told.get("meter")
    _counted(out, name, from_plain(counted if isinstance(counted, dict) else {}))


def _counted(out: Families, process: str, reading: Reading) -> None:
    for (name, labels), value in sorted(reading.counters.items()):
        if out.knows(name):
            out.family(name).add(value, process=process, **dict(labels))
    for (name, labels), times in sorted(reading.times.items()):
        if out.knows(name):
            out.family(name).add_times(times, (("process", process), *labels))


def _work(out: Families, now: datetime) -> None:
    for kind in queues(None, now):
        out.family("liuke_jobs_waiting").add(kind.waiting, kind=kind.kind)
        out.family("liuke_jobs_running").add(kind.running, kind=kind.kind)
        out.family("liuke_jobs_oldest_seconds").add(kind.oldest, kind=kind.kind)
    out.family("liuke_jobs_failed_day").add(failed_count(None, now))
    for topic in outboxes(None, now):
        out.family("liuke_outbox_waiting").add(topic.waiting, topic=topic.topic)
        out.family("liuke_outbox_oldest_seconds").add(topic.oldest, topic=topic.topic)
        out.family("liuke_outbox_failed_day").add(topic.failed, topic=topic.topic)
        out.family("liuke_outbox_unknown_day").add(topic.unknown, topic=topic.topic)
    _live(out, [live_of(workspace, now) for workspace in Workspace.objects.order_by("pk")])


def _live(out: Families, found: Sequence[Live]) -> None:
    out.family("liuke_live_waiting_rows").add(sum(live.rows for live in found))
    out.family("liuke_live_waiting_batches").add(sum(live.batches for live in found))
    out.family("liuke_live_lag_seconds").add(max((live.oldest for live in found), default=0.0))
    out.family("liuke_live_rows_total").add(sum(live.rows_total for live in found))
    slow = [live.lag_p95 for live in found if live.lag_p95 is not None]
    if slow:
        out.family("liuke_live_applied_p95_seconds").add(max(slow))
