"""`liuke checkup`: 流失体检 of an order list, offline, into one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liuke.base.errors import Invalid
from liuke.base.times import to_us, utc_now
from liuke.base.words import render
from liuke.cli.evaluate_log import known_zone
from liuke.cli.terminal import AsJson, console, faults_told, language, print_json, progress_shown
from liuke.learn.domain.checkup import Checkup, checkup_to_plain, with_masked_names
from liuke.learn.service.checkup import CheckupAsked, checkup_file
from liuke.show.reports.checkup import checkup_html


def checkup(
    file: Annotated[Path, typer.Argument(help="An order list: CSV or Excel, orders or order lines; columns are recognised.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Where the report goes; beside the file if left out.")] = None,
    mask: Annotated[bool, typer.Option("--mask", help="Show only the beginning of customers' names and numbers.")] = False,
    days: Annotated[int, typer.Option(min=0, max=730, help="Days without an order that count as lost; 0: as the file suggests.")] = 0,
    currency: Annotated[str, typer.Option(help="Currency of the amounts, e.g. CNY.")] = "CNY",
    zone: Annotated[str, typer.Option(help="Time zone of the orders.")] = "Asia/Shanghai",
    as_json: AsJson = False,
) -> None:
    """Last year's losses, what could have been seen coming, and twenty customers to call: from nothing but an order list."""
    with faults_told(as_json=as_json):
        asked = CheckupAsked(zone=known_zone(zone), currency=currency.upper()[:8], churn_days=days)
        target = out or file.with_name(f"{file.stem}-checkup.html")
        with progress_shown(quiet=as_json) as context:
            told = lambda share, step: context.progress(share, f"stages.checkup_{step}")  # noqa: E731
            found = checkup_file(file, asked, now_us=to_us(utc_now()), told=told)
        if out is not None or not as_json:
            _write(target, checkup_html(found, language=language(), mask=mask))
    _shown(with_masked_names(found) if mask else found, target, as_json=as_json)


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, "utf-8")
    except OSError as fault:
        raise Invalid("checkup_out", path=str(target), reason=fault.strerror or str(fault)) from fault


def _shown(found: Checkup, target: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(checkup_to_plain(found))
        return
    told = {"lost": found.losses.lost, "money": found.losses.money, "path": target, "seconds": found.seconds}
    console.print(render("cli.checkup_done", told, language=language(), currency=found.currency))
