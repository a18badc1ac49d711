"""What customers say of us: a customer's answers, exit interviews by cause, pain points by topic (FBK-01, FBK-02, FBK-03)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from liuke.act.plans.complaints import team_named, topic_label
from liuke.act.store.models import SurveyAnswer, Ticket
from liuke.act.surveys.domain import BAD, Scale
from liuke.act.surveys.service import SOURCE
from liuke.base.times import from_us, local_day, to_us
from liuke.facts.domain.readings import TEXTS
from liuke.facts.service import customer_get, customers_visible
from liuke.facts.service.readings import lists_live
from liuke.learn.domain.interview import KEPT_BY, REASONS, RETURN
from liuke.learn.service.interviews import LEFT, interviews_visible
from liuke.learn.service.outcomes import outcomes_visible
from liuke.learn.store.models import ExitInterview
from liuke.show.api.schemas.common import CustomerRef, Page
from liuke.show.api.schemas.feedback import (
    CauseShare,
    FeedbackAnswer,
    FeedbackOut,
    InterviewFigures,
    InterviewOut,
    InterviewsQuery,
    PainOut,
    PainsOut,
)
from liuke.show.queries.paging import Sort, cursor_read, limit_of, narrowed, page
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.warehouse import rows as stream_rows
from liuke.show.store.models import CustomerCard
from liuke.stats.proportion import wilson

NEWEST = Sort("at", "at", descending=True)
MOST_ANSWERS = 200
RECENT = 3
"""The mean of so many answers is held against that of the answers before."""
TOP = 5
LIKE_CSAT = "rating.given"


@dataclass(frozen=True, slots=True)
class _Returning:
    """How many would come back, of those who were asked; a rate only where anybody was."""

    yes: int = 0
    asked: int = 0
    rate: float | None = None
    low: float | None = None
    high: float | None = None


def feedback_out(reader: Reader, customer_id: int) -> FeedbackOut:
    """A visible customer's answers: of our own page at once, of imports and the API as soon as they are in the stream."""
    reader.require_customers()
    customer = customer_get(actor=reader.actor, customer_id=customer_id)
    sql = f"""SELECT ts_us, kind, value, source, attrs FROM activity
        WHERE customer_id = $customer AND ts_us < $now AND value IS NOT NULL AND source <> $own
            AND kind IN ('survey.answered', '{LIKE_CSAT}')
        ORDER BY ts_us DESC, activity_id LIMIT {MOST_ANSWERS}"""
    given = {"customer": customer.pk, "now": to_us(reader.now), "own": SOURCE}
    answers = [_streamed(reader, row) for row in stream_rows(reader.workspace, sql, given).to_pylist()]
    answers += [_own(reader, row) for row in SurveyAnswer.objects.filter(customer=customer).order_by("-answered_at")[:MOST_ANSWERS]]
    answers.sort(key=lambda one: one.at, reverse=True)
    marks = [one.satisfaction for one in answers if one.satisfaction is not None]
    mean = _mean(marks[:RECENT])
    before = _mean(marks[RECENT : 2 * RECENT])
    return FeedbackOut(answers=answers, mean=mean, change=None if mean is None or before is None else mean - before, n=len(answers))


