"""Clean rows of an entity to activities. Orders have their own file, `orders.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.activities import activity_table, constant, prefixed
from liuke.align.domain.attributes import is_open, kept_attributes, satisfaction
from liuke.align.domain.ids import Occurrences, row_ids
from liuke.align.domain.kinds import canonical_kinds
from liuke.align.domain.moments import DAY_US, day_start_us

HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Alignment:
    """What the rows of a file do not say themselves. `now_us`: the workspace's clock; unpaid bills are overdue as of it."""

    source: str
    zone: str
    now_us: int
    sample: bool = False
    occurrences: Occurrences = field(default_factory=Occurrences)


def identities(rows: pa.Table, prefix: str, id_field: str, content: Sequence[str], occurrences: Occurrences) -> pa.Array:
    """`prefix:<given id>`, or where a row gives none, `prefix:<hash of its content>-<occurrence>`."""
    given = column(rows, id_field)
    if given.null_count == 0:
        return prefixed(prefix, given)
    hashed = row_ids([column(rows, name) for name in content], occurrences)
    return prefixed(prefix, pc.coalesce(given, hashed))


def column(rows: pa.Table, name: str) -> pa.Array:
    """One contiguous column."""
    return rows[name].combine_chunks()


def attrs_of(rows: pa.Table, names: Sequence[str], how: Alignment) -> dict[str, pa.Array]:
    """The fields of these names and every kept column, for `attrs`; made rows say so."""
    attrs = {name: column(rows, name) for name in names}
    if how.sample:
        attrs["sample"] = constant(True, rows.num_rows)
    kept = kept_attributes(rows)
    return {**kept, **{name: _first(values, kept.get(name)) for name, values in attrs.items()}}


def _first(values: pa.Array, kept: pa.Array | None) -> pa.Array:
    """The field's values, and where it has none at all those of a kept column of the same name."""
    return values if kept is None or values.null_count < len(values) else kept


def activity_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """Rows that are activities already."""
    content = ("customer_key", "at", "kind", "value", "channel", "actor", "text")
    kinds, attrs = canonical_kinds(column(rows, "kind")), attrs_of(rows, ("text",), how)
    scales = pc.if_else(pc.equal(kinds, "rating.given"), "csat", pc.utf8_lower(attrs.get("survey", pa.nulls(len(kinds), pa.string()))))
    rated = pc.is_in(kinds, value_set=pa.array(["rating.given", "survey.answered"]))
    marks = satisfaction(column(rows, "value"), pc.if_else(rated, scales, None))
    return [
        activity_table(
            source=how.source,
            activity_id=identities(rows, "activity", "activity_id", content, how.occurrences),
            customer_key=column(rows, "customer_key"),
            ts_us=column(rows, "at"),
            kind=kinds,
            value=column(rows, "value"),
            channel=column(rows, "channel"),
            actor=column(rows, "actor"),
            attrs=_marked(attrs, marks),
        )
    ]


def ticket_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`ticket.opened`, and `ticket.closed` [hours open] where a closing time is given."""
    ids = identities(rows, "ticket", "ticket_id", ("customer_key", "opened_at", "subject", "text"), how.occurrences)
    rows = rows.append_column("_id", ids)
    opened = activity_table(
        source=how.source,
        activity_id=ids,
        customer_key=column(rows, "customer_key"),
        ts_us=column(rows, "opened_at"),
        kind="ticket.opened",
        channel=column(rows, "channel"),
        attrs=attrs_of(rows, ("ticket_id", "subject", "text", "topic", "contact"), how),
    )
    closed = rows.filter(pc.is_valid(rows["closed_at"]))
    open_for = pc.cast(pc.subtract(column(closed, "closed_at"), column(closed, "opened_at")), pa.float64())
    done = activity_table(
        source=how.source,
        activity_id=pc.binary_join_element_wise(column(closed, "_id"), "closed", "/"),
        customer_key=column(closed, "customer_key"),
        ts_us=column(closed, "closed_at"),
        kind="ticket.closed",
        value=pc.round(pc.divide(open_for, float(HOUR_US)), 2),
        attrs=attrs_of(closed, ("ticket_id",), how),
    )
    return [opened, done]


def message_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`message.in` and `message.out`; a row without a direction came from the customer."""
    content = ("customer_key", "sent_at", "direction", "text", "contact")
    outgoing = pc.fill_null(pc.equal(column(rows, "direction"), "out"), False)
    return [
        activity_table(
            source=how.source,
            activity_id=identities(rows, "message", "message_id", content, how.occurrences),
            customer_key=column(rows, "customer_key"),
            ts_us=column(rows, "sent_at"),
            kind=pc.if_else(outgoing, "message.out", "message.in"),
            channel=column(rows, "channel"),
            actor=column(rows, "actor"),
            attrs=attrs_of(rows, ("text", "contact", "thread"), how),
        )
    ]


