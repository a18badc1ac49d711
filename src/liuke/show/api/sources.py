"""Sources."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.accounts.domain.roles import Permission
from liuke.align.service import source_check
from liuke.base.errors import LiukeError
from liuke.base.times import utc_now
from liuke.connect import service as connect
from liuke.connect.service.kingdee import KINGDEE
from liuke.connect.store.models import Source
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import JobOut, OkOut
from liuke.show.api.schemas.data import BatchOut, SourceIn, SourceOut, SourcePatch, SourceTestOut, StreamPresetOut
from liuke.show.queries.imports import batch_out, source_test_out
from liuke.show.queries.jobs import job_out
from liuke.show.queries.reader import Reader
from liuke.show.queries.source_streams import fault_words, presets_out, streams_test_out
from liuke.show.queries.sources import source_out

router = Router(tags=["sources"])


@router.get("/w/{slug}/sources", response=list[SourceOut])
def source_list(request: HttpRequest, slug: str) -> list[SourceOut]:
    """Sources with freshness and health."""
    reader = reader_for(request, slug)
    if not reader.actor.may(Permission.SOURCES):
        reader.actor.require(Permission.IMPORT)
    sources = Source.objects.filter(workspace=reader.workspace).order_by("name")
    return [shown(reader, source) for source in sources]


def shown(reader: Reader, source: Source) -> SourceOut:
    """A source as this reader sees it."""
    return source_out(source, language=reader.language, real_now=utc_now(), now=reader.now)


@router.post("/w/{slug}/sources", response=SourceOut)
def source_create(request: HttpRequest, slug: str, data: SourceIn) -> SourceOut:
    """A folder or SQL source with its saved mapping."""
    reader = reader_for(request, slug)
    return shown(reader, connect.source_create(actor=reader.actor, **data.model_dump()))


@router.get("/w/{slug}/sources/kingdee", response=list[StreamPresetOut])
def source_kingdee(request: HttpRequest, slug: str) -> list[StreamPresetOut]:
    """What can be read from 金蝶云星空, and the standard names of its fields."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.SOURCES)
    return presets_out(reader.language)


@router.post("/w/{slug}/sources/test", response=SourceTestOut)
def source_test(request: HttpRequest, slug: str, data: SourceIn, source_id: int | None = None) -> SourceTestOut:
    """Tries a source without saving it: columns and first rows. What is wrong with it is told in the answer.

    `source_id` lends the stored secret of a saved one.
    """
    reader = reader_for(request, slug)
    reader.actor.require(Permission.SOURCES)
    try:
        if data.kind == KINGDEE:
            found = connect.source_streams(actor=reader.actor, config=data.config, secret=data.secret, source_id=source_id)
            return streams_test_out(found, reader)
        probe, suggestion = source_check(
            actor=reader.actor, kind=data.kind, entity=data.entity, config=data.config, secret=data.secret, source_id=source_id
        )
    except LiukeError as fault:
        return SourceTestOut(ok=False, message=fault_words(fault, reader.language), columns=[], rows=[])
    return source_test_out(probe, suggestion, reader)


@router.patch("/w/{slug}/sources/{source_id}", response=SourceOut)
def source_update(request: HttpRequest, slug: str, source_id: int, data: SourcePatch) -> SourceOut:
    """Changes a source."""
    reader = reader_for(request, slug)
    changes = data.model_dump(exclude_unset=True)
    return shown(reader, connect.source_update(actor=reader.actor, source_id=source_id, **changes))


@router.delete("/w/{slug}/sources/{source_id}", response=OkOut)
def source_delete(request: HttpRequest, slug: str, source_id: int) -> OkOut:
    """Deletes a source; its rows stay."""
    connect.source_delete(actor=reader_for(request, slug).actor, source_id=source_id)
    return OkOut()


@router.post("/w/{slug}/sources/{source_id}/run", response=JobOut)
def source_run(request: HttpRequest, slug: str, source_id: int) -> JobOut:
    """Runs it now."""
    reader = reader_for(request, slug)
    return job_out(connect.source_run_now(actor=reader.actor, source_id=source_id, now=utc_now()), reader.language)


@router.get("/w/{slug}/sources/{source_id}/batches", response=list[BatchOut])
def source_batches(request: HttpRequest, slug: str, source_id: int) -> list[BatchOut]:
    """Its last 50 batches."""
    reader = reader_for(request, slug)
    source = connect.source_find(actor=reader.actor, source_id=source_id)
    batches = source.batch_set.select_related("source", "job").order_by("-pk")[:50]
    return [batch_out(reader, batch) for batch in batches]
