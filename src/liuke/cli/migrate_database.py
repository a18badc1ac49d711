"""`liuke migrate-database`: an embedded installation moves from SQLite to PostgreSQL.

The process that moves has PostgreSQL as its own database and reads the SQLite file as a stranger's; this one only prepares and tells.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

import typer

from liuke.base.errors import Conflict, Invalid
from liuke.base.settings import from_environment
from liuke.cli.terminal import AsJson, console, faults_told, language, print_json, words
from liuke.server.supervisor import only_one

ToUrl = Annotated[str, typer.Argument(help="postgresql://user:password@host:port/database, an empty database.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Do everything, compare, and take it all back.")]
SQLITE = "sqlite:///"


def migrate_database(to_url: ToUrl, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Copy everything into an empty PostgreSQL database in one transaction and prove that both hold the same. Stop `serve` first."""
    with faults_told(as_json=as_json):
        settings = from_environment()
        if not settings.database_url.startswith(SQLITE):
            raise Invalid("move_source", path=_without_password(settings.database_url))
        if not to_url.startswith(("postgresql://", "postgres://")):
            raise Invalid("move_target")
        path = settings.database_url.removeprefix(SQLITE)
        with only_one(settings.data_dir):
            told = _moved(path, to_url, dry_run=dry_run)
    if as_json:
        print_json(told)
        return
    key = "cli.moved_dry" if dry_run else "cli.moved"
    console.print(words(key, tables=len(told["tables"]), rows=told["rows"], url=_without_password(to_url), path=path))


def _moved(path: str, to_url: str, *, dry_run: bool) -> dict[str, dict[str, object]]:
    command = [sys.executable, "-m", "liuke.server.moving", path, "--dry-run" if dry_run else "--keep"]
    own = {"LIUKE_DATABASE_URL": to_url, "LIUKE_LANGUAGE": language()}
    done = subprocess.run(command, env=os.environ | own, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own module
    lines = done.stdout.strip().splitlines() or ["{}"]
    try:
        told = json.loads(lines[-1])
    except ValueError:
        told = {}
    if done.returncode:
        raise Conflict(str(told.get("code", "move_failed")), **told.get("params", {"detail": f"exit code {done.returncode}"}))
    found: dict[str, dict[str, object]] = told
    return found


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    shown = parts.netloc.replace(f":{parts.password}@", ":…@") if parts.password else parts.netloc
    return urlunsplit(parts._replace(netloc=shown))


app = typer.Typer(add_completion=False)
app.command()(migrate_database)


def main(arguments: Sequence[str]) -> None:
    """The command alone, without the others and what they load."""
    app(args=list(arguments), prog_name="liuke migrate-database")
