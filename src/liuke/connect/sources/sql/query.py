"""One SELECT, run where it cannot change anything: the statement is checked, and the transaction is read-only besides."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from liuke.base.errors import Invalid, TooLarge, Transient

MOST_ROWS = 5_000_000
SECONDS = 600
"""How long a query may run."""
STEPS = 100_000
"""SQLite looks at the clock after so many steps of its machine."""
FETCH = 5_000
SETTINGS = ("sslmode=", "connect_timeout=", "application_name=")
"""What an address may set besides host, user, password and name."""
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_CURSOR = re.compile(r"(?<!:):cursor\b")
_FORBIDDEN = re.compile(
    r"\b(insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|copy|call|do|vacuum|attach|detach|pragma|set|into)\b",
    re.IGNORECASE,
)


class Cursor(Protocol):
    """What both drivers' cursors offer."""

    def fetchmany(self, size: int = ..., /) -> list[tuple[object, ...]]:
        """The next rows; empty at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """A checked SELECT. `cursor_column`: of the result; its largest value is the next run's `:cursor`, "" = always all rows."""

    text: str
    cursor_column: str = ""


def checked_query(text: str, cursor_column: str = "") -> Query:
    """Raises Invalid `sql_not_select` for anything but one SELECT, `sql_cursor` where column and `:cursor` do not go together."""
    bare = _COMMENT.sub(" ", text).strip().rstrip(";").strip()
    words = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"", "''", bare)
    if ";" in words or not re.match(r"(?i)(select|with)\b", words) or _FORBIDDEN.search(words):
        raise Invalid("sql_not_select")
    if bool(cursor_column) != bool(_CURSOR.search(words)):
        raise Invalid("sql_cursor", column=cursor_column)
    return Query(bare, cursor_column)


def checked_url(url: str, root: Path | None, own_url: str) -> str:
    """An address that may be read: PostgreSQL but not this installation's own database, or a SQLite file inside `root`."""
    if url.startswith("sqlite:///"):
        if root is None:
            raise Invalid("watch_dir_unset")
        path = (root / url.removeprefix("sqlite:///")).resolve()
        if not path.is_relative_to(root.resolve()):
            raise Invalid("watch_outside", root=root, path=path.name)
        return f"sqlite:///{path}"
    if not url.startswith(("postgresql://", "postgres://")):
        raise Invalid("sql_url")
    theirs, ours = _places(url), _places(own_url) if own_url.startswith("postgres") else set()
    if not theirs or theirs & ours:
        raise Invalid("sql_url")
    return url


def _places(url: str) -> set[tuple[str, str, str]]:
    """Host, port and name of every server that the driver would try; empty for an address that it could not read.

    Of the settings in an address only those of TLS count: others could name further hosts, files and services.
    """
    try:
        given = conninfo_to_dict(url)
        wanted = urlsplit(url).query
    except (psycopg.ProgrammingError, ValueError):
        return set()
    if any(not part.startswith(SETTINGS) for part in wanted.split("&") if part):
        return set()
    hosts, ports = str(given.get("host") or "localhost").split(","), str(given.get("port") or "5432").split(",")
    return {(_host(host), port or "5432", str(given.get("dbname", ""))) for host in hosts for port in ports}


def _host(name: str) -> str:
    """One spelling for the machine itself."""
    name = name.lower().rstrip(".")
    return "localhost" if name.startswith(("127.", "/")) or name in {"", "::1", "0.0.0.0", "::"} else name  # noqa: S104


@contextmanager
def opened(url: str, query: Query, cursor: str | None) -> Iterator[tuple[list[str], Cursor]]:
    """Column names and a cursor on the rows. Raises Transient `sql_unreachable`, Invalid `sql_failed` without the address in it."""
    with _sqlite(url, query, cursor) if url.startswith("sqlite:") else _postgres(url, query, cursor) as result:
        yield result


@contextmanager
def _sqlite(url: str, query: Query, cursor: str | None) -> Iterator[tuple[list[str], Cursor]]:
    try:
        file = Path(url.removeprefix("sqlite:///")).absolute().as_uri()  # quotes `%` and `?`, which SQLite would read as its own
        with closing(sqlite3.connect(f"{file}?mode=ro", uri=True, timeout=10)) as connection:
            connection.execute("PRAGMA query_only = 1")
            end = monotonic() + SECONDS
            connection.set_progress_handler(lambda: monotonic() > end, STEPS)
            found = connection.execute(query.text, {"cursor": cursor} if query.cursor_column else {})
            yield [each[0] for each in found.description], found
    except sqlite3.OperationalError as fault:
        if "unable to open" in str(fault):
            raise Transient("sql_unreachable", message=str(fault)) from fault
        raise Invalid("sql_failed", message=str(fault)) from fault
    except sqlite3.Error as fault:
        raise Invalid("sql_failed", message=str(fault)) from fault


@contextmanager
def _postgres(url: str, query: Query, cursor: str | None) -> Iterator[tuple[list[str], Cursor]]:
    text = _CURSOR.sub("%(cursor)s", query.text.replace("%", "%%")) if query.cursor_column else query.text
    try:
        with psycopg.connect(url, connect_timeout=10, options=f"-c statement_timeout={SECONDS * 1000}") as connection:
            connection.read_only = True
            with connection.cursor(name="liuke_source") as found:
                found.itersize = FETCH
                found.execute(text.encode(), {"cursor": cursor} if query.cursor_column else None)
                yield [each.name for each in found.description or ()], found
    except psycopg.OperationalError as fault:
        raise Transient("sql_unreachable", message=_first_line(fault)) from fault
    except psycopg.Error as fault:
        raise Invalid("sql_failed", message=_first_line(fault)) from fault


def _first_line(fault: Exception) -> str:
    """The server's message without an address or password that a driver may append."""
    lines = str(fault).strip().splitlines()
    return re.sub(r"\w+://\S+", "…", lines[0])[:300] if lines else type(fault).__name__


def rows_of(names: Sequence[str], found: Cursor, query: Query) -> Iterator[list[object]]:
    """All rows. Raises Invalid `sql_cursor` where the cursor column is missing, TooLarge `sql_too_many_rows`."""
    if query.cursor_column and query.cursor_column not in names:
        raise Invalid("sql_cursor", column=query.cursor_column)
    count = 0
    while part := found.fetchmany(FETCH):
        count += len(part)
        if count > MOST_ROWS:
            raise TooLarge("sql_too_many_rows", limit=MOST_ROWS)
        yield from map(list, part)


def cell_text(value: object) -> str:
    """A value as a cell of a CSV."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
