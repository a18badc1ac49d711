"""What people and the product did about a customer, as lines of the timeline. Few per customer, so all are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.act.messages.templates import templates_of
from liuke.act.store.models import CustomerMessage, FollowUp, Visit, WorkItem
from liuke.alert.store.models import Alert
from liuke.base.times import from_us
from liuke.learn.store.models import Outcome
from liuke.score.domain.levels import Level
from liuke.show.queries.reader import Reader
from liuke.show.queries.warehouse import warehouse
from liuke.warehouse.scores import score_history

LEVEL_DAYS = 400
MESSAGES = 200


@dataclass(frozen=True, slots=True)
class Event:
    """One line; `id` is unique and stable."""

    id: str
    at: datetime
    kind: str
    group: str
    title: str
    text: str = ""
    value: float | None = None
    actor: str = ""
    link: str | None = None


def events_of(reader: Reader, customer_id: int) -> list[Event]:
    """Alerts, follow-ups, finished work, outcomes and level changes before the workspace's present, in no order."""
    parts = (_alerts, _follow_ups, _visits, _work, _outcomes, _levels, _messages)
    return [event for part in parts for event in part(reader, customer_id) if event.at < reader.now]


def _alerts(reader: Reader, customer_id: int) -> Iterator[Event]:
    for alert in Alert.objects.filter(customer_id=customer_id, opened_at__lt=reader.now):
        link = f"/alerts/{alert.pk}"
        reason = reader.top_reason(alert.reasons) if alert.status != Alert.Status.CLOSED else ""
        yield Event(
            f"alert:{alert.pk}:opened", alert.opened_at, "alert.opened", "alert", reader.text("show.event.alert_opened"), reason, link=link
        )
        if alert.closed_at:
            why = reader.text(f"show.closed.{alert.close_reason or 'handled'}")
            title = reader.text("show.event.alert_closed")
            yield Event(f"alert:{alert.pk}:closed", alert.closed_at, "alert.closed", "alert", title, why, link=link)


def _follow_ups(reader: Reader, customer_id: int) -> Iterator[Event]:
    for row in FollowUp.objects.filter(work_item__customer_id=customer_id, at__lt=reader.now):
        title = reader.text("show.event.follow_up", {"result": reader.text(f"show.result.{row.result}")})
        by = reader.person(row.by_id)
        yield Event(
            f"follow_up:{row.pk}", row.at, "work.follow_up", "work", title, reader.written(row.note), actor=by.name if by else "",
            link=f"/tasks/{row.work_item_id}",
        )  # fmt: skip


def _visits(reader: Reader, customer_id: int) -> Iterator[Event]:
    for row in Visit.objects.filter(customer_id=customer_id, at__lt=reader.now, removed_at__isnull=True):
        by = reader.person(row.by_id)
        said = " · ".join(part for part in (row.place, row.text) if part)
        link = f"/tasks/{row.work_item_id}" if row.work_item_id else None
        title = reader.text("show.event.visit")
        yield Event(f"visit:{row.pk}", row.at, "work.visit", "work", title, reader.written(said), actor=by.name if by else "", link=link)


def _work(reader: Reader, customer_id: int) -> Iterator[Event]:
    done = WorkItem.objects.filter(customer_id=customer_id, status=WorkItem.Status.DONE, finished_at__lt=reader.now)
    for item in done.exclude(finished_at=None):
        by = reader.person(item.owner_id)
        title, moment = reader.text("show.event.work_done"), item.finished_at or reader.now
        yield Event(
            f"work:{item.pk}", moment, "work.done", "work", title, item.title, actor=by.name if by else "", link=f"/tasks/{item.pk}"
        )


def _outcomes(reader: Reader, customer_id: int) -> Iterator[Event]:
    for row in Outcome.objects.filter(customer_id=customer_id, at__lt=reader.now):
        by = reader.person(row.by_id)
        title = reader.text("show.event.outcome", {"outcome": reader.text(f"show.outcome.{row.kind}")})
        if row.reverted_at:
            title = reader.text("show.event.outcome_reverted", {"outcome": reader.text(f"show.outcome.{row.kind}")})
        yield Event(f"outcome:{row.pk}", row.at, "outcome", "outcome", title, reader.written(row.note), actor=by.name if by else "")


def _levels(reader: Reader, customer_id: int) -> Iterator[Event]:
    since = reader.now - timedelta(days=LEVEL_DAYS)
    table = score_history(warehouse(), reader.workspace.pk, customer_id=customer_id, as_of=reader.now, since=since)
    before: str | None = None
    for row in table.select(["as_of_us", "score", "level"]).to_pylist():
        if before is not None and row["level"] != before:
            rising = Level(row["level"]).rank > Level(before).rank
            params = {"before": reader.text(f"show.level.{before}"), "after": reader.text(f"show.level.{row['level']}")}
            title = reader.text("show.event.level_up" if rising else "show.event.level_down", params)
            yield Event(f"score:{row['as_of_us']}", from_us(row["as_of_us"]), "score.level", "score", title, "", row["score"])
        before = row["level"]


def _messages(reader: Reader, customer_id: int) -> Iterator[Event]:
    """Messages that left or rehearsed leaving; what was refused is told by the panel and the log, not here."""
    gone = CustomerMessage.objects.filter(customer_id=customer_id, counts=True, planned_at__lt=reader.now).order_by("-planned_at")
    rows = list(gone[:MESSAGES])
    names = {each.code: each.name for each in templates_of(reader.workspace, codes={row.template_code for row in rows}, archived=True)}
    for row in rows:
        params = {"template": names.get(row.template_code, row.template_code), "medium": reader.text(f"governor.word.{row.medium}")}
        by = reader.person(row.by_id)
        state = reader.text(f"messages.status.{row.status}")
        yield Event(
            f"message:{row.pk}", row.planned_at, "message.sent", "message", reader.text("messages.event.sent", params), state,
            actor=by.name if by else "",
        )  # fmt: skip
