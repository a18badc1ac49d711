"""Who carries which tag: recorded after every scoring, added to by hand, kept as history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from liuke.accounts.store.models import Workspace
from liuke.segments.domain.tag import Moves, moves_between
from liuke.segments.store.models import Tag, TagCount, TagMembership

BATCH = 500
"""Rows per statement: SQLite takes a limited number of parameters."""


def tags_record(*, workspace: Workspace, as_of: datetime, members: Mapping[str, Collection[int]]) -> dict[str, Moves]:
    """Bring the membership of the given tags (by code) to `members` as of `as_of`; who came and went, by code.

    Customers who were put in by hand stay. Repeating a moment gives the same rows; a moment before the last recorded one
    changes nothing: history is not rewritten. Ids of customers that are gone must not be given.
    """
    found: dict[str, Moves] = {}
    for tag in Tag.objects.filter(workspace=workspace, code__in=list(members), archived_at__isnull=True).order_by("pk"):
        with transaction.atomic():
            locked = Tag.objects.select_for_update().get(pk=tag.pk)
            if locked.recorded_as_of is None or locked.recorded_as_of <= as_of:
                found[tag.code] = _record(locked, as_of, members[tag.code])
    return found


def _record(tag: Tag, as_of: datetime, members: Collection[int]) -> Moves:
    again = tag.recorded_as_of == as_of
    if again:
        _take_back(tag, as_of)
    opened = TagMembership.objects.filter(tag=tag, until__isnull=True)
    by_hand = set(opened.filter(by_hand=True).values_list("customer_id", flat=True))
    moves = moves_between(set(opened.values_list("customer_id", flat=True)), members, kept=by_hand)
    _close(tag, moves.left, as_of)
    TagMembership.objects.bulk_create(
        [TagMembership(tag=tag, customer_id=pk, since=as_of, changed_at=as_of) for pk in sorted(moves.entered)], batch_size=BATCH
    )
    counts = {"members": len(set(members) | by_hand), "entered": len(moves.entered), "left": len(moves.left)}
    TagCount.objects.update_or_create(tag=tag, as_of=as_of, defaults=counts)
    Tag.objects.filter(pk=tag.pk).update(recorded_as_of=as_of)
    return moves


def _take_back(tag: Tag, as_of: datetime) -> None:
    """Undo what an earlier recording of the same moment did, so that the repeated one counts from before it."""
    TagMembership.objects.filter(tag=tag, since=as_of, by_hand=False).delete()
    closed = TagMembership.objects.filter(tag=tag, until=as_of, by_hand=False)
    closed.filter(~Q(customer_id__in=_open_ids(tag))).update(until=None, changed_at=F("since"))


def _open_ids(tag: Tag) -> list[int]:
    """Customers with an open stay that was set by hand at the moment itself: their closed stay stays closed."""
    return list(TagMembership.objects.filter(tag=tag, until__isnull=True, by_hand=True).values_list("customer_id", flat=True))


def _close(tag: Tag, customers: Iterable[int], as_of: datetime) -> None:
    ids = sorted(customers)
    for start in range(0, len(ids), BATCH):
        stays = TagMembership.objects.filter(tag=tag, until__isnull=True, customer_id__in=ids[start : start + BATCH])
        stays.update(until=as_of, changed_at=as_of, by_hand=False)


def members_at(workspace: Workspace, as_of: datetime) -> dict[str, set[int]]:
    """Per code of an enabled tag the customers who carried it at `as_of`; tags without members are left out."""
    stays = TagMembership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=as_of),
        tag__workspace=workspace,
        tag__enabled=True,
        tag__archived_at__isnull=True,
        since__lte=as_of,
    )
    return _by_code(stays.values_list("tag__code", "customer_id").iterator())


def members_by_hand(workspace: Workspace) -> dict[str, set[int]]:
    """Per code of an enabled tag the customers whom people put in: a scoring adds them to those of the rule."""
    stays = TagMembership.objects.filter(
        tag__workspace=workspace, tag__enabled=True, tag__archived_at__isnull=True, until__isnull=True, by_hand=True
    )
    return _by_code(stays.values_list("tag__code", "customer_id").iterator())


def _by_code(rows: Iterator[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for code, customer in rows:
        found[code].add(customer)
    return dict(found)


def counts_past(tags: Collection[Tag], *, last: int) -> dict[int, list[TagCount]]:
    """Per tag id its newest `last` counts, oldest first."""
    found: dict[int, list[TagCount]] = defaultdict(list)
    moments = TagCount.objects.filter(tag__in=tags).order_by("-as_of").values_list("as_of", flat=True).distinct()[:last]
    for count in TagCount.objects.filter(tag__in=tags, as_of__in=list(moments)).order_by("as_of"):
        found[count.tag_id].append(count)
    return dict(found)


def hand_add(*, workspace: Workspace, code: str, customers: Collection[int], now: datetime, by: int | None) -> None:
    """Put customers into a tag by its code, as people do it: they stay until somebody, or `hand_remove`, takes them out."""
    tag = Tag.objects.filter(workspace=workspace, code=code).first()
    if tag is None or not customers:
        return
    opened = TagMembership.objects.filter(tag=tag, until__isnull=True, customer_id__in=list(customers))
    inside = set(opened.values_list("customer_id", flat=True))
    opened.update(by_hand=True, set_by_id=by)
    new = [TagMembership(tag=tag, customer_id=pk, since=now, changed_at=now, by_hand=True, set_by_id=by) for pk in set(customers) - inside]
    TagMembership.objects.bulk_create(new, batch_size=BATCH)


def hand_remove(*, workspace: Workspace, code: str, customers: Collection[int], now: datetime) -> list[int]:
    """Take out customers who were put in by hand; their ids. A stay of no time leaves no trace."""
    if not customers:
        return []
    opened = TagMembership.objects.filter(
        tag__workspace=workspace, tag__code=code, until__isnull=True, by_hand=True, customer_id__in=list(customers)
    )
    removed = sorted(opened.values_list("customer_id", flat=True))
    opened.filter(since__gte=now).delete()
    opened.update(until=now, changed_at=now, by_hand=False)
    return removed
