"""SIG-36: a complaint goes to the team that owns its topic, as a ticket that the product raises by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from liuke.accounts.store.models import Team, Workspace
from liuke.act.plans.asked import AskedTicket, busy_with, ticket_ask, ticket_routes
from liuke.act.plans.domain_tickets import Topic
from liuke.act.plans.tickets import ticket_tell
from liuke.act.store.models import Ticket
from liuke.base.times import to_us
from liuke.base.words import catalogue, render
from liuke.facts.domain.readings import TEXTS
from liuke.facts.service.readings import lists_live
from liuke.facts.store.models import Customer
from liuke.text import Lists
from liuke.warehouse import Warehouse

LOOK_BACK = timedelta(days=2)
"""Complaints of the last night and of a night that did not run; older ones are history."""
MOST = 200
SHIPPED: Mapping[str, Topic] = {
    "delivery": Topic.DELIVERY, "logistics": Topic.DELIVERY, "quality": Topic.QUALITY, "mismatch": Topic.QUALITY, "price": Topic.BILLING,
    "after_sales": Topic.BILLING, "billing": Topic.BILLING, "fault": Topic.PRODUCT, "service": Topic.RECOVERY,
}  # fmt: skip
"""Which ticket topic a complaint topic is; others are `other`."""


def complaint_tickets(*, workspace: Workspace, warehouse: Warehouse, at: datetime) -> int:
    """One ticket per customer and topic of the complaints in the LOOK_BACK before `at`; how many are new. Safe to repeat.

    It goes to the team that the word lists name for the topic, else to the ticket topic's own. A complaint whose topic belongs to
    no team raises none: it shows in the queue and the score.
    """
    teams, lists = dict(Team.objects.filter(workspace=workspace).values_list("name", "pk")), lists_live(workspace.pk)
    routes, busy, made = ticket_routes(workspace.pk), busy_with(workspace), 0
    for row in _complaints(workspace, warehouse, at):
        code, customer_id = row["topic"], int(row["customer_id"])
        topic, team = SHIPPED.get(code, Topic.OTHER), teams.get(team_named(lists, code))
        key = f"{workspace.pk}:complaint:{customer_id}:{code}:{row['ts_us']}"
        owned = team is not None or topic.value in routes
        if not owned or (customer_id, topic.value) in busy or Ticket.objects.filter(key=key).exists():
            continue
        busy.add((customer_id, topic.value))
        _ask(workspace, AskedTicket(customer_id, topic, _title(workspace, lists, code, customer_id), None, key, team_id=team), routes, at)
        made += 1
    return made


def team_named(lists: Lists, code: str) -> str:
    """The name of the team that owns a topic in the word lists; empty where none does."""
    return next((topic.team for topic in lists.topics if topic.code == code), "")


def topic_label(lists: Lists, code: str, language: str) -> str:
    """A topic in words: the workspace's own label, else the shipped one, else its code."""
    own = next((topic.label for topic in lists.topics if topic.code == code and topic.label), "")
    shipped = f"text.topic.{code}"
    return own or (render(shipped, {}, language=language) if shipped in catalogue("zh-CN") else code)


def _ask(workspace: Workspace, asked: AskedTicket, routes: Mapping[str, int], at: datetime) -> None:
    with transaction.atomic():
        ticket = ticket_ask(workspace, asked, routes, at=at)
        ticket_tell(ticket, by=None, name=render("tickets.system", {}, language=workspace.locale), at=at)


def _title(workspace: Workspace, lists: Lists, code: str, customer_id: int) -> str:
    name = Customer.objects.values_list("name", flat=True).get(pk=customer_id)
    words = {"customer": name, "topic": topic_label(lists, code, workspace.locale)}
    return render("tickets.asked.complaint", words, language=workspace.locale)


def _complaints(workspace: Workspace, warehouse: Warehouse, at: datetime) -> list[dict[str, str]]:
    """Customer, topic and the newest moment of the complaints of the last days, the newest first."""
    sql = f"""SELECT customer_id, attrs->>'$.topic' AS topic, max(ts_us) AS ts_us FROM activity
        WHERE kind = ANY($kinds) AND ts_us >= $since AND ts_us < $at AND known_us <= $at
            AND (attrs->>'$.complaint') IN ('1', 'true') AND (attrs->>'$.topic') <> ''
        GROUP BY ALL ORDER BY ts_us DESC, customer_id LIMIT {MOST}"""
    given = {"kinds": list(TEXTS), "since": to_us(at - LOOK_BACK), "at": to_us(at)}
    found: list[dict[str, str]] = warehouse.query(workspace.pk, sql, given).to_pylist()
    return found
