"""`liuke export`: the customers as the list shows them, as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liuke.accounts.service import workspace_now
from liuke.cli.target import operator, workspace_named
from liuke.cli.terminal import AsJson, In, console, faults_told, language, print_json, words
from liuke.show.queries.customer_list import CustomerFilter
from liuke.show.queries.export import customers_csv
from liuke.show.queries.reader import Reader


def export(
    to: Annotated[Path, typer.Argument(help="The CSV file to write.")],
    status: Annotated[str, typer.Option(help="active, lost, paused, closed (comma-separated) or all.")] = "active",
    level: Annotated[str, typer.Option(help="normal, early, medium, high (comma-separated).")] = "",
    workspace: In = "",
    as_json: AsJson = False,
) -> None:
    """Write the scored customers to a CSV file (UTF-8 with BOM), most dangerous first; noted in the audit trail."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        reader = Reader(operator(chosen), chosen, workspace_now(chosen), language())
        wanted = CustomerFilter(scope="all", status=status, level=level)
        rows = -1  # the header
        with to.open("w", encoding="utf-8", newline="") as file:
            for line in customers_csv(reader=reader, wanted=wanted, sort="-score"):
                file.write(line)
                rows += line.count("\n")
    if as_json:
        print_json({"path": str(to), "rows": rows})
    else:
        console.print(words("cli.exported", rows=rows, path=to))
