"""`liuke restore`: a backup becomes a data directory again, or is verified by trying that and scoring anew.

Loads neither Django nor the databases: the directory that they would open is the one being made.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from psycopg import sql

from liuke.base.backups import manifest_read
from liuke.base.errors import Conflict
from liuke.base.settings import from_environment
from liuke.cli.terminal import AsJson, console, faults_told, print_json, words
from liuke.server.restoring import ERASURES, Wanted, restore
from liuke.server.supervisor import only_one

From = Annotated[Path, typer.Argument(help="The backup's folder.", exists=True, file_okay=False)]
Into = Annotated[Path | None, typer.Option(help="Data directory to make; LIUKE_DATA_DIR, else ./data.", file_okay=False)]
SecretFile = Annotated[Path | None, typer.Option("--secret", help="Your copy of the installation's secret.", exists=True, dir_okay=False)]
Without = Annotated[bool, typer.Option(help="Go on without the installation's secret.")]
Verify = Annotated[bool, typer.Option(help="Restore into a directory that is removed again, score anew and compare.")]
Kept = Annotated[Path | None, typer.Option(help="erasures/tombstones.jsonl of the lost installation, if you have it.", dir_okay=False)]


def restore_command(  # noqa: PLR0917 - options of a command
    backup: From,
    into: Into = None,
    secret: SecretFile = None,
    without_secret: Without = False,
    verify: Verify = False,
    erasures: Kept = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty data directory (and an empty PostgreSQL database, where it is of one)."""
    with faults_told(as_json=as_json):
        settings = from_environment()
        given = settings.database_url if not settings.database_url.startswith("sqlite:") else ""
        lists = tuple(path for path in (erasures, settings.data_dir / ERASURES) if path)
        target = (into or settings.data_dir).resolve()
        wanted = Wanted(backup.resolve(), target, given, settings.backup_passphrase, secret, without_secret, lists)
        if verify:
            told = _verified(wanted, into)
        else:
            with only_one(wanted.into):
                told = restore(wanted)
        _say(told, wanted, verify=verify, as_json=as_json)


def _verified(wanted: Wanted, into: Path | None) -> Mapping[str, object]:
    """Restore somewhere that does not stay. Its messages could not leave: nothing is started there."""
    place = (into or wanted.backup.parent).resolve() / f".verify-{secrets.token_hex(4)}"
    try:
        with _database(wanted) as url:
            return restore(replace(wanted, into=place, database_url=url, without_secret=True), compare=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _database(wanted: Wanted) -> Iterator[str]:
    """An empty database beside the one of LIUKE_DATABASE_URL, for as long as the verification takes. SQLite needs none."""
    if manifest_read(wanted.backup).database == "sqlite" or not wanted.database_url:
        yield ""
        return
    name = f"liuke_verify_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(wanted.database_url, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error as fault:
        raise Conflict("restore_failed", detail=str(fault).strip()) from fault
    try:
        yield f"{wanted.database_url.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(wanted.database_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _say(told: Mapping[str, object], wanted: Wanted, *, verify: bool, as_json: bool) -> None:
    if as_json:
        print_json({**told, "folder": None if verify else str(wanted.into)})
        return
    if not verify:
        console.print(words("cli.restored", folder=wanted.into, **told))
        if told["held"]:
            console.print(words("cli.restored_held", held=told["held"]))
        return
    compared = told["compared"]
    for one in compared if isinstance(compared, list) else []:
        _say_compared(one)


def _say_compared(one: Mapping[str, object]) -> None:
    if one["skipped"]:
        console.print(words("cli.verify_skipped", workspace=one["workspace"], why=words(f"cli.verify_{one['skipped']}")))
        return
    examples = one["examples"]
    shown = ", ".join(str(each) for each in examples) if isinstance(examples, list) else ""
    console.print(words("cli.verify_differs" if one["differ"] else "cli.verified", **dict(one) | {"examples": shown}))


app = typer.Typer(add_completion=False)
app.command()(restore_command)


def main(arguments: Sequence[str]) -> None:
    """The command alone, without the others and what they load."""
    app(args=list(arguments), prog_name="liuke restore")
