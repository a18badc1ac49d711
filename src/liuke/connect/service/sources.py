"""Saved sources: a watched folder or a read-only query with its mapping and its schedule (DAT-17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.sealed import decrypt, encrypt
from liuke.base.times import utc_now
from liuke.connect.domain.detected import Column, Detected, Format
from liuke.connect.domain.layout import SAMPLES
from liuke.connect.service.kingdee import KINGDEE, StreamProbe, kingdee_probe
from liuke.connect.sources.files.rows import detect
from liuke.connect.sources.folder.watch import checked_folder, settled_files
from liuke.connect.sources.kingdee.settings import settings_of
from liuke.connect.sources.sql.query import Query, cell_text, checked_query, checked_url, opened, rows_of
from liuke.connect.store.models import Source

KINDS = ("folder", "sql", KINGDEE)
"""Kinds that a person makes; `upload`, `api` and `sample` make themselves."""
EVERY = (5, 7 * 24 * 60)
"""Shortest and longest interval between two runs, in minutes."""
_PURPOSE = "source"


@dataclass(frozen=True, slots=True)
class Probe:
    """What a trial run found. `file_name`: the newest file of a folder; "" for a query or an empty folder."""

    detected: Detected
    rows: list[list[str]]
    file_name: str = ""


def source_find(*, actor: Actor, source_id: int) -> Source:
    """A source of the actor's workspace. Raises NotFound, Forbidden without `sources`."""
    actor.require(Permission.SOURCES)
    source = Source.objects.filter(pk=source_id, workspace_id=actor.workspace_id).first()
    if source is None:
        raise NotFound("source_not_found", source=source_id)
    return source


def source_create(
    *,
    actor: Actor,
    kind: str,
    name: str,
    entity: str,
    config: Mapping[str, object],
    secret: str | None = None,
    mapping: Mapping[str, object] | None = None,
    every_minutes: int | None = 60,
    enabled: bool = True,
) -> Source:
    """A source that reruns its mapping. folder: config {path, pattern}; sql: config {query, cursor_column}, secret = address;
    kingdee: config as `sources.kingdee.settings`, secret = that of the application or the password.

    Without a mapping each run maps automatically. Raises Invalid with what is wrong, Conflict for a name in use.
    """
    actor.require(Permission.SOURCES)
    if kind not in KINDS:
        raise Invalid("source_kind", kind=kind, allowed=", ".join(KINDS))
    source = Source(workspace_id=actor.workspace_id, kind=kind, name=name.strip(), entity=entity, mapping=dict(mapping or {}))
    source.config, source.enabled = dict(config), enabled
    source.secret = seal(secret) if secret else None
    _check(source)
    _schedule(source, every_minutes)
    _save(source)
    audit_record(actor=actor, action="source_created", object_type="source", object_id=source.pk, detail={"kind": kind})
    return source


def source_update(
    *,
    actor: Actor,
    source_id: int,
    name: str | None = None,
    config: Mapping[str, object] | None = None,
    secret: str | None = None,
    mapping: Mapping[str, object] | None = None,
    every_minutes: int | None = None,
    enabled: bool | None = None,
) -> Source:
    """Change a source; what is None stays. A changed query or folder starts again from the beginning: known rows stay as they are."""
    source = source_find(actor=actor, source_id=source_id)
    if config is not None:
        _reconfigure(source, config, has_secret=bool(secret))
    source.name = source.name if name is None else name.strip()
    source.secret = seal(secret) if secret else source.secret
    source.mapping = source.mapping if mapping is None else dict(mapping)
    source.enabled = source.enabled if enabled is None else enabled
    _check(source)
    if every_minutes is not None or enabled:
        _schedule(source, every_minutes or source.every_minutes)
    _save(source)
    audit_record(actor=actor, action="source_changed", object_type="source", object_id=source.pk)
    return source


def _reconfigure(source: Source, config: Mapping[str, object], *, has_secret: bool) -> None:
    """Another site is never sent the secret of the one before; what is read anew is read from its beginning."""
    if source.kind == KINGDEE and config.get("base_url") != source.config.get("base_url") and not has_secret:
        raise Invalid("kingdee_secret")
    if dict(config) != source.config:
        source.config, source.cursor = dict(config), None


def source_delete(*, actor: Actor, source_id: int) -> None:
    """Forget a source and its run history; the rows it brought stay."""
    source = source_find(actor=actor, source_id=source_id)
    audit_record(actor=actor, action="source_deleted", object_type="source", object_id=source.pk, detail={"kind": source.kind})
    source.delete()


