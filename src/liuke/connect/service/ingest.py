"""Activities by API: one durable inbox row before the answer, applied within seconds by a job of kind `live`."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.base.errors import Invalid, TooLarge
from liuke.base.times import to_us
from liuke.connect.domain.kept import KeptActivity, activities_pack
from liuke.connect.domain.limits import LIMITS
from liuke.connect.service.live import live_enqueue
from liuke.connect.store.models import Batch, BatchBody, Source

KIND = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")
"""How kinds of activities are written."""
_LONGEST_KIND = 60
_TEXTS = {"channel": 40, "actor": 80}
_KEYS = {"activity_id": 120, "customer_key": 80}


def batch_ingest(*, actor: Actor, source: str, rows: Sequence[Mapping[str, object]]) -> Batch:
    """Accept activities: activity_id, customer_key, ts (aware datetime or ISO text with offset), kind, value, channel, actor, attrs.

    All or nothing, and idempotent: the same rows again from the same source answer with the batch that took them first; a row
    with a known (source, activity_id) corrects the earlier one. Raises Invalid naming the first wrong row and field, TooLarge,
    Forbidden without `import`.
    """
    actor.require(Permission.IMPORT)
    if not rows:
        raise Invalid("ingest_empty")
    if len(rows) > LIMITS.ingest_rows:
        raise TooLarge("ingest_too_many", rows=len(rows), limit=LIMITS.ingest_rows)
    clean = [_row(number, row) for number, row in enumerate(rows, 1)]
    body = activities_pack(clean)
    digest = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        origin = _source(actor, source)
        known = Batch.objects.filter(source=origin, sha256=digest).exclude(status__in=[Batch.Status.FAILED, Batch.Status.CANCELLED])
        if found := known.first():
            return found
        batch = Batch.objects.create(
            workspace_id=actor.workspace_id,
            source=origin,
            entity="activities",
            sha256=digest,
            status=Batch.Status.QUEUED,
            rows_total=len(clean),
            created_by_id=actor.membership_id,
        )
        BatchBody.objects.create(batch=batch, body=body)
        live_enqueue(workspace_id=actor.workspace_id, batch_id=batch.pk)
    return batch


def _source(actor: Actor, name: str) -> Source:
    if not 0 < len(name) <= 80:
        raise Invalid("ingest_source")
    source, _ = Source.objects.get_or_create(workspace_id=actor.workspace_id, name=name, defaults={"kind": "api", "entity": "activities"})
    if source.kind != "api":
        raise Invalid("ingest_source")
    return source


def _row(number: int, row: Mapping[str, object]) -> KeptActivity:
    """A row as it is kept. Raises Invalid `ingest_row`."""
    texts = {name: str(row.get(name) or "").strip() for name in _KEYS}
    for name, longest in _KEYS.items():
        _need(0 < len(texts[name]) <= longest, number, name, texts[name], f"1-{longest}")
    kind, value, attrs = str(row.get("kind", "")), row.get("value"), row.get("attrs") or {}
    _need(_is_kind(kind), number, "kind", kind, "order.placed, page.viewed, …")
    _need(_is_number(value), number, "value", value, "12.5")
    _need(_is_object(attrs), number, "attrs", "…", "{}")
    for name, longest in _TEXTS.items():
        _need(_is_short(row.get(name), longest), number, name, row.get(name), f"≤ {longest}")
    channel, who = (str(row[name]) if row.get(name) else None for name in _TEXTS)
    text = json.dumps(attrs, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    number_or_none = float(value) if isinstance(value, int | float) else None
    ts_us = _moment(number, row.get("ts"))
    return KeptActivity(texts["activity_id"], texts["customer_key"], ts_us, kind, number_or_none, channel, who, text)


def _is_kind(text: str) -> bool:
    return len(text) <= _LONGEST_KIND and KIND.match(text) is not None


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value))


def _is_object(attrs: object) -> bool:
    return isinstance(attrs, Mapping) and len(json.dumps(attrs)) <= LIMITS.cell_characters


def _is_short(text: object, longest: int) -> bool:
    return text is None or (isinstance(text, str) and len(text) <= longest)


def _moment(number: int, given: object) -> int:
    try:
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    except ValueError:
        moment = None
    _need(moment is not None and moment.tzinfo is not None, number, "ts", given, "2011-09-10T08:30:00+08:00")
    return to_us(moment) if moment else 0


def _need(sound: bool, number: int, field: str, value: object, allowed: str) -> None:
    if not sound:
        raise Invalid("ingest_row", row=number, field=field, value=str(value)[:80], allowed=allowed)
