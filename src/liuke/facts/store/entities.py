"""Entities read and written in bulk, addressed by the source's own keys. Runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from liuke.accounts.store.models import Membership
from liuke.align.domain.batch import ContactRow, ContractRow, CustomerRow, OpportunityRow
from liuke.facts.domain.merge import Counts, Fields, Merged, merge
from liuke.facts.store.models import Contact, Contract, Customer, Opportunity

CHUNK = 500
"""Rows per statement: below the limit of parameters of old SQLite builds."""
MANY = 5_000
"""From so many keys on, reading the whole workspace is quicker than asking in chunks."""
CUSTOMER_FIELDS = ("name", "owner_id", "registered_at", "attributes", "sample_fields")

T = TypeVar("T")
ChildKey = tuple[int, str]
ChildRow = ContactRow | ContractRow | OpportunityRow


def customer_ids(workspace_id: int, keys: Collection[str]) -> dict[str, int]:
    """Known customers' ids by their keys."""
    return {item["key"]: item["pk"] for item in _customers(workspace_id, keys, "key", "pk")}


def customers_create(workspace_id: int, keys: Iterable[str]) -> dict[str, int]:
    """Customers that only their activities speak of: the key is their name until a source tells it."""
    wanted = list(dict.fromkeys(keys))
    rows = [Customer(workspace_id=workspace_id, key=key, name=key) for key in wanted]
    Customer.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    return customer_ids(workspace_id, wanted)


def customers_merge(workspace_id: int, rows: Sequence[CustomerRow]) -> tuple[Merged[str], Mapping[str, Fields]]:
    """What the rows do to the known customers, and those as they were. Nothing is written.

    An owner is found by e-mail among the active members; an unknown address changes nothing.
    """
    known: dict[str, Fields] = {
        item.pop("key"): item for item in _customers(workspace_id, {row.key for row in rows}, "key", *CUSTOMER_FIELDS)
    }
    owners = _owners(workspace_id, {row.owner_email.lower() for row in rows if row.owner_email})
    told = ((row.key, _customer_fields(row, owners)) for row in rows)
    return merge(known, told, complete=lambda key, fields: {**fields, "name": fields["name"] or key}), known


def customers_store(workspace_id: int, merged: Merged[str]) -> None:
    """Write what `customers_merge` found."""
    stored = [*merged.created.items(), *merged.changed.items()]
    rows: list[models.Model] = [Customer(workspace_id=workspace_id, key=key, **fields) for key, fields in stored]
    _upsert(Customer, rows, ["workspace", "key"], CUSTOMER_FIELDS)


@dataclass(frozen=True, slots=True)
class _Child:
    model: type[models.Model]
    fields: tuple[str, ...]


_CHILDREN: dict[type[ChildRow], _Child] = {
    ContactRow: _Child(Contact, ("name", "title", "phone", "email", "is_key", "is_sample")),
    ContractRow: _Child(Contract, ("name", "starts_on", "ends_on", "amount", "currency", "is_sample")),
    OpportunityRow: _Child(Opportunity, ("name", "stage", "amount", "close_on", "updated_at", "is_sample")),
}


def children_write(rows: Sequence[ChildRow], ids: Mapping[str, int]) -> Counts:
    """Upsert contacts, contracts or opportunities (one kind per call); `ids` has every customer key of the rows."""
    if not rows:
        return Counts()
    child = _CHILDREN[type(rows[0])]
    keys = [(ids[row.customer_key], row.key) for row in rows]
    customers = {customer_id for customer_id, _ in keys}
    known = _known_children(child, customers)
    told = [(key, {name: _exact(getattr(row, name)) for name in child.fields}) for key, row in zip(keys, rows, strict=True)]
    held = _held(customers) if child.model is Opportunity else {}
    merged = merge(known, _with_held(told, held), newest_by="updated_at")
    stored = [*merged.created.items(), *merged.changed.items()]
    _upsert(
        child.model, [child.model(customer_id=key[0], key=key[1], **fields) for key, fields in stored], ["customer", "key"], child.fields
    )
    _let_go(merged, held)
    return merged.counts


@dataclass(frozen=True, slots=True)
class _Held:
    """A stage that a person has set. While its source says the same as then (`told`), it stands: a blank keeps what is known."""

    pk: int
    stage: str
    told: str


def _held(customer_ids: Collection[int]) -> dict[ChildKey, _Held]:
    found: dict[ChildKey, _Held] = {}
    for chunk in _chunks(sorted(customer_ids)):
        rows = Opportunity.objects.filter(customer_id__in=chunk).exclude(stage_told="")
        found |= {(row.customer_id, row.key): _Held(row.pk, row.stage, row.stage_told) for row in rows}
    return found


def _with_held(told: Iterable[tuple[ChildKey, Fields]], held: Mapping[ChildKey, _Held]) -> Iterator[tuple[ChildKey, Fields]]:
    """What is told, with a blank for a stage that a person has set since the source first said so."""
    for key, fields in told:
        stands = key in held and fields["stage"] == held[key].told
        yield key, {**fields, "stage": ""} if stands else fields


def _let_go(merged: Merged[ChildKey], held: Mapping[ChildKey, _Held]) -> None:
    """Where the source has moved on, its stage counts again."""
    again = [held[key].pk for key, fields in merged.changed.items() if key in held and fields["stage"] != held[key].stage]
    Opportunity.objects.filter(pk__in=again).update(stage_told="", stage_set_at=None)


def _customers(workspace_id: int, keys: Collection[str], *fields: str) -> Iterator[dict[str, Any]]:
    if len(keys) >= MANY:
        wanted = frozenset(keys)  # a list here would cost minutes at 200,000 customers
        for item in Customer.objects.filter(workspace_id=workspace_id).values(*fields).iterator(CHUNK):
            if item["key"] in wanted:
                yield item
        return
    for chunk in _chunks(sorted(keys)):
        yield from Customer.objects.filter(workspace_id=workspace_id, key__in=chunk).values(*fields)


def _upsert(model: type[models.Model], rows: Sequence[models.Model], unique: Sequence[str], fields: Sequence[str]) -> None:
    if rows:
        names = [name.removesuffix("_id") for name in fields]
        model._default_manager.bulk_create(rows, batch_size=CHUNK, update_conflicts=True, unique_fields=unique, update_fields=names)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _customer_fields(row: CustomerRow, owners: Mapping[str, int]) -> Fields:
    return {
        "name": row.name,
        "owner_id": owners.get(row.owner_email.lower()),
        "registered_at": row.registered_at,
        "attributes": row.attributes,
        "sample_fields": list(row.sample_fields),
    }


def _owners(workspace_id: int, emails: Collection[str]) -> dict[str, int]:
    if not emails:
        return {}
    members = Membership.objects.filter(workspace_id=workspace_id, is_active=True).values_list("user__email", "pk")
    return {email.lower(): pk for email, pk in members if email.lower() in emails}


def _exact(value: object) -> object:
    """Amounts as the database will give them back, so that a second reading finds them the same."""
    return value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value


def _known_children(child: _Child, customer_ids: Collection[int]) -> dict[ChildKey, Fields]:
    manager: models.Manager[Any] = child.model._default_manager
    found: dict[ChildKey, Fields] = {}
    for chunk in _chunks(sorted(customer_ids)):
        for item in manager.filter(customer_id__in=chunk).values("customer_id", "key", *child.fields):
            found[item.pop("customer_id"), item.pop("key")] = item
    return found
