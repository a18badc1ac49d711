"""What a command prints: a text for people, one JSON document for programs, faults in the same shape as the API's."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from liuke.base.errors import LiukeError
from liuke.base.words import render
from liuke.jobs.domain.contract import PlainContext

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]
In = Annotated[str, typer.Option("--workspace", "-w", help="Short name of the workspace; may be left out where there is only one.")]

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def language() -> str:
    """English where the terminal is English, else Chinese; LIUKE_LANGUAGE decides first."""
    wanted = next((os.environ[name] for name in ("LIUKE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if wanted.lower().startswith("en") else "zh-CN"


def words(key: str, **params: object) -> str:
    """A message of the catalogues in the terminal's language."""
    return render(key, params, language=language())


def print_json(data: object) -> None:
    """One JSON document on standard output; times in ISO 8601, money as numbers."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not JSON: {value!r}")


def stop(fault: LiukeError, *, as_json: bool) -> NoReturn:
    """Say what is wrong and end with exit code 2 (1 for something that may pass by itself)."""
    message = words(f"errors.{fault.code}", **fault.params)
    if as_json:
        print_json({"error": {"code": fault.code, "message": message, "params": {k: str(v) for k, v in fault.params.items()}}})
    else:
        errors.print(f"[red]✗[/red] {message}")
        _print_faults(fault)
    raise typer.Exit(1 if fault.status == 503 else 2)


def _print_faults(fault: LiukeError) -> None:
    rows = fault.params.get("faults", [])
    for row in rows if isinstance(rows, list) else []:
        errors.print(f"  · {row}")


@contextmanager
def faults_told(*, as_json: bool) -> Iterator[None]:
    """Faults of the house inside end the command with their message instead of a stack trace."""
    try:
        yield
    except LiukeError as fault:
        stop(fault, as_json=as_json)


@contextmanager
def progress_shown(*, quiet: bool) -> Iterator[PlainContext]:
    """A job context whose progress is drawn as a bar on standard error; `quiet` draws nothing."""
    if quiet:
        yield PlainContext()
        return
    parts = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.description}"), TimeElapsedColumn())
    bar = Progress(*parts, console=errors)
    with bar:
        task = bar.add_task("", total=1.0)
        yield PlainContext(listener=lambda fraction, key, params: bar.update(task, completed=fraction, description=words(key, **params)))
        bar.update(task, completed=1.0)
