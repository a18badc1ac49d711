"""Pages by key, not by number: stable while rows change, and as quick on page 1,000 as on page 1."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

from liuke.base.errors import Invalid
from liuke.base.plain import comma_separated

Row = TypeVar("Row", bound=Model)
LIMIT = 200
TOTAL_CAP = 10_000
FEW = 2_000
"""Up to so many matches are fetched by id and sorted: a rare filter would make an index walk in sort order read everything."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by. Ties go by id in the same direction, rows without a value come last in both."""

    name: str
    column: str
    descending: bool

    @property
    def text(self) -> str:
        """As in the URL: `-score`."""
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the page before ended: the last row's value (None among rows without one) and id, and the total then counted."""

    sort: str
    value: Any
    id: int
    total: int = 0
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """The rows of one page and the cursor of the next; None on the last."""

    rows: list[Row]
    next_cursor: str | None


def sort_of(text: str, allowed: Mapping[str, str]) -> Sort:
    """`-score` or `score`; `allowed` maps names to columns. Raises Invalid("sort_unknown") with the allowed names."""
    name = text.removeprefix("-")
    if name not in allowed:
        raise Invalid("sort_unknown", got=text, allowed=", ".join(sorted(allowed)))
    return Sort(name, allowed[name], text.startswith("-"))


def limit_of(limit: int) -> int:
    """A page's size: 1 to 200. Raises Invalid("limit_range")."""
    if not 1 <= limit <= LIMIT:
        raise Invalid("limit_range", got=limit, highest=LIMIT)
    return limit


def cursor_write(cursor: Cursor) -> str:
    """Opaque text: URL-safe base64 of JSON, signed, so that it can only be one of ours."""
    value = cursor.value
    kind = "d" if isinstance(value, date) and not isinstance(value, datetime) else "t" if isinstance(value, datetime) else ""
    plain = [cursor.sort, kind, value.isoformat() if kind else value, cursor.id, cursor.total, int(cursor.capped)]
    text = base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")
    return _signer().sign(text)


def _signer() -> Signer:
    return Signer(sep=".", salt="liuke.cursor", algorithm="sha256")


def cursor_read(text: str, sort: str) -> Cursor | None:
    """The cursor of a page before, None for the first page. Raises Invalid("cursor_invalid"), also after a change of sort."""
    if not text:
        return None
    try:
        text = _signer().unsign(text)
        plain = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        name, kind, value, row_id, total, capped = plain
        if kind:
            value = datetime.fromisoformat(value) if kind == "t" else date.fromisoformat(value)
        cursor = Cursor(str(name), value, int(row_id), int(total), bool(capped))
    except (ValueError, TypeError, binascii.Error, BadSignature) as fault:
        raise Invalid("cursor_invalid") from fault
    if cursor.sort != sort or isinstance(value, list | dict):
        raise Invalid("cursor_invalid")
    return cursor


def narrowed(rows: QuerySet[Row], before: Cursor | None) -> tuple[QuerySet[Row], tuple[int, bool]]:
    """The rows to page over, by their ids where they are few, and their capped total, which travels in the cursor.

    Few rows behind a costly filter are then found once and not again for the total, the page and the rows without a value.
    """
    if before is None or before.total <= FEW:
        ids = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        if len(ids) <= FEW:
            return rows.model._default_manager.filter(pk__in=ids), (len(ids), False)
    return rows, (before.total, before.capped) if before else count_capped(rows)


def count_capped(rows: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows, counted to 10,000; and whether there are more."""
    found = rows.order_by()[: TOTAL_CAP + 1].count()
    return min(found, TOTAL_CAP), found > TOTAL_CAP


def page(
    branches: Sequence[QuerySet[Row]], sort: Sort, cursor: Cursor | None, limit: int, *, total: tuple[int, bool] = (0, False)
) -> Slice[Row]:
    """`limit` rows after the cursor. `branches` are disjoint parts of the list (one per status), each read in index order and merged.

    Rows with a value come first, then those without: two index scans instead of a sort, equal on SQLite and PostgreSQL.
    """
    rows: list[Row] = []
    if cursor is None or cursor.value is not None:
        rows = _merged([_valued(part, sort, cursor)[: limit + 1] for part in branches], sort, limit)
        cursor = None
    if len(rows) <= limit and _can_be_empty(branches[0].model, sort.column):
        more = [_empty(part, sort, cursor)[: limit + 1 - len(rows)] for part in branches]
        rows += _merged(more, sort, limit - len(rows))
    kept = rows[:limit]
    if len(rows) <= limit:
        return Slice(kept, None)
    return Slice(kept, cursor_write(Cursor(sort.text, value_of(kept[-1], sort.column), int(kept[-1].pk), *total)))


def value_of(row: Model, column: str) -> Any:
    """The value of a column, also across relations (`work_item__due_at`)."""
    value: Any = row
    for part in column.split("__"):
        value = getattr(value, part, None)
    return float(value) if hasattr(value, "as_tuple") else value


def _order(sort: Sort) -> Sequence[str]:
    sign = "-" if sort.descending else ""
    return (f"{sign}{sort.column}", f"{sign}pk")


def _valued(part: QuerySet[Row], sort: Sort, cursor: Cursor | None) -> QuerySet[Row]:
    part = part.filter(**{f"{sort.column}__isnull": False}).order_by(*_order(sort))
    if cursor is None:
        return part
    way = "lt" if sort.descending else "gt"
    further = Q(**{f"{sort.column}__{way}": cursor.value}) | Q(**{f"pk__{way}": cursor.id})
    return part.filter(further, **{f"{sort.column}__{way}e": cursor.value})


def _empty(part: QuerySet[Row], sort: Sort, cursor: Cursor | None) -> QuerySet[Row]:
    part = part.filter(**{f"{sort.column}__isnull": True}).order_by("-pk" if sort.descending else "pk")
    if cursor is None:
        return part
    return part.filter(**{f"pk__{'lt' if sort.descending else 'gt'}": cursor.id})


def _merged(parts: Sequence[QuerySet[Row]], sort: Sort, limit: int) -> list[Row]:
    rows = [row for part in parts for row in part]
    if len(parts) > 1:
        rows.sort(key=lambda row: (value_of(row, sort.column) or 0, row.pk) if value_of(row, sort.column) is not None else (0, row.pk))
        if sort.descending:
            rows.reverse()
    return rows[: limit + 1]


def _can_be_empty(model: type[Model], column: str) -> bool:
    return "__" in column or bool(getattr(model._meta.get_field(column), "null", False))


def chosen(name: str, text: str, allowed: Collection[str]) -> Collection[str]:
    """The values of a filter with a closed set. Raises Invalid("filter_unknown") naming the filter and what is allowed."""
    values = comma_separated(text)
    wrong = [value for value in values if value not in allowed]
    if wrong:
        raise Invalid("filter_unknown", filter=name, got=", ".join(wrong), allowed=", ".join(sorted(allowed)))
    return values


def numbers(name: str, text: str) -> list[int]:
    """The ids of a filter. Raises Invalid("filter_number")."""
    values = comma_separated(text)
    if any(not (value.isascii() and value.isdigit()) or len(value) > 18 for value in values):
        raise Invalid("filter_number", filter=name, got=text)
    return [int(value) for value in values]