def source_probe(
    *, actor: Actor, kind: str, config: Mapping[str, object], secret: str | None = None, source_id: int | None = None
) -> Probe:
    """Try a source without saving it: its columns and first rows. `source_id` lends the stored secret of a saved one.

    Raises what a run would raise, and NotFound `watch_no_file` for a folder without a matching file.
    """
    actor.require(Permission.SOURCES)
    source = Source(workspace_id=actor.workspace_id, kind=kind, name="probe", config=dict(config))
    source.secret = seal(secret) if secret else (source_find(actor=actor, source_id=source_id).secret if source_id else None)
    if kind not in KINDS or kind == KINGDEE:
        raise Invalid("source_kind", kind=kind, allowed=", ".join(each for each in KINDS if each != KINGDEE))
    _check(source)
    return _probe_folder(source) if kind == "folder" else _probe_sql(source)


def source_streams(
    *, actor: Actor, config: Mapping[str, object], secret: str | None = None, source_id: int | None = None
) -> list[StreamProbe]:
    """Try a 云星空 source without saving it, stream by stream. Raises what is wrong with the connection itself.

    A stored secret goes to the address that it was stored for and to no other.
    """
    actor.require(Permission.SOURCES)
    saved = source_find(actor=actor, source_id=source_id) if source_id and not secret else None
    lent = secret_of(saved) if saved is not None and saved.config.get("base_url") == config.get("base_url") else ""
    return kingdee_probe(config, secret or lent)


def _probe_folder(source: Source) -> Probe:
    files = settled_files(folder_of(source), pattern_of(source), watch_root(), utc_now())
    if not files:
        raise NotFound("watch_no_file", pattern=pattern_of(source))
    newest = max(files, key=lambda path: path.stat().st_mtime)
    detected = detect(newest)
    rows = [list(row) for row in zip(*(column.samples[:10] for column in detected.columns), strict=False)]
    return Probe(detected, rows, newest.name)


def _probe_sql(source: Source) -> Probe:
    query = query_of(source)
    with opened(url_of(source), query, None) as (names, found):
        rows = [[cell_text(value) for value in row] for row in islice(rows_of(names, found, query), SAMPLES)]
    columns = tuple(Column(name, place, tuple(row[place] for row in rows if row[place])) for place, name in enumerate(names))
    return Probe(Detected(Format.CSV, columns, 1, len(rows)), rows[:10])


def seal(secret: str) -> bytes:
    """A connection text as it is stored."""
    return encrypt(secret, secret=_installation_secret(), purpose=_PURPOSE)


def _installation_secret() -> bytes:
    path: Path = settings.LIUKE.data_dir / "secret"
    return path.read_bytes()


def watch_root() -> Path:
    """The folder that all sources on disk must lie in. Raises Invalid `watch_dir_unset`."""
    root: Path | None = settings.LIUKE.watch_dir
    if root is None:
        raise Invalid("watch_dir_unset")
    return root


def folder_of(source: Source) -> Path:
    """The watched folder, checked again at every run."""
    return checked_folder(str(source.config.get("path", "")), settings.LIUKE.watch_dir)


def pattern_of(source: Source) -> str:
    """Which file names count; all by default."""
    return str(source.config.get("pattern") or "*")


def query_of(source: Source) -> Query:
    """The checked query."""
    return checked_query(str(source.config.get("query", "")), str(source.config.get("cursor_column") or ""))


def url_of(source: Source) -> str:
    """The database's address in clear; never log or return it."""
    if source.secret is None:
        raise Invalid("sql_url")
    url = decrypt(bytes(source.secret), secret=_installation_secret(), purpose=_PURPOSE)
    return checked_url(url, settings.LIUKE.watch_dir, settings.LIUKE.database_url)


def secret_of(source: Source) -> str:
    """The stored secret in clear, blank where there is none; never log or return it."""
    return "" if source.secret is None else decrypt(bytes(source.secret), secret=_installation_secret(), purpose=_PURPOSE)


def _check(source: Source) -> None:
    if not 0 < len(source.name) <= 80:
        raise Invalid("source_name")
    if source.kind == "folder":
        folder_of(source)
    elif source.kind == KINGDEE:
        settings_of(source.config)
        if source.secret is None:
            raise Invalid("kingdee_secret")
    else:
        query_of(source)
        url_of(source)


def _schedule(source: Source, every_minutes: int | None) -> None:
    if every_minutes is not None and not EVERY[0] <= every_minutes <= EVERY[1]:
        raise Invalid("source_every", least=EVERY[0], most=EVERY[1])
    source.every_minutes = every_minutes
    source.next_at = None if every_minutes is None else utc_now() + timedelta(minutes=every_minutes)


def _save(source: Source) -> None:
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as fault:
        raise Conflict("source_name_taken", name=source.name) from fault
