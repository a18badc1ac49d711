"""拜访记录: text, place and photos of a visit. Personal data: photos are seen by those who may, and every look is in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import SEEN, audit_personal, audit_record
from liuke.act.doings.domain import visit_doing
from liuke.act.doings.queue import doing_note
from liuke.act.plans.domain_photo import photo_cleaned
from liuke.act.plans.files import MEBIBYTE, Readable, keep, path_of, read_limited
from liuke.act.plans.keys import request_key
from liuke.act.store.models import Visit, VisitPhoto, WorkItem
from liuke.act.tasks.handling import claim
from liuke.act.tasks.items import OPEN
from liuke.act.tasks.reading import work_item_get
from liuke.alert.service import now_of
from liuke.base.errors import Conflict, NotFound
from liuke.base.faults import SHOWN, Faults
from liuke.base.times import utc_now
from liuke.facts.service import customer_get, customers_visible

LONGEST, LONGEST_PLACE = 4000, 120
MOST_PHOTOS, MOST_BYTES = 9, 5 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the phone says it is: degrees (WGS 84) and metres. Given by consent only."""

    latitude: float
    longitude: float
    accuracy: float

    @property
    def is_on_earth(self) -> bool:
        """Whether there is such a place, known to within a thousand kilometres."""
        return -90 <= self.latitude <= 90 and -180 <= self.longitude <= 180 and 0 <= self.accuracy <= 1e6


def visits_visible(actor: Actor) -> QuerySet[Visit]:
    """Visits to visible customers, newest first."""
    customers = customers_visible(actor).values("id")
    return Visit.objects.filter(customer_id__in=customers, removed_at__isnull=True).order_by("-at", "-pk")


def visit_record(
    *, actor: Actor, customer_id: int, item_id: int | None, text: str, place: str = "", spot: Spot | None = None, key: str
) -> Visit:
    """Keep a visit at the workspace's present; an open work item is in hand from now. The same `key` again is the same visit.

    Raises Invalid (visit) with every fault, NotFound for a customer or an item that is not visible or not of that customer.
    """
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    item = None if item_id is None else _item_of(actor, item_id, customer_id)
    _check(text, place, spot)
    full_key, now = request_key(actor, key), now_of(actor)
    earlier = Visit.objects.filter(request_key=full_key).first()
    if earlier is not None:
        if earlier.customer_id != customer_id:
            raise Conflict("request_key_taken")
        return earlier
    with transaction.atomic():
        visit = Visit.objects.create(
            workspace_id=actor.workspace_id, customer=customer, work_item=item, by_id=actor.membership_id, at=now, text=text.strip(),
            place=place.strip(), latitude=spot.latitude if spot else None, longitude=spot.longitude if spot else None,
            accuracy=spot.accuracy if spot else None, request_key=full_key,
        )  # fmt: skip
        if item is not None and item.status in OPEN:
            claim(item, actor)
        _tell(visit, removed=False)
        audit_record(actor=actor, action="visit_record", object_type="visit", object_id=visit.pk, detail={"customer": customer_id})
    return visit


def visit_remove(*, actor: Actor, visit_id: int, removed: bool = True) -> Visit:
    """Take an own visit back, or put it there again; those who assign may do it for others. Raises NotFound for anybody else."""
    actor.require(Permission.HANDLE)
    rows = Visit.objects.filter(pk=visit_id, customer_id__in=customers_visible(actor).values("id"))
    if not actor.may(Permission.ASSIGN):
        rows = rows.filter(by_id=actor.membership_id or 0)
    visit = rows.select_related("customer", "by__user").first()
    if visit is None:
        raise NotFound("visit_not_found", visit=visit_id)
    with transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(removed_at=now_of(actor) if removed else None)
        _tell(visit, removed=removed)
        audit_record(actor=actor, action="visit_remove" if removed else "visit_restore", object_type="visit", object_id=visit.pk)
    return visit


def visit_photo_add(*, actor: Actor, visit_id: int, stream: Readable) -> VisitPhoto:
    """Add a photo to an own visit, cleaned of camera data. Raises Invalid (photo, photo_size), TooLarge, Conflict (photos_many)."""
    actor.require(Permission.HANDLE)
    visit = visits_visible(actor).filter(pk=visit_id, by_id=actor.membership_id).first()
    if visit is None:
        raise NotFound("visit_not_found", visit=visit_id)
    if VisitPhoto.objects.filter(visit=visit, removed_at__isnull=True).count() >= MOST_PHOTOS:
        raise Conflict("photos_many", most=MOST_PHOTOS)
    photo = photo_cleaned(read_limited(stream, MOST_BYTES))
    stored = keep("photos", photo.data)
    with transaction.atomic():
        row = VisitPhoto.objects.create(
            visit=visit, stored=stored, kind=photo.kind, width=photo.width, height=photo.height, size=len(photo.data), at=now_of(actor)
        )
        audit_record(actor=actor, action="visit_photo_add", object_type="visit", object_id=visit.pk, detail={"photo": row.pk})
    return row


def visit_photo_open(*, actor: Actor, photo_id: int) -> tuple[VisitPhoto, Path]:
    """A photo and where it lies; the look goes into the audit trail. Needs `personal_data`."""
    actor.require(Permission.PERSONAL_DATA)
    photo = VisitPhoto.objects.filter(pk=photo_id, visit__in=visits_visible(actor), removed_at__isnull=True).first()
    if photo is None:
        raise NotFound("photo_not_found", photo=photo_id)
    path = path_of("photos", photo.stored)
    audit_personal(actor=actor, action=SEEN, object_type="visit_photo", object_ids=[photo.pk])
    return photo, path


def photos_of(visit_ids: list[int]) -> QuerySet[VisitPhoto]:
    """The photos of these visits, in the order in which they were taken."""
    return VisitPhoto.objects.filter(visit_id__in=visit_ids, removed_at__isnull=True).order_by("pk")


def _tell(visit: Visit, *, removed: bool) -> None:
    """The stream hears of a visit, and of one that was taken back."""
    name = visit.by.user.name if visit.by else ""
    doing = visit_doing(visit_id=visit.pk, customer_key=visit.customer.key, at=visit.at, actor=name, noted_at=utc_now(), removed=removed)
    doing_note(visit.workspace_id, doing)


def _item_of(actor: Actor, item_id: int, customer_id: int) -> WorkItem:
    item = work_item_get(actor=actor, item_id=item_id)
    if item.customer_id != customer_id:
        raise NotFound("work_item_not_found", item=item_id)
    return item


def _check(text: str, place: str, spot: Spot | None) -> None:
    faults = Faults()
    says_nothing = not (text.strip() or place.strip() or spot)
    faults.unless(len(text.strip()) <= LONGEST and not says_nothing, "text", text[:SHOWN], f"1–{LONGEST}")
    faults.text("place", place, LONGEST_PLACE, least=0)
    if spot is not None and not spot.is_on_earth:
        faults.add("spot", f"{spot.latitude}, {spot.longitude}", "±90, ±180")
    faults.raise_if_any("visit")
