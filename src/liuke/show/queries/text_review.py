"""质检: texts with strong negative emotion, the conversation around one, and what people said of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from liuke.accounts.domain.roles import Scope
from liuke.accounts.service.audit import SEEN, audit_personal
from liuke.base.errors import NotFound
from liuke.base.times import from_us, to_us
from liuke.facts.domain.kinds import Kind
from liuke.facts.domain.masking import mask_attrs
from liuke.facts.domain.readings import GONE, TEXTS, words_of
from liuke.facts.domain.timeline import Place, place_of
from liuke.facts.service import customers_visible
from liuke.facts.service.readings_verdicts import text_find
from liuke.facts.store.models import Customer, TextVerdict
from liuke.features.service.wording import kind_name
from liuke.show.api.schemas.common import CustomerRef
from liuke.show.api.schemas.text import ReviewItem, ReviewPage, ReviewQuery, TextVerdictOut
from liuke.show.queries.paging import TOTAL_CAP, limit_of
from liuke.show.queries.reader import Reader
from liuke.show.queries.readings import lists_of, reading_out, topic_out
from liuke.show.queries.warehouse import rows, warehouse

AROUND = 6
"""Messages shown before and after one."""
_TALK = (*TEXTS, Kind.MESSAGE_OUT.value)
_FIELDS = "source, activity_id, customer_id, ts_us, kind, attrs"
_REVIEWED = "coalesce(attrs->>'$.reviewed', 'false') = 'true'"
_NEGATIVE = "TRY_CAST(attrs->>'$.negative' AS DOUBLE)"


@dataclass(frozen=True, slots=True)
class _Where:
    """A condition and its values."""

    sql: str
    given: Mapping[str, object]


def review_page(*, reader: Reader, wanted: ReviewQuery) -> ReviewPage:
    """A page of the texts that wait, or that were judged, newest first."""
    reader.require_customers()
    size, where = limit_of(wanted.limit), _where(reader, wanted)
    status = _REVIEWED if wanted.status == "done" else f"NOT {_REVIEWED} AND {_NEGATIVE} > $over"
    place = place_of(wanted.cursor) if wanted.cursor else None
    given = {**where.given, "over": wanted.over, "rows": size + 1}
    after = "true"
    if place is not None:
        after = "(ts_us, source, activity_id) < ($ts_us, $source, $activity_id)"
        given |= {"ts_us": place.ts_us, "source": place.source, "activity_id": place.activity_id}
    if wanted.status == "done":
        given.pop("over")
    sql = f"""SELECT {_FIELDS} FROM activity WHERE {where.sql} AND {status} AND {after}
        ORDER BY ts_us DESC, source DESC, activity_id DESC LIMIT $rows"""
    found = rows(reader.workspace, sql, given).to_pylist()
    last = found[size - 1] if len(found) > size else None
    waiting, done, topics = _counts(reader, where, wanted.over)
    return ReviewPage(
        items=items_out(reader, found[:size]),
        next_cursor=Place(last["ts_us"], last["source"], last["activity_id"]).text() if last else None,
        open=waiting,
        done=done,
        topics=[topic_out(reader, lists_of(reader), code) for code in topics],
    )


def around_out(*, reader: Reader, source: str, activity_id: str) -> list[ReviewItem]:
    """What was said with the customer before and after a text, oldest first, ours too. Raises NotFound("text_unknown")."""
    reader.require_customers()
    found = text_find(actor=reader.actor, workspace=reader.workspace, warehouse=warehouse(), source=source, activity_id=activity_id)
    now = to_us(reader.now)
    if found.ts_us >= now:
        raise NotFound("text_unknown")
    given = {"customer": found.customer_id, "kinds": list(_TALK), "now": now, "at": found.ts_us, "rows": AROUND}
    seen = "customer_id = $customer AND kind = ANY($kinds) AND ts_us < $now AND known_us <= $now"
    before = f"SELECT {_FIELDS} FROM activity WHERE {seen} AND ts_us <= $at ORDER BY ts_us DESC, source, activity_id LIMIT $rows + 1"
    after = f"SELECT {_FIELDS} FROM activity WHERE {seen} AND ts_us > $at ORDER BY ts_us, source, activity_id LIMIT $rows"
    talk = [*reversed(rows(reader.workspace, before, given).to_pylist()), *rows(reader.workspace, after, given).to_pylist()]
    return items_out(reader, talk)


def item_out(*, reader: Reader, source: str, activity_id: str) -> ReviewItem:
    """One text as the queue shows it."""
    sql = f"SELECT {_FIELDS} FROM activity WHERE source = $source AND activity_id = $activity_id"
    return items_out(reader, rows(reader.workspace, sql, {"source": source, "activity_id": activity_id}).to_pylist())[0]


def items_out(reader: Reader, found: Sequence[Mapping[str, object]]) -> list[ReviewItem]:
    """Rows as the API shows them, masked by role; seeing them unmasked goes to the audit trail."""
    ids = sorted({int(str(row["customer_id"])) for row in found})
    customers = {one.pk: one for one in Customer.objects.filter(pk__in=ids)}
    keys = [str(row["activity_id"]) for row in found]
    said = TextVerdict.objects.filter(workspace=reader.workspace, activity_id__in=keys)
    verdicts = {(one.source, one.activity_id): one for one in said}
    audit_personal(actor=reader.actor, action=SEEN, object_type="customer", object_ids=ids)
    return [
        _item(reader, row, customers[int(str(row["customer_id"]))], verdicts.get((str(row["source"]), str(row["activity_id"]))))
        for row in found
    ]


def _item(reader: Reader, row: Mapping[str, object], customer: Customer, verdict: TextVerdict | None) -> ReviewItem:
    told = json.loads(str(row["attrs"]))
    attrs = told if reader.sees_personal else mask_attrs(told)
    kind = str(row["kind"])
    return ReviewItem(
        source=str(row["source"]),
        activity_id=str(row["activity_id"]),
        at=from_us(int(str(row["ts_us"]))),
        kind=kind,
        kind_name=kind_name(kind, reader.language),
        customer=CustomerRef(id=customer.pk, key=customer.key, name=customer.name, name_is_sample="name" in customer.sample_fields),
        owner=reader.person(customer.owner_id),
        text=words_of(attrs),
        masked=not reader.sees_personal,
        gone=bool(told.get(GONE)),
        from_us=kind == Kind.MESSAGE_OUT.value,
        is_sample=bool(told.get("sample")),
        reading=reading_out(reader, attrs),
        verdict=verdict_out(reader, verdict) if verdict else None,
    )


def verdict_out(reader: Reader, verdict: TextVerdict) -> TextVerdictOut:
    """A person's word as the API shows it."""
    return TextVerdictOut(said=verdict.said, read=verdict.read, agreed=verdict.agreed, by=reader.person(verdict.by_id), at=verdict.at)


