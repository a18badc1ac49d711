"""待验证, as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from liuke.features.service.wording import kind_name
from liuke.show.api.schemas.verification import CaseOut, CasesOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.paging import chosen, cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.verification import CaseKind, CaseStatus
from liuke.signals.service.verification import cases_visible, cases_waiting
from liuke.signals.store.models import VerificationCase

NEWEST = sort_of("-opened_at", {"opened_at": "opened_at"})
WAITING = "open"
STATUSES = (*(status.value for status in CaseStatus), "later")


def case_page(*, reader: Reader, kind: str, status: str, cursor: str, limit: int) -> CasesOut:
    """A page of visible cases. status: `open` (they wait now), `later`, or what was decided."""
    reader.require_customers()
    before, size = cursor_read(cursor, NEWEST.text), limit_of(limit)
    rows, total = narrowed(_filtered(reader, kind, status), before)
    found = page([rows], NEWEST, before, size, total=total)
    cards = {card.pk: card for card in _cards([case.customer_id for case in found.rows])}
    waiting = cases_waiting(reader.actor, reader.now).order_by().values("kind").annotate(n=Count("pk"))
    return CasesOut(
        items=[_case(reader, case, cards) for case in found.rows],
        next_cursor=found.next_cursor,
        total=total[0],
        total_is_capped=total[1],
        counts=word({kind.value: 0 for kind in CaseKind} | {row["kind"]: row["n"] for row in waiting}),
    )


def _filtered(reader: Reader, kind: str, status: str) -> QuerySet[VerificationCase]:
    kinds, statuses = chosen("kind", kind, [one.value for one in CaseKind]), chosen("status", status, STATUSES)
    if list(statuses) == [WAITING] or not statuses:
        cases = cases_waiting(reader.actor, reader.now)
    elif list(statuses) == ["later"]:
        cases = cases_visible(reader.actor).filter(status=WAITING, later_until__gt=reader.now)
    else:
        cases = cases_visible(reader.actor).filter(status__in=statuses)
    return cases.filter(kind__in=kinds) if kinds else cases


def _cards(ids: list[int | None]) -> QuerySet[CustomerCard]:
    return CustomerCard.objects.filter(pk__in=[pk for pk in ids if pk is not None]).select_related("customer")


def _case(reader: Reader, case: VerificationCase, cards: Mapping[int, CustomerCard]) -> CaseOut:
    card = cards.get(case.customer_id or 0)
    return CaseOut(
        id=case.pk,
        kind=word(case.kind),
        status=word(case.status),
        customer=customer_ref(card.pk, card.key, card.name, card.customer.sample_fields) if card else None,
        owner=reader.person(card.owner_id) if card else None,
        score=card.score if card else None,
        level=word(card.level) if card else None,
        about=case.about,
        text=reader.text(case.key, _params(reader, case)),
        opened_at=case.opened_at,
        seen_at=case.seen_at,
        ended_at=case.ended_at,
        later_until=case.later_until,
        note=case.note,
        decided_by=reader.person(case.decided_by_id),
        decided_at=case.decided_at,
    )


def _params(reader: Reader, case: VerificationCase) -> dict[str, Any]:
    """The sentence's numbers, and how what it is about is called."""
    return {**case.params, "about": case.about, "label": kind_name(case.about, reader.language) if case.about else ""}
