"""All that is held about one person as one archive: JSON and CSV by table, photos, and a page to read (DAT-18)."""

from __future__ import annotations

import csv
import io
import json
import secrets
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

from django.db.models import Q

from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.act.outgoing.sealing import open_text
from liuke.act.plans.files import path_of
from liuke.align.service.rejects import harmless
from liuke.base.errors import NotFound
from liuke.base.times import from_us, utc_now
from liuke.base.words import render
from liuke.facts.domain.person import Identity, identity_read
from liuke.facts.store.models import Customer, PersonRequest
from liuke.jobs.domain.contract import JobContext
from liuke.show.queries.person_rows import SECTION_NAMES, person_tables, plain_rows
from liuke.show.service.persons import KEPT_FOR, confirm_text, exports_dir
from liuke.warehouse import Warehouse

SHOWN = 200
"""Rows of a table on the page to read; the files have all."""
_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1f2733;line-height:1.6}}
table{{border-collapse:collapse;font-size:.8rem;display:block;overflow-x:auto}}
td,th{{border:1px solid #d5dbe3;padding:.2rem .5rem;text-align:left}}
th{{background:#f3f5f8}}h2{{margin-top:2rem;font-size:1.1rem}}</style><h1>{title}</h1><p>{made}</p><p>{files}</p>{sections}</html>"""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table, as a file is named."""

    section: str
    name: str
    rows: Sequence[Row]


def person_export_run(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job: writes the archive and says how long it can be fetched. Safe to repeat. Raises NotFound("person_request_gone")."""
    number = context.payload.get("request")
    request = PersonRequest.objects.filter(workspace=workspace, pk=number if isinstance(number, int) else 0).first()
    if request is None or request.identity is None:
        if request is not None and request.finished_at is not None:
            return dict(request.result or {})
        raise NotFound("person_request_gone")
    identity = identity_read(open_text(request.identity))
    stored = f"{secrets.token_hex(16)}.zip"
    path = exports_dir() / stored
    counts = person_archive(workspace=workspace, warehouse=warehouse, identity=identity, path=path, context=context)
    now = utc_now()
    mine = PersonRequest.objects.filter(pk=request.pk, finished_at__isnull=True)
    fields = {"stored": stored, "expires_at": now + KEPT_FOR, "finished_at": now, "identity": None, "result": {"rows": counts}}
    if not mine.update(**fields):
        path.unlink(missing_ok=True)
    return {"request": request.pk, "rows": counts}


def person_archive(*, workspace: Workspace, warehouse: Warehouse, identity: Identity, path: Path, context: JobContext) -> dict[str, int]:
    """Write the archive; rows by section. Leaves no half one behind. Raises NotFound where the person is gone."""
    if not Customer.objects.filter(pk=identity.customer_id, workspace=workspace).exists():
        raise NotFound("customer_unknown", customer_id=identity.customer_id)
    language, part = workspace.locale, path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            parts = []
            for place, found in enumerate(_parts(workspace, warehouse, identity)):
                section = render(f"person.section.{found.section}", {}, language=language)
                context.progress(min(0.95, place / 40), "stages.person_export", section=section)
                _write(archive, found)
                parts.append(found)
            _photos(archive, parts)
            archive.writestr("index.html", _page(workspace, identity, parts))
        part.chmod(0o600)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    counts = {name: sum(len(one.rows) for one in parts if one.section == name) for name in SECTION_NAMES}
    return {name: number for name, number in counts.items() if number}


def _parts(workspace: Workspace, warehouse: Warehouse, identity: Identity) -> Iterable[Part]:
    for table in person_tables(identity):
        rows = list(plain_rows(table))
        if rows:
            yield Part(table.section, table.name, rows)
    yield from _stream(workspace, warehouse, identity)
    seen = _audit(workspace, identity)
    if seen:
        yield Part("audit", "audit", seen)


def _stream(workspace: Workspace, warehouse: Warehouse, identity: Identity) -> Iterable[Part]:
    """Activities with what was read in them, and scores. Of a contact the activities that name them."""
    sql = """SELECT source, activity_id, ts_us, known_us, kind, value, channel, actor, attrs FROM activity
        WHERE customer_id = $c ORDER BY ts_us, source, activity_id"""
    rows = [_activity(row) for row in warehouse.query(workspace.pk, sql, {"c": identity.customer_id}).to_pylist()]
    if not identity.is_customer:
        texts = {*identity.names, *identity.phones, *identity.emails}
        rows = [row for row in rows if any(text in json.dumps(row, ensure_ascii=False) for text in texts)]
    if rows:
        yield Part("activities", "activities", rows)
    if identity.is_customer:
        sql = "SELECT * EXCLUDE (customer_id) FROM score WHERE customer_id = $c ORDER BY as_of_us"
        scores = [_score(row) for row in warehouse.query(workspace.pk, sql, {"c": identity.customer_id}).to_pylist()]
        if scores:
            yield Part("scores", "scores", scores)


def _activity(row: dict[str, object]) -> Row:
    moments = {"at": _moment(row.pop("ts_us")), "known_at": _moment(row.pop("known_us"))}
    return {**moments, **row, "attrs": json.loads(str(row["attrs"]))}


def _score(row: dict[str, object]) -> Row:
    return {"as_of": _moment(row.pop("as_of_us")), **row, "reasons": json.loads(str(row["reasons"]))}


def _moment(us: object) -> str:
    found: datetime = from_us(int(str(us)))
    return found.isoformat()


def _audit(workspace: Workspace, identity: Identity) -> list[Row]:
    """Who saw, changed or exported the person: entries about them, and those that name their number among several."""
    own = Q(object_type="customer", object_id=str(identity.customer_id)) if identity.is_customer else Q(pk=None)
    if identity.contact_id is not None:
        own = Q(object_type="contact", object_id=str(identity.contact_id))
    many = AuditEntry.objects.filter(workspace=workspace, object_type="customer", detail__has_key="ids")
    wanted = identity.customer_id if identity.is_customer else None
    entries = [*AuditEntry.objects.filter(own, workspace=workspace), *(one for one in many if wanted in one.detail.get("ids", ()))]
    ordered = sorted({one.pk: one for one in entries}.values(), key=lambda one: one.pk)
    return [{"at": one.at.isoformat(), "by": one.actor_name or one.actor, "action": one.action} for one in ordered]


def _write(archive: zipfile.ZipFile, part: Part) -> None:
    archive.writestr(f"{part.section}/{part.name}.json", json.dumps(part.rows, ensure_ascii=False, indent=1, default=str))
    columns = list(dict.fromkeys(name for row in part.rows for name in row))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(columns)
    out.writerows([harmless(_cell(row.get(name))) for name in columns] for row in part.rows)
    archive.writestr(f"{part.section}/{part.name}.csv", "\ufeff" + text.getvalue())


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _photos(archive: zipfile.ZipFile, parts: Sequence[Part]) -> None:
    for row in [row for part in parts if part.name == "act_visitphoto" for row in part.rows]:
        try:
            suffix = str(row.get("kind", "")).rpartition("/")[2] or "bin"
            archive.write(path_of("photos", str(row["stored"])), f"visits/photos/{row['id']}.{suffix}")
        except NotFound:
            continue


def _page(workspace: Workspace, identity: Identity, parts: Sequence[Part]) -> str:
    language = workspace.locale
    total = sum(len(part.rows) for part in parts)
    made = {"workspace": workspace.name, "at": utc_now().strftime("%Y-%m-%d %H:%M UTC"), "rows": total}
    sections = [_section(name, [part for part in parts if part.section == name], language) for name in SECTION_NAMES]
    return _PAGE.format(
        language=escape(language),
        title=escape(render("person.zip.title", {"name": confirm_text(identity)}, language=language)),
        made=escape(render("person.zip.made", made, language=language)),
        files=escape(render("person.zip.files", {}, language=language)),
        sections="".join(sections),
    )


def _section(name: str, parts: Sequence[Part], language: str) -> str:
    if not parts:
        return ""
    heading = {"name": render(f"person.section.{name}", {}, language=language), "rows": sum(len(part.rows) for part in parts)}
    tables = "".join(f"<h3>{escape(part.name)}</h3>{_table(part.rows)}" for part in parts)
    return f"<h2>{escape(render('person.zip.section', heading, language=language))}</h2>{tables}"


def _table(rows: Sequence[Row]) -> str:
    columns = list(dict.fromkeys(name for row in rows[:SHOWN] for name in row))
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_cell(row.get(name)))}</td>' for name in columns)}</tr>" for row in rows[:SHOWN])
    return f"<table><tr>{head}</tr>{body}</table>"
