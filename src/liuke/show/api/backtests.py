"""Backtests on the workspace's own past, and rules up for review."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.learn.domain.subject import subject_of
from liuke.learn.service.backtest import Question
from liuke.learn.service.backtest_runs import backtest_cancel as cancel
from liuke.learn.service.backtest_runs import backtest_get as find
from liuke.learn.service.backtest_runs import backtest_start as start
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.backtests import BacktestIn, BacktestOut, BacktestQuery, BacktestStarted, RuleReviewOut
from liuke.show.queries import backtests
from liuke.show.queries.rule_review import review_list

router = Router(tags=["backtests"])


@router.get("/w/{slug}/rules/review", response=list[RuleReviewOut])
def rule_review(request: HttpRequest, slug: str) -> list[RuleReviewOut]:
    """Live rules by how often they fire and what became of the alerts handled; those that do little are proposed for retirement."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return review_list(reader)


@router.post("/w/{slug}/backtests", response=BacktestStarted)
def backtest_start(request: HttpRequest, slug: str, data: BacktestIn) -> BacktestStarted:
    """Asks for one; progress by the job."""
    reader = reader_for(request, slug)
    subject = subject_of(data.subject.model_dump(exclude_none=True))
    question = Question(subject, data.every, data.start, data.end, data.horizon_days)
    return backtests.started_out(reader, start(actor=reader.actor, workspace=reader.workspace, question=question))


@router.get("/w/{slug}/backtests", response=list[BacktestOut])
def backtest_list(request: HttpRequest, slug: str, wanted: Query[BacktestQuery]) -> list[BacktestOut]:
    """The newest 50, without customers."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return backtests.backtest_list(reader, wanted.subject)


@router.get("/w/{slug}/backtests/{run_id}", response=BacktestOut)
def backtest_get(request: HttpRequest, slug: str, run_id: int) -> BacktestOut:
    """One of them, with the customers caught, missed and falsely alarmed that the reader sees."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return backtests.backtest_out(reader, find(actor=reader.actor, run_id=run_id))


@router.post("/w/{slug}/backtests/{run_id}/cancel", response=BacktestOut)
def backtest_cancel(request: HttpRequest, slug: str, run_id: int) -> BacktestOut:
    """Stops it at its next origin."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return backtests.backtest_out(reader, cancel(actor=reader.actor, run_id=run_id))
