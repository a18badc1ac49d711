"""续约台账."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.act import service as act
from liuke.act.service import RenewalChange
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.customers import RenewalPatch, RenewalRow, RenewalsOut
from liuke.show.api.schemas.queries import RenewalQuery
from liuke.show.queries.renewal_list import RenewalFilter, renewal_out, renewal_page

router = Router(tags=["renewals"])


@router.get("/w/{slug}/renewals", response=RenewalsOut)
def renewal_list(request: HttpRequest, slug: str, wanted: Query[RenewalQuery]) -> RenewalsOut:
    """Contracts due in 15/30/60/90 days (or overdue) with totals and forecast."""
    filters = RenewalFilter(wanted.scope, wanted.window, wanted.status)
    return renewal_page(reader=reader_for(request, slug), wanted=filters, sort=wanted.sort, cursor=wanted.cursor, limit=wanted.limit)


@router.patch("/w/{slug}/renewals/{renewal_id}", response=RenewalRow)
def renewal_update(request: HttpRequest, slug: str, renewal_id: int, data: RenewalPatch) -> RenewalRow:
    """Status, reason, next step, forecast."""
    reader = reader_for(request, slug)
    change = RenewalChange(**data.model_dump(exclude_unset=True))
    act.renewal_update(actor=reader.actor, renewal_id=renewal_id, change=change)
    return renewal_out(reader=reader, renewal_id=renewal_id)


@router.post("/w/{slug}/renewals/{renewal_id}/start", response=RenewalRow)
def renewal_start(request: HttpRequest, slug: str, renewal_id: int) -> RenewalRow:
    """启动续约: makes the work item."""
    reader = reader_for(request, slug)
    act.renewal_start(actor=reader.actor, renewal_id=renewal_id)
    return renewal_out(reader=reader, renewal_id=renewal_id)
