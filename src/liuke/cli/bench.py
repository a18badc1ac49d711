"""`liuke bench`: run a figure of `bench/`, which lies beside the sources and is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from liuke.base.errors import NotFound
from liuke.cli.terminal import AsJson, faults_told

FOLDER = Path(__file__).resolve().parents[3] / "bench"
FIGURES = ("pipeline", "web", "features", "quality", "imports")


def bench(name: Annotated[str, typer.Argument(help=f"One of {', '.join(FIGURES)}, or all.")], as_json: AsJson = False) -> None:
    """Measure, with a floor or a peer in the same run; one JSON line per figure."""
    with faults_told(as_json=as_json):
        if name != "all" and name not in FIGURES:
            raise NotFound("cli_bench", name=name, allowed=", ".join((*FIGURES, "all")))
        if not FOLDER.is_dir():
            raise NotFound("cli_bench_folder", path=str(FOLDER))
    wanted = FIGURES if name == "all" else (name,)
    codes = [subprocess.run([sys.executable, str(FOLDER / f"{figure}.py")], check=False).returncode for figure in wanted]  # noqa: S603 - names of a closed list
    raise typer.Exit(max(codes))
