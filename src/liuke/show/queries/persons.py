"""Requests about personal data as the API shows them, and the preview of an erasure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liuke.base.times import utc_now
from liuke.facts.store.models import PersonRequest
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.persons import PersonPreviewOut, PersonRequestOut, PersonRequestsQuery, SectionCount, StaysOut
from liuke.show.queries.jobs import job_out
from liuke.show.queries.paging import Sort, cursor_read, limit_of, narrowed, page
from liuke.show.queries.person_rows import SECTION_NAMES
from liuke.show.queries.reader import Reader, word
from liuke.show.service.persons import Preview, requests_visible

NEWEST = Sort("created_at", "created_at", descending=True)


def preview_out(reader: Reader, preview: Preview) -> PersonPreviewOut:
    """What would go and what stays, in the reader's language."""
    return PersonPreviewOut(
        customer_id=preview.identity.customer_id,
        contact_id=preview.identity.contact_id,
        confirm=preview.confirm,
        goes=_sections(reader, preview.counts),
        stays=[StaysOut(code=code, label=reader.text(f"person.stays.{code}")) for code in preview.stays],
    )


def requests_page(reader: Reader, wanted: PersonRequestsQuery) -> Page[PersonRequestOut]:
    """A page of the requests that the reader may see, newest first."""
    rows = requests_visible(reader.actor)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.customer_id is not None:
        rows = rows.filter(customer_id=wanted.customer_id)
    before, size = cursor_read(wanted.cursor, NEWEST.text), limit_of(wanted.limit)
    rows, total = narrowed(rows, before)
    found = page([rows.select_related("job")], NEWEST, before, size, total=total)
    items = [request_out(reader, row) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def request_out(reader: Reader, request: PersonRequest) -> PersonRequestOut:
    """One request."""
    result: Mapping[str, Any] = request.result or {}
    left: Mapping[str, Any] = result.get("left", {})
    expired = request.expires_at is None or request.expires_at <= utc_now()
    return PersonRequestOut(
        id=request.pk,
        kind=word(request.kind),
        subject=word(request.subject),
        customer_id=request.customer_id,
        contact_id=request.contact_id,
        reason=request.reason,
        by=request.by_name,
        created_at=request.created_at,
        finished_at=request.finished_at,
        job=job_out(request.job, reader.language) if request.job else None,
        rows=_sections(reader, result.get("rows", {})),
        left=[*left.get("files", ()), *left.get("rows", {}), *(["activity"] if left.get("stream") else [])],
        searched=result.get("searched", 0),
        proof=request.proof,
        file=bool(request.stored) and not expired,
        expires_at=request.expires_at,
        lifted_at=request.lifted_at,
        lifted_by=request.lifted_by_name,
        lifted_reason=request.lifted_reason,
    )


def _sections(reader: Reader, counts: Mapping[str, int]) -> list[SectionCount]:
    known = [name for name in SECTION_NAMES if counts.get(name)]
    return [SectionCount(section=name, label=reader.text(f"person.section.{name}"), n=counts[name]) for name in known]
