"""Which attributes a workspace has, remembered: a scoring of a few customers must not read everybody's to know their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from django.db.models import Max

from liuke.accounts.store.models import Workspace
from liuke.facts.service.attributes import types_of
from liuke.facts.store.models import AttributeVersion, Customer


@dataclass(frozen=True, slots=True)
class _Kept:
    """`numeric`: whether every value of an attribute is a number, of customers up to `customer`, changes up to `version`."""

    numeric: Mapping[str, bool]
    customer: int
    version: int


_kept: dict[tuple[int, str], _Kept] = {}
_lock = Lock()


def attribute_types_kept(workspace: Workspace) -> dict[str, str]:
    """`attributes.attribute_types`, at the price of what is new: new customers are read, a changed attribute has all read again."""
    key = (workspace.pk, workspace.created_at.isoformat())
    newest = Customer.objects.aggregate(at=Max("pk"))["at"] or 0
    version = AttributeVersion.objects.aggregate(at=Max("pk"))["at"] or 0
    with _lock:
        before = _kept.get(key)
        if before is None or before.version != version or before.customer > newest:
            before = _Kept({}, 0, version)
        if before.customer != newest:
            rows = Customer.objects.filter(workspace=workspace, pk__gt=before.customer, pk__lte=newest)
            numeric = types_of(rows.values_list("attributes", flat=True).iterator(5_000), before.numeric)
            before = _Kept(numeric, newest, version)
        _kept[key] = before
    return {name: "number" if before.numeric[name] else "text" for name in sorted(before.numeric)}
