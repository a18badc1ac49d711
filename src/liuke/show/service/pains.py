"""Handing a pain point to the team that can do something about it (FBK-03)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.plans.complaints import SHIPPED, topic_label
from liuke.act.plans.domain_tickets import Topic
from liuke.act.plans.tickets import TicketDraft, ticket_raise
from liuke.act.store.models import Ticket
from liuke.base.errors import NotFound
from liuke.facts.service.readings import lists_live
from liuke.show.queries.feedback import pain_customers
from liuke.show.queries.reader import Reader

LISTED = 20
"""Customers named in the ticket."""


def pain_hand_over(*, reader: Reader, topic: str, team_id: int, days: int, key: str) -> Ticket:
    """One ticket with the topic's customers and money, hung on whom it costs most. The same `key` again is the same ticket.

    Raises NotFound("pain_topic") where nobody visible complained of it, and what `ticket_raise` raises.
    """
    reader.actor.require(Permission.HANDLE)
    rows = pain_customers(reader, reader.now - timedelta(days=days)).get(topic, [])
    if not rows:
        raise NotFound("pain_topic")
    label = topic_label(lists_live(reader.workspace.pk), topic, reader.language)
    worth = sum(card.annual_value or 0.0 for card, _ in rows)
    lines = [
        reader.text("pain.row", {"name": card.name, "key": card.key, "money": card.annual_value or 0.0, "times": times})
        for card, times in rows[:LISTED]
    ]
    title = reader.text("pain.ticket", {"topic": label, "n": len(rows), "money": worth})
    draft = TicketDraft(
        topic=SHIPPED.get(topic, Topic.OTHER).value,
        title=title[:160],
        text="\n".join(lines)[:4000],
        team_id=team_id,
        customer_id=rows[0][0].pk,
    )
    with transaction.atomic():
        ticket = ticket_raise(actor=reader.actor, draft=draft, key=f"pain:{topic}:{key}")
        audit_record(actor=reader.actor, action="pain_ticket", object_type="ticket", object_id=ticket.pk, detail={"topic": topic})
    return ticket
