"""`liuke serve`: run everything, print the address and, while it still works, the first log-in.

Loads neither Django nor DuckDB: the children do, side by side, while this process already watches them.
"""

from __future__ import annotations

import typer

from liuke.base.settings import Settings, from_environment
from liuke.cli.terminal import AsJson, console, faults_told, print_json, words
from liuke.server.first_login import first_login
from liuke.server.supervisor import serve as run


def serve(as_json: AsJson = False) -> None:
    """Web, worker, warehouse and live updates under one supervisor, until Ctrl C."""
    with faults_told(as_json=as_json):
        settings = from_environment()
        raise typer.Exit(run(settings, lambda url: _say(settings, url, as_json=as_json)))


def _say(settings: Settings, url: str, *, as_json: bool) -> None:
    login = first_login(settings.data_dir)
    if as_json:
        print_json({"url": url, "email": login.email if login else None})
        return
    console.print(words("serve.ready", url=url))
    if login:
        console.print(words("cli.first_login", email=login.email, password=login.password))
        console.print(words("cli.first_manager", name=login.manager_name, email=login.manager))


app = typer.Typer(add_completion=False)
app.command()(serve)


def main(arguments: list[str]) -> None:
    """The command alone, without the others and what they load."""
    app(args=arguments, prog_name="liuke serve")
