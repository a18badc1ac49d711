"""Visits with photos, the stage of opportunities, calendar addresses."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from ninja import File, Router, UploadedFile

from liuke.act.plans import service as plans
from liuke.act.plans.files import Readable
from liuke.act.plans.service import Spot
from liuke.base.errors import NotFound
from liuke.facts.service.opportunities import opportunity_stage_set, stages_known
from liuke.show.api.gate import member_for, reader_for
from liuke.show.api.schemas.common import OkOut
from liuke.show.api.schemas.plans import CreatedOut, FeedOut, OpportunityStageIn, PhotoOut, StagesOut, VisitIn, VisitOut
from liuke.show.queries.visits import visit_rows, visits_of_customer

router = Router(tags=["visits"])
PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"}


@router.get("/w/{slug}/customers/{customer_id}/visits", response=list[VisitOut])
def visit_list(request: HttpRequest, slug: str, customer_id: int) -> list[VisitOut]:
    """The newest visits to a customer."""
    return visits_of_customer(reader=reader_for(request, slug), customer_id=customer_id)


@router.post("/w/{slug}/customers/{customer_id}/visits", response=VisitOut)
def visit_record(request: HttpRequest, slug: str, customer_id: int, data: VisitIn) -> VisitOut:
    """拜访记录: text, place; photos follow one by one. Idempotent by request_key."""
    reader = reader_for(request, slug)
    spot = Spot(data.spot.latitude, data.spot.longitude, data.spot.accuracy) if data.spot else None
    visit = plans.visit_record(
        actor=reader.actor, customer_id=customer_id, item_id=data.work_item_id, text=data.text, place=data.place, spot=spot,
        key=data.request_key,
    )  # fmt: skip
    return visit_rows(reader, [visit])[0]


@router.delete("/w/{slug}/visits/{visit_id}", response=OkOut)
def visit_remove(request: HttpRequest, slug: str, visit_id: int) -> OkOut:
    """Takes a visit back."""
    plans.visit_remove(actor=reader_for(request, slug).actor, visit_id=visit_id)
    return OkOut()


@router.post("/w/{slug}/visits/{visit_id}/restore", response=OkOut)
def visit_restore(request: HttpRequest, slug: str, visit_id: int) -> OkOut:
    """Undo of taking it back."""
    plans.visit_remove(actor=reader_for(request, slug).actor, visit_id=visit_id, removed=False)
    return OkOut()


@router.post("/w/{slug}/visits/{visit_id}/photos", response=PhotoOut)
def visit_photo_add(request: HttpRequest, slug: str, visit_id: int, file: File[UploadedFile]) -> PhotoOut:
    """Adds a JPEG or PNG of at most 5 MB; camera data is removed."""
    photo = plans.visit_photo_add(actor=reader_for(request, slug).actor, visit_id=visit_id, stream=cast("Readable", file))
    return PhotoOut(id=photo.pk, width=photo.width, height=photo.height)


@router.get("/w/{slug}/visit-photos/{photo_id}")
def visit_photo_get(request: HttpRequest, slug: str, photo_id: int) -> HttpResponseBase:
    """A photo; every look is written to the audit trail."""
    photo, path = plans.visit_photo_open(actor=reader_for(request, slug).actor, photo_id=photo_id)
    return FileResponse(path.open("rb"), content_type=photo.kind, headers=PRIVATE)


@router.get("/w/{slug}/opportunity-stages", response=StagesOut)
def opportunity_stage_list(request: HttpRequest, slug: str) -> StagesOut:
    """Stages in use."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return StagesOut(stages=stages_known(reader.actor))


@router.patch("/w/{slug}/opportunities/{opportunity_id}", response=CreatedOut)
def opportunity_stage_update(request: HttpRequest, slug: str, opportunity_id: int, data: OpportunityStageIn) -> CreatedOut:
    """Moves an opportunity to another stage."""
    actor = reader_for(request, slug).actor
    return CreatedOut(id=opportunity_stage_set(actor=actor, opportunity_id=opportunity_id, stage=data.stage).pk)


@router.get("/w/{slug}/calendar-feed", response=FeedOut)
def calendar_feed_get(request: HttpRequest, slug: str) -> FeedOut:
    """Whether the asker has a calendar address."""
    reader, _ = member_for(request, slug)
    feed = plans.feed_of(reader.actor)
    return FeedOut(is_on=True, created_at=feed.created_at, read_at=feed.read_at) if feed else FeedOut(is_on=False)


@router.post("/w/{slug}/calendar-feed", response=FeedOut)
def calendar_feed_make(request: HttpRequest, slug: str) -> FeedOut:
    """A new calendar address, shown once; an earlier one stops."""
    reader, _ = member_for(request, slug)
    fresh = plans.feed_make(actor=reader.actor)
    url = f"{settings.LIUKE.public_url}/api/calendar/{fresh.token}.ics"
    return FeedOut(is_on=True, created_at=fresh.feed.created_at, url=url)


@router.delete("/w/{slug}/calendar-feed", response=OkOut)
def calendar_feed_revoke(request: HttpRequest, slug: str) -> OkOut:
    """Stops the asker's calendar address."""
    reader, _ = member_for(request, slug)
    plans.feed_revoke(actor=reader.actor)
    return OkOut()


def calendar_read(request: HttpRequest, token: str) -> HttpResponse:
    """`/api/calendar/{token}.ics`: what calendar programs read; whoever knows the address. 404 for a stopped one."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        text = plans.feed_text(token)
    except NotFound:
        return HttpResponse(status=404)
    headers = {"Cache-Control": "private, max-age=300", "Content-Disposition": 'inline; filename="liuke.ics"'}
    return HttpResponse(text.encode("utf-8"), content_type="text/calendar; charset=utf-8", headers=headers)
