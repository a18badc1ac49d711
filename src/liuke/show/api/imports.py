"""Imports by file and by API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, UploadedFile

from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.data import BatchOut, EntityOut, IngestIn, IngestOut, MappingIn, PreviewOut

router = Router(tags=["imports"])


@router.get("/w/{slug}/entities", response=list[EntityOut])
def entity_list(request: HttpRequest, slug: str) -> list[EntityOut]:
    """What can be imported, field by field."""
    raise NotImplementedError


@router.get("/w/{slug}/entities/{name}/template.csv")
def entity_template(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """An empty file with the headers, to fill in."""
    raise NotImplementedError


@router.get("/w/{slug}/imports", response=Page[BatchOut])
def batch_list(request: HttpRequest, slug: str, cursor: str = "", limit: int = 50) -> Page[BatchOut]:
    """Past and running imports."""
    raise NotImplementedError


@router.post("/w/{slug}/imports", response=BatchOut)
def batch_upload(request: HttpRequest, slug: str, file: File[UploadedFile], entity: Form[str] = "") -> BatchOut:
    """Upload: durable before the answer; columns mapped automatically."""
    raise NotImplementedError


@router.get("/w/{slug}/imports/{batch_id}", response=BatchOut)
def batch_get(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """One import."""
    raise NotImplementedError


@router.put("/w/{slug}/imports/{batch_id}/mapping", response=PreviewOut)
def batch_map(request: HttpRequest, slug: str, batch_id: int, data: MappingIn) -> PreviewOut:
    """Sets the mapping and shows the first rows as they would arrive."""
    raise NotImplementedError


@router.post("/w/{slug}/imports/{batch_id}/start", response=BatchOut)
def batch_start(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """Imports; progress by the job."""
    raise NotImplementedError


@router.post("/w/{slug}/imports/{batch_id}/cancel", response=BatchOut)
def batch_cancel(request: HttpRequest, slug: str, batch_id: int) -> BatchOut:
    """Stops; nothing half done stays."""
    raise NotImplementedError


@router.get("/w/{slug}/imports/{batch_id}/rejects.csv")
def batch_rejects(request: HttpRequest, slug: str, batch_id: int) -> HttpResponse:
    """Rejected rows with line number and reason."""
    raise NotImplementedError


@router.post("/w/{slug}/activities", response={202: IngestOut})
def ingest(request: HttpRequest, slug: str, data: IngestIn) -> IngestOut:
    """Activities by API key: durable, then 202."""
    raise NotImplementedError
