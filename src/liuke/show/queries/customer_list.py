"""客户: the list, read from the cards alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Scope
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from liuke.base.plain import comma_separated
from liuke.facts.store.models import Customer
from liuke.score.domain.levels import Level
from liuke.segments.domain.tiers import Tier
from liuke.show.api.schemas.common import Page, TagRef
from liuke.show.api.schemas.customers import CustomerRow
from liuke.show.domain.card import is_adjusted
from liuke.show.queries.paging import Cursor, Slice, chosen, cursor_read, limit_of, narrowed, numbers, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.tag_chips import tag_filter, tags_carried
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.reason import Family

SORTS = {
    name: name
    for name in ("score", "delta_7d", "annual_value", "expected_loss", "name", "last_order_at", "last_activity_at", "contract_ends_on")
}
STATUSES = tuple(status.value for status in Customer.Status)
SCOPES = ("mine", "team", "all")


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """The list's filters as the URL has them: comma-separated texts. `status` also takes `all`."""

    q: str = ""
    scope: str = "mine"
    status: str = "active"
    level: str = ""
    tier: str = ""
    segment: str = ""
    family: str = ""
    owner: str = ""
    tag: str = ""
    due_within: int | None = None


def cards_visible(actor: Actor) -> QuerySet[CustomerCard]:
    """Cards of the customers that the actor may see. A QuerySet: costs nothing yet. The one place that scopes cards."""
    cards = CustomerCard.objects.filter(workspace_id=actor.workspace_id)
    if actor.scope is Scope.ALL:
        return cards
    if actor.scope is Scope.TEAM and actor.team_id is not None:
        team = Q(team_id=actor.team_id)
        return cards.filter(team | Q(owner_id__in=actor.stands_in) if actor.stands_in else team)
    if actor.scope in {Scope.OWN, Scope.TEAM} and actor.membership_id is not None:
        return cards.filter(owner_id__in=actor.owners)
    return cards.none()


def cards_in_scope(actor: Actor, scope: str) -> QuerySet[CustomerCard]:
    """`mine`, `team` or `all` of what the actor may see; a key owns nothing, so its `mine` is all."""
    cards = cards_visible(actor)
    chosen("scope", scope, SCOPES)
    if actor.is_key or scope == "all":
        return cards
    if scope == "team":
        return cards.filter(team_id=actor.team_id) if actor.team_id is not None else cards
    return cards.filter(owner_id__in=actor.owners)


