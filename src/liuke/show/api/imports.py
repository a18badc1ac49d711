"""Imports by file."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from ninja import File, Form, Query, Router, UploadedFile

from liuke.accounts.domain.roles import Permission
from liuke.align import service as align
from liuke.connect import service as connect
from liuke.connect.service.storing import Readable
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.data import BatchOut, EntityOut, MappingIn, PreviewOut
from liuke.show.api.schemas.queries import PageQuery
from liuke.show.queries import imports

router = Router(tags=["imports"])
CSV = "text/csv; charset=utf-8"


def download(name: str) -> dict[str, str]:
    """Headers that make the browser save a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@router.get("/w/{slug}/entities", response=list[EntityOut])
def entity_list(request: HttpRequest, slug: str) -> list[EntityOut]:
    """What can be imported, field by field."""
    return imports.entities(reader_for(request, slug).language)


@router.get("/w/{slug}/entities/{name}/template.csv")
def entity_template(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """An empty file with the headers, to fill in."""
    text = align.entity_template(name, reader_for(request, slug).language)
    return HttpResponse(text, content_type=CSV, headers=download(f"liuke-{name}.csv"))


@router.get("/w/{slug}/imports", response=Page[BatchOut])
def batch_list(request: HttpRequest, slug: str, wanted: Query[PageQuery]) -> Page[BatchOut]:
    """Past and running imports."""
    return imports.batch_page(reader=reader_for(request, slug), cursor=wanted.cursor, limit=wanted.limit)


@router.post("/w/{slug}/imports", response=BatchOut)
def batch_upload(request: HttpRequest, slug: str, file: File[UploadedFile], entity: Form[str] = "") -> BatchOut:
    """Upload: durable before the answer; columns mapped automatically."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.IMPORT)
    batch = align.batch_upload(actor=reader.actor, entity=entity, file=cast("Readable", file), name=file.name or "")
    return imports.one_batch(reader=reader, batch_id=batch.pk)


@router.get("/w/{slug}/imports/{batch_id}", response=BatchOut)
def batch_get(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """One import."""
    return imports.one_batch(reader=reader_for(request, slug), batch_id=batch_id)


@router.put("/w/{slug}/imports/{batch_id}/mapping", response=PreviewOut)
def batch_map(request: HttpRequest, slug: str, batch_id: int, data: MappingIn) -> PreviewOut:
    """Sets the mapping and shows the first rows as they would arrive."""
    reader = reader_for(request, slug)
    preview = align.batch_map(actor=reader.actor, batch_id=batch_id, mapping=data.model_dump())
    return imports.preview_out(reader, connect.batch_find(actor=reader.actor, batch_id=batch_id), preview)


@router.post("/w/{slug}/imports/{batch_id}/start", response=BatchOut)
def batch_start(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """Imports; progress by the job."""
    reader = reader_for(request, slug)
    connect.batch_accept(actor=reader.actor, batch_id=batch_id)
    return imports.one_batch(reader=reader, batch_id=batch_id)


@router.post("/w/{slug}/imports/{batch_id}/cancel", response=BatchOut)
def batch_cancel(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """Stops; nothing half done stays."""
    reader = reader_for(request, slug)
    connect.batch_cancel(actor=reader.actor, batch_id=batch_id)
    return imports.one_batch(reader=reader, batch_id=batch_id)


@router.get("/w/{slug}/imports/{batch_id}/rejects.csv")
def batch_rejects(request: HttpRequest, slug: str, batch_id: int) -> HttpResponseBase:
    """Rejected rows with line number and reason."""
    path = connect.batch_rejects_path(actor=reader_for(request, slug).actor, batch_id=batch_id)
    return FileResponse(path.open("rb"), content_type=CSV, headers=download(f"rejects-{batch_id}.csv"))
