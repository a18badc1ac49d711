"""What a hand-over would do, and those that were made."""

from __future__ import annotations

from collections import Counter

from liuke.accounts.store.models import Membership
from liuke.act.service import hand_overs_recent, holding_of
from liuke.act.store.models import HandOver
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.routing import HandOverMoveOut, HandOverOut, HandOverPreviewOut, HandOverShareOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.routing import people_of
from liuke.show.service.handover import Wanted, hand_over_plan
from liuke.show.store.models import CustomerCard
from liuke.show.store.repository import card_of

SHOWN = 100


def preview_out(reader: Reader, member_id: int, wanted: Wanted) -> HandOverPreviewOut:
    """Numbers by successor and the first hundred customers by value. Raises as `hand_over_plan` does."""
    moves = hand_over_plan(actor=reader.actor, member_id=member_id, wanted=wanted)
    holding = holding_of(reader.workspace.pk, member_id)
    cards = CustomerCard.objects.filter(workspace=reader.workspace, customer__owner_id=member_id)
    values = dict(cards.values_list("customer_id", "annual_value"))
    worth, counts = Counter[int](), Counter(moves.values())
    for customer, successor in moves.items():
        worth[successor] += round(values.get(customer, 0.0))
    first = sorted(moves, key=lambda key: (-values.get(key, 0.0), key))[:SHOWN]
    people = {person.id: person for person in people_of(reader, sorted(set(moves.values())))}
    rows = {row.pk: row for row in Customer.objects.filter(pk__in=first).select_related("customercard")}
    return HandOverPreviewOut(
        customers=len(moves),
        alerts=holding.alerts,
        items=holding.items,
        left=holding.customers - len(moves),
        shares=[HandOverShareOut(person=people[key], customers=counts[key], annual_value=float(worth[key])) for key in people],
        moves=[
            HandOverMoveOut(
                customer=customer_ref(key, rows[key].key, rows[key].name, rows[key].sample_fields),
                tier=word(card_of(rows[key]).tier),
                annual_value=values.get(key, 0.0),
                successor=people[moves[key]],
            )
            for key in first
        ],
        segments=sorted(segment for segment in cards.order_by().values_list("segment", flat=True).distinct() if segment),
    )


def hand_over_out(reader: Reader, row: HandOver) -> HandOverOut:
    """A hand-over with what it moved."""
    moves = row.handovermove_set.all()
    member = Membership.objects.select_related("user").get(pk=row.member_id)
    return HandOverOut(
        id=row.pk,
        member=people_of(reader, [member.pk])[0],
        at=row.at,
        customers=len(moves),
        successors=people_of(reader, sorted({move.successor_id for move in moves})),
    )


def hand_overs_out(reader: Reader) -> list[HandOverOut]:
    """The newest ones. Raises Forbidden without `people`."""
    return [hand_over_out(reader, row) for row in hand_overs_recent(actor=reader.actor)]
