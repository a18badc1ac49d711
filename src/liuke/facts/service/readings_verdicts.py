"""质检: a person's word on the reading of one text. It counts at once, and all of them together move the workspace's map."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyarrow as pa
from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.facts.domain.readings import GONE, LONGEST_READ, words_of
from liuke.facts.domain.recalibration import recalibrated
from liuke.facts.service.customers import customer_get
from liuke.facts.service.readings import lists_live, row_reader, text_digest, text_reader
from liuke.facts.service.readings_again import ANNOTATION, annotate, reread_start
from liuke.facts.store.models import TextSettings, TextVerdict
from liuke.jobs.store.models import Job
from liuke.text import Calibration, calibration_to_plain
from liuke.warehouse.domain.steps import Warehouse


@dataclass(frozen=True, slots=True)
class Read:
    """One stored text: its address, whose it is and its attributes as JSON text."""

    source: str
    activity_id: str
    customer_id: int
    ts_us: int
    attrs: str

    @property
    def plain(self) -> dict[str, object]:
        """The attributes."""
        told = json.loads(self.attrs)
        return told if isinstance(told, dict) else {}


def verdict_give(
    *, actor: Actor, workspace: Workspace, warehouse: Warehouse, source: str, activity_id: str, said: float | None
) -> TextVerdict:
    """Say how negative a text is, 0–100; None agrees with what was read. Said again, the later word stands.

    Raises NotFound("text_unknown") for a text of an invisible customer, Conflict("text_not_read") where nothing was read or the
    words are gone, Invalid("text_said"). Needs the permissions `handle` and `personal_data`: who judges must see the words.
    """
    actor.require(Permission.HANDLE)
    actor.require(Permission.PERSONAL_DATA)
    if said is not None and not 0 <= said <= 100:
        raise Invalid("text_said", got=said)
    row = text_find(actor=actor, workspace=workspace, warehouse=warehouse, source=source, activity_id=activity_id)
    attrs = row.plain
    words, read = words_of(attrs)[:LONGEST_READ], attrs.get("negative")
    if attrs.get(GONE) or not words or not isinstance(read, int | float):
        raise Conflict("text_not_read")
    raw = text_reader(lists_live(workspace.pk), Calibration()).read([words])[0].emotion
    with transaction.atomic():
        earlier = TextVerdict.objects.filter(workspace=workspace, source=source, activity_id=activity_id).first()
        shown = earlier.read if earlier else float(read)
        verdict, _ = TextVerdict.objects.update_or_create(
            workspace=workspace, source=source, activity_id=activity_id,
            defaults={
                "customer_id": row.customer_id, "ts_us": row.ts_us, "text_digest": text_digest(words), "read": shown, "raw": raw,
                "said": shown if said is None else said, "agreed": said is None, "by_id": actor.membership_id,
                "at": workspace_now(workspace),
            },
        )  # fmt: skip
        audit_record(actor=actor, action="text_verdict", object_type="customer", object_id=row.customer_id, detail={"agreed": said is None})
    _refresh(workspace, warehouse, row)
    return verdict


def verdict_undo(*, actor: Actor, workspace: Workspace, warehouse: Warehouse, source: str, activity_id: str) -> None:
    """Take a word back: the text waits again with what was read. Raises NotFound as `verdict_give` does."""
    actor.require(Permission.HANDLE)
    row = text_find(actor=actor, workspace=workspace, warehouse=warehouse, source=source, activity_id=activity_id)
    TextVerdict.objects.filter(workspace=workspace, source=source, activity_id=activity_id).delete()
    _refresh(workspace, warehouse, row)


def text_find(*, actor: Actor, workspace: Workspace, warehouse: Warehouse, source: str, activity_id: str) -> Read:
    """One text of a visible customer. Raises NotFound("text_unknown"), the same for a stranger's."""
    sql = "SELECT source, activity_id, customer_id, ts_us, attrs FROM activity WHERE source = $source AND activity_id = $activity"
    found = warehouse.query(workspace.pk, sql, {"source": source, "activity": activity_id}).to_pylist()
    if not found:
        raise NotFound("text_unknown")
    row = Read(**found[0])
    try:
        customer_get(actor=actor, customer_id=row.customer_id)
    except NotFound:
        raise NotFound("text_unknown") from None
    return row


def recalibrate(*, actor: Actor, workspace: Workspace) -> Job | None:
    """Fit the workspace's map to all verdicts and read everything again by it; None where it stays as it is.

    Needs the permission `publish`.
    """
    actor.require(Permission.PUBLISH)
    pairs = list(TextVerdict.objects.filter(workspace=workspace).order_by("pk").values_list("raw", "said"))
    fitted = recalibrated(pairs)
    kept = TextSettings.objects.filter(workspace=workspace).first()
    plain = None if fitted == Calibration() else calibration_to_plain(fitted)
    if (kept.calibration if kept else None) == plain:
        return None
    with transaction.atomic():
        TextSettings.objects.update_or_create(
            workspace=workspace, defaults={"calibration": plain, "calibrated_at": utc_now(), "verdicts_used": len(pairs)}
        )
        audit_record(
            actor=actor, action="text_recalibrate", object_type="workspace", object_id=workspace.pk, detail={"verdicts": len(pairs)}
        )
        return reread_start(actor=actor, workspace=workspace)


def _refresh(workspace: Workspace, warehouse: Warehouse, row: Read) -> None:
    """Read the one row again with the verdicts as they are now; it is what every measure reads."""
    attrs = row_reader(workspace.pk).attrs([row.source], [row.activity_id], [row.attrs])
    annotate(warehouse, workspace.pk, pa.table([[row.source], [row.activity_id], attrs], schema=ANNOTATION))
