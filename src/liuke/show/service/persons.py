"""Use cases of a person's own data (DAT-18): see what is held, ask for a copy or for the erasure, look at the requests, lift one.

The jobs themselves are `pipeline.person_export` and `pipeline.erasure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.service.tombstones import tombstones_lift
from liuke.act.outgoing.sealing import seal_text
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.facts.domain.person import Identity, identity_of
from liuke.facts.service import customer_get
from liuke.facts.store.models import Contact, Customer, PersonRequest
from liuke.jobs.service import job_enqueue
from liuke.show.queries.person_rows import person_counts
from liuke.warehouse import Warehouse

EXPORT, ERASE = "person_export", "person_erase"
"""The kinds of their jobs."""
KEPT_FOR = timedelta(days=7)
"""How long an export can be fetched."""
LONGEST_REASON = 400
WECOM = "wecom_external_userid"
STAYS = ("audit", "suppressions", "sums", "models", "tombstone", "backups")
"""What is kept, each explained by `person.stays.<name>`: by law, without a name, or as a sum."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure takes: rows by section, activities and scores; what has to be typed to confirm it."""

    identity: Identity
    counts: Mapping[str, int]
    confirm: str
    stays: tuple[str, ...] = STAYS


def person_identity(*, actor: Actor, customer_id: int, contact_id: int | None = None) -> Identity:
    """Who a visible customer, or one of its contacts, is in the data. Raises NotFound("customer_unknown", "contact_unknown")."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    contacts = list(Contact.objects.filter(customer=customer).order_by("pk"))
    if contact_id is None:
        return identity_of_customer(customer, contacts)
    chosen = next((one for one in contacts if one.pk == contact_id), None)
    if chosen is None:
        raise NotFound("contact_unknown", contact_id=contact_id)
    return identity_of_contact(customer, chosen)


def identity_of_customer(customer: Customer, contacts: list[Contact]) -> Identity:
    """The customer with all its contacts; telephone numbers and addresses among its attributes count too."""
    texts = [value for value in customer.attributes.values() if isinstance(value, str)]
    addresses = [*texts, *(one.phone for one in contacts), *(one.email for one in contacts)]
    wecom = customer.attributes.get(WECOM)
    return identity_of(
        customer=(customer.pk, customer.key),
        names=[customer.name, *(one.name for one in contacts)],
        addresses=addresses,
        others=[wecom] if isinstance(wecom, str) else [],
    )


def identity_of_contact(customer: Customer, contact: Contact) -> Identity:
    """One contact."""
    told, addresses = (contact.pk, contact.key), [contact.phone, contact.email]
    return identity_of(customer=(customer.pk, customer.key), names=[contact.name], addresses=addresses, contact=told)


def erase_preview(*, actor: Actor, warehouse: Warehouse, customer_id: int, contact_id: int | None = None) -> Preview:
    """What would go and what stays. Needs the permission `workspace`; noted in the audit trail as seen."""
    actor.require(Permission.WORKSPACE)
    identity = person_identity(actor=actor, customer_id=customer_id, contact_id=contact_id)
    counts = person_counts(identity)
    if identity.is_customer:
        given = {"customer": customer_id}
        for table, section in (("activity", "activities"), ("score", "scores")):
            found = warehouse.query(actor.workspace_id, f"SELECT count(*) AS n FROM {table} WHERE customer_id = $customer", given)
            counts[section] = int(found["n"][0].as_py())
    return Preview(identity, {name: number for name, number in counts.items() if number}, confirm_text(identity))


def confirm_text(identity: Identity) -> str:
    """What has to be typed: the name, or the number of somebody without one."""
    if identity.contact_id is not None:
        name = Contact.objects.filter(pk=identity.contact_id).values_list("name", flat=True).first()
        return name or identity.contact_key
    name = Customer.objects.filter(pk=identity.customer_id).values_list("name", flat=True).first()
    return name or identity.customer_key


def export_start(*, actor: Actor, customer_id: int, contact_id: int | None = None, reason: str = "") -> PersonRequest:
    """Ask for a copy of all that is held about a visible person. Needs `export` and `personal_data`."""
    actor.require(Permission.EXPORT)
    actor.require(Permission.PERSONAL_DATA)
    identity = person_identity(actor=actor, customer_id=customer_id, contact_id=contact_id)
    return _start(actor, identity, PersonRequest.Kind.EXPORT, reason.strip()[:LONGEST_REASON])


def erase_start(*, actor: Actor, customer_id: int, contact_id: int | None = None, confirm: str, reason: str) -> PersonRequest:
    """Ask for the erasure. Needs `workspace`. Asked twice, it is the same request.

    Raises Invalid("person_confirm") where `confirm` is not what the preview says, Invalid("person_reason") without a reason.
    """
    actor.require(Permission.WORKSPACE)
    identity = person_identity(actor=actor, customer_id=customer_id, contact_id=contact_id)
    if confirm.strip() != confirm_text(identity).strip():
        raise Invalid("person_confirm")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Invalid("person_reason", most=LONGEST_REASON)
    erasures = PersonRequest.objects.filter(workspace_id=actor.workspace_id, kind=PersonRequest.Kind.ERASE, finished_at__isnull=True)
    open_ones = erasures.filter(customer_id=customer_id, contact_id=contact_id)
    return open_ones.first() or _start(actor, identity, PersonRequest.Kind.ERASE, reason.strip())


def requests_visible(actor: Actor) -> QuerySet[PersonRequest]:
    """Requests, newest first: all for those who run the workspace, one's own exports for the others."""
    found = PersonRequest.objects.filter(workspace_id=actor.workspace_id).select_related("job").order_by("-created_at", "-pk")
    if actor.may(Permission.WORKSPACE):
        return found
    return found.filter(by_id=actor.membership_id, by__isnull=False, kind=PersonRequest.Kind.EXPORT)


