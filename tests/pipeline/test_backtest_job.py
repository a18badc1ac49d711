"""A backtest asked for by a person is run by the worker, from the queue to the report (BEY-01)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.align.domain.batch import AlignedBatch, CustomerRow
from liuke.base.settings import from_environment
from liuke.base.times import to_us
from liuke.facts.service import batch_write
from liuke.jobs.store.models import Job
from liuke.jobs.worker import jobs_run_pending
from liuke.learn.domain.subject import Subject, SubjectKind
from liuke.learn.service.backtest import Question
from liuke.learn.service.backtest_runs import backtest_start
from liuke.learn.store.models import BacktestRun
from liuke.pipeline.handlers import HANDLERS
from liuke.warehouse import open_warehouse
from tests.factories import actor_of, make_member, make_workspace
from tests.facts.activities import activity, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def start(workspace: Workspace) -> BacktestRun:
    """Ask for the live score at 50."""
    actor = actor_of(make_member(workspace, Role.ANALYST))
    return backtest_start(actor=actor, workspace=workspace, question=Question(Subject(SubjectKind.THRESHOLD, threshold=50.0)))


def test_the_worker_takes_a_backtest_from_the_queue_to_its_report() -> None:
    workspace = make_workspace(simulated_as_of=NOW, time_zone="UTC", churn={"kinds": ["order.placed"], "days": 60})
    moments = [to_us(NOW - timedelta(days=days)) for days in range(1, 400, 7)]
    rows = [activity(f"o{at}", kind="order.placed", ts=at, value=100.0) for at in moments]
    batch = AlignedBatch("b1", [table(rows)], [CustomerRow(key="C1", name="C1")])
    warehouse = open_warehouse(from_environment())
    warehouse.drop(workspace.pk)  # numbers of workspaces come again in another test
    batch_write(workspace=workspace, batch=batch, warehouse=warehouse)
    run = start(workspace)
    assert jobs_run_pending(HANDLERS) == 1
    run.refresh_from_db()
    assert run.result is not None
    assert run.job is not None
    run.job.refresh_from_db()
    assert (run.job.status, run.job.result) == (Job.Status.DONE, {"run": run.pk, "origins": run.result["origins"]})
    assert run.result["live"] == run.result["figures"]
    assert run.result["counts"]["missed"] == 0


def test_a_backtest_without_a_history_fails_with_its_reason() -> None:
    run = start(make_workspace(simulated_as_of=NOW, churn={"kinds": ["login"], "days": 60}))
    jobs_run_pending(HANDLERS)
    assert run.job is not None
    run.job.refresh_from_db()
    assert run.job.status == Job.Status.FAILED
    assert run.job.error is not None
    assert run.job.error["code"] == "backtest_no_history"
