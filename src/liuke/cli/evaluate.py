"""`liuke evaluate`: any flat table, judged on rows that the model did not see."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from liuke.cli.terminal import AsJson, console, errors, faults_told, print_json, progress_shown, words
from liuke.learn.service.evaluate_table import TableAsked, TableJudged, evaluate_table, plain_of


def evaluate(
    file: Annotated[Path, typer.Argument(help="CSV (any encoding that an import takes), Excel or Parquet; one row per customer.")],
    *,
    label: Annotated[str, typer.Option(help="The column with the outcome.")],
    positive: Annotated[str, typer.Option(help="The value that means lost; 1, yes, 是, … or the rarer one if left out.")] = "",
    row_id: Annotated[str, typer.Option("--id", help="A column that names the row; it is not learned from.")] = "",
    group: Annotated[str, typer.Option(help="A column that names the customer: rows of one never lie on both sides of a split.")] = "",
    time: Annotated[str, typer.Option(help="A column of times; with --train-until.")] = "",
    train_until: Annotated[str, typer.Option(help="Learn from rows up to this time, this one included; judge the later ones.")] = "",
    folds: Annotated[int, typer.Option(min=2, max=20, help="Parts that are judged in turn, where there is no time.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Judge how well the outcome of a table's rows can be told: learned on some rows, tested on others."""
    with faults_told(as_json=as_json):
        asked = TableAsked(label, positive, row_id, group, time, train_until, folds)
        with progress_shown(quiet=as_json) as context:
            found = evaluate_table(file, asked, clock=perf_counter, told=lambda share, _step: context.progress(share, "stages.log_fit"))
    _shown(found, as_json=as_json)


def _shown(found: TableJudged, *, as_json: bool) -> None:
    warnings = [words(f"warnings.table_{one.code}", rows=one.rows, what=one.what) for one in found.warnings]
    warnings += [words(f"leaks.{one.check.value}.text", **one.params) for one in found.leaks]
    if as_json:
        print_json({**plain_of(found), "warnings": warnings})
        return
    figures = found.figures
    low, high = figures.auc_ci
    plain = {"auc": figures.auc, "low": low, "high": high, "logloss": figures.logloss, "seconds": figures.fit_seconds}
    params = {name: f"{value:.3f}" for name, value in plain.items()}
    shares = {"base": figures.base_rate, "top": figures.precision_top10}
    console.print(words("cli.table_quality", **params, **shares, n=figures.n, positive=found.positive))
    for warning in warnings:
        errors.print(f"· {warning}")
