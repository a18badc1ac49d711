"""Every row of the application database that hangs on a person, found by the tables' own relations: a new table is never forgotten."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import ForeignKey, ForeignObjectRel, Model, Q, QuerySet

from liuke.accounts.store.models import Membership
from liuke.act.outgoing.sealing import open_text
from liuke.base.errors import Invalid
from liuke.facts.domain.person import Identity
from liuke.facts.store.models import Contact, Customer

DEEPEST = 5
"""Relations between the person and a row at most."""
SECTIONS: Mapping[str, str] = {
    "facts": "profile", "segments": "profile", "show": "profile", "signals": "alerts", "score": "alerts", "alert": "alerts",
    "act": "work", "learn": "outcomes",
}  # fmt: skip
_OWN_SECTIONS: Mapping[str, str] = {
    "Contact": "contacts", "Contract": "contracts", "Opportunity": "contracts", "Renewal": "contracts", "TextVerdict": "texts",
    "Visit": "visits", "VisitPhoto": "visits", "CustomerMessage": "messages", "MessageEvent": "messages", "TrackedLink": "messages",
    "GovernorDecision": "messages", "Consent": "consents", "DoNotContact": "consents", "PointsEntry": "loyalty", "CouponCode": "loyalty",
    "LoyaltyMember": "loyalty", "Referral": "loyalty", "Ticket": "tickets", "TicketEntry": "tickets", "Enrolment": "playbooks",
    "EnrolmentStep": "playbooks", "PlaybookApproval": "playbooks", "PlaybookRefusal": "playbooks", "PlaybookMatch": "playbooks",
}  # fmt: skip
SECTION_NAMES = (
    "profile", "contacts", "contracts", "alerts", "work", "visits", "tickets", "messages", "consents", "loyalty", "playbooks", "texts",
    "outcomes", "activities", "scores", "audit",
)  # fmt: skip
"""In the order in which people read them; each has its words `person.section.<name>`."""
_SECRETS = frozenset({"token", "digest", "text_digest", "key_digest", "request_key", "dedupe", "fingerprint", "workspace"})
"""Columns that say nothing about the person."""


@dataclass(frozen=True, slots=True)
class PersonTable:
    """The person's rows of one table. `section`: under which heading people read them."""

    model: type[Model]
    section: str
    rows: QuerySet[Any]

    @property
    def name(self) -> str:
        """`act_visit`: the table, which names the file of an export too."""
        return self.model._meta.db_table


def person_tables(identity: Identity) -> list[PersonTable]:
    """All tables with rows of the person, in a stable order; costs nothing until they are read. The customer's own row is first."""
    if identity.contact_id is None:
        return _tables(Customer, identity.customer_id)
    return _tables(Contact, identity.contact_id)


def person_counts(identity: Identity) -> dict[str, int]:
    """Rows per section, sections without rows left out."""
    counts: dict[str, int] = {}
    for table in person_tables(identity):
        number = table.rows.count()
        if number:
            counts[table.section] = counts.get(table.section, 0) + number
    return counts


def plain_rows(table: PersonTable) -> Iterator[dict[str, object]]:
    """The rows as plain data: people by name, sealed addresses opened, tokens and hashes left out."""
    people = _People()
    for row in table.rows.iterator(500):
        yield {field.name: _plain(row, field, people) for field in table.model._meta.concrete_fields if field.name not in _SECRETS}


def _tables(root: type[Model], pk: int) -> list[PersonTable]:
    paths: dict[type[Model], set[str]] = {root: {"pk"}}
    found = deque([(root, "", 0)])
    while found:
        model, path, depth = found.popleft()
        for link in _links(model, whole=root is Customer or depth > 0) if depth < DEEPEST else ():
            name = f"{link.name}__{path}" if path else link.name
            known = paths.setdefault(link.model, set())
            if name not in known and len(known) < DEEPEST:
                known.add(name)
                found.append((link.model, name, depth + 1))
    return [PersonTable(model, _section(model), _rows(model, names, pk)) for model, names in sorted(paths.items(), key=_order(root))]


def _links(model: type[Model], *, whole: bool) -> list[ForeignKey[Any, Any]]:
    """Foreign keys that lead to the table and whose rows go with theirs; of a contact (not `whole`) also messages that went to it."""
    relations = model._meta.get_fields(include_hidden=True)
    fields = [one.field for one in relations if isinstance(one, ForeignObjectRel) and isinstance(one.field, ForeignKey)]
    return [field for field in fields if not whole or field.remote_field.on_delete is models.CASCADE]


def _rows(model: type[Model], names: set[str], pk: int) -> QuerySet[Any]:
    asked = Q()
    for name in names:
        asked |= Q(**{name: pk})
    return model._default_manager.filter(pk__in=model._default_manager.filter(asked).values("pk")).order_by("pk")


def _section(model: type[Model]) -> str:
    return _OWN_SECTIONS.get(model.__name__) or SECTIONS.get(model._meta.app_label, "work")


def _order(root: type[Model]) -> Any:
    def order(item: tuple[type[Model], set[str]]) -> tuple[bool, int, str]:
        model = item[0]
        return model is not root, SECTION_NAMES.index(_section(model)), model._meta.db_table

    return order


class _People:
    """Members by id, each asked once."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def name(self, pk: int) -> str:
        if pk not in self._names:
            found = Membership.objects.filter(pk=pk).values_list("user__name", flat=True).first()
            self._names[pk] = found or ""
        return self._names[pk]


def _plain(row: Model, field: models.Field[Any, Any], people: _People) -> object:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, str | bool | int | float):
        is_member = isinstance(field, ForeignKey) and field.related_model is Membership
        return people.name(int(value)) if is_member and value is not None else value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes | memoryview):
        return _opened(value)
    return value


def _opened(sealed: bytes | memoryview) -> str:
    try:
        return open_text(sealed)
    except Invalid:
        return ""
