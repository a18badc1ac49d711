"""续约台账."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.schemas.customers import RenewalPatch, RenewalRow, RenewalsOut

router = Router(tags=["renewals"])


@router.get("/w/{slug}/renewals", response=RenewalsOut)
def renewal_list(
    request: HttpRequest,
    slug: str,
    scope: str = "mine",
    window: str = "90",
    status: str = "",
    sort: str = "ends_on",
    cursor: str = "",
    limit: int = 50,
) -> RenewalsOut:
    """Contracts due in 15/30/60/90 days (or overdue) with totals and forecast."""
    raise NotImplementedError


@router.patch("/w/{slug}/renewals/{renewal_id}", response=RenewalRow)
def renewal_update(request: HttpRequest, slug: str, renewal_id: int, data: RenewalPatch) -> RenewalRow:
    """Status, reason, next step, forecast."""
    raise NotImplementedError


@router.post("/w/{slug}/renewals/{renewal_id}/start", response=RenewalRow)
def renewal_start(request: HttpRequest, slug: str, renewal_id: int) -> RenewalRow:
    """启动续约: makes the work item."""
    raise NotImplementedError
