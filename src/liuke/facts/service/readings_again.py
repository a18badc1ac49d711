"""Reading stored texts again after lists, calibration or artefact changed: the rows of another version, in batches, in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa

from liuke.accounts.domain.actor import Actor
from liuke.accounts.store.models import Workspace
from liuke.base.times import utc_now
from liuke.facts.domain.readings import TEXTS
from liuke.facts.service.readings import RowReader, row_reader
from liuke.facts.store.models import TextSettings
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import job_enqueue
from liuke.jobs.store.models import Job
from liuke.warehouse.domain.steps import Annotate, Rows, Warehouse

KIND = "reread"
"""The kind of the job."""
BATCH = 5_000
ANNOTATION = pa.schema([("source", pa.string()), ("activity_id", pa.string()), ("attrs", pa.string())])
"""What `Annotate` takes."""
_STALE = """kind = ANY($kinds) AND (attrs->>'$.text_gone') IS NULL AND (attrs->>'$.text_version') IS DISTINCT FROM $version"""
Told = Callable[[int, int], None]
"""Hears how many of how many are read; may raise to stop between batches."""


def reread_start(*, actor: Actor | None, workspace: Workspace) -> Job:
    """Queue reading everything again that was read by another version; in the caller's transaction."""
    now = utc_now()
    job = job_enqueue(
        kind=KIND, key=f"{KIND}:{workspace.pk}:{now.isoformat()}", payload={}, workspace_id=workspace.pk,
        created_by=actor.membership_id if actor else None,
    )  # fmt: skip
    TextSettings.objects.update_or_create(workspace=workspace, defaults={"reread": job})
    return job


def stale_count(warehouse: Warehouse, workspace_id: int, version: str) -> int:
    """Texts that were not read, or by another version."""
    sql = f"SELECT count(*) AS n FROM activity WHERE {_STALE}"
    return int(warehouse.query(workspace_id, sql, {"kinds": list(TEXTS), "version": version})["n"][0].as_py())


def reread(*, workspace: Workspace, warehouse: Warehouse, told: Told, batch: int = BATCH) -> int:
    """Read the stale rows again; how many. Killed or cancelled half-way, it goes on where it stopped: what is read is not stale."""
    reader = row_reader(workspace.pk)
    total, done = stale_count(warehouse, workspace.pk, reader.version), 0
    told(0, total)
    for rows in _stale(warehouse, workspace.pk, reader.version, batch):
        annotate(warehouse, workspace.pk, _read(reader, rows))
        done += rows.num_rows
        told(done, max(total, done))
    return done


def annotate(warehouse: Warehouse, workspace_id: int, rows: pa.Table) -> int:
    """Write attributes in ANNOTATION back to their rows; how many there were."""
    done = warehouse.transact(workspace_id, None, [Annotate(Rows.of(rows))])
    return int(done.counts[0]["changed"])


def reread_job(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job; the answer counts what was read and names the version."""

    def told(done: int, total: int) -> None:
        context.progress(done / total if total else 1.0, "stages.reread", done=done, total=total)
        context.check_cancelled()

    read = reread(workspace=workspace, warehouse=warehouse, told=told)
    return {"read": read, "version": row_reader(workspace.pk).version}


def _stale(warehouse: Warehouse, workspace_id: int, version: str, batch: int) -> Iterator[pa.Table]:
    """The stale rows in batches, by source and id; each batch is asked for when the one before is written."""
    after: Sequence[object] = ("", "")
    while True:
        sql = f"""SELECT source, activity_id, attrs FROM activity WHERE {_STALE} AND (source, activity_id) > ($source, $activity)
            ORDER BY source, activity_id LIMIT $rows"""
        given = {"kinds": list(TEXTS), "version": version, "source": after[0], "activity": after[1], "rows": batch}
        found = warehouse.query(workspace_id, sql, given)
        if not found.num_rows:
            return
        yield found
        after = (found["source"][-1].as_py(), found["activity_id"][-1].as_py())


def _read(reader: RowReader, rows: pa.Table) -> pa.Table:
    sources, ids = rows["source"].to_pylist(), rows["activity_id"].to_pylist()
    attrs = reader.attrs(sources, ids, rows["attrs"].to_pylist())
    return pa.table({"source": sources, "activity_id": ids, "attrs": attrs}, schema=ANNOTATION)