def request_get(*, actor: Actor, request_id: int) -> PersonRequest:
    """One of them. Raises NotFound("person_request_gone")."""
    found = requests_visible(actor).filter(pk=request_id).first()
    if found is None:
        raise NotFound("person_request_gone")
    return found


def export_path(*, actor: Actor, request_id: int) -> Path:
    """The archive of a finished export; its download is kept in the audit trail. Raises NotFound("person_export_gone") once it is over."""
    actor.require(Permission.EXPORT)
    actor.require(Permission.PERSONAL_DATA)
    request = request_get(actor=actor, request_id=request_id)
    path = exports_dir() / request.stored
    if not request.stored or request.expires_at is None or request.expires_at <= utc_now() or not path.is_file():
        raise NotFound("person_export_gone")
    audit_record(
        actor=actor, action="person_export_downloaded", object_type=request.subject, object_id=_subject_id(request),
        detail={"request": request.pk, "personal": True},
    )  # fmt: skip
    return path


def erasure_lift(*, actor: Actor, request_id: int, reason: str) -> PersonRequest:
    """Let an erased person be imported again, as when they come back as a customer. What was erased stays erased.

    Raises Conflict("person_not_erased"), Invalid("person_reason").
    """
    actor.require(Permission.WORKSPACE)
    request = request_get(actor=actor, request_id=request_id)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Invalid("person_reason", most=LONGEST_REASON)
    if request.kind != PersonRequest.Kind.ERASE or request.finished_at is None:
        raise Conflict("person_not_erased")
    now = utc_now()
    lifted = PersonRequest.objects.filter(pk=request.pk, lifted_at__isnull=True)
    with transaction.atomic():
        if lifted.update(lifted_at=now, lifted_reason=reason.strip(), lifted_by_name=actor.name):
            tombstones_lift(workspace_id=actor.workspace_id, erasure=request.uuid, at=now)
            audit_record(actor=actor, action="person_erasure_lifted", object_type=request.subject, object_id=_subject_id(request))
    request.refresh_from_db()
    return request


def exports_sweep() -> int:
    """Delete archives whose time is over; how many. Part of the worker's tick."""
    over = list(PersonRequest.objects.exclude(stored="").filter(expires_at__lte=utc_now()))
    for request in over:
        (exports_dir() / request.stored).unlink(missing_ok=True)
    PersonRequest.objects.filter(pk__in=[request.pk for request in over]).update(stored="")
    return len(over)


def exports_dir() -> Path:
    """Where archives lie; no backup carries them."""
    folder: Path = settings.LIUKE.data_dir / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _start(actor: Actor, identity: Identity, kind: PersonRequest.Kind, reason: str) -> PersonRequest:
    job_kind = EXPORT if kind == PersonRequest.Kind.EXPORT else ERASE
    with transaction.atomic():
        request = request_write(identity=identity, workspace_id=actor.workspace_id, kind=kind, reason=reason)
        request.by_id, request.by_name = actor.membership_id, actor.name
        request.job = job_enqueue(
            kind=job_kind, key=f"{job_kind}:{request.pk}", payload={"request": request.pk}, workspace_id=actor.workspace_id,
            created_by=actor.membership_id,
        )  # fmt: skip
        request.save(update_fields=["by", "by_name", "job"])
        audit_record(
            actor=actor,
            action=f"{job_kind}_asked",
            object_type=request.subject,
            object_id=_subject_id(request),
            detail={"request": request.pk},
        )
    return request


def request_write(*, identity: Identity, workspace_id: int, kind: PersonRequest.Kind, reason: str) -> PersonRequest:
    """The row of a request, whom it is about sealed within."""
    subject = PersonRequest.Subject.CUSTOMER if identity.is_customer else PersonRequest.Subject.CONTACT
    return PersonRequest.objects.create(
        workspace_id=workspace_id, uuid=str(uuid4()), kind=kind, subject=subject, customer_id=identity.customer_id,
        contact_id=identity.contact_id, reason=reason, identity=seal_text(identity.text()), created_at=utc_now(),
    )  # fmt: skip


def _subject_id(request: PersonRequest) -> int:
    return request.contact_id or request.customer_id
