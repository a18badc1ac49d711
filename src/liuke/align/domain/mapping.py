"""Which column fills which field, checked against a file before anything is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from liuke.align.domain.dates import DateOrder, find_order
from liuke.align.domain.entities import ENTITIES, Entity, Field
from liuke.align.domain.numbers import uses_decimal_comma
from liuke.align.domain.orders import LINE_FIELDS
from liuke.align.domain.values import Reading
from liuke.base.errors import Invalid
from liuke.connect.domain.detected import Column
from liuke.connect.domain.encoding import ENCODINGS

KEEP = "attr"
"""In place of a field: the column is kept under its own header."""
REJECT_HEADERS = frozenset({"被拒行号", "被拒原因", "rejected line", "rejected because"})
"""First columns of our own files of rejected rows (`rejects.line`, `rejects.reason`): never data when such a file comes back."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a user says about a file. `columns`: header to field name or KEEP; headers not named are kept if `keep_rest`.

    `system` names the system that gave the ids; files of one system correct each other's rows, "" is one common system.
    `currency`: of contracts that name none; "" = the workspace's. `encoding`: "" = as found.
    """

    entity: str
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    date_order: DateOrder = DateOrder.AUTO
    sheet: str = ""
    keep_rest: bool = True
    encoding: str = ""
    currency: str = ""
    system: str = ""

    def to_data(self) -> dict[str, object]:
        """Plain data, as the API and saved sources hold it."""
        return {
            "entity": self.entity,
            "columns": dict(self.columns),
            "date_order": self.date_order.value,
            "sheet": self.sheet or None,
            "keep_rest": self.keep_rest,
            "encoding": self.encoding,
            "currency": self.currency,
            "system": self.system,
        }


def mapping_from_data(data: Mapping[str, object]) -> ColumnMapping:
    """A mapping from plain data; absent parts take their defaults. Raises Invalid naming what is allowed."""
    text = {name: str(data.get(name) or "") for name in ("entity", "date_order", "sheet", "encoding", "currency", "system")}
    order = text["date_order"] or DateOrder.AUTO.value
    _allow("mapping_entity", text["entity"], list(ENTITIES))
    _allow("mapping_date_order", order, list(DateOrder))
    _allow("mapping_encoding", text["encoding"], ["", *ENCODINGS])
    columns = data.get("columns") or {}
    if not isinstance(columns, Mapping):
        raise Invalid("mapping_columns")
    return ColumnMapping(
        entity=text["entity"],
        columns=MappingProxyType({str(name): str(target) for name, target in columns.items() if target}),
        date_order=DateOrder(order),
        sheet=text["sheet"],
        keep_rest=bool(data.get("keep_rest", True)),
        encoding=text["encoding"],
        currency=text["currency"],
        system=text["system"],
    )


def _allow(code: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise Invalid(code, value=value, allowed=", ".join(filter(None, allowed)))


@dataclass(frozen=True, slots=True)
class Use:
    """One field filled by the column at `index` of a chunk, and how that column is written."""

    field: Field
    index: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read a file: fields, kept columns (header and index), and whether order rows are lines (or have no order number).

    `placed`: share of the file's columns that have a place, 0–1.
    """

    entity: Entity
    uses: Sequence[Use]
    kept: Sequence[tuple[str, int]]
    placed: float
    has_lines: bool


def plan_import(mapping: ColumnMapping, columns: Sequence[Column], zone: str) -> Plan:
    """The mapping applied to a file's columns; undecided date orders are read day first.

    Raises Invalid: `mapping_unknown_columns`, `mapping_unknown_fields`, `mapping_twice`, `mapping_missing` (all missing fields
    with the headers that would be recognised).
    """
    entity = ENTITIES[mapping.entity]
    _check(mapping, entity, [column.name for column in columns])
    uses, kept = [], []
    for index, column in enumerate(columns):
        target = target_of(mapping, entity, column.name)
        if found := entity.field(target):
            uses.append(Use(found, index, reading_of(column, mapping.date_order, zone)))
        elif target == KEEP:
            kept.append((column.name, index))
    names = {use.field.name for use in uses}
    has_lines = not LINE_FIELDS.isdisjoint(names) or "order_id" not in names
    return Plan(entity, uses, kept, _share(columns, {use.index for use in uses} | {index for _, index in kept}), has_lines)


def _share(columns: Sequence[Column], placed: set[int]) -> float:
    """Share of the columns with values that have a place, 0–1."""
    filled = [index in placed for index, column in enumerate(columns) if column.samples and column.name not in REJECT_HEADERS]
    return sum(filled) / len(filled) if filled else 1.0


def target_of(mapping: ColumnMapping, entity: Entity, header: str) -> str:
    """What becomes of a column: a field's name, KEEP, or "" where it is left out."""
    rest = KEEP if mapping.keep_rest and header not in REJECT_HEADERS else ""
    target = mapping.columns.get(header, rest)
    return "" if target == KEEP and not entity.extras else target


def reading_of(column: Column, order: DateOrder, zone: str) -> Reading:
    """How a column's dates and numbers are written, by the user's word or its first values."""
    if order is DateOrder.AUTO:
        order = find_order(column.samples)
        order = DateOrder.DMY if order is DateOrder.AUTO else order
    return Reading(zone, order, uses_decimal_comma(column.samples))


def _check(mapping: ColumnMapping, entity: Entity, names: Sequence[str]) -> None:
    fields = [field.name for field in entity.fields]
    targets = [target for target in mapping.columns.values() if target != KEEP]
    _refuse("mapping_unknown_columns", "columns", [name for name in mapping.columns if name not in names], allowed=", ".join(names))
    _refuse("mapping_unknown_fields", "fields", [target for target in targets if target not in fields], allowed=", ".join(fields))
    _refuse("mapping_twice", "fields", [target for target, times in Counter(targets).items() if times > 1])
    missing = missing_fields(entity, targets)
    _refuse("mapping_missing", "fields", missing, accepted=accepted_headers(entity, missing))


def _refuse(code: str, what: str, faults: Sequence[str], **params: str) -> None:
    if faults:
        raise Invalid(code, **{what: ", ".join(faults)}, **params)


def missing_fields(entity: Entity, targets: Sequence[str]) -> list[str]:
    """Required fields that nothing fills; of alternatives the first is named."""
    missing = [field.name for field in entity.fields if field.required and not field.may_lack and field.name not in targets]
    if entity.one_of and not any(set(group) <= set(targets) for group in entity.one_of):
        missing += [name for name in entity.one_of[0] if name not in targets]
    return missing


def accepted_headers(entity: Entity, names: Sequence[str]) -> str:
    """`order_id = 订单号 / 订单编号 / order id …` for an error message."""
    found = [(name, entity.field(name)) for name in names]
    return "; ".join(f"{name} = {' / '.join(_few(field))}" for name, field in found if field)


def _few(wanted: Field) -> list[str]:
    """Three Chinese and three English headers."""
    chinese = [name for name in wanted.synonyms if not name.isascii()]
    return chinese[:3] + [name for name in wanted.synonyms if name.isascii()][:3]
