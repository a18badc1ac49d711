"""Rows of every table from one database to another, bounded in memory, and proof that both hold the same.

The target is PostgreSQL and the process's own database; a source is a second connection of this process.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from graphlib import TopologicalSorter

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from psycopg.types.json import Jsonb

from liuke.pipeline.keeping.snapshot import every_model, tables_of

CHUNK = 2_000
"""Rows in memory at a time."""
WHOLE = 2**53
"""Beyond it a float holds no whole number exactly."""
Tell = Callable[[str, int], None]
"""Hears the table that is done and its rows."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: its rows, and a hash over all of them in the order of their keys."""

    rows: int
    sha256: str


def models_in_order() -> list[type[models.Model]]:
    """Every model with a table, those that others must refer to before those."""
    known = every_model()
    needed = {model: {other for other in _needed(model) if other is not model and other in known} for model in known}
    return list(TopologicalSorter(needed).static_order())


def _needed(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not field.null:
            yield field.related_model


def content(model: type[models.Model], alias: str = DEFAULT_DB_ALIAS) -> Content:
    """The content of a table, read from a database in chunks."""
    digest, rows = hashlib.sha256(), 0
    for row in _rows(model, alias):
        _hash(digest.update, row)
        rows += 1
    return Content(rows, digest.hexdigest())


def rows_copy(model: type[models.Model], source: str) -> Content:
    """Copy a table's rows from the connection `source` into PostgreSQL, by COPY; what was read."""
    digest, rows = hashlib.sha256(), 0
    table, columns = tables_of(model)
    fields, names = model._meta.concrete_fields, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in _rows(model, source):
            _hash(digest.update, row)
            copy.write_row([_stored(field, value) for field, value in zip(fields, row, strict=True)])
            rows += 1
    return Content(rows, digest.hexdigest())


def tables_empty(chosen: Sequence[type[models.Model]]) -> None:
    """No row stays in these tables: migrations leave some, such as content types."""
    names = ", ".join(f'"{model._meta.db_table}"' for model in chosen)
    constraints_checked()  # what migrations left to be checked would forbid it
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


def sequences_set(chosen: Sequence[type[models.Model]], least: Mapping[str, int]) -> None:
    """New rows get numbers that none had before: past the greatest key, and past `least` (by table), the greatest ever given.

    The warehouse names customers by these numbers, so one of a deleted customer must not come back for a new one.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(chosen)):
            cursor.execute(statement)
        for model in chosen:
            table, key = model._meta.db_table, model._meta.pk
            if table in least and isinstance(key, models.AutoField | models.BigAutoField):
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', key.column])
                sequence = cursor.fetchone()[0]
                cursor.execute(f"SELECT setval(%s, greatest(%s, (SELECT last_value FROM {sequence})), true)", [sequence, least[table]])


def constraints_checked() -> None:
    """Every reference leads somewhere. Raises IntegrityError inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _rows(model: type[models.Model], alias: str) -> Iterator[tuple[object, ...]]:
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)
    with transaction.atomic(using=alias):
        yield from found.iterator(chunk_size=CHUNK)


def _stored(field: models.Field[object, object], value: object) -> object:
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return Jsonb(None)
    return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def _hash(update: Callable[[bytes], None], row: Sequence[object]) -> None:
    update(json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    update(b"\n")


def _plain(value: object) -> object:
    """A value as both databases tell it: numbers by their value, moments in UTC, bytes as digits."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return _number(value) if isinstance(value, int | float) else _text(value)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def _number(value: float) -> object:
    if isinstance(value, int):
        return value if abs(value) < WHOLE else repr(float(value))
    return int(value) if value.is_integer() and abs(value) < WHOLE else repr(value)
