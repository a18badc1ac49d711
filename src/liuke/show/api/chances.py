"""流失概率与时间 on a customer's page."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.chances import ChancesOut
from liuke.show.queries.chances import chances_out

router = Router(tags=["customers"])


@router.get("/w/{slug}/customers/{customer_id}/chances", response=ChancesOut)
def customer_chances(request: HttpRequest, slug: str, customer_id: int) -> ChancesOut:
    """Probability, time-to-churn curve, money at risk, similar cases; why not, where no model made the score."""
    return chances_out(reader=reader_for(request, slug), customer_id=customer_id)
