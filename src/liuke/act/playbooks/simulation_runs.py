"""试运行 as background work: ask for one, run it as a job, look at it, stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.reading import playbook_get
from liuke.act.playbooks.simulated import plain_of
from liuke.act.playbooks.simulating import MOST_DAYS, playbook_simulate
from liuke.act.playbooks.world import spec_of
from liuke.act.store.models import PlaybookSimulation
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_cancel, job_enqueue
from liuke.warehouse import Warehouse

KIND = "playbook_simulation"
MOST = 5_000
"""Customers that are walked through at most."""
KEPT = timedelta(days=30)
"""So long a rehearsal is kept: it names customers, and tomorrow it is stale."""


@dataclass(frozen=True, slots=True)
class SimulationAsk:
    """What is rehearsed. `response`: the share (0–1) of customers of whom it is assumed that they respond."""

    spec: dict[str, Any]
    playbook_id: int | None = None
    days: int = 30
    limit: int = 500
    response: float = 0.0


def simulation_start(*, actor: Actor, workspace: Workspace, ask: SimulationAsk) -> PlaybookSimulation:
    """Keep the question and enqueue its job; a faulty flow is refused at once. It goes over everybody's customers: needs `publish`.

    Raises Invalid (playbook with every fault, playbook_days), NotFound("playbook_unknown").
    """
    actor.require(Permission.PUBLISH)
    if not 1 <= ask.days <= MOST_DAYS:
        raise Invalid("playbook_days", most=MOST_DAYS)
    playbook = playbook_get(actor=actor, playbook_id=ask.playbook_id) if ask.playbook_id else None
    spec_of(workspace, ask.spec)
    PlaybookSimulation.objects.filter(workspace=workspace, created_at__lt=utc_now() - KEPT).delete()
    with transaction.atomic():
        run = PlaybookSimulation.objects.create(
            workspace=workspace, playbook=playbook, spec=ask.spec, days=ask.days, limit=min(max(ask.limit, 1), MOST),
            response=min(max(ask.response, 0.0), 1.0), created_by_id=actor.membership_id,
        )  # fmt: skip
        run.job = job_enqueue(
            kind=KIND, key=f"{KIND}:{run.pk}", payload={"run": run.pk}, workspace_id=workspace.pk, created_by=actor.membership_id
        )
        run.save(update_fields=["job"])
    return run


def simulation_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job: safe to repeat, writes once at its end. Raises NotFound("simulation_gone")."""
    number = context.payload.get("run")
    runs = PlaybookSimulation.objects.filter(workspace=workspace, pk=number if isinstance(number, int) else 0)
    run = runs.select_related("playbook").first()
    if run is None:
        raise NotFound("simulation_gone")

    def told(share: float) -> None:
        context.check_cancelled()
        context.progress(share, "stages.playbook_simulation", day=int(share * run.days), days=run.days)

    found = playbook_simulate(
        workspace=workspace, warehouse=warehouse, spec=run.spec, days=run.days, limit=run.limit, response=run.response,
        playbook=run.playbook, told=told,
    )  # fmt: skip
    PlaybookSimulation.objects.filter(pk=run.pk).update(result=plain_of(found), finished_at=utc_now())
    return {"run": run.pk, "entered": found.entered}


def simulations_visible(actor: Actor) -> QuerySet[PlaybookSimulation]:
    """The workspace's rehearsals with their jobs, the newest first; for those who publish."""
    actor.require(Permission.PUBLISH)
    return PlaybookSimulation.objects.filter(workspace_id=actor.workspace_id).select_related("job").order_by("-created_at", "-pk")


def simulation_get(*, actor: Actor, run_id: int) -> PlaybookSimulation:
    """One of them. Raises NotFound("simulation_gone")."""
    run = simulations_visible(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("simulation_gone")
    return run


def simulation_cancel(*, actor: Actor, run_id: int) -> PlaybookSimulation:
    """Stop it at its next moment; one that is done stays. Raises NotFound where it or its job is not the asker's to stop."""
    run = simulation_get(actor=actor, run_id=run_id)
    if run.job_id is None:
        raise NotFound("simulation_gone")
    job_cancel(actor=actor, job_id=run.job_id)
    return simulation_get(actor=actor, run_id=run_id)
