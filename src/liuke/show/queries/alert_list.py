"""预警中心: the list and its chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Scope
from liuke.act.store.models import WorkItem
from liuke.alert.service import alerts_visible, verdicts_current
from liuke.alert.store.models import Alert, Escalation, Verdict
from liuke.base.plain import comma_separated
from liuke.score.domain.levels import Level
from liuke.segments.domain.tiers import Tier
from liuke.show.api.schemas.alerts import AlertCounts, AlertRow
from liuke.show.api.schemas.common import CustomerRef, Page
from liuke.show.domain.card import is_adjusted
from liuke.show.queries.customer_list import SCOPES, owner_filter
from liuke.show.queries.paging import chosen, cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.store.models import CustomerCard
from liuke.show.store.repository import card_of
from liuke.signals.domain.reason import Family

SORTS = {
    **{name: name for name in ("expected_loss", "score", "opened_at", "annual_value")},
    "due_at": "workitem__due_at",
}
STATUSES = tuple(status.value for status in Alert.Status)
ORIGINS = tuple(origin.value for origin in Alert.Origin)
UNFINISHED = (WorkItem.Status.TODO, WorkItem.Status.DOING)


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """The list's filters as the URL has them: comma-separated texts."""

    scope: str = "mine"
    status: str = "open"
    level: str = ""
    tier: str = ""
    family: str = ""
    segment: str = ""
    owner: str = ""
    origin: str = ""
    overdue: bool = False
    escalated: bool = False
    q: str = ""


def in_scope(actor: Actor, scope: str) -> QuerySet[Alert]:
    """`mine`, `team` or `all` of the alerts that the actor may see; a key owns nothing, so its `mine` is all."""
    chosen("scope", scope, SCOPES)
    alerts = alerts_visible(actor)
    if actor.is_key or scope == "all":
        return alerts
    if scope == "team":
        return alerts if actor.team_id is None else alerts.filter(team(actor.team_id))
    return alerts.filter(owner_id__in=actor.owners)


def team(team_id: int | None) -> Q:
    """Alerts of a team: by their owner, else by the customer's."""
    return Q(owner__team_id=team_id) | Q(owner__isnull=True, customer__owner__team_id=team_id)


def overdue(reader: Reader) -> Q:
    """Alerts whose work item is due and not finished."""
    return Q(workitem__due_at__lt=reader.now, workitem__status__in=UNFINISHED)


def is_overdue(reader: Reader, item: WorkItem | None) -> bool:
    """The same as `overdue`, for the work item at hand; an alert without one is not overdue."""
    return item is not None and item.due_at is not None and item.due_at < reader.now and item.status in UNFINISHED


def escalated() -> Q:
    """Alerts that have gone up the ladder at their present level."""
    return Q(Exists(Escalation.objects.filter(alert=OuterRef("pk"), level=OuterRef("level"))))


def filtered(reader: Reader, wanted: AlertFilter) -> QuerySet[Alert]:
    """The alerts that the filters leave, in no order. Raises Invalid for an unknown value, naming the allowed ones."""
    alerts = in_scope(reader.actor, wanted.scope)
    exact: dict[str, Sequence[str]] = {
        "status": [*chosen("status", wanted.status, STATUSES)],
        "level": [*chosen("level", wanted.level, [level.value for level in Level])],
        "origin": [*chosen("origin", wanted.origin, ORIGINS)],
    }
    for column, values in exact.items():
        if values:
            alerts = alerts.filter(**{f"{column}__in": values})
    cards = _cards(reader, wanted)
    if cards is not None:
        alerts = alerts.filter(customer_id__in=cards.values("customer_id"))
    if wanted.owner:
        alerts = alerts.filter(owner_filter(wanted.owner))
    if wanted.overdue:
        alerts = alerts.filter(overdue(reader))
    if wanted.escalated:
        alerts = alerts.filter(escalated())
    return alerts


def _cards(reader: Reader, wanted: AlertFilter) -> QuerySet[CustomerCard] | None:
    """The cards of the customers that the filters on them leave, None without such a filter.

    A subquery over the covering index of the cards: joining each alert with its card takes ten times as long.
    """
    exact: dict[str, Sequence[str]] = {
        "tier": [*chosen("tier", wanted.tier, [tier.value for tier in Tier])],
        "main_family": [*chosen("family", wanted.family, [family.value for family in Family])],
        "segment": [*comma_separated(wanted.segment)],
    }
    given = {f"{column}__in": values for column, values in exact.items() if values}
    text = wanted.q.strip()
    if not given and not text:
        return None
    cards = CustomerCard.objects.filter(workspace=reader.workspace, **given)
    return cards.filter(Q(name__icontains=text) | Q(key__icontains=text)) if text else cards


