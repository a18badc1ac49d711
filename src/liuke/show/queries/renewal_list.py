"""续约台账: contracts near their end, with totals."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from liuke.act.domain.renewals import DECIDED, forecast_of
from liuke.act.service import renewal_get, renewal_totals, renewals_visible, window_filter
from liuke.act.store.models import Renewal
from liuke.show.api.schemas.customers import RenewalBucket, RenewalRow, RenewalsOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.customer_list import SCOPES
from liuke.show.queries.paging import chosen, cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.store.repository import card_of

SORTS = {
    "ends_on": "contract__ends_on",
    "amount": "contract__amount",
    "score": "contract__customer__customercard__score",
    "next_step_on": "next_step_on",
}
STATUSES = tuple(status.value for status in Renewal.Status)


@dataclass(frozen=True, slots=True)
class RenewalFilter:
    """The ledger's filters as the URL has them."""

    scope: str = "mine"
    window: str = "90"
    status: str = ""


def renewal_page(*, reader: Reader, wanted: RenewalFilter, sort: str, cursor: str, limit: int) -> RenewalsOut:
    """A page of the ledger; the totals cover all that the reader sees, whatever the filters."""
    reader.require_customers()
    order, size = sort_of(sort, SORTS), limit_of(limit)
    before = cursor_read(cursor, order.text)
    rows = _scoped(reader, wanted.scope).filter(window_filter(wanted.window, reader.today))
    statuses = chosen("status", wanted.status, STATUSES)
    if statuses:
        rows = rows.filter(status__in=statuses)
    rows, total = narrowed(rows, before)
    found = page([_loaded(rows)], order, before, size, total=total)
    totals = [
        RenewalBucket(
            window=bucket.window,
            count=bucket.count,
            amount=float(bucket.amount),
            forecast_amount=float(bucket.forecast_amount),
            by_status=bucket.by_status,
        )
        for bucket in renewal_totals(actor=reader.actor, today=reader.today)
    ]
    items = [_row(reader, row) for row in found.rows]
    return RenewalsOut(items=items, next_cursor=found.next_cursor, total=total[0], buckets=totals)


def renewal_out(*, reader: Reader, renewal_id: int) -> RenewalRow:
    """One visible ledger row. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    return _row(reader, renewal_get(actor=reader.actor, renewal_id=renewal_id))


def _scoped(reader: Reader, scope: str) -> QuerySet[Renewal]:
    chosen("scope", scope, SCOPES)
    actor, rows = reader.actor, renewals_visible(reader.actor)
    if actor.is_key or scope == "all":
        return rows
    if scope == "team":
        return rows.filter(contract__customer__owner__team_id=actor.team_id) if actor.team_id is not None else rows
    return rows.filter(contract__customer__owner_id__in=actor.owners)


def _loaded(rows: QuerySet[Renewal]) -> QuerySet[Renewal]:
    return rows.select_related("contract__customer__customercard")


def _row(reader: Reader, row: Renewal) -> RenewalRow:
    contract, customer = row.contract, row.contract.customer
    card = card_of(customer)
    return RenewalRow(
        id=row.pk,
        contract=contract.name,
        contract_key=contract.key,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        owner=reader.person(customer.owner_id),
        level=word(card.level),
        score=card.score,
        ends_on=contract.ends_on,
        days_left=(contract.ends_on - reader.today).days,
        amount=float(contract.amount),
        status=word(row.status),
        reason=reader.written(row.reason),
        next_step=reader.written(row.next_step),
        next_step_on=row.next_step_on,
        forecast=forecast_of(row.status, row.forecast),
        forecast_is_default=row.forecast is None or row.status in DECIDED,
        started_at=row.started_at,
        is_sample=contract.is_sample,
    )
