"""The `liuke` command."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from liuke.server import boot  # isort: split

from liuke.cli.backup import backup
from liuke.cli.bench import bench
from liuke.cli.checkup import checkup
from liuke.cli.demo import demo
from liuke.cli.doctor import doctor
from liuke.cli.evaluate import evaluate
from liuke.cli.evaluate_log import evaluate_log
from liuke.cli.export import export
from liuke.cli.importing import import_file
from liuke.cli.lake import lake
from liuke.cli.migrate_database import migrate_database
from liuke.cli.model import model
from liuke.cli.person import person
from liuke.cli.promise import card, promise
from liuke.cli.restore import restore_command
from liuke.cli.score import explain, score
from liuke.cli.serve import serve
from liuke.cli.text import text

app = typer.Typer(help="Liuke 留客: customer-churn early warning and win-back.", no_args_is_help=True, add_completion=False)
app.command()(serve)
app.command()(demo)
app.command("import")(import_file)
app.command()(score)
app.command()(explain)
app.command()(export)
app.command()(evaluate)
app.command("evaluate-log")(evaluate_log)
app.command()(checkup)
app.command()(doctor)
app.command()(backup)
app.command("restore")(restore_command)
app.command("migrate-database")(migrate_database)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(bench)
app.add_typer(text, name="text")
app.add_typer(person, name="person")
model.command("promise")(promise)
model.command("card")(card)
app.add_typer(model, name="model")
app.add_typer(lake, name="lake")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("liuke"))
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Liuke 留客: customer-churn early warning and win-back."""


def main() -> None:
    """Entry point of the installed command."""
    if boot.READY:
        app()
