"""Use cases of backtests: ask for one, run it as a job, look at it, stop it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Scope
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Forbidden, NotFound
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_cancel, job_enqueue
from liuke.learn.domain.origins import EVERY
from liuke.learn.domain.report import plain_of
from liuke.learn.domain.subject import subject_of
from liuke.learn.service.backtest import Question, backtest
from liuke.learn.service.planning import plan_of
from liuke.learn.store.models import BacktestRun
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse

KIND = "backtest"
"""The kind of its job."""
SHARE = 0.95
"""Of the work, what the origins take; the rest are the intervals."""


def backtest_start(*, actor: Actor, workspace: Workspace, question: Question) -> BacktestRun:
    """Keep the question and enqueue its job; a faulty subject is refused at once. For those who see all customers.

    Raises Forbidden("backtest_scope"), and what `planning.plan_of` raises.
    """
    if actor.scope is not Scope.ALL:
        raise Forbidden("backtest_scope")
    plan_of(workspace, question.subject, catalogue_of(workspace))
    with transaction.atomic():
        run = BacktestRun.objects.create(
            workspace=workspace,
            subject=question.subject.to_plain(),
            kind=question.subject.kind.value,
            every=question.every,
            start=question.start,
            end=question.end,
            horizon_days=question.horizon_days,
            created_by_id=actor.membership_id,
        )
        run.job = job_enqueue(
            kind=KIND, key=f"backtest:{run.pk}", payload={"run": run.pk}, workspace_id=workspace.pk, created_by=actor.membership_id
        )
        run.save(update_fields=["job"])
        audit_record(actor=actor, action="backtest_start", object_type="backtest", object_id=run.pk, detail={"kind": run.kind})
    return run


def backtest_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job: safe to repeat, writes once at its end. Raises NotFound("backtest_gone")."""
    run_id = context.payload.get("run")
    run = BacktestRun.objects.filter(workspace=workspace, pk=run_id if isinstance(run_id, int) else 0).first()
    if run is None:
        raise NotFound("backtest_gone")
    zone = workspace.time_zone
    report = backtest(workspace=workspace, warehouse=warehouse, question=question_of(run), progress=_told(context))
    context.progress(SHARE, "stages.backtest_figures")
    result = plain_of(
        zone=zone,
        origins=report.origins,
        days=(report.horizon_days, report.churn_days, report.repeat_days),
        owners=report.owners,
        subject=report.subject,
        live=report.live,
        without_history=report.without_history,
        notes=report.notes,
    )
    BacktestRun.objects.filter(pk=run.pk).update(result=result, finished_at=utc_now())
    return {"run": run.pk, "origins": len(report.origins)}


def question_of(run: BacktestRun) -> Question:
    """What was asked."""
    every = run.every if run.every in EVERY else EVERY[0]
    return Question(subject_of(run.subject), every, run.start, run.end, run.horizon_days)


def backtests_visible(actor: Actor) -> QuerySet[BacktestRun]:
    """The workspace's backtests, newest first, with their jobs; whose customers may be shown is another question."""
    return BacktestRun.objects.filter(workspace_id=actor.workspace_id).select_related("job").order_by("-created_at", "-pk")


def backtest_get(*, actor: Actor, run_id: int) -> BacktestRun:
    """One of them. Raises NotFound("backtest_gone")."""
    run = backtests_visible(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound("backtest_gone")
    return run


def backtest_cancel(*, actor: Actor, run_id: int) -> BacktestRun:
    """Stop it at its next origin; one that is done stays. Raises NotFound where it or its job is not the asker's to stop."""
    run = backtest_get(actor=actor, run_id=run_id)
    if run.job_id is None:
        raise NotFound("backtest_gone")
    job_cancel(actor=actor, job_id=run.job_id)
    return backtest_get(actor=actor, run_id=run_id)


def _told(context: JobContext) -> Callable[[float, date], None]:
    def told(share: float, day: date) -> None:
        context.check_cancelled()
        context.progress(share * SHARE, "stages.backtest", day=day.isoformat())

    return told