def customer_page(*, reader: Reader, wanted: CustomerFilter, sort: str, cursor: str, limit: int) -> Page[CustomerRow]:
    """A page of customers. The total is counted on the first page only and travels in the cursor."""
    reader.require_customers()
    order, size = sort_of(sort, SORTS), limit_of(limit)
    before = cursor_read(cursor, order.text)
    branches, total = _branches(reader, wanted, before)
    found = page(branches, order, before, size, total=total)
    return Page(items=customer_rows(reader, found.rows), next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def customer_walk(*, reader: Reader, wanted: CustomerFilter, sort: str, most: int) -> Iterator[CustomerRow]:
    """Every row of the filtered list in order, at most `most`, read 200 at a time."""
    reader.require_customers()
    order = sort_of(sort, SORTS)
    branches, total = _branches(reader, wanted, None)
    before: Cursor | None = None
    while most > 0:
        found: Slice[CustomerCard] = page(branches, order, before, min(200, most), total=total)
        yield from customer_rows(reader, found.rows)
        most -= len(found.rows)
        if found.next_cursor is None:
            return
        before = cursor_read(found.next_cursor, order.text)


def _branches(reader: Reader, wanted: CustomerFilter, before: Cursor | None) -> tuple[Sequence[QuerySet[CustomerCard]], tuple[int, bool]]:
    """One part per status, or one part with the matching ids where they are few; and the capped total."""
    statuses = STATUSES if wanted.status in {"", "all"} else chosen("status", wanted.status, STATUSES)
    matching = filtered(reader, replace(wanted, status=",".join(statuses)))
    rows, total = narrowed(matching, before)
    if rows is not matching:
        return [rows], total
    return [filtered(reader, replace(wanted, status=status)) for status in statuses], total


def filtered(reader: Reader, wanted: CustomerFilter) -> QuerySet[CustomerCard]:
    """The cards that the filters leave, in no order. Raises Invalid for an unknown value, naming the allowed ones."""
    cards = _with_words(cards_in_scope(reader.actor, wanted.scope), wanted)
    if wanted.tag:
        cards = cards.filter(tag_filter(reader.workspace, wanted.tag))
    if wanted.owner:
        cards = cards.filter(owner_filter(wanted.owner))
    if wanted.due_within is not None:
        cards = cards.filter(_contract_ends_within(reader, wanted.due_within))
    if wanted.q.strip():
        cards = cards.filter(Q(name__icontains=wanted.q.strip()) | Q(key__icontains=wanted.q.strip()))
    return cards


def _with_words(cards: QuerySet[CustomerCard], wanted: CustomerFilter) -> QuerySet[CustomerCard]:
    """The cards whose columns hold one of the words that are wanted of each."""
    exact: Mapping[str, Sequence[str]] = {
        "status": [*chosen("status", wanted.status, STATUSES)],
        "level": [*chosen("level", wanted.level, [level.value for level in Level])],
        "tier": [*chosen("tier", wanted.tier, [tier.value for tier in Tier])],
        "main_family": [*chosen("family", wanted.family, [family.value for family in Family])],
        "segment": [*comma_separated(wanted.segment)],
    }
    for column, values in exact.items():
        if values:
            cards = cards.filter(**({column: values[0]} if len(values) == 1 else {f"{column}__in": values}))
    return cards


def _contract_ends_within(reader: Reader, days: int) -> Q:
    if not 0 <= days <= 3660:
        raise Invalid("filter_number", filter="due_within", got=days)
    return Q(contract_ends_on__gte=reader.today, contract_ends_on__lte=reader.today + timedelta(days=days))


def owner_filter(text: str, column: str = "owner") -> Q:
    """Owners by id; `none` = nobody's."""
    values = comma_separated(text)
    ids = numbers("owner", ",".join(value for value in values if value != "none"))
    found = Q(**{f"{column}_id__in": ids}) if ids else Q(pk__in=[])
    return found | Q(**{f"{column}__isnull": True}) if "none" in values else found


def customer_rows(reader: Reader, cards: Sequence[CustomerCard]) -> list[CustomerRow]:
    """Cards as the API shows them; three more queries for the whole page (open alerts, sample names, tags)."""
    ids = [card.pk for card in cards]
    alerts = dict(Alert.objects.filter(customer_id__in=ids).exclude(status=Alert.Status.CLOSED).values_list("customer_id", "pk"))
    generated = {pk for pk, fields in Customer.objects.filter(pk__in=ids).values_list("pk", "sample_fields") if "name" in fields}
    tags = tags_carried(reader, ids)
    return [_row(reader, card, alerts.get(card.pk), card.pk in generated, tags.get(card.pk, [])) for card in cards]


def _row(reader: Reader, card: CustomerCard, open_alert_id: int | None, name_is_sample: bool, tags: list[TagRef]) -> CustomerRow:
    return CustomerRow(
        id=card.pk,
        key=card.key,
        name=card.name,
        name_is_sample=name_is_sample,
        owner=reader.person(card.owner_id),
        status=word(card.status),
        tier=word(card.tier),
        segment=card.segment,
        level=word(card.level),
        score=card.score,
        delta_7d=card.delta_7d,
        delta_30d=card.delta_30d,
        history=card.history,
        top_reason=reader.top_reason(card.reasons),
        main_family=card.main_family,
        confidence=card.confidence,
        annual_value=card.annual_value,
        expected_loss=card.expected_loss,
        last_order_at=card.last_order_at,
        last_activity_at=card.last_activity_at,
        contract_ends_on=card.contract_ends_on,
        open_alert_id=open_alert_id,
        tags=tags,
        is_adjusted=is_adjusted(card.reasons),
    )
