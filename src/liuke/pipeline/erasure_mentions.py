"""Names and addresses of a person in rows that are not theirs: notices, reports, results of searches, notes about others (DAT-18)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, ForeignKey, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from liuke.accounts.store.models import Workspace
from liuke.facts.domain.person import TELLING, Identity, Redaction
from liuke.facts.store.models import Contact, Customer, PersonRequest
from liuke.show.queries.person_rows import person_tables

NOT_ABOUT_CUSTOMERS = frozenset(
    {"accounts.user", "accounts.tombstone", "accounts.apikey", "accounts.invitation", "accounts.staffaddress", "facts.contact"}
)
"""Tables of colleagues and of hashes: a colleague who has a customer's name keeps it."""
WHO_THEY_ARE = frozenset({"facts.customer.name", "facts.customer.key", "show.customercard.name", "show.customercard.key"})
"""Columns in which another customer's own name stands. Contacts are other persons as a whole."""
CHUNK = 200
UPWARDS = 3
"""Relations between a row and its workspace at most."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Rows changed, by table."""

    changed: dict[str, int]


def mentions_redact(*, workspace_id: int, identity: Identity) -> Mentions:
    """Redact every text and JSON column of the workspace where the person is named; in the customer's own rows short names too."""
    changed: dict[str, int] = {}
    for model in _models():
        redaction = Redaction(identity)
        number = _redact(_mentioning(model, identity, workspace_id), redaction)
        if number:
            changed[model._meta.db_table] = number
    if not identity.is_customer:
        _redact_own(identity, changed)
    return Mentions(changed)


def mentions_left(*, workspace_id: int, identity: Identity) -> dict[str, int]:
    """Rows by table in which the person is still named; empty after `mentions_redact`."""
    found = {model._meta.db_table: _still(model, identity, workspace_id) for model in _models()}
    return {table: number for table, number in found.items() if number}


def _still(model: type[Model], identity: Identity, workspace_id: int) -> int:
    redaction, columns = Redaction(identity), text_columns(model)
    rows = _mentioning(model, identity, workspace_id)
    return sum(bool(_changed(row, columns, redaction)) for row in rows.iterator(CHUNK))


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        known = model.__module__.startswith("liuke.") and model._meta.label_lower not in NOT_ABOUT_CUSTOMERS
        if known and text_columns(model):
            yield model


def text_columns(model: type[Model]) -> list[Field[Any, Any]]:
    """Columns that may hold words: no closed sets, no hashes."""
    hashed = {"digest", "sha256", "uuid", "proof", "fingerprint", "folded", "prefix"}
    return [
        field for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices and field.name not in hashed and not field.primary_key
        and f"{model._meta.label_lower}.{field.name}" not in WHO_THEY_ARE
    ]  # fmt: skip


def _mentioning(model: type[Model], identity: Identity, workspace_id: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all()
    path = workspace_path(model)
    if path is not None:
        rows = rows.filter(**{path: workspace_id})
    asked, casts = Q(), {}
    for field in text_columns(model):
        column = field.name
        if isinstance(field, JSONField):
            column = f"{field.name}_words"
            casts[column] = Cast(field.name, TextField())
        for text in _asked_for(identity):
            asked |= Q(**{f"{column}__icontains": text})
    return rows.annotate(**casts).filter(asked).order_by("pk") if asked else rows.none()


def workspace_path(model: type[Model]) -> str | None:
    """How a row leads to its workspace, as a lookup: `work_item__workspace`; None for a table of the whole installation."""
    if model is Workspace:
        return "pk"
    found: list[tuple[type[Model], str]] = [(model, "")]
    for _ in range(UPWARDS):
        upwards: list[tuple[type[Model], str]] = []
        for one, path in found:
            for field in one._meta.concrete_fields:
                if isinstance(field, ForeignKey) and isinstance(field.related_model, type):
                    name = f"{path}__{field.name}" if path else field.name
                    if field.related_model is Workspace:
                        return name
                    if not field.null:
                        upwards.append((field.related_model, name))
        found = upwards
    return None


def only_theirs(identity: Identity) -> Identity:
    """The identity without what somebody else has too: a name, a number or an address that stays theirs."""
    names = tuple(text for text in identity.names if not _elsewhere("name", text, identity))
    phones = tuple(text for text in identity.phones if not _elsewhere("phone", text, identity))
    emails = tuple(text for text in identity.emails if not _elsewhere("email", text, identity))
    return replace(identity, names=names, phones=phones, emails=emails)


def _elsewhere(column: str, text: str, identity: Identity) -> bool:
    others = Contact.objects.filter(**{f"{column}__iexact": text}).exclude(pk=identity.contact_id or 0)
    if identity.is_customer:
        others = others.exclude(customer_id=identity.customer_id)
    is_customer = column == "name" and Customer.objects.filter(name=text).exclude(pk=identity.customer_id).exists()
    return is_customer or others.exists()


def _asked_for(identity: Identity) -> set[str]:
    """What the database is asked for, also as JSON writes it in escapes. A number may be written with gaps: its ends are asked for."""
    whole = {*identity.names, *identity.emails, *identity.others, *(phone[-TELLING:] for phone in identity.phones)}
    if identity.is_customer and Redaction(identity).text(identity.customer_key) != identity.customer_key:
        whole.add(identity.customer_key)
    return whole | {json.dumps(text)[1:-1] for text in whole}


def _redact(rows: QuerySet[Any], redaction: Redaction) -> int:
    columns, number = text_columns(rows.model), 0
    for row in rows.iterator(CHUNK):
        told = _changed(row, columns, redaction)
        if told:
            number += 1
            rows.model._default_manager.filter(pk=row.pk).update(**told)
    return number


def _changed(row: Model, columns: list[Field[Any, Any]], redaction: Redaction) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in columns:
        if isinstance(row, PersonRequest) and field.name in {"stage", "by_name", "lifted_by_name"}:
            continue
        value = getattr(row, field.attname)
        without = redaction.value(value)
        if without != value:
            longest = getattr(field, "max_length", None)
            told[field.attname] = without[:longest] if isinstance(without, str) and longest else without
    return told


def _redact_own(identity: Identity, changed: dict[str, int]) -> None:
    customer = Customer.objects.filter(pk=identity.customer_id).first()
    if customer is None:
        return
    whole = Identity(customer.pk, customer.key)
    for table in person_tables(whole):
        if table.model is Contact:
            continue
        number = _redact(table.rows, Redaction(identity, own=True))
        if number:
            changed[table.name] = changed.get(table.name, 0) + number
