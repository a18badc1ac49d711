"""`liuke import`: a file into a workspace, by the same way as in the browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from liuke.align.service import batch_upload
from liuke.base.errors import Invalid, NotFound
from liuke.cli.target import operator, workspace_named
from liuke.cli.terminal import AsJson, In, console, errors, faults_told, print_json, progress_shown, words
from liuke.connect.service import batch_accept, batch_rejects_path
from liuke.connect.store.models import Batch
from liuke.jobs.store.models import Job
from liuke.pipeline.imports import import_run
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse


def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV or Excel file.")],
    entity: Annotated[str, typer.Option(help="customers, contacts, orders, activities, …; guessed from the headers if left out.")] = "",
    workspace: In = "",
    as_json: AsJson = False,
) -> None:
    """Import a file: columns are recognised, bad rows are written beside it with line number and reason."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        if not file.is_file():
            raise NotFound("cli_file", path=str(file))
        actor = operator(chosen)
        with file.open("rb") as stream:
            batch = batch_upload(actor=actor, entity=entity, file=stream, name=file.name)
        if batch.status != Batch.Status.READY:
            raise Invalid("cli_mapping", entity=batch.entity, missing=", ".join(batch.detected.get("missing", [])))
        if not as_json:
            errors.print(words("cli.match_rate", rate=batch.detected.get("match_rate")))
        batch = batch_accept(actor=actor, batch_id=batch.pk)
        Job.objects.filter(batch=batch).update(status=Job.Status.DONE)
        with progress_shown(quiet=as_json) as context:
            context.workspace_id = chosen.pk
            counts = import_run(workspace=chosen, warehouse=open_warehouse(LIUKE), batch_id=batch.pk, context=context)
        rejects = _keep_rejects(batch_rejects_path(actor=actor, batch_id=batch.pk), file) if counts["rejected"] else None
    if as_json:
        print_json({"batch": batch.pk, "entity": batch.entity, **counts, "rejects": str(rejects) if rejects else None})
        return
    console.print(words("cli.imported", **counts))
    if rejects:
        console.print(words("cli.rejects_at", path=rejects))


def _keep_rejects(found: Path, file: Path) -> Path:
    target = file.with_name(f"{file.stem}.rejects.csv")
    shutil.copyfile(found, target)
    return target
