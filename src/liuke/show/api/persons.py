"""个人信息请求 (DAT-18): a copy of a person's data, its erasure in two steps, and the list of requests."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from ninja import Query, Router

from liuke.accounts.service import audit_record
from liuke.show.api.gate import reader_for
from liuke.show.api.imports import download
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.persons import (
    LiftIn,
    PersonAbout,
    PersonEraseIn,
    PersonExportIn,
    PersonPreviewOut,
    PersonRequestOut,
    PersonRequestsQuery,
)
from liuke.show.queries import persons as shown
from liuke.show.queries.warehouse import warehouse
from liuke.show.service import persons

router = Router(tags=["persons"])


@router.get("/w/{slug}/customers/{customer_id}/erasure", response=PersonPreviewOut)
def person_erase_preview(request: HttpRequest, slug: str, customer_id: int, about: Query[PersonAbout]) -> PersonPreviewOut:
    """The first step of an erasure: what would go, what stays by law or as a sum, and what has to be typed."""
    reader = reader_for(request, slug)
    preview = persons.erase_preview(
        actor=reader.actor, warehouse=warehouse(), customer_id=customer_id, contact_id=about.contact_id
    )  # fmt: skip
    audit_record(actor=reader.actor, action="person_previewed", object_type="customer", object_id=customer_id)
    return shown.preview_out(reader, preview)


@router.post("/w/{slug}/customers/{customer_id}/erasure", response=PersonRequestOut)
def person_erase(request: HttpRequest, slug: str, customer_id: int, data: PersonEraseIn) -> PersonRequestOut:
    """The second step: erases the customer, or one contact, everywhere; progress by the job. It cannot be taken back."""
    reader = reader_for(request, slug)
    asked = persons.erase_start(
        actor=reader.actor, customer_id=customer_id, contact_id=data.contact_id, confirm=data.confirm, reason=data.reason
    )
    return shown.request_out(reader, asked)


@router.post("/w/{slug}/customers/{customer_id}/personal-export", response=PersonRequestOut)
def person_export(request: HttpRequest, slug: str, customer_id: int, data: PersonExportIn) -> PersonRequestOut:
    """Collects everything kept about the customer, or one contact, as one archive; progress by the job."""
    reader = reader_for(request, slug)
    asked = persons.export_start(actor=reader.actor, customer_id=customer_id, contact_id=data.contact_id, reason=data.reason)
    return shown.request_out(reader, asked)


@router.get("/w/{slug}/person-requests", response=Page[PersonRequestOut])
def person_requests(request: HttpRequest, slug: str, wanted: Query[PersonRequestsQuery]) -> Page[PersonRequestOut]:
    """Requests, newest first: all for those who run the workspace, one's own exports for others."""
    return shown.requests_page(reader_for(request, slug), wanted)


@router.get("/w/{slug}/person-requests/{request_id}", response=PersonRequestOut)
def person_request(request: HttpRequest, slug: str, request_id: int) -> PersonRequestOut:
    """One of them, with its progress."""
    reader = reader_for(request, slug)
    return shown.request_out(reader, persons.request_get(actor=reader.actor, request_id=request_id))


@router.get("/w/{slug}/person-requests/{request_id}/archive.zip")
def person_archive(request: HttpRequest, slug: str, request_id: int) -> FileResponse:
    """The archive of a finished export; every download is audited. 404 once it has expired."""
    reader = reader_for(request, slug)
    path = persons.export_path(actor=reader.actor, request_id=request_id)
    headers = {**download(f"liuke-person-{request_id}.zip"), "Cache-Control": "no-store"}
    return FileResponse(path.open("rb"), content_type="application/zip", headers=headers)


@router.post("/w/{slug}/person-requests/{request_id}/lift", response=PersonRequestOut)
def person_erasure_lift(request: HttpRequest, slug: str, request_id: int, data: LiftIn) -> PersonRequestOut:
    """Lets an erased person be imported again, with a reason."""
    reader = reader_for(request, slug)
    return shown.request_out(reader, persons.erasure_lift(actor=reader.actor, request_id=request_id, reason=data.reason))
