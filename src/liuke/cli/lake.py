"""`liuke lake`: the Parquet copy that Spark reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from liuke.base.errors import Conflict
from liuke.cli.target import workspace_named
from liuke.cli.terminal import AsJson, In, console, faults_told, print_json, progress_shown, words
from liuke.pipeline.lake import lake_bring_up
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
from liuke.warehouse.lake import KEEP_S
from liuke.warehouse.lake_files import LakeFolder

lake = typer.Typer(
    help="The Parquet lake that Spark reads: activities by month, customers, attributes with their validity.", no_args_is_help=True
)
AtOnce = Annotated[bool, typer.Option("--at-once", help="Delete replaced files now instead of a day later (after an erasure).")]


@lake.command("export")
def export(workspace: In = "", at_once: AtOnce = False, as_json: AsJson = False) -> None:
    """Bring the lake up to the warehouse: only months in which something changed are written."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        with progress_shown(quiet=as_json) as context:
            done = lake_bring_up(
                workspace=chosen, warehouse=open_warehouse(LIUKE), settings=LIUKE, context=context, keep_s=0 if at_once else KEEP_S
            )
    if as_json:
        print_json({"workspace": chosen.slug, "folder": str(LakeFolder(LIUKE.lake_dir, chosen.pk).path), **asdict(done)})
    else:
        console.print(words("cli.lake_exported", **asdict(done), megabytes=round(done.size / 1e6, 1)))


@lake.command("check")
def check(workspace: In = "", as_json: AsJson = False) -> None:
    """Compare every file with the manifest: there, size, checksum, rows. Exit code 2 where one differs."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        folder = LakeFolder(LIUKE.lake_dir, chosen.pk)
        faults = folder.faults()
        if faults:
            raise Conflict("lake_damaged", count=len(faults), files=", ".join(f"{path} ({fault})" for path, fault in faults[:5]))
        manifest = folder.manifest()
    told = {"rows": manifest.rows("activity"), "files": len(manifest.paths()), "generation": manifest.generation}
    if as_json:
        print_json({"workspace": chosen.slug, **told})
    else:
        console.print(words("cli.lake_sound", **told))