def survey_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`survey.answered` [score]."""
    content = ("customer_key", "answered_at", "survey", "score", "text")
    return [
        activity_table(
            source=how.source,
            activity_id=identities(rows, "survey", "survey_id", content, how.occurrences),
            customer_key=column(rows, "customer_key"),
            ts_us=column(rows, "answered_at"),
            kind="survey.answered",
            value=column(rows, "score"),
            attrs=_marked(attrs_of(rows, ("survey", "text", "contact"), how), satisfaction(column(rows, "score"), column(rows, "survey"))),
        )
    ]


def _marked(attrs: dict[str, pa.Array], marks: pa.Array) -> dict[str, pa.Array]:
    """With `satisfaction` (0–100) where the scale of a rating is known and no column gives it already."""
    return attrs if "satisfaction" in attrs or marks.null_count == len(marks) else {**attrs, "satisfaction": marks}


def payment_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`payment.received` when paid; one `payment.overdue` on the day after the due day for a bill not paid by then.

    Every bill with a due day also makes `payment.due`, which lies ahead and is known from the day of the bill on (without one: from
    now on), and if it is paid before that day, `payment.settled`, which undoes it.
    """
    ids = identities(rows, "payment", "payment_id", ("customer_key", "amount", "due_on", "order_id"), how.occurrences)
    rows = rows.append_column("_id", ids)
    withdrawn = pc.fill_null(pc.equal(column(rows, "standing"), "withdrawn"), False)
    undone, rows = rows.filter(withdrawn), rows.filter(pc.invert(withdrawn))
    paid = rows.filter(pc.is_valid(rows["paid_at"]))
    received = activity_table(
        source=how.source,
        activity_id=column(paid, "_id"),
        customer_key=column(paid, "customer_key"),
        ts_us=column(paid, "paid_at"),
        kind="payment.received",
        value=column(paid, "amount"),
        attrs={**attrs_of(paid, ("payment_id", "order_id", "due_on"), how), **_days_to_pay(paid, how)},
    )
    billed = rows.filter(pc.is_valid(rows["due_on"]))
    late_from = pc.add(day_start_us(column(billed, "due_on"), how.zone), DAY_US)
    settled = pc.fill_null(_ended(billed), how.now_us)
    late = pc.and_(pc.less(late_from, settled), pc.less(late_from, how.now_us))
    billed = billed.append_column("_late", late_from).append_column("days", constant("1", billed.num_rows).cast(pa.int64())).filter(late)
    overdue = activity_table(
        source=how.source,
        activity_id=pc.binary_join_element_wise(column(billed, "_id"), "overdue", "/"),
        customer_key=column(billed, "customer_key"),
        ts_us=column(billed, "_late"),
        kind="payment.overdue",
        value=column(billed, "amount"),
        attrs=attrs_of(billed, ("payment_id", "order_id", "due_on", "days"), how),
    )
    return [received, overdue, *_due_rows(rows.filter(pc.is_valid(rows["due_on"])), how), *_undone_rows(undone, how)]


def _ended(billed: pa.Table) -> pa.Array:
    """When a bill was paid, or written off against money that is told elsewhere (`cleared_at` brings no payment of its own)."""
    return pc.coalesce(column(billed, "paid_at"), column(billed, "cleared_at"))


def _undone_rows(undone: pa.Table, how: Alignment) -> list[pa.Table]:
    """In the place of everything that a withdrawn bill or payment may have brought."""
    at = pc.coalesce(column(undone, "paid_at"), day_start_us(column(undone, "due_on"), how.zone), pa.scalar(how.now_us))
    return [
        activity_table(
            source=how.source,
            activity_id=pc.binary_join_element_wise(column(undone, "_id"), ending, ""),
            customer_key=column(undone, "customer_key"),
            ts_us=at,
            kind="entry.taken_back",
        )
        for ending in ("", "/overdue", "/due", "/settled")
    ]


