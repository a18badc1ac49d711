"""Imports, as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from liuke.accounts.domain.roles import Permission
from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.mapping import KEEP
from liuke.align.domain.suggest import Suggestion
from liuke.align.service import Preview, entity_infos
from liuke.base.words import render
from liuke.connect.service import batch_find, batch_seen_before
from liuke.connect.service.sources import Probe
from liuke.connect.store.models import Batch
from liuke.facts.domain.masking import mask_text
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.data import (
    BatchOut,
    ColumnOut,
    EntityOut,
    FieldOut,
    MappingIn,
    PreviewOut,
    RejectOut,
    SourceTestOut,
)
from liuke.show.queries.jobs import stored_error
from liuke.show.queries.paging import count_capped, cursor_read, limit_of, page, sort_of
from liuke.show.queries.reader import Reader, word

PERSONAL_FIELDS = frozenset({"name", "customer_name", "contact", "title", "phone", "email", "owner_email", "actor", "subject", "text"})
"""Canonical fields that name a person or hold what one wrote."""


def entities(language: str) -> list[EntityOut]:
    """What can be imported, field by field, in the reader's language."""
    return [
        EntityOut(
            name=word(entity.name),
            label=entity.label,
            help=entity.help,
            fields=[
                FieldOut(
                    name=field.name,
                    label=field.label,
                    help=field.help,
                    required=field.required,
                    type=word(field.type),
                    choices=list(field.choices),
                )
                for field in entity.fields
            ],
        )
        for entity in entity_infos(language)
    ]


def batch_page(*, reader: Reader, cursor: str, limit: int) -> Page[BatchOut]:
    """Past and running imports, newest first. Raises Forbidden without `import`."""
    reader.actor.require(Permission.IMPORT)
    sort, size = sort_of("-id", {"id": "id"}), limit_of(limit)
    before = cursor_read(cursor, sort.text)
    batches = Batch.objects.filter(workspace=reader.workspace)
    total = (before.total, before.capped) if before else count_capped(batches)
    found = page([batches.select_related("source", "job")], sort, before, size, total=total)
    rows = [batch_out(reader, batch) for batch in found.rows]
    return Page(items=rows, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def one_batch(*, reader: Reader, batch_id: int) -> BatchOut:
    """One import. Raises NotFound, Forbidden without `import`."""
    return batch_out(reader, batch_find(actor=reader.actor, batch_id=batch_id))


def batch_out(reader: Reader, batch: Batch) -> BatchOut:
    """An uploaded file on its way in; progress and stage are those of its job."""
    detected: Mapping[str, Any] = batch.detected
    stage: Mapping[str, Any] = batch.job.stage if batch.job else {}
    maker = reader.person(batch.created_by_id)
    return BatchOut(
        id=batch.pk,
        file_name=batch.file_name,
        source_id=batch.source_id,
        source=batch.source.name if batch.source else None,
        entity=word(batch.entity or None),
        status=word(batch.status),
        encoding=str(detected.get("encoding", "")),
        delimiter=str(detected.get("delimiter", "")),
        sheets=list(detected.get("sheets", [])),
        columns=[column_out(column, may_show=shows_values(reader, batch)) for column in detected.get("columns", [])],
        match_rate=detected.get("match_rate"),
        missing_fields=list(detected.get("missing", [])),
        mapping=mapping_out(batch.mapping),
        rows_total=batch.rows_total,
        rows_new=batch.rows_new,
        rows_changed=batch.rows_changed,
        rows_same=batch.rows_same,
        rows_rejected=batch.rows_rejected,
        seen_before_at=batch_seen_before(batch) if batch.sha256 else None,
        progress=1.0 if batch.status == Batch.Status.DONE else (batch.job.progress if batch.job else 0.0),
        stage=reader.text(stage["key"], stage.get("params", {})) if stage.get("key") else "",
        job_id=batch.job_id,
        error=stored_error(batch.error, reader.language),
        created_by=maker.name if maker else None,
        created_at=batch.created_at,
        finished_at=batch.finished_at,
    )


def shows_values(reader: Reader, batch: Batch) -> bool:
    """Whether a batch's cells show unmasked: to readers of personal data, and to whoever uploaded the file."""
    own = batch.source_id is None and batch.created_by_id is not None and batch.created_by_id == reader.actor.membership_id
    return own or reader.sees_personal


def is_personal(field: str | None) -> bool:
    """Whether a column may name a person or hold what one wrote; so may every column that nobody has placed."""
    return field in {None, "", KEEP} or field in PERSONAL_FIELDS


def column_out(column: Mapping[str, Any], *, may_show: bool) -> ColumnOut:
    """A column of the file as the inbox row keeps it; personal samples only as long as they are."""
    field, samples = column.get("field"), [str(value) for value in column.get("samples", [])]
    shown = samples if may_show or not is_personal(field) else [mask_text(value) for value in samples]
    return ColumnOut(name=column["name"], samples=shown, field=field, parse_rate=column.get("parse_rate"))


def mapping_out(mapping: Mapping[str, Any]) -> MappingIn | None:
    """A stored mapping; None where there is none yet."""
    return MappingIn.model_validate(dict(mapping)) if mapping.get("entity") else None


def preview_out(reader: Reader, batch: Batch, preview: Preview) -> PreviewOut:
    """The first rows as they would arrive, personal values masked by role; of rejected rows any cell may be personal."""
    show, known = shows_values(reader, batch), {field.name for field in ENTITIES[batch.entity].fields}
    masked = [not show and is_personal(name if name in known else None) for name in preview.fields]
    return PreviewOut(
        fields=list(preview.fields),
        rows=[_row(row, masked) for row in preview.rows],
        rejects=[
            RejectOut(line=line, reason=reason, values=_row(values, [not show] * len(values))) for line, reason, values in preview.rejects
        ],
        checked=preview.checked,
        match_rate=preview.match_rate,
        own_kinds=list(preview.own_kinds),
    )


def _row(values: Sequence[str], masked: Sequence[bool]) -> list[str]:
    return [mask_text(value) if hidden else value for value, hidden in zip(values, masked, strict=True)]


def source_test_out(probe: Probe, suggestion: Suggestion, reader: Reader) -> SourceTestOut:
    """What a test run of a source found, with the mapping that would be used; personal values masked by role."""
    matches = {match.name: match for match in suggestion.columns}
    columns = []
    for column in probe.detected.columns:
        match = matches.get(column.name)
        field = match.field or None if match else None
        plain = {"name": column.name, "samples": column.samples[:5], "field": field, "parse_rate": match.parse_rate if match else None}
        columns.append(column_out(plain, may_show=reader.sees_personal))
    placed = sum(column.field not in {None, KEEP} for column in columns)
    message = render("show.source_ok", {"columns": len(columns), "placed": placed}, language=reader.language)
    masked = [not reader.sees_personal and is_personal(column.field) for column in columns]
    return SourceTestOut(ok=True, message=message, columns=columns, rows=[_row(row, masked) for row in probe.rows])
