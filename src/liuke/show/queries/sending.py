"""Batches that came by API, as their senders see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from liuke.base.words import catalogue, render
from liuke.connect.store.models import Batch
from liuke.show.api.schemas.common import ErrorOut
from liuke.show.api.schemas.ingest import IngestOut, RejectedOut, SentBatchOut

_STATUS: Mapping[str, Literal["queued", "running", "applied", "failed", "cancelled"]] = {
    Batch.Status.UPLOADED.value: "queued",
    Batch.Status.READY.value: "queued",
    Batch.Status.QUEUED.value: "queued",
    Batch.Status.RUNNING.value: "running",
    Batch.Status.DONE.value: "applied",
    Batch.Status.FAILED.value: "failed",
    Batch.Status.CANCELLED.value: "cancelled",
}


def reason(code: str, params: Mapping[str, object], language: str) -> str:
    """Why a row was not taken: a message `rejects.<code>`, or that of the use case that refused it."""
    own = f"rejects.{code}"
    return render(own if own in catalogue("zh-CN") else f"errors.{code}", params, language=language)


def rejected_out(rows: Iterable[Mapping[str, object]], language: str) -> list[RejectedOut]:
    """Rejected rows as the inbox keeps them, for the reader."""
    found = []
    for row in rows:
        given = row.get("params")
        field, code = str(row.get("field", "")), str(row.get("code", ""))
        params = {**(given if isinstance(given, Mapping) else {}), "field": field}
        found.append(RejectedOut(index=int(str(row.get("index", 0))), field=field, code=code, reason=reason(code, params, language)))
    return found


def ingest_out(batch: Batch, language: str) -> IngestOut:
    """The answer to a request: the same one whenever it is sent again."""
    rejected = rejected_out(batch.detected.get("rejected", ()), language)
    accepted = (batch.rows_total or 0) - len(rejected)
    return IngestOut(batch_id=batch.pk, accepted=accepted, rejected=rejected)


def sent_batch_out(batch: Batch, language: str) -> SentBatchOut:
    """What became of a request."""
    error = batch.error
    return SentBatchOut(
        id=batch.pk,
        entity=batch.entity,
        source=batch.source.name if batch.source else "",
        status=_STATUS[batch.status],
        accepted=(batch.rows_total or 0) - batch.rows_rejected,
        rejected=batch.rows_rejected,
        new=batch.rows_new,
        changed=batch.rows_changed,
        same=batch.rows_same,
        received_at=batch.created_at,
        applied_at=batch.finished_at if batch.status == Batch.Status.DONE else None,
        error=None if error is None else _error(error, language),
    )


def _error(error: Mapping[str, object], language: str) -> ErrorOut:
    given = error.get("params")
    params = dict(given) if isinstance(given, Mapping) else {}
    return ErrorOut(code=str(error["code"]), message=render(f"errors.{error['code']}", params, language=language), params=params)
