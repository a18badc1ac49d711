"""Customers whom nobody writes to, and consents and suppressed addresses as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import EXPORTED, audit_personal, audit_record
from liuke.act.governor.consents import consent_set
from liuke.act.governor.suppressions import suppression_add, workspace_at
from liuke.act.store.models import Consent, DoNotContact, Suppression
from liuke.base.errors import Invalid, NotFound, TooLarge
from liuke.facts.service import customers_visible
from liuke.facts.store.models import Contact

ROWS = 10_000
CONSENT_COLUMNS = ("customer_key", "contact_key", "medium", "purpose", "state", "source", "wording")
SUPPRESSION_COLUMNS = ("medium", "address", "scope")
Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """Whom the rows of a file may name: customers by key, and their contacts by customer and key."""

    customers: Mapping[str, int]
    contacts: Mapping[tuple[int, str], int]

    def named(self, row: Line) -> tuple[int, int | None]:
        """The customer and, where the row names one, the contact. Raises Invalid("consent_faults") for a name that nobody has."""
        customer_id = self.customers.get(row["customer_key"])
        if customer_id is None:
            raise Invalid("consent_faults", faults=[{"field": "customer_key", "got": row["customer_key"]}])
        if not row["contact_key"]:
            return customer_id, None
        contact_id = self.contacts.get((customer_id, row["contact_key"]))
        if contact_id is None:
            raise Invalid("consent_faults", faults=[{"field": "contact_key", "got": row["contact_key"]}])
        return customer_id, contact_id


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of a file were taken, and what was wrong with the others (`{"row", "code", "params"}`)."""

    taken: int
    rejected: tuple[Mapping[str, object], ...]


def do_not_contact_visible(actor: Actor) -> QuerySet[DoNotContact]:
    """The list as far as the actor sees the customers, the newest first."""
    return DoNotContact.objects.filter(customer__in=customers_visible(actor), ended_at=None).select_related("customer").order_by("-pk")


def do_not_contact_add(*, actor: Actor, customer_ids: Collection[int], reason: str) -> int:
    """Put visible customers on the list; how many were not on it. Raises Invalid without a reason, NotFound for one not visible."""
    actor.require(Permission.HANDLE)
    text = reason.strip()
    if not 0 < len(text) <= 200:
        raise Invalid("do_not_contact_reason")
    wanted = set(customer_ids)
    known = set(customers_visible(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise NotFound("customer_unknown", customer_id=min(wanted - known))
    at = workspace_at(actor.workspace_id)
    added = 0
    for customer_id in sorted(known):
        try:
            with transaction.atomic():
                row, is_new = DoNotContact.objects.get_or_create(
                    workspace_id=actor.workspace_id, customer_id=customer_id, ended_at=None,
                    defaults={"reason": text, "by_id": actor.membership_id, "at": at},
                )  # fmt: skip
        except IntegrityError:
            continue
        if is_new:
            added += 1
            audit_record(actor=actor, action="do_not_contact_add", object_type="customer", object_id=row.customer_id)
    return added


def do_not_contact_end(*, actor: Actor, customer_id: int) -> None:
    """Take a visible customer off the list. Raises NotFound where it is not on it."""
    actor.require(Permission.PUBLISH)
    rows = do_not_contact_visible(actor).filter(customer_id=customer_id)
    ended = DoNotContact.objects.filter(pk__in=[row.pk for row in rows]).update(
        ended_at=workspace_at(actor.workspace_id), ended_by_id=actor.membership_id
    )
    if not ended:
        raise NotFound("do_not_contact_not_found", customer=customer_id)
    audit_record(actor=actor, action="do_not_contact_end", object_type="customer", object_id=customer_id)


def consents_import(*, actor: Actor, text: str) -> Imported:
    """Consents from a CSV with the columns `CONSENT_COLUMNS`; each row stands for itself. Raises Invalid, TooLarge."""
    actor.require(Permission.PUBLISH)
    rows = _rows(text, CONSENT_COLUMNS[:5])
    people = _people_of(actor, rows)
    taken, rejected = 0, []
    for number, row in enumerate(rows, 2):
        try:
            customer_id, contact_id = people.named(row)
            consent_set(
                actor=actor, customer_id=customer_id, contact_id=contact_id, medium=row["medium"], purpose=row["purpose"],
                state=row["state"], source=row.get("source") or "import", wording=row.get("wording", ""),
            )  # fmt: skip
            taken += 1
        except Invalid as fault:
            rejected.append(_first_fault(number, fault))
    return Imported(taken, tuple(rejected))


def suppressions_import(*, actor: Actor, text: str) -> Imported:
    """Addresses from a CSV with the columns medium, address, scope (marketing where absent)."""
    actor.require(Permission.PUBLISH)
    taken, rejected = 0, []
    for number, row in enumerate(_rows(text, SUPPRESSION_COLUMNS[:2]), 2):
        try:
            scope = row.get("scope") or Suppression.Scope.MARKETING
            suppression_add(actor=actor, medium=row["medium"], address=row["address"], reason="import", scope=scope)
            taken += 1
        except Invalid as fault:
            rejected.append(_first_fault(number, fault))
    return Imported(taken, tuple(rejected))


def consents_export(*, actor: Actor) -> Iterator[tuple[object, ...]]:
    """Every word of the visible customers as evidence, oldest first; audited."""
    actor.require(Permission.EXPORT)
    rows = Consent.objects.filter(customer__in=customers_visible(actor)).select_related("customer", "contact").order_by("pk")
    audit_personal(actor=actor, action=EXPORTED, object_type="consent", object_ids=rows.values_list("pk", flat=True)[:ROWS])
    for row in rows.iterator(2_000):
        contact = row.contact.key if row.contact else ""
        yield row.customer.key, contact, row.medium, row.purpose, row.state, row.source, row.wording, row.at


def suppressions_export(*, actor: Actor) -> Iterator[tuple[object, ...]]:
    """The list without addresses: hints, reasons and moments; the addresses themselves are not kept."""
    actor.require(Permission.PUBLISH)
    for row in Suppression.objects.filter(workspace_id=actor.workspace_id).order_by("pk").iterator(2_000):
        yield row.medium, row.hint, row.scope, row.reason, row.at, row.lifted_at


def _people_of(actor: Actor, rows: Sequence[Line]) -> People:
    customers = dict(customers_visible(actor).filter(key__in={row["customer_key"] for row in rows}).values_list("key", "pk"))
    contacts = Contact.objects.filter(customer_id__in=customers.values()).values_list("pk", "customer_id", "key")
    return People(customers, {(customer_id, key): pk for pk, customer_id, key in contacts})


def _rows(text: str, needed: Collection[str]) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = reader.fieldnames or ()
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Invalid("governor_csv", row=1, field=", ".join(missing), got=", ".join(columns)[:200])
    rows: list[dict[str, str]] = []
    for row in reader:
        if len(rows) == ROWS:
            raise TooLarge("governor_csv_size", limit=ROWS)
        rows.append({str(name): str(value or "").strip() for name, value in row.items() if name})
    return rows


def _first_fault(number: int, fault: Invalid) -> Mapping[str, object]:
    faults = fault.params.get("faults")
    first = faults[0] if isinstance(faults, list) and faults else {}
    told = {"row": number, "field": str(first.get("field", fault.code)), "got": str(first.get("got", ""))[:60]}
    return {"row": number, "code": "governor_csv", "params": told}
