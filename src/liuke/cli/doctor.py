"""`liuke doctor`: look at an installation and say what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import typer
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from rich.table import Table

from liuke.accounts.store.models import Workspace
from liuke.base.errors import LiukeError
from liuke.base.times import utc_now
from liuke.cli.doctor_channels import channel_findings
from liuke.cli.doctor_states import PAGE, told_states
from liuke.cli.terminal import AsJson, console, print_json, words
from liuke.server.asgi import web_root
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
from liuke.warehouse.spark_state import spark_state


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, warn or fail; `advice` says what to do."""

    name: str
    state: str
    advice: str = ""


def doctor(as_json: AsJson = False) -> None:
    """Check the installation; exit code 1 where something is broken."""
    findings = [check() for check in CHECKS]
    findings += [Finding(told.name, told.state, told.text) for told in told_states(LIUKE, utc_now())]
    findings += [Finding("channel", "ok" if said.ok else "warn", said.text) for said in channel_findings()]
    if as_json:
        print_json({"ok": all(f.state != "fail" for f in findings), "findings": [asdict(f) for f in findings]})
    else:
        _print(findings)
    if any(finding.state == "fail" for finding in findings):
        raise typer.Exit(1)


def _print(findings: list[Finding]) -> None:
    table = Table("", "", "", box=None, show_header=False)
    colours = {"ok": "green", "warn": "yellow", "fail": "red"}
    for finding in findings:
        state = f"[{colours[finding.state]}]{words(f'doctor.{finding.state}')}[/]"
        table.add_row(state, named(finding.name), finding.advice)
    console.print(table)


def named(part: str) -> str:
    """What a part is called: a check of the command's own, or a part of the page 运行状况."""
    return words(part if part.startswith(PAGE) else f"doctor.{part}")


def _python() -> Finding:
    return Finding("python", "ok", sys.version.split()[0])


def _data_dir() -> Finding:
    writable = os.access(LIUKE.data_dir, os.W_OK)
    return Finding("data_dir", "ok", str(LIUKE.data_dir)) if writable else _bad("data_dir", path=LIUKE.data_dir)


def _database() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as fault:
        return _bad("database", detail=str(fault).strip())
    return Finding("database", "ok", connection.vendor)


def _migrations() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as fault:
        return _bad("database", detail=str(fault).strip())
    return Finding("migrations", "ok") if not pending else _note("migrations", count=len(pending))


def _warehouse() -> Finding:
    try:
        warehouse = open_warehouse(LIUKE)
        for pk in Workspace.objects.values_list("pk", flat=True)[:1]:
            warehouse.query(pk, "SELECT 1 AS one")
    except (LiukeError, DatabaseError) as fault:
        return _bad("warehouse", detail=str(fault))
    return Finding("warehouse", "ok", type(warehouse).__name__)


def _web() -> Finding:
    return Finding("web", "ok") if (web_root() / "index.html").exists() else _bad("web")


def _mail() -> Finding:
    return Finding("mail", "ok") if LIUKE.smtp_url else _note("mail")


def _spark() -> Finding:
    found = spark_state(LIUKE.spark)
    state = "ok" if found.case in {"off", "ready"} else "warn" if found.works else "fail"
    return Finding("spark", state, words(f"spark.{found.case}", **found.params))


def _bad(name: str, **params: object) -> Finding:
    return Finding(name, "fail", words(f"doctor.{name}_fix", **params))


def _note(name: str, **params: object) -> Finding:
    return Finding(name, "warn", words(f"doctor.{name}_fix", **params))


CHECKS: tuple[Callable[[], Finding], ...] = (
    _python, _data_dir, _database, _migrations, _warehouse, _web, _mail, _spark,
)  # fmt: skip
