"""`liuke model promise` and `liuke model card`: what precision may be promised, and the card of a version, without a browser."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import NotFound
from liuke.cli.target import operator, workspace_named
from liuke.cli.terminal import AsJson, In, console, faults_told, language, print_json, progress_shown, words
from liuke.learn.domain.card import interval, percent, sections_of
from liuke.learn.domain.card_text import as_html, as_markdown
from liuke.learn.domain.promise_report import Option, reason_of
from liuke.learn.service.card import card_facts
from liuke.learn.service.promise import promise_of, promise_publish, version_judged
from liuke.pipeline.runs import workspace_bring_up
from liuke.score.store.models import ModelVersion
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse

Target = Annotated[float | None, typer.Option("--target", help="A share from 0.70 to 0.95; without it the saved one.")]


def promise(
    target: Target = None,
    workspace: In = "",
    publish: Annotated[bool, typer.Option("--publish", help="Make 90 points stand for it and score everybody.")] = False,
    as_json: AsJson = False,
) -> None:
    """What precision the live model's alerts may promise, measured on the own past, and what each target costs."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        version = version_judged(chosen)
        if version is None:
            raise NotFound("promise_no_model")
        found = promise_of(chosen, version, workspace_now(chosen), target)
        if publish:
            promise_publish(actor=operator(chosen), workspace=chosen, target=found.asked.target, now=workspace_now(chosen))
            _score(chosen, quiet=as_json)
    options = found.report.options
    if as_json:
        plain = {"version": version.number, "target": found.asked.target, "published": publish, "options": [_plain(one) for one in options]}
        print_json(plain)
        return
    console.print(words(f"promise.reason.{reason_of(found.report.chosen)}"))
    heads = ("target", "verdict", "precision", "base_rate", "recall", "per_week")
    table = Table(*(words(f"card.head.{name}") for name in heads))
    for one in options:
        figures, verdict = one.figures, words(f"card.verdict.{one.verdict.value}")
        table.add_row(
            percent(one.target), verdict, interval(figures.precision), percent(figures.base_rate.value), interval(figures.recall),
            f"{figures.alerts_per_week:.1f}",
        )  # fmt: skip
    console.print(table)


def card(
    number: Annotated[int, typer.Argument(help="The version's number.")],
    workspace: In = "",
    form: Annotated[str, typer.Option("--form", help="markdown or html.")] = "markdown",
) -> None:
    """The model card of a version, to the standard output."""
    with faults_told(as_json=False):
        chosen = workspace_named(workspace)
        version = ModelVersion.objects.filter(workspace=chosen, number=number).exclude(status=ModelVersion.Status.TRAINING).first()
        if version is None:
            raise NotFound("model_gone", number=number)
    title = words("card.title", number=number)
    sections = sections_of(card_facts(chosen, version, workspace_now(chosen)), lambda key, params: words(key, **params))
    typer.echo(as_html(title, sections, language()) if form == "html" else as_markdown(title, sections))


def _plain(one: Option) -> dict[str, object]:
    figures = one.figures
    return {
        "target": one.target, "verdict": one.verdict.value, "reason": reason_of(one), "threshold": one.now.threshold,
        "precision": figures.precision.value, "precision_low": figures.precision.low, "precision_high": figures.precision.high,
        "base_rate": figures.base_rate.value, "recall": figures.recall.value, "lift": figures.lift.value, "alerts": figures.alerts,
        "alerts_per_week": figures.alerts_per_week, "lead_days": figures.lead_days.value, "judged": one.judged, "promised": one.made,
        "kept": one.kept, "refused": one.refusals,
    }  # fmt: skip


def _score(workspace: Workspace, *, quiet: bool) -> None:
    with progress_shown(quiet=quiet) as context:
        workspace_bring_up(workspace=workspace, warehouse=open_warehouse(LIUKE), context=context)