def alert_page(*, reader: Reader, wanted: AlertFilter, sort: str, cursor: str, limit: int) -> Page[AlertRow]:
    """A page of alerts with their customers, work items and verdicts."""
    reader.require_customers()
    order, size = sort_of(sort, SORTS), limit_of(limit)
    before = cursor_read(cursor, order.text)
    alerts, total = narrowed(filtered(reader, wanted), before)
    found = page([loaded(alerts)], order, before, size, total=total)
    return Page(items=alert_rows(reader, found.rows), next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def loaded(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """With all that a row shows, in one query."""
    return alerts.select_related("customer__customercard", "workitem")


def alert_rows(reader: Reader, alerts: Sequence[Alert]) -> list[AlertRow]:
    """Alerts (from `loaded`) as the API shows them; two more queries, for verdicts and escalations."""
    ids = [alert.pk for alert in alerts]
    verdicts, steps = verdicts_current(ids), escalation_steps(ids)
    return [alert_row(reader, alert, verdicts.get(alert.pk), steps.get(alert.pk, 0)) for alert in alerts]


def escalation_steps(alert_ids: Sequence[int]) -> Mapping[int, int]:
    """The highest step that each alert has taken at its present level. Ids must come from visible alerts."""
    rows = Escalation.objects.filter(alert_id__in=alert_ids).order_by("step").values_list("alert_id", "step", "level", "alert__level")
    return {alert: step for alert, step, level, now in rows if level == now}


def customer_ref(customer_id: int, key: str, name: str, sample_fields: Sequence[str] = ()) -> CustomerRef:
    """Enough of a customer to link to it."""
    return CustomerRef(id=customer_id, key=key, name=name, name_is_sample="name" in sample_fields)


def alert_row(reader: Reader, alert: Alert, verdict: Verdict | None, step: int = 0) -> AlertRow:
    """One line of 预警中心. A customer without a card (never scored since) shows without history."""
    card = card_of(alert.customer)
    item: WorkItem | None = getattr(alert, "workitem", None)
    customer = alert.customer
    return AlertRow(
        id=alert.pk,
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        tier=word(card.tier),
        segment=card.segment,
        owner=reader.person(alert.owner_id),
        status=word(alert.status),
        origin=word(alert.origin),
        level=word(alert.level),
        score=round(alert.score, 1),
        delta_7d=card.delta_7d,
        history=card.history,
        top_reason=reader.top_reason(alert.reasons),
        main_family=card.main_family,
        annual_value=float(alert.annual_value),
        expected_loss=float(alert.expected_loss),
        opened_at=alert.opened_at,
        due_at=item.due_at if item else None,
        is_overdue=is_overdue(reader, item),
        pushed_at=alert.pushed_at,
        snoozed_until=alert.snoozed_until,
        closed_at=alert.closed_at,
        close_reason=alert.close_reason,
        work_item_id=item.pk if item else None,
        work_status=word(item.status if item else None),
        verdict=word(verdict.verdict if verdict else None),
        is_adjusted=is_adjusted(card.reasons),
        escalation_step=step,
        stands_in=alert.owner_id in reader.actor.stands_in,
    )


def alert_counts(*, reader: Reader) -> AlertCounts:
    """Numbers on the chips: open alerts as far as the reader sees them, in one query."""
    reader.require_customers()
    actor = reader.actor
    is_open, high = Q(status="open"), Q(status="open", level="high")
    mine = Q(owner_id__in=actor.owners) if actor.membership_id is not None else Q()
    ours = team(actor.team_id) if actor.team_id is not None and actor.scope is not Scope.OWN else Q()
    counts = alerts_visible(actor).aggregate(
        mine=Count("pk", filter=is_open & mine),
        team=Count("pk", filter=is_open & ours),
        all=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & overdue(reader)),
        escalated=Count("pk", filter=is_open & escalated()),
        high=Count("pk", filter=high),
        stock=Count("pk", filter=is_open & Q(origin="stock", pushed_at__isnull=True)),
        snoozed=Count("pk", filter=Q(status="snoozed")),
        unassigned=Count("pk", filter=is_open & Q(owner__isnull=True)),
        closed_7d=Count("pk", filter=Q(status="closed", closed_at__gte=reader.now - timedelta(days=7))),
    )
    return AlertCounts(**counts)
