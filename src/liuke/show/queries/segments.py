"""分群标签: the tags with their counts and trend, their members, and who came and went."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count, Q

from liuke.base.errors import Invalid
from liuke.segments.domain.active import tag_rule
from liuke.segments.domain.tag import TagKind
from liuke.segments.service.members import counts_past
from liuke.segments.service.tags import tag_about, tag_get, tag_name, tags_all
from liuke.segments.store.models import Tag, TagCount, TagMembership
from liuke.show.api.errors import fault_row
from liuke.show.api.schemas.common import CustomerRef, Fault, Page
from liuke.show.api.schemas.rules import MatchOut, RuleCountOut, SentenceOut
from liuke.show.api.schemas.segments import TagMember, TagOut, TagPoint, TagStay
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.customer_list import SORTS, cards_in_scope, cards_visible, customer_rows
from liuke.show.queries.paging import cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.rule_frame import count
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.show.store.models import CustomerCard

TREND = 12
CHANGED = sort_of("-changed_at", {"changed_at": "changed_at"})


def tag_list(*, reader: Reader, archived: bool) -> list[TagOut]:
    """All tags, built-in ones first. A handful of queries whatever their number."""
    reader.require_customers()
    return tags_out(reader, tags_all(reader.workspace, archived=archived), rule_book(reader))


def tag_out(reader: Reader, tag: Tag, book: RuleBook | None = None) -> TagOut:
    """One tag."""
    return tags_out(reader, [tag], book or rule_book(reader))[0]


def tags_out(reader: Reader, tags: Sequence[Tag], book: RuleBook) -> list[TagOut]:
    """Tags as the API shows them."""
    opened = TagMembership.objects.filter(tag__in=tags, until__isnull=True, since__lte=reader.now)
    counts = {
        row["tag"]: (row["all"], row["hand"])
        for row in opened.values("tag").annotate(all=Count("pk"), hand=Count("pk", filter=Q(by_hand=True)))
    }
    past = counts_past(tags, last=TREND)
    return [_tag(reader, tag, book, counts.get(tag.pk, (0, 0)), past.get(tag.pk, [])) for tag in tags]


def _tag(reader: Reader, tag: Tag, book: RuleBook, counts: tuple[int, int], past: Sequence[TagCount]) -> TagOut:
    sentences, faults = _read(reader, tag, book)
    by = reader.person(tag.updated_by_id)
    return TagOut(
        id=tag.pk,
        code=tag.code,
        name=tag_name(tag, reader.language),
        about=tag_about(tag, reader.language),
        colour=tag.colour,
        kind=word(tag.kind),
        rule=tag.rule,
        sentences=sentences,
        faults=faults,
        weight=tag.weight,
        built_in=tag.built_in,
        enabled=tag.enabled,
        archived=tag.archived_at is not None,
        members=counts[0],
        by_hand=counts[1],
        trend=[TagPoint(at=point.as_of, members=point.members, entered=point.entered, left=point.left) for point in past],
        recorded_as_of=tag.recorded_as_of,
        updated_at=tag.updated_at,
        updated_by=by.name if by else None,
    )


def _read(reader: Reader, tag: Tag, book: RuleBook) -> tuple[list[SentenceOut], list[Fault]]:
    """The rule in words, or why it can no longer be read."""
    if tag.rule is None:
        return [], []
    try:
        return book.lines(tag_rule(tag.rule, TagKind(tag.kind), book.catalogue)), []
    except Invalid as fault:
        given = fault.params.get("faults")
        rows = [fault_row(one, reader.language) for one in (given if isinstance(given, list) else [])]
        return [], [Fault(**row) for row in rows]


def rule_count(*, reader: Reader, kind: str, document: Mapping[str, object]) -> RuleCountOut:
    """How many a rule of the kind names as of the last scoring. Raises Invalid("rule") with every fault."""
    reader.require_customers()
    book = rule_book(reader)
    rule = tag_rule(document, TagKind(kind), book.catalogue)
    counted = count(reader, rule)
    ids = [pk for pk, _, _ in counted.sample]
    cards = {card.pk: card for card in cards_visible(reader.actor).filter(pk__in=ids)}
    return RuleCountOut(
        matched=counted.matched,
        total=counted.total,
        excluded=counted.excluded,
        sample=[_match(reader, cards[pk], score, level) for pk, score, level in counted.sample if pk in cards],
        sentences=book.lines(rule),
        as_of=counted.as_of,
    )


def _match(reader: Reader, card: CustomerCard, score: float, level: str) -> MatchOut:
    owner = reader.person(card.owner_id)
    return MatchOut(customer_id=card.pk, key=card.key, name=card.name, owner=owner, score=score, level=word(level))


def member_page(*, reader: Reader, tag_id: int, scope: str, sort: str, cursor: str, limit: int) -> Page[TagMember]:
    """A page of the tag's members in the reader's scope."""
    reader.require_customers()
    tag = tag_get(workspace=reader.workspace, tag_id=tag_id)
    order, size = sort_of(sort, SORTS), limit_of(limit)
    before = cursor_read(cursor, order.text)
    inside = TagMembership.objects.filter(tag=tag, until__isnull=True, since__lte=reader.now)
    cards, total = narrowed(cards_in_scope(reader.actor, scope).filter(pk__in=inside.values("customer_id")), before)
    found = page([cards], order, before, size, total=total)
    stays = {stay.customer_id: stay for stay in inside.filter(customer_id__in=[card.pk for card in found.rows])}
    members = [
        TagMember(customer=row, since=stay.since, by_hand=stay.by_hand, set_by=reader.person(stay.set_by_id) if stay.by_hand else None)
        for row in customer_rows(reader, found.rows)
        if (stay := stays.get(row.id))
    ]
    return Page(items=members, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def history_page(*, reader: Reader, tag_id: int, cursor: str, limit: int) -> Page[TagStay]:
    """Who came and who went, the newest change first; customers whom the reader sees."""
    reader.require_customers()
    tag = tag_get(workspace=reader.workspace, tag_id=tag_id)
    before, size = cursor_read(cursor, CHANGED.text), limit_of(limit)
    visible = cards_visible(reader.actor).values("pk")
    stays = TagMembership.objects.filter(tag=tag, changed_at__lte=reader.now, customer_id__in=visible)
    rows, total = narrowed(stays, before)
    found = page([rows], CHANGED, before, size, total=total)
    names = _refs(reader, {stay.customer_id for stay in found.rows})
    items = [
        TagStay(
            id=stay.pk,
            customer=names[stay.customer_id],
            since=stay.since,
            until=stay.until,
            changed_at=stay.changed_at,
            by_hand=stay.by_hand,
            set_by=reader.person(stay.set_by_id),
        )
        for stay in found.rows
    ]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _refs(reader: Reader, customers: Collection[int]) -> Mapping[int, CustomerRef]:
    cards = CustomerCard.objects.filter(workspace=reader.workspace, pk__in=customers).select_related("customer")
    return {card.pk: customer_ref(card.pk, card.key, card.name, card.customer.sample_fields) for card in cards}
