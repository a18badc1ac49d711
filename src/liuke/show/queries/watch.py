"""断线守护: watched customers with why, days left and the last contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Max

from liuke.act.service import watches_visible
from liuke.act.store.models import FollowUp, Watch
from liuke.act.watch.domain import Reason
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.routing import WatchCounts, WatchRow
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.paging import chosen, cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.store.repository import card_of

SORT = "-since"
_CUSTOMERS = frozenset({Reason.ONE_CONTACT})


def watch_page(*, reader: Reader, reason: str, cursor: str, limit: int) -> Page[WatchRow]:
    """Visible watches, newest first. `reason` takes several, comma-separated."""
    reader.require_customers()
    order, size = sort_of(SORT, {"since": "since"}), limit_of(limit)
    before = cursor_read(cursor, order.text)
    wanted = chosen("reason", reason, [one.value for one in Reason])
    rows = watches_visible(reader.actor)
    rows, total = narrowed(rows.filter(reason__in=wanted) if wanted else rows, before)
    found = page([rows.select_related("customer__customercard")], order, before, size, total=total)
    spoken = _spoken([row.customer_id for row in found.rows])
    items = [_row(reader, row, spoken) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def watch_counts(*, reader: Reader) -> WatchCounts:
    """Numbers on the chips."""
    reader.require_customers()
    rows = watches_visible(reader.actor).order_by().values_list("reason").annotate(n=Count("pk"))
    counts = {reason.value: 0 for reason in Reason} | dict(rows)
    return WatchCounts(all=sum(counts.values()), **{reason.value: counts[reason.value] for reason in Reason})


def _spoken(customer_ids: list[int]) -> Mapping[int, datetime]:
    rows = FollowUp.objects.filter(work_item__customer_id__in=customer_ids).order_by()
    return dict(rows.values_list("work_item__customer_id").annotate(at=Max("at")))


def _row(reader: Reader, watch: Watch, spoken: Mapping[int, datetime]) -> WatchRow:
    customer = watch.customer
    card = card_of(customer)
    moments = [moment for moment in (spoken.get(customer.pk), card.last_activity_at) if moment]
    return WatchRow(
        id=watch.pk,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        reason=watch.reason,
        reason_text=_why(reader, watch),
        since=watch.since,
        days_left=(watch.ends_on - reader.today).days if watch.ends_on else None,
        owner=reader.person(customer.owner_id),
        tier=word(card.tier),
        level=word(card.level),
        score=round(card.score, 1),
        annual_value=card.annual_value,
        last_contact_at=max(moments, default=None),
    )


def _why(reader: Reader, watch: Watch) -> str:
    """In words; the customer's own people are masked by role."""
    before = reader.person(watch.before_id)
    who = str(watch.detail.get("who", ""))
    shown = reader.person_name(who) if watch.reason in _CUSTOMERS else who
    params = {"before": before.name if before else "—", "who": shown, "n": watch.detail.get("n", 0)}
    return reader.text(f"watch.reason.{watch.reason}", params)
