"""`liuke score` and `liuke explain`: make scores, and say where one comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import NotFound
from liuke.base.times import from_us
from liuke.base.words import render
from liuke.cli.target import workspace_named
from liuke.cli.terminal import AsJson, In, console, faults_told, language, print_json, progress_shown, words
from liuke.facts.store.models import Customer
from liuke.pipeline.runs import workspace_bring_up
from liuke.score.service.model import model_live
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
from liuke.warehouse.scores import score_history

SaveModel = Annotated[Path | None, typer.Option(help="Write the live model to this file instead of scoring.", dir_okay=False)]


def score(workspace: In = "", as_json: AsJson = False, save_model: SaveModel = None) -> None:
    """Score everybody as of the workspace's clock, by the live model where there is one; raises, updates and closes alerts."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        if save_model is not None:
            _model_saved(chosen, save_model, as_json=as_json)
            return
        with progress_shown(quiet=as_json) as context:
            result = workspace_bring_up(workspace=chosen, warehouse=open_warehouse(LIUKE), context=context)
    if as_json:
        print_json({"workspace": chosen.slug, "as_of": workspace_now(chosen), **result})
    else:
        console.print(words("cli.scored", customers=result["customers"], raised=result["raised"], closed=result["closed"]))


def _model_saved(workspace: Workspace, path: Path, *, as_json: bool) -> None:
    """The file that `liuke.score(…, model=…)` takes. Raises NotFound("model_none")."""
    live = model_live(workspace)
    if live is None:
        raise NotFound("model_none")
    path.write_bytes(live.to_bytes())
    if as_json:
        print_json({"workspace": workspace.slug, "model": live.number, "file": str(path), "bytes": path.stat().st_size})
    else:
        console.print(words("cli.model_saved", number=live.number, file=str(path)))


def explain(customer: Annotated[str, typer.Argument(help="The customer's number.")], workspace: In = "", as_json: AsJson = False) -> None:
    """Base, every reason with its points, and what could not be computed."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        found = Customer.objects.filter(workspace=chosen, key=customer).first()
        if found is None:
            raise NotFound("cli_customer", customer=customer)
        history = score_history(open_warehouse(LIUKE), chosen.pk, customer_id=found.pk, as_of=workspace_now(chosen)).to_pylist()
        if not history:
            raise NotFound("cli_not_scored", customer=customer)
    newest = Explained.of(found, chosen, history[-1])
    if as_json:
        print_json(asdict(newest))
    else:
        newest.show()


@dataclass(frozen=True, slots=True)
class Explained:
    """One score with its lines: base + all points = score."""

    customer: str
    name: str
    as_of: datetime
    score: float
    level: str
    base: float
    confidence: float
    version: int
    reasons: list[dict[str, object]]

    @classmethod
    def of(cls, customer: Customer, workspace: Workspace, row: Mapping[str, Any]) -> Explained:
        """From a row of the score history; sentences in the terminal's language."""
        reasons = [
            {
                "signal": r["signal"],
                "points": r["points"],
                "text": render(r["key"], r["params"], language=language(), currency=workspace.currency),
            }
            for r in json.loads(row["reasons"])
        ]
        as_of = from_us(row["as_of_us"])
        return cls(customer.key, customer.name, as_of, row["score"], row["level"], row["base"], row["confidence"], row["version"], reasons)

    def show(self) -> None:
        """As a table of points."""
        level = words(f"show.level.{self.level}")
        console.print(f"[bold]{self.name}[/bold] ({self.customer})  {words('cli.score_line', score=self.score)}  {level}")
        table = Table("", "", box=None, show_header=False)
        table.add_row(f"{self.base:.1f}", words("cli.base"))
        for reason in self.reasons:
            table.add_row(f"{reason['points']:+.1f}", str(reason["text"]))
        table.add_row(f"[bold]{self.score:.1f}[/bold]", words("cli.total"))
        console.print(table)
