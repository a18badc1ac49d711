"""What customers were on a day: attributes, owner, registration and the contract that runs, one row each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

from liuke.accounts.store.models import Workspace
from liuke.base.times import day_start, local_day, to_us
from liuke.facts.store.models import AttributeVersion, Contract, Customer
from liuke.facts.store.versions import OWNER

PREFIX = "attr."
_Value = str | float | None
_Head = tuple[int, Mapping[str, object], int | None, datetime | None]
"""A customer's id, attributes and owner of today, and the moment of registration."""
_CHUNK = 500
"""Customers per statement."""


@dataclass(frozen=True, slots=True)
class AttributesThen:
    """`table`: customer_id, `attr.<name>` (DOUBLE where every value is a number, else text), `owner` (DOUBLE, a membership's
    id), `registered_at` and `contract.ends_on` (UTC microseconds), `contract.amount`. Rising customer_id.

    `without_history`: names (`attr.<name>`) that no interval is known of, so that today's value stood in for the past.
    """

    table: pa.Table
    without_history: tuple[str, ...]


def attribute_types(workspace: Workspace) -> dict[str, str]:
    """Every attribute of the workspace's customers: its name and `number` or `text`."""
    return _types(Customer.objects.filter(workspace=workspace).values_list("attributes", flat=True).iterator(5_000))


def attributes_at(
    workspace: Workspace,
    as_of: datetime,
    *,
    names: Iterable[str] | None = None,
    customers: Collection[int] | None = None,
    types: Mapping[str, str] | None = None,
) -> AttributesThen:
    """Attributes as they were at `as_of`; `names` narrows to some. A value without intervals is today's.

    `customers` narrows to those few; `types` (`attribute_types`) then says what the whole workspace has.
    """
    heads = _heads(workspace, customers)
    types = _types(attributes for _, attributes, _, _ in heads) if types is None else types
    wanted = sorted(types) if names is None else [name for name in names if name in types]
    past, known = _past(workspace, as_of, customers)
    columns = _columns(heads, past, wanted, types)
    columns |= _contracts(workspace, as_of, [pk for pk, *_ in heads], customers)
    without = [f"{PREFIX}{name}" for name in wanted if name not in known]
    return AttributesThen(pa.table(columns), tuple(without if OWNER in known else [*without, OWNER]))


def _heads(workspace: Workspace, customers: Collection[int] | None) -> list[_Head]:
    parts = [Customer.objects.filter(workspace=workspace, **of).order_by("pk") for of in _slices("pk", customers)]
    return [head for part in parts for head in part.values_list("pk", "attributes", "owner_id", "registered_at").iterator(5_000)]


def _columns(
    heads: Sequence[_Head], past: Mapping[tuple[int, str], object], wanted: Iterable[str], types: Mapping[str, str]
) -> dict[str, pa.Array]:
    """All columns but the contract's."""
    columns: dict[str, pa.Array] = {"customer_id": pa.array([pk for pk, *_ in heads], pa.int64())}
    for name in wanted:
        columns[f"{PREFIX}{name}"] = _array(_then(past, name, ((pk, attributes.get(name)) for pk, attributes, _, _ in heads)), types[name])
    columns["owner"] = _array(_then(past, OWNER, ((pk, owner) for pk, _, owner, _ in heads)), "number")
    columns["registered_at"] = pa.array([_us(moment) for *_, moment in heads], pa.int64())
    return columns


def _then(past: Mapping[tuple[int, str], object], name: str, today: Iterable[tuple[int, object]]) -> list[object]:
    """The value that held, by customer; today's where no interval tells."""
    return [past.get((pk, name), value) for pk, value in today]


def _types(rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    numeric = types_of(rows)
    return {name: "number" if numeric[name] else "text" for name in sorted(numeric)}


def types_of(rows: Iterable[Mapping[str, object]], before: Mapping[str, bool] | None = None) -> dict[str, bool]:
    """Whether every value of each attribute is a number, in these rows and in what was found `before`."""
    numeric = dict(before or {})
    for attributes in rows:
        for name, value in attributes.items():
            if value is not None and value != "":
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                numeric[name] = numeric.get(name, True) and is_number
    return numeric


def _slices(field: str, customers: Collection[int] | None) -> list[dict[str, object]]:
    """Conditions that together name the customers, each short enough for one statement; one without any for everybody."""
    if customers is None:
        return [{}]
    ids = sorted(customers)
    return [{f"{field}__in": ids[start : start + _CHUNK]} for start in range(0, len(ids), _CHUNK)]


def _past(
    workspace: Workspace, as_of: datetime, customers: Collection[int] | None = None
) -> tuple[dict[tuple[int, str], object], set[str]]:
    """Values that held at `as_of` where intervals tell them (None before the first), and the names with any interval."""
    found: dict[tuple[int, str], object] = {}
    known: set[str] = set()
    fields = ("customer_id", "name", "value", "valid_from", "valid_to")
    parts = [AttributeVersion.objects.filter(customer__workspace=workspace, **of) for of in _slices("customer_id", customers)]
    rows = (row for part in parts for row in part.order_by("valid_from").values_list(*fields).iterator(5_000))
    for customer_id, name, value, start, end in rows:
        known.add(name)
        key = (customer_id, name)
        if start <= as_of and (end is None or end > as_of):
            found[key] = value
        else:
            found.setdefault(key, None)
    return found, known


def _array(values: Sequence[object], kind: str) -> pa.Array:
    read: Callable[[object], _Value] = _number if kind == "number" else _text
    return pa.array([read(value) for value in values], pa.float64() if kind == "number" else pa.string())


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else str(value)


def _us(moment: datetime | None) -> int | None:
    return None if moment is None else to_us(moment)


def _contracts(workspace: Workspace, as_of: datetime, ids: Sequence[int], customers: Collection[int] | None = None) -> dict[str, pa.Array]:
    """The contract that ends next, of those begun by then; where none lies ahead the one that ended last."""
    today, zone = local_day(as_of, workspace.time_zone), workspace.time_zone
    ends: dict[int, list[tuple[bool, int, float]]] = defaultdict(list)
    parts = [Contract.objects.filter(customer__workspace=workspace, **of) for of in _slices("customer_id", customers)]
    begun = (row for part in parts for row in part.exclude(starts_on__gt=today).values_list("customer_id", "ends_on", "amount"))
    for customer_id, day, amount in begun:
        days = (day - today).days
        ends[customer_id].append((days < 0, abs(days), float(amount)))
    moments: list[int | None] = []
    amounts: list[float | None] = []
    for pk in ids:
        next_end = min(ends[pk]) if pk in ends else None
        moments.append(None if next_end is None else _end_us(today_after=next_end, as_of=as_of, zone=zone))
        amounts.append(None if next_end is None else next_end[2])
    return {"contract.ends_on": pa.array(moments, pa.int64()), "contract.amount": pa.array(amounts, pa.float64())}


def _end_us(*, today_after: tuple[bool, int, float], as_of: datetime, zone: str) -> int:
    over, days, _ = today_after
    return to_us(day_start(local_day(as_of, zone) + timedelta(days=-days if over else days), zone))
