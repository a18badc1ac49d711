"""拜访记录 as the API shows it, masked by role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from liuke.act.plans.service import photos_of, visits_visible
from liuke.act.store.models import Visit
from liuke.facts.service import customer_get
from liuke.show.api.schemas.plans import PhotoOut, SpotBody, VisitOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader

MOST = 50


def visits_of_customer(*, reader: Reader, customer_id: int) -> list[VisitOut]:
    """The newest 50 visits to a visible customer, up to the workspace's present."""
    reader.require_customers()
    customer_get(actor=reader.actor, customer_id=customer_id)
    return visit_rows(reader, list(_before_now(reader).filter(customer_id=customer_id)[:MOST]))


def visits_of_item(reader: Reader, item_id: int) -> list[VisitOut]:
    """The visits logged on a task."""
    return visit_rows(reader, list(_before_now(reader).filter(work_item_id=item_id)[:MOST]))


def visit_rows(reader: Reader, visits: Sequence[Visit]) -> list[VisitOut]:
    """Visits with their photos; two queries."""
    photos: defaultdict[int, list[PhotoOut]] = defaultdict(list)
    for photo in photos_of([visit.pk for visit in visits]):
        photos[photo.visit_id].append(PhotoOut(id=photo.pk, width=photo.width, height=photo.height))
    return [_row(reader, visit, photos[visit.pk]) for visit in visits]


def _before_now(reader: Reader) -> QuerySet[Visit]:
    return visits_visible(reader.actor).filter(at__lte=reader.now).select_related("customer")


def _row(reader: Reader, visit: Visit, photos: list[PhotoOut]) -> VisitOut:
    customer = visit.customer
    shown = reader.sees_personal
    return VisitOut(
        id=visit.pk,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        work_item_id=visit.work_item_id,
        at=visit.at,
        by=reader.person(visit.by_id),
        text=reader.written(visit.text),
        place=reader.written(visit.place),
        spot=_spot(visit) if shown else None,
        photos=photos if shown else [],
        photo_count=len(photos),
        is_mine=visit.by_id is not None and visit.by_id == reader.actor.membership_id,
    )


def _spot(visit: Visit) -> SpotBody | None:
    if visit.latitude is None or visit.longitude is None:
        return None
    return SpotBody(latitude=visit.latitude, longitude=visit.longitude, accuracy=visit.accuracy or 0)