def _mean(marks: Sequence[float]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def _streamed(reader: Reader, row: Mapping[str, Any]) -> FeedbackAnswer:
    attrs = json.loads(row["attrs"])
    scale = "csat" if row["kind"] == LIKE_CSAT else str(attrs.get("survey", "")).lower()
    mark = attrs.get("satisfaction")
    return FeedbackAnswer(
        at=from_us(row["ts_us"]), scale=scale, score=row["value"], satisfaction=float(mark) if mark is not None else None,
        bad=scale in set(Scale) and row["value"] <= BAD[Scale(scale)], text=reader.written(str(attrs.get("text", ""))),
        source=row["source"],
    )  # fmt: skip


def _own(reader: Reader, row: SurveyAnswer) -> FeedbackAnswer:
    scale = Scale(row.scale)
    low, high = (0, 10) if scale is Scale.NPS else (1, 5)
    return FeedbackAnswer(
        at=row.answered_at, scale=row.scale, score=row.score, satisfaction=(row.score - low) / (high - low) * 100,
        bad=row.score <= BAD[scale], text=reader.written(row.text), source=SOURCE,
    )  # fmt: skip


def interviews_page(reader: Reader, wanted: InterviewsQuery) -> Page[InterviewOut]:
    """A page of interviews of visible customers, newest first."""
    reader.require_customers()
    rows = interviews_visible(reader.actor)
    asked = Q()
    if wanted.cause:
        asked &= Q(cause=wanted.cause)
    if wanted.customer_id is not None:
        asked &= Q(customer_id=wanted.customer_id)
    before, size = cursor_read(wanted.cursor, NEWEST.text), limit_of(wanted.limit)
    found, total = narrowed(rows.filter(asked), before)
    chosen = page([found.select_related("customer", "by__user")], NEWEST, before, size, total=total)
    items = [interview_out(reader, row) for row in chosen.rows]
    return Page(items=items, next_cursor=chosen.next_cursor, total=total[0], total_is_capped=total[1])


def interview_out(reader: Reader, row: ExitInterview) -> InterviewOut:
    """One interview in the reader's language; open answers hidden without the right."""
    told, lists = row.answers, lists_live(reader.workspace.pk)
    returns = str(told.get("would_return", ""))
    return InterviewOut(
        id=row.pk,
        customer=_ref(row.customer_id, row.customer.key, row.customer.name, row.customer.sample_fields),
        at=row.at,
        by=reader.person(row.by_id),
        cause=word(row.cause),
        cause_text=reader.text(f"interview.cause.{row.cause}"),
        reason=row.reason,
        reason_text=reader.text(f"interview.reason.{row.reason}"),
        competitor=str(told.get("competitor", "")) or str(row.reading.get("competitor", "")),
        price=told.get("price"),
        kept_by=[reader.text(f"interview.kept.{code}") for code in told.get("kept_by", ())],
        would_return=reader.text(f"interview.return.{returns}") if returns else "",
        why=reader.written(str(told.get("why", ""))),
        improve=reader.written(str(told.get("improve", ""))),
        topics=[topic_label(lists, code, reader.language) for code in row.reading.get("topics", ())],
        outcome_id=row.outcome_id,
    )


def _ref(pk: int, key: str, name: str, sample_fields: Collection[str] = ()) -> CustomerRef:
    return CustomerRef(id=pk, key=key, name=name, name_is_sample="name" in sample_fields)


def interview_figures(reader: Reader) -> InterviewFigures:
    """What interviews say by cause, of the last year; rates with n and interval. Also the questions, for the form."""
    reader.require_customers()
    since = reader.now - timedelta(days=365)
    rows = list(interviews_visible(reader.actor).filter(at__gte=since))
    lost = outcomes_visible(reader.actor).filter(kind__in=LEFT, reverted_at__isnull=True, at__gte=since).values("customer_id").distinct()
    worth: dict[int, float | None] = dict(
        CustomerCard.objects.filter(pk__in={row.customer_id for row in rows}).values_list("pk", "annual_value")
    )
    causes = [_share(reader, cause.value, rows, worth) for cause in REASONS]
    rivals = Counter(str(row.answers.get("competitor") or row.reading.get("competitor") or "") for row in rows)
    named = [f"{name} {number}" for name, number in rivals.most_common(8) if name]
    return InterviewFigures(
        n=len(rows), lost=lost.count(), causes=[one for one in causes if one.n], competitors=named, questions=_questions(reader)
    )


def _share(reader: Reader, cause: str, rows: Sequence[ExitInterview], worth: Mapping[int, float | None]) -> CauseShare:
    own = [row for row in rows if row.cause == cause]
    returning = _returning(own)
    reasons = Counter(row.reason for row in own)
    return CauseShare(
        cause=word(cause), text=reader.text(f"interview.cause.{cause}"), n=len(own), share=len(own) / len(rows) if rows else 0.0,
        returning=returning.yes, asked=returning.asked, rate=returning.rate, low=returning.low, high=returning.high,
        money=sum(worth.get(row.customer_id) or 0.0 for row in own),
        reasons=[f"{reader.text(f'interview.reason.{code}')} {number}" for code, number in reasons.most_common(4)],
    )  # fmt: skip


def _returning(rows: Sequence[ExitInterview]) -> _Returning:
    asked = [row for row in rows if row.would_return]
    if not asked:
        return _Returning()
    yes = sum(row.would_return == "yes" for row in asked)
    low, high = wilson(yes, len(asked))
    return _Returning(yes, len(asked), yes / len(asked), low, high)


def _questions(reader: Reader) -> dict[str, Any]:
    def choices(kind: str, codes: Collection[str]) -> list[dict[str, str]]:
        return [{"code": code, "text": reader.text(f"interview.{kind}.{code}")} for code in codes]

    tree = [
        {"code": cause.value, "text": reader.text(f"interview.cause.{cause}"), "reasons": choices("reason", own)}
        for cause, own in REASONS.items()
    ]
    return {"causes": tree, "kept_by": choices("kept", KEPT_BY), "would_return": choices("return", RETURN)}


def pains_out(reader: Reader, days: int) -> PainsOut:
    """Topics that visible customers complained of in the last days, most money first."""
    reader.require_customers()
    since = reader.now - timedelta(days=days)
    lists = lists_live(reader.workspace.pk)
    by_topic = pain_customers(reader, since)
    rows = Ticket.objects.filter(workspace=reader.workspace, key__startswith=f"{reader.workspace.pk}:pain:").order_by("pk")
    tickets = {key: pk for key, pk in rows.values_list("key", "pk") if key is not None}
    items = [_pain(reader, topic, cards, lists, tickets) for topic, cards in by_topic.items()]
    items.sort(key=lambda one: (-one.money, -one.customers, one.topic))
    return PainsOut(since=local_day(since, reader.workspace.time_zone), items=items)


def pain_customers(reader: Reader, since: datetime) -> dict[str, list[tuple[CustomerCard, int]]]:
    """Per topic the customers (cards) who complained since then and how often, who is worth most first."""
    sql = """SELECT attrs->>'$.topic' AS topic, customer_id, count(*) AS n FROM activity
        WHERE kind = ANY($kinds) AND ts_us >= $since AND ts_us < $now AND known_us <= $now
            AND (attrs->>'$.complaint') IN ('1', 'true') AND (attrs->>'$.topic') <> ''
        GROUP BY ALL"""
    given = {"kinds": list(TEXTS), "since": to_us(since), "now": to_us(reader.now)}
    found = stream_rows(reader.workspace, sql, given).to_pylist()
    visible = customers_visible(reader.actor).values("id")
    cards = {card.pk: card for card in CustomerCard.objects.filter(pk__in=visible, workspace=reader.workspace)} if found else {}
    by_topic: dict[str, list[tuple[CustomerCard, int]]] = {}
    for row in found:
        card = cards.get(row["customer_id"])
        if card is not None:
            by_topic.setdefault(str(row["topic"]), []).append((card, int(row["n"])))
    for rows in by_topic.values():
        rows.sort(key=lambda pair: (-(pair[0].annual_value or 0.0), pair[0].pk))
    return by_topic


def _pain(reader: Reader, topic: str, rows: Sequence[tuple[CustomerCard, int]], lists: Any, tickets: Mapping[str, int]) -> PainOut:
    prefix = f"{reader.workspace.pk}:pain:{topic}:"
    handed = [pk for key, pk in tickets.items() if key.startswith(prefix)]
    return PainOut(
        topic=topic,
        label=topic_label(lists, topic, reader.language),
        customers=len(rows),
        money=sum(card.annual_value or 0.0 for card, _ in rows),
        times=sum(times for _, times in rows),
        lost=sum(card.is_lost for card, _ in rows),
        team=team_named(lists, topic),
        top=[_ref(card.pk, card.key, card.name) for card, _ in rows[:TOP]],
        ticket_id=max(handed) if handed else None,
    )
