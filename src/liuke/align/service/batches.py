"""Uploads whose columns mean something: suggested mapping, preview, and the import itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from liuke.accounts.domain.actor import Actor
from liuke.accounts.service import workspace_now
from liuke.accounts.service.tombstones import refusals_of
from liuke.accounts.store.models import Workspace
from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.mapping import ColumnMapping, mapping_from_data, plan_import
from liuke.align.domain.suggest import ColumnMatch, Suggestion, guess_entity, match_columns, suggest_mapping
from liuke.align.service.files import ImportFacts
from liuke.align.service.preview import Preview, preview_file
from liuke.base.errors import Invalid, LiukeError
from liuke.connect.domain.detected import Detected
from liuke.connect.service.inbox import batch_find, batch_ready
from liuke.connect.service.sources import Probe, source_probe
from liuke.connect.service.storing import Readable, batch_discard, batch_path, batch_store
from liuke.connect.sources.files.rows import detect
from liuke.connect.store.models import Batch

SHOWN_SAMPLES = 5
"""Values per column kept with the inbox row."""


def batch_upload(*, actor: Actor, entity: str = "", file: Readable, name: str) -> Batch:
    """Store a file durably, look at it and suggest a mapping; without `entity` it is guessed from the headers.

    The batch is `ready` when the suggestion fills every required field, else `uploaded` (see `batch.detected["missing"]`).
    A file that cannot be read leaves nothing behind. Raises Invalid or TooLarge with what is wrong, Forbidden.
    """
    if entity and entity not in ENTITIES:
        raise Invalid("mapping_entity", value=entity, allowed=", ".join(ENTITIES))
    batch = batch_store(actor=actor, entity=entity, file=file, name=name)
    try:
        detected = detect(batch_path(batch))
    except LiukeError:
        batch_discard(batch=batch)
        raise
    suggestion = suggest_mapping(entity or guess_entity(detected.columns, name), detected.columns)
    chosen = suggestion.mapping
    kept = detected_data(detected, suggestion.columns, suggestion.match_rate, suggestion.missing)
    kept["undecided_dates"] = list(suggestion.undecided_dates)
    if not suggestion.missing:
        batch_ready(batch=batch, entity=chosen.entity, mapping=chosen.to_data(), detected=kept)
        return batch
    batch.entity, batch.mapping, batch.detected = chosen.entity, chosen.to_data(), kept
    batch.save(update_fields=["entity", "mapping", "detected"])
    return batch


def batch_map(*, actor: Actor, batch_id: int, mapping: Mapping[str, object]) -> Preview:
    """Set the mapping and show the first rows as they would arrive; the batch is `ready` afterwards.

    `mapping` as `ColumnMapping.to_data`. Raises Invalid where it does not fit the file, Conflict once the import is queued.
    """
    batch = batch_find(actor=actor, batch_id=batch_id)
    chosen = mapping_from_data(mapping)
    path = batch_path(batch)
    detected = detect(path, sheet=chosen.sheet, encoding=chosen.encoding)
    facts = replace(import_facts(batch, batch.workspace), language=actor.language)
    preview = preview_file(path, detected=detected, mapping=chosen, facts=facts)
    matches = match_columns(chosen, detected.columns)
    batch_ready(
        batch=batch, entity=chosen.entity, mapping=chosen.to_data(), detected=detected_data(detected, matches, preview.match_rate, ())
    )
    return preview


def source_check(
    *, actor: Actor, kind: str, entity: str, config: Mapping[str, object], secret: str | None = None, source_id: int | None = None
) -> tuple[Probe, Suggestion]:
    """Try a source without saving it: its columns, first rows and the mapping that would be used."""
    if entity not in ENTITIES:
        raise Invalid("mapping_entity", value=entity, allowed=", ".join(ENTITIES))
    probe = source_probe(actor=actor, kind=kind, config=config, secret=secret, source_id=source_id)
    return probe, suggest_mapping(entity, probe.detected.columns)


def detected_data(detected: Detected, matches: Sequence[ColumnMatch], match_rate: float, missing: Sequence[str]) -> dict[str, object]:
    """What the inbox row keeps: the file's layout; per column samples, `field` and `parse_rate`; `match_rate`, `missing`."""
    data = detected.to_data()
    data["columns"] = [
        {
            "name": column.name,
            "place": column.place,
            "samples": list(column.samples[:SHOWN_SAMPLES]),
            "field": match.field or None,
            "parse_rate": match.parse_rate,
        }
        for column, match in zip(detected.columns, matches, strict=True)
    ]
    return {**data, "match_rate": match_rate, "missing": list(missing)}


def import_facts(batch: Batch, workspace: Workspace) -> ImportFacts:
    """What the file does not say, from its workspace."""
    return ImportFacts(
        batch_id=f"import-{batch.pk}",
        zone=workspace.time_zone,
        currency=workspace.currency,
        now=workspace_now(workspace),
        language=workspace.locale,
        refusals=refusals_of(workspace.pk),
    )


def mapping_for(batch: Batch, path: Path) -> tuple[ColumnMapping, Detected]:
    """The batch's mapping, or for a source without one what is suggested for its file. Raises Invalid `mapping_missing`."""
    if batch.mapping:
        chosen = mapping_from_data(batch.mapping)
        return chosen, detect(path, sheet=chosen.sheet, encoding=chosen.encoding)
    detected = detect(path)
    suggestion = suggest_mapping(batch.entity, detected.columns)
    plan_import(suggestion.mapping, detected.columns, "UTC")
    return suggestion.mapping, detected
