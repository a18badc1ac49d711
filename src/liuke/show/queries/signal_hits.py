"""谁在触发: the customers in a reader's scope for whom a signal fires now, the highest score first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.signals import SignalHit
from liuke.show.queries.customer_list import SCOPES, cards_in_scope, customer_rows
from liuke.show.queries.firing import firing_among, firing_ids, firing_now, reasons_of
from liuke.show.queries.paging import (
    FEW,
    TOTAL_CAP,
    Cursor,
    Slice,
    chosen,
    cursor_read,
    cursor_write,
    limit_of,
    page,
    sort_of,
)
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard
from liuke.signals.service import signal_get

SORT = sort_of("-score", {"score": "score"})
STRIDE = 1_000
"""Cards that one question to the warehouse covers while a page is filled."""
STRIDES = 25
"""Questions per page at most: a page may then have fewer rows than asked for, and still a next one."""


def signal_hits(*, reader: Reader, code: str, scope: str, cursor: str, limit: int) -> Page[SignalHit]:
    """A page of them. A signal that fires for few is found by their ids, one that fires for many by walking the cards.

    Either way the work is bounded. Raises NotFound("signal"), Forbidden for those who see no customers.
    """
    reader.require_customers()
    signal_get(code)
    chosen("scope", scope, SCOPES)
    size, before, as_of = limit_of(limit), cursor_read(cursor, SORT.text), firing_now(reader).as_of
    if as_of is None:
        return Page(items=[], next_cursor=None, total=0)
    cards, few = cards_in_scope(reader.actor, scope), firing_ids(reader, as_of, code, FEW + 1)
    if len(few) <= FEW:
        cards = cards.filter(pk__in=few)
        total = (before.total, before.capped) if before else (cards.count(), False)
        found = page([cards], SORT, before, size, total=total)
    else:
        total = (before.total, before.capped) if before else _total(reader, as_of, code, cards)
        found = _Walk(reader, as_of, code, cards, total).page(before, size)
    items = _hits(reader, as_of, code, found.rows)
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _total(reader: Reader, as_of: datetime, code: str, cards: QuerySet[CustomerCard]) -> tuple[int, bool]:
    """How many among the first 10,000 cards; and whether there are more cards."""
    ids = list(cards.order_by("-score", "-pk").values_list("pk", flat=True)[: TOTAL_CAP + 1])
    return len(firing_among(reader, as_of, code, ids[:TOTAL_CAP])), len(ids) > TOTAL_CAP


@dataclass(frozen=True, slots=True)
class _Walk:
    """The cards in order of score, asked in strides for whom the signal fires."""

    reader: Reader
    as_of: datetime
    code: str
    cards: QuerySet[CustomerCard]
    total: tuple[int, bool]

    def page(self, before: Cursor | None, size: int) -> Slice[CustomerCard]:
        """The next rows after the cursor."""
        found: list[CustomerCard] = []
        last, ended = before, False
        for _ in range(STRIDES):
            part = list(_after(self.cards, last)[:STRIDE])
            fires = firing_among(self.reader, self.as_of, self.code, [card.pk for card in part])
            found += [card for card in part if card.pk in fires]
            ended = len(part) < STRIDE
            if len(found) > size or ended:
                break
            last = self._cursor(part[-1])
        if len(found) > size:
            return Slice(found[:size], cursor_write(self._cursor(found[size - 1])))
        return Slice(found, None if ended or last is None else cursor_write(last))

    def _cursor(self, card: CustomerCard) -> Cursor:
        return Cursor(SORT.text, card.score, card.pk, *self.total)


def _after(cards: QuerySet[CustomerCard], last: Cursor | None) -> QuerySet[CustomerCard]:
    ordered = cards.order_by("-score", "-pk")
    return ordered if last is None else ordered.filter(Q(score__lt=last.value) | Q(score=last.value, pk__lt=last.id))


def _hits(reader: Reader, as_of: datetime, code: str, cards: Sequence[CustomerCard]) -> list[SignalHit]:
    lines = reasons_of(reader, as_of, code, [card.pk for card in cards])
    return [
        SignalHit(
            customer=row,
            text=reader.reason(lines[row.id]) if row.id in lines else "",
            points=lines[row.id]["points"] if row.id in lines else 0,
        )
        for row in customer_rows(reader, cards)
    ]