def _where(reader: Reader, wanted: ReviewQuery) -> _Where:
    """What the filters and the asker's scope let through, of either status."""
    now = reader.now
    given: dict[str, object] = {"kinds": [wanted.kind] if wanted.kind in TEXTS else list(TEXTS), "now": to_us(now)}
    given["since"] = to_us(now - timedelta(days=wanted.days))
    parts = ["kind = ANY($kinds)", "ts_us >= $since", "ts_us < $now", "known_us <= $now"]
    if wanted.topic:
        given["topic"] = wanted.topic
        parts.append("(attrs->>'$.topic') = $topic")
    if reader.actor.scope is not Scope.ALL:
        given["seen"] = list(customers_visible(reader.actor).values_list("pk", flat=True))
        parts.append("customer_id = ANY($seen)")
    return _Where(" AND ".join(parts), given)


def _counts(reader: Reader, where: _Where, over: float) -> tuple[int, int, list[str]]:
    """How many wait, how many were judged, and the topics of both, the commonest first."""
    sql = f"""SELECT coalesce(attrs->>'$.topic', '') AS topic, count(*) FILTER (NOT {_REVIEWED} AND {_NEGATIVE} > $over) AS waiting,
            count(*) FILTER ({_REVIEWED}) AS done
        FROM activity WHERE {where.sql} AND ({_REVIEWED} OR {_NEGATIVE} > $over) GROUP BY topic ORDER BY count(*) DESC, topic"""
    found = rows(reader.workspace, sql, {**where.given, "over": over}).to_pylist()
    waiting, done = (min(sum(int(row[name]) for row in found), TOTAL_CAP) for name in ("waiting", "done"))
    return waiting, done, [row["topic"] for row in found if row["topic"]][:20]
