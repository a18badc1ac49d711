"""Use cases of mining and of 流失体检 in the product: ask for one, run it as a job, look at it, stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Forbidden, Invalid, NotFound
from liuke.base.times import to_us, utc_now
from liuke.connect.service.storing import Readable, store_stream, uploads_dir
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_cancel, job_enqueue
from liuke.learn.domain.checkup import checkup_to_plain
from liuke.learn.service.checkup import CheckupAsked, checkup_file
from liuke.learn.service.mining import Mine
from liuke.learn.store.models import MiningRun
from liuke.warehouse import Warehouse

KIND = "mining"
"""The kind of its job."""
SEARCHES = (MiningRun.Kind.RULES, MiningRun.Kind.MISSED, MiningRun.Kind.CLUSTERS, MiningRun.Kind.LINKS)


def mining_start(*, actor: Actor, workspace: Workspace, kind: str) -> MiningRun:
    """Enqueue a search. For those who see all customers. Raises Forbidden("mining_scope"), Invalid("mining_kind")."""
    if actor.scope is not Scope.ALL:
        raise Forbidden("mining_scope")
    if kind not in SEARCHES:
        raise Invalid("mining_kind", got=kind, allowed=", ".join(SEARCHES))
    return _started(actor, workspace, MiningRun(workspace=workspace, kind=kind))


def checkup_start(*, actor: Actor, workspace: Workspace, file: Readable, name: str, churn_days: int = 0) -> MiningRun:
    """Keep an uploaded order list until it was read and enqueue its check-up; nothing of it gets into the workspace's facts.

    Raises Forbidden without `import`, TooLarge, Invalid("checkup_days").
    """
    actor.require(Permission.IMPORT)
    if not 0 <= churn_days <= 730:
        raise Invalid("checkup_days", got=churn_days)
    stored = store_stream(file)
    asked = {"file": Path(name).name[:200], "churn_days": churn_days}
    return _started(actor, workspace, MiningRun(workspace=workspace, kind=MiningRun.Kind.CHECKUP, asked=asked, stored_name=stored.name))


def _started(actor: Actor, workspace: Workspace, run: MiningRun) -> MiningRun:
    with transaction.atomic():
        run.created_by_id = actor.membership_id
        run.save()
        run.job = job_enqueue(
            kind=KIND, key=f"mining:{run.pk}", payload={"run": run.pk}, workspace_id=workspace.pk, created_by=actor.membership_id
        )
        run.save(update_fields=["job"])
        audit_record(actor=actor, action="mining_start", object_type="mining", object_id=run.pk, detail={"kind": run.kind})
    return run


def mining_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job: safe to repeat, writes once at its end. Raises NotFound("mining_gone") and what cannot be answered."""
    run_id = context.payload.get("run")
    run = MiningRun.objects.filter(workspace=workspace, pk=run_id if isinstance(run_id, int) else 0).first()
    if run is None:
        raise NotFound("mining_gone")
    result = _checked(run, workspace, context) if run.kind == MiningRun.Kind.CHECKUP else _searched(run, workspace, warehouse, context)
    MiningRun.objects.filter(pk=run.pk).update(result=result, finished_at=utc_now(), stored_name="")
    if run.stored_name:
        (uploads_dir() / run.stored_name).unlink(missing_ok=True)
    return {"run": run.pk, "kind": run.kind}


def _searched(run: MiningRun, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> object:
    mine = Mine(workspace, warehouse, _told(context))
    searches: Mapping[str, Callable[[], object]] = {
        "rules": mine.rules,
        "missed": mine.missed,
        "clusters": mine.clusters,
        "links": mine.links,
    }
    return msgspec.to_builtins(searches[run.kind]())


def _checked(run: MiningRun, workspace: Workspace, context: JobContext) -> object:
    path = uploads_dir() / run.stored_name
    if not run.stored_name or not path.is_file():
        raise NotFound("checkup_file_gone")
    asked = CheckupAsked(zone=workspace.time_zone, currency=workspace.currency, churn_days=int(run.asked.get("churn_days", 0)))

    def told(share: float, step: str) -> None:
        context.check_cancelled()
        context.progress(share, f"stages.checkup_{step}")

    now_us = to_us(max(workspace_now(workspace), utc_now()))
    return checkup_to_plain(checkup_file(path, asked, now_us=now_us, name=str(run.asked.get("file", "")), told=told))


def minings_visible(actor: Actor) -> QuerySet[MiningRun]:
    """The workspace's searches, newest first, with their jobs; those who do not see all customers see their own ones only."""
    found = MiningRun.objects.filter(workspace_id=actor.workspace_id).select_related("job").order_by("-created_at", "-pk")
    return found if actor.scope is Scope.ALL else found.filter(created_by_id=actor.membership_id, created_by__isnull=False)


def mining_get(*, actor: Actor, run_id: int) -> MiningRun:
    """One of them. Raises NotFound("mining_gone")."""
    run = minings_visible(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("mining_gone")
    return run


def mining_cancel(*, actor: Actor, run_id: int) -> MiningRun:
    """Stop it; one that is done stays. Raises NotFound where it or its job is not the asker's to stop."""
    run = mining_get(actor=actor, run_id=run_id)
    if run.job_id is None:
        raise NotFound("mining_gone")
    job_cancel(actor=actor, job_id=run.job_id)
    return mining_get(actor=actor, run_id=run_id)


def mining_delete(*, actor: Actor, run_id: int) -> None:
    """Forget a search with its result and file. Raises NotFound, Forbidden where it is another's and the asker may not publish."""
    run = mining_get(actor=actor, run_id=run_id)
    if run.created_by_id != actor.membership_id:
        actor.require(Permission.PUBLISH)
    if run.stored_name:
        (uploads_dir() / run.stored_name).unlink(missing_ok=True)
    audit_record(actor=actor, action="mining_delete", object_type="mining", object_id=run.pk, detail={"kind": run.kind})
    run.delete()


def _told(context: JobContext) -> Callable[[float, date | None], None]:
    def told(share: float, day: date | None) -> None:
        context.check_cancelled()
        if day is None:
            context.progress(share, "stages.mining_search")
        else:
            context.progress(share, "stages.mining_origin", day=day.isoformat())

    return told
