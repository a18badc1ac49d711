"""`liuke bench`: run a figure of `bench/`, which lies beside the sources and is not installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from liuke.base.errors import NotFound
from liuke.cli.terminal import AsJson, faults_told

FOLDER = Path(__file__).resolve().parents[3] / "bench"
FIGURES = {
    "pipeline": "pipeline",
    "web": "web",
    "quality": "score_quality",
    "imports": "import_orders",
    "port": "one_port",
    "rules": "rules",
    "backtest": "backtest",
    "stream": "live_stream",
    "features": "features",
    "flows": "flows",
    "sends": "sends",
    "models": "models",
    "model_speed": "model_speed",
    "few_labels": "few_labels",
    "model_spark": "model_spark",
    "promise": "promise",
    "text": "text",
    "live": "live",
    "ingest": "ingest",
}
"""Name of a figure → its module."""
TAKE_JSON = ("models",)
"""Figures that print a table unless JSON is asked for."""


def bench(
    context: typer.Context, name: Annotated[str, typer.Argument(help=f"One of {', '.join(FIGURES)}, or all.")], as_json: AsJson = False
) -> None:
    """Measure, with a floor or a peer in the same run; one JSON line per figure. Further options go to the figure (`models --set NAME`)."""
    with faults_told(as_json=as_json):
        if name != "all" and name not in FIGURES:
            raise NotFound("cli_bench", name=name, allowed=", ".join((*FIGURES, "all")))
        if not FOLDER.is_dir():
            raise NotFound("cli_bench_folder", path=str(FOLDER))
    modules = FIGURES.values() if name == "all" else (FIGURES[name],)
    raise typer.Exit(max(_run(module, (*context.args, *(["--json"] if as_json and name in TAKE_JSON else []))) for module in modules))


def _run(module: str, arguments: Sequence[str] = ()) -> int:
    command = [sys.executable, "-m", f"{FOLDER.name}.{module}", *arguments]
    return subprocess.run(command, cwd=FOLDER.parent, check=False).returncode  # noqa: S603 - a name of the table above
