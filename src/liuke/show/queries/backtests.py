"""Backtests, as the API shows them: figures for everybody who may look, names only of customers whom the reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liuke.facts.service import customers_visible
from liuke.learn.service.backtest_runs import backtests_visible
from liuke.learn.store.models import BacktestRun
from liuke.show.api.schemas.backtests import (
    BacktestCustomer,
    BacktestOut,
    BacktestStarted,
    BacktestSubject,
    FiguresOut,
    OriginOut,
)
from liuke.show.api.schemas.common import ErrorOut
from liuke.show.queries.jobs import job_out, stored_error
from liuke.show.queries.reader import Reader, word

SHOWN = 200
"""Customers per list."""
LISTED = 50
_LISTS = ("caught", "missed", "false_alarms")
_ALWAYS = ("backtest.notes.base_rate", "backtest.notes.first_origin")


@dataclass(frozen=True, slots=True)
class _Standing:
    """How far a run is."""

    status: str
    progress: float
    error: ErrorOut | None = None


def started_out(reader: Reader, run: BacktestRun) -> BacktestStarted:
    """The answer to asking for one."""
    assert run.job is not None  # noqa: S101 - made in the same transaction
    return BacktestStarted(id=run.pk, job=job_out(run.job, reader.language))


def backtest_list(reader: Reader, kind: str | None) -> list[BacktestOut]:
    """The newest ones, without customers."""
    runs = backtests_visible(reader.actor)
    return [backtest_out(reader, run, named=False) for run in (runs.filter(kind=kind) if kind else runs)[:LISTED]]


def backtest_out(reader: Reader, run: BacktestRun, *, named: bool = True) -> BacktestOut:
    """One of them."""
    result: Mapping[str, Any] = run.result or {}
    standing = _standing(reader, run)
    people = _people(reader, result) if named else {}
    lists = {name: _customers(result.get(name, ()), people) for name in _LISTS}
    return BacktestOut(
        id=run.pk,
        status=word(standing.status),
        progress=standing.progress,
        error=standing.error,
        subject=BacktestSubject(**run.subject),
        every=word(run.every),
        origins=result.get("origins", 0),
        start=result.get("start", run.start),
        end=result.get("end", run.end),
        horizon_days=result.get("horizon_days", run.horizon_days or 0),
        figures=_figures(result.get("figures")),
        live=_figures(result.get("live")),
        by_origin=[OriginOut(**one) for one in result.get("by_origin", ())],
        counts=result.get("counts", dict.fromkeys(_LISTS, 0)),
        without_history=list(result.get("without_history", ())),
        notes=[reader.text(key) for key in (*result.get("notes", ()), *(_ALWAYS if run.result else ()))],
        created_at=run.created_at,
        finished_at=run.finished_at,
        **lists,
    )


def _standing(reader: Reader, run: BacktestRun) -> _Standing:
    """A result means done. Without one its job says whether it waits, runs or failed; if the job is gone, it failed."""
    if run.result:
        return _Standing("done", 1.0)
    if run.job is None:
        return _Standing("failed", 0.0)
    return _Standing(run.job.status, run.job.progress, stored_error(run.job.error, reader.language))


def _figures(plain: Mapping[str, Any] | None) -> FiguresOut | None:
    return None if plain is None else FiguresOut(**plain)


def _people(reader: Reader, result: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    """Key and name of the customers on the lists that the reader sees."""
    wanted = {row["customer_id"] for name in _LISTS for row in result.get(name, ())}
    found = customers_visible(reader.actor).values_list("pk", "key", "name")
    if len(wanted) <= SHOWN:
        found = found.filter(pk__in=wanted)
    return {pk: (key, name) for pk, key, name in found.iterator(5_000) if pk in wanted}


def _customers(rows: Iterable[Mapping[str, Any]], people: Mapping[int, tuple[str, str]]) -> list[BacktestCustomer]:
    seen = [row for row in rows if row["customer_id"] in people][:SHOWN]
    return [BacktestCustomer(**row, key=people[row["customer_id"]][0], name=people[row["customer_id"]][1]) for row in seen]
