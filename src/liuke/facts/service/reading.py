"""A customer's page: contacts and what happened, masked for readers without the permission `personal_data`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import SEEN, audit_personal
from liuke.accounts.service.clock import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.facts.domain.masking import mask_attrs, mask_email, mask_name, mask_phone
from liuke.facts.domain.timeline import Activity, Evidence, TimelinePage, place_of
from liuke.facts.service.customers import customer_get
from liuke.facts.store import activities
from liuke.facts.store.models import Contact
from liuke.warehouse.domain.steps import Warehouse


@dataclass(frozen=True, slots=True)
class ContactSeen:
    """A person at a customer as this reader may see them."""

    contact_id: int
    name: str
    title: str
    phone: str
    email: str
    is_key: bool
    is_sample: bool
    masked: bool


def contacts_read(*, actor: Actor, customer_id: int) -> list[ContactSeen]:
    """A visible customer's contacts, key contacts first. Unmasked reading is written to the audit trail."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    rows = list(Contact.objects.filter(customer=customer).order_by("-is_key", "name", "pk"))
    audit_personal(actor=actor, action=SEEN, object_type="contact", object_ids=[row.pk for row in rows])
    return [_seen(row, masked=not actor.may(Permission.PERSONAL_DATA)) for row in rows]


def timeline_read(
    *,
    actor: Actor,
    customer_id: int,
    warehouse: Warehouse,
    kinds: Collection[str] | None = None,
    before: str = "",
    limit: int = 50,
    without: str = "",
) -> TimelinePage:
    """A page of a visible customer's timeline up to the workspace clock; `before` is the cursor of the page before.

    `without`: the name of a source whose rows the asker shows otherwise.
    """
    as_of = _as_of(actor, customer_id)
    place = place_of(before) if before else None
    page = activities.timeline(warehouse, actor.workspace_id, customer_id, as_of, kinds=kinds, before=place, limit=limit, without=without)
    return TimelinePage(_masked(actor, page.activities), page.next_before)


def activity_counts_read(*, actor: Actor, customer_id: int, warehouse: Warehouse, without: str = "") -> Mapping[str, int]:
    """How many activities of each kind a visible customer has up to the workspace clock, but for those of one source."""
    return activities.activity_counts(warehouse, actor.workspace_id, customer_id, _as_of(actor, customer_id), without)


def evidence_read(
    *,
    actor: Actor,
    customer_id: int,
    warehouse: Warehouse,
    kinds: Collection[str],
    from_us: int,
    until_us: int,
    limit: int = 50,
    texts: Sequence[tuple[str, float]] = (),
) -> Evidence:
    """The raw rows behind a reason of a visible customer: these kinds in `[from_us, until_us)`; `texts` as the store says."""
    as_of = _as_of(actor, customer_id)
    found = activities.evidence(
        warehouse, actor.workspace_id, customer_id, as_of, kinds=kinds, from_us=from_us, until_us=until_us, limit=limit, texts=texts
    )
    return replace(found, activities=_masked(actor, found.activities))


def order_lines_read(*, actor: Actor, customer_id: int, warehouse: Warehouse, order_id: str) -> list[Activity]:
    """The lines of one order of a visible customer."""
    return activities.order_lines(warehouse, actor.workspace_id, customer_id, _as_of(actor, customer_id), order_id)


def _as_of(actor: Actor, customer_id: int) -> datetime:
    customer_get(actor=actor, customer_id=customer_id)
    return workspace_now(Workspace.objects.get(pk=actor.workspace_id))


def _masked(actor: Actor, found: Iterable[Activity]) -> list[Activity]:
    if actor.may(Permission.PERSONAL_DATA):
        return list(found)
    return [replace(activity, attrs=mask_attrs(activity.attrs)) for activity in found]


def _seen(row: Contact, *, masked: bool) -> ContactSeen:
    name = mask_name(row.name) if masked else row.name
    phone = mask_phone(row.phone) if masked else row.phone
    email = mask_email(row.email) if masked else row.email
    return ContactSeen(row.pk, name, row.title, phone, email, row.is_key, row.is_sample, masked)
