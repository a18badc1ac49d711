"""`liuke serve`: run everything, print the address and, while it still works, the first log-in."""

from __future__ import annotations

import typer
from django.db import connections

from liuke.cli.demo import FirstLogin
from liuke.cli.terminal import AsJson, console, faults_told, print_json, words
from liuke.server.settings import LIUKE
from liuke.server.supervisor import serve as run


def serve(as_json: AsJson = False) -> None:
    """Web, worker, warehouse and live updates under one supervisor, until Ctrl C."""

    def ready(url: str) -> None:
        login = FirstLogin.kept()
        connections.close_all()
        if as_json:
            print_json({"url": url, "email": login.email if login else None})
            return
        console.print(words("serve.ready", url=url))
        if login:
            login.show()

    with faults_told(as_json=as_json):
        raise typer.Exit(run(LIUKE, ready))
