"""What customers and contacts allow: given and withdrawn in one step each, kept for good as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.governor.addresses import Addressbook, Reached
from liuke.act.governor.domain import Word, consent_word
from liuke.act.governor.domain_policy import MEDIA, Purpose
from liuke.act.governor.suppressions import suppressions_lift, workspace_at
from liuke.act.store.models import Consent, Suppression
from liuke.base.faults import Faults
from liuke.facts.service import customer_get
from liuke.facts.store.models import Contact, Customer

SOURCES = ("form", "contract", "phone", "meeting", "import", "unsubscribe_page", "one_click", "sms_reply", "mail_reply", "sample", "other")


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """How a person (or the whole customer: no contact) stands on one medium and purpose."""

    contact_id: int | None
    medium: str
    purpose: Purpose
    word: Word
    last: Consent | None
    suppressed: Suppression | None
    """A suppression of one of the addresses."""


def consents_of(*, actor: Actor, customer_id: int) -> list[ConsentSeen]:
    """How a visible customer and its contacts stand, on every medium and purpose. Raises NotFound for a stranger's."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    newest = {(row.contact_id, row.medium, row.purpose): row for row in Consent.objects.filter(customer=customer).order_by("pk")}
    book = Addressbook(actor.workspace_id, [customer.pk], MEDIA)
    closed = {
        row.digest: row for row in Suppression.objects.filter(workspace_id=actor.workspace_id, digest__in=book.digests(), lifted_at=None)
    }
    people: list[int | None] = [
        None,
        *Contact.objects.filter(customer=customer).order_by("-is_key", "name", "pk").values_list("pk", flat=True),
    ]
    found = []
    for contact_id in people:
        for medium in MEDIA:
            suppressed = _suppression_of(contact_id, book.ways(customer.pk, medium), closed)
            for purpose in Purpose:
                own, whole = newest.get((contact_id, medium, purpose.value)), newest.get((None, medium, purpose.value))
                word = consent_word(_said(own) if contact_id is not None else None, _said(whole))
                found.append(ConsentSeen(contact_id, medium, purpose, word, own, suppressed))
    return found


def _suppression_of(contact_id: int | None, ways: Sequence[Reached], closed: Mapping[str, Suppression]) -> Suppression | None:
    """That of the first of a person's own addresses that has one."""
    return next((closed[way.digest] for way in ways if way.contact_id == contact_id and way.digest in closed), None)


def consent_history(*, actor: Actor, customer_id: int) -> QuerySet[Consent]:
    """Every word of a visible customer, the newest first."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    return Consent.objects.filter(customer=customer).select_related("contact").order_by("-pk")


def consent_set(
    *,
    actor: Actor,
    customer_id: int,
    medium: str,
    purpose: str,
    state: str,
    source: str,
    wording: str = "",
    note: str = "",
    contact_id: int | None = None,
) -> Consent:
    """A person's word, written down by a colleague. A consent lifts the suppression of that person's addresses.

    Raises Invalid("consent_faults") with every fault, NotFound for a stranger's customer, Forbidden without `handle`.
    """
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    faults = _faults(customer, medium=medium, purpose=purpose, state=state, source=source, wording=wording, contact_id=contact_id)
    faults.unless(len(note) <= 200, "note", len(note), "≤ 200")
    faults.raise_if_any("consent_faults")
    at = workspace_at(actor.workspace_id)
    with transaction.atomic():
        row = consent_write(
            customer=customer, contact_id=contact_id, medium=medium, purpose=purpose, state=state, source=source, at=at,
            wording=wording.strip(), note=note.strip(), by=actor.membership_id,
        )  # fmt: skip
        detail = {"medium": medium, "purpose": purpose, "state": state, "contact": contact_id, "source": source}
        audit_record(actor=actor, action="consent_set", object_type="customer", object_id=customer.pk, detail=detail)
    return row


def consent_write(
    *,
    customer: Customer,
    contact_id: int | None,
    medium: str,
    purpose: str,
    state: str,
    source: str,
    at: datetime,
    wording: str = "",
    note: str = "",
    by: int | None = None,
) -> Consent:
    """One row of evidence, in the caller's transaction; marketing consent opens the person's suppressed addresses again."""
    row = Consent.objects.create(
        workspace_id=customer.workspace_id, customer=customer, contact_id=contact_id, medium=medium, purpose=purpose, state=state,
        source=source, wording=wording, note=note, by_id=by, at=at,
    )  # fmt: skip
    if state == Consent.State.GIVEN and purpose == Purpose.MARKETING:
        for way in Addressbook(customer.workspace_id, [customer.pk], [medium]).ways(customer.pk, medium):
            if contact_id is None or way.contact_id == contact_id:
                _lift(row, way.contact_id, way.digest, at)
    return row


def _lift(row: Consent, contact_id: int | None, digest: str, at: datetime) -> None:
    """A person's own withdrawal outlasts a consent for the whole customer, and so does the suppression of the address."""
    if row.contact_id is None and contact_id is not None:
        own = Consent.objects.filter(customer_id=row.customer_id, contact_id=contact_id, medium=row.medium, purpose=row.purpose)
        last = own.order_by("-pk").first()
        if last is not None and last.state == Consent.State.WITHDRAWN:
            return
    suppressions_lift(consent=row, digest=digest, at=at)


def consent_given(*, customer_id: int, contact_id: int | None, medium: str, purpose: Purpose) -> bool:
    """Whether a contact (or the whole customer) has agreed and not taken it back."""
    rows = Consent.objects.filter(customer_id=customer_id, medium=medium, purpose=purpose.value).order_by("-pk")
    own = rows.filter(contact_id=contact_id).first() if contact_id is not None else None
    return consent_word(_said(own), _said(rows.filter(contact__isnull=True).first())) is Word.GIVEN


def _said(row: Consent | None) -> tuple[Word, datetime] | None:
    return None if row is None else (Word(row.state), row.at)


def _faults(customer: Customer, *, medium: str, purpose: str, state: str, source: str, wording: str, contact_id: int | None) -> Faults:
    faults = Faults()
    faults.choice("medium", medium, MEDIA)
    faults.choice("purpose", purpose, tuple(Purpose))
    faults.choice("state", state, Consent.State.values)
    faults.choice("source", source, SOURCES)
    faults.unless(len(wording) <= 40, "wording", len(wording), "≤ 40")
    faults.unless(state != Consent.State.GIVEN or bool(wording.strip()), "wording", wording, "1–40")
    faults.unless(contact_id is None or Contact.objects.filter(pk=contact_id, customer=customer).exists(), "contact_id", contact_id, "…")
    return faults