def _days_to_pay(paid: pa.Table, how: Alignment) -> dict[str, pa.Array]:
    """`days` from the bill to its payment, where bills have a day; nothing where none has."""
    if paid["billed_on"].null_count == paid.num_rows:
        return {}
    spent = pc.subtract(column(paid, "paid_at"), day_start_us(column(paid, "billed_on"), how.zone))
    return {"days": pc.floor(pc.divide(pc.cast(spent, pa.float64()), float(DAY_US)))}


def _due_rows(billed: pa.Table, how: Alignment) -> list[pa.Table]:
    due = day_start_us(column(billed, "due_on"), how.zone)
    written = pc.coalesce(day_start_us(column(billed, "billed_on"), how.zone), pc.min_element_wise(due, pa.scalar(how.now_us)))
    ahead = billed.append_column("_due", due).append_column("_known", pc.min_element_wise(written, due))
    ahead = ahead.append_column("_ended", _ended(billed))
    early = ahead.filter(pc.fill_null(pc.less(column(ahead, "_ended"), due), False))
    early = early.set_column(early.schema.get_field_index("_known"), "_known", early["_ended"])
    return [_lying_ahead(ahead, "due", how), _lying_ahead(early, "settled", how)]


def _lying_ahead(rows: pa.Table, name: str, how: Alignment) -> pa.Table:
    """`payment.<name>` on the due day, known since `_known`."""
    return activity_table(
        source=how.source,
        activity_id=pc.binary_join_element_wise(column(rows, "_id"), name, "/"),
        customer_key=column(rows, "customer_key"),
        ts_us=column(rows, "_due"),
        known_us=column(rows, "_known"),
        kind=f"payment.{name}",
        value=column(rows, "amount"),
        attrs=attrs_of(rows, ("payment_id", "order_id"), how),
    )


def contract_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`contract.started`, and `contract.ends` known from the start on (from now where no start is given)."""
    rows = rows.append_column("contract", rows["contract_id"])
    begun = rows.filter(pc.is_valid(rows["starts_on"]))
    started = activity_table(
        source=how.source,
        activity_id=pc.binary_join_element_wise("contract:", column(begun, "contract_id"), "/started", ""),
        customer_key=column(begun, "customer_key"),
        ts_us=day_start_us(column(begun, "starts_on"), how.zone),
        kind="contract.started",
        value=column(begun, "amount"),
        attrs=attrs_of(begun, ("contract",), how),
    )
    ends = activity_table(
        source=how.source,
        activity_id=pc.binary_join_element_wise("contract:", column(rows, "contract_id"), "/ends", ""),
        customer_key=column(rows, "customer_key"),
        ts_us=day_start_us(column(rows, "ends_on"), how.zone),
        known_us=pc.fill_null(day_start_us(column(rows, "starts_on"), how.zone), how.now_us),
        kind="contract.ends",
        value=column(rows, "amount"),
        attrs=attrs_of(rows, ("contract",), how),
    )
    return [started, ends]


def opportunity_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`opportunity.moved` [amount]: one per opportunity and stage, at its last change; `open` by the words of the stage."""
    attrs = attrs_of(rows, ("opportunity_id", "stage"), how)
    return [
        activity_table(
            source=how.source,
            activity_id=pc.binary_join_element_wise("opportunity:", column(rows, "opportunity_id"), "/", column(rows, "stage"), ""),
            customer_key=column(rows, "customer_key"),
            ts_us=pc.fill_null(column(rows, "updated_at"), how.now_us),
            kind="opportunity.moved",
            value=column(rows, "amount"),
            attrs=attrs if "open" in attrs else {**attrs, "open": is_open(column(rows, "stage"))},
        )
    ]


TO_ACTIVITIES: Mapping[str, Callable[[pa.Table, Alignment], list[pa.Table]]] = MappingProxyType(
    {
        "activities": activity_rows,
        "tickets": ticket_rows,
        "messages": message_rows,
        "surveys": survey_rows,
        "payments": payment_rows,
        "contracts": contract_rows,
        "opportunities": opportunity_rows,
    }
)
"""Entities whose rows (with every field of `entities.py` as a typed column) become activities."""
