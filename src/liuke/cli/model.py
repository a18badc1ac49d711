"""`liuke model`: train, list, publish, roll back and retire models without a browser."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from liuke.accounts.store.models import Workspace
from liuke.cli.target import operator, workspace_named
from liuke.cli.terminal import AsJson, In, console, faults_told, print_json, progress_shown, words
from liuke.learn.service import model_versions as use
from liuke.learn.service.model_run import model_run
from liuke.pipeline.runs import workspace_bring_up
from liuke.score.store.models import ModelVersion
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse

model = typer.Typer(help="Train, compare and publish the learned model.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The version's number.")]


@model.command("train")
def train(workspace: In = "", as_json: AsJson = False) -> None:
    """Train a new version on the workspace's own past, here and now."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        made = use.model_train(actor=operator(chosen), workspace=chosen, queued=False)
        with progress_shown(quiet=as_json) as context:
            context.workspace_id, context.payload = chosen.pk, {"version": made.pk}
            model_run(workspace=chosen, warehouse=open_warehouse(LIUKE), context=context)
    _shown([use.model_get(chosen, made.number)], as_json=as_json)


@model.command("list")
def versions(workspace: In = "", as_json: AsJson = False) -> None:
    """All versions, newest first, with recency and the base rate beside their AUC."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
    _shown(list(use.models_all(chosen)), as_json=as_json)


@model.command("publish")
def publish(
    number: Number,
    workspace: In = "",
    early: Annotated[bool, typer.Option("--early", help="Although its two weeks in shadow are not over.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a version the live model and score everybody with it."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        version = use.model_publish(actor=operator(chosen), workspace=chosen, number=number, early=early)
        _score(chosen, quiet=as_json)
    _shown([version], as_json=as_json)


@model.command("rollback")
def rollback(workspace: In = "", as_json: AsJson = False) -> None:
    """Make the model that was live before live again and score everybody with it."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        version = use.model_rollback(actor=operator(chosen), workspace=chosen)
        _score(chosen, quiet=as_json)
    _shown([version], as_json=as_json)


@model.command("retire")
def retire(number: Number, workspace: In = "", as_json: AsJson = False) -> None:
    """Take a version out of use; where it was live the weighted score stands again."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        was_live = use.model_get(chosen, number).status == use.Status.LIVE
        version = use.model_retire(actor=operator(chosen), workspace=chosen, number=number)
        if was_live:
            _score(chosen, quiet=as_json)
    _shown([version], as_json=as_json)


def _score(workspace: Workspace, *, quiet: bool) -> None:
    with progress_shown(quiet=quiet) as context:
        workspace_bring_up(workspace=workspace, warehouse=open_warehouse(LIUKE), context=context)


def _plain(version: ModelVersion) -> dict[str, object]:
    """What a program wants to know of a version."""
    card = version.card
    figures = {one["name"]: one["auc"] for one in card.get("comparison", [])}
    return {
        "number": version.number, "status": version.status, "stage": version.stage, "definition": version.definition,
        "auc": figures.get("stack"), "recency_auc": figures.get("recency"), "base_rate": card.get("base_rate"), "rows": card.get("rows"),
        "objections": card.get("objections", []),
    }  # fmt: skip


def _shown(found: list[ModelVersion], *, as_json: bool) -> None:
    rows = [_plain(version) for version in found]
    if as_json:
        print_json({"versions": rows})
        return
    table = Table("", "status", "stage", "AUC", "recency", words("cli.base_rate"))
    for row in rows:
        table.add_row(f"v{row['number']}", *(str(row[name]) for name in ("status", "stage")), *(_figure(row[n]) for n in _FIGURES))
    console.print(table)


_FIGURES = ("auc", "recency_auc", "base_rate")


def _figure(value: object) -> str:
    """A number with its interval where it has one."""
    if isinstance(value, dict) and value["value"] is not None:
        return f"{value['value']:.3f} ({value['low']:.3f}–{value['high']:.3f})"
    return f"{value:.3f}" if isinstance(value, float) else "—"
