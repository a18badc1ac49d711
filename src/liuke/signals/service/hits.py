"""Who matched which rule when: recorded after every scoring, read by lists and figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.facts.store.models import Customer
from liuke.signals.store.models import RuleHit, RuleVersion

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class HitChanges:
    """Customers who began and ceased to match, by version."""

    entered: Mapping[int, frozenset[int]] = field(default_factory=dict)
    left: Mapping[int, frozenset[int]] = field(default_factory=dict)


def hits_record(
    *, workspace: Workspace, as_of: datetime, hits: Mapping[int, Collection[int]], customers: Collection[int] | None = None
) -> HitChanges:
    """Bring the record to what a scoring found: `hits` are the matching customers by `ActiveRule.version_id`.

    Who matches already keeps the beginning; who ceased, or whose version ran no more, ends at `as_of`. `customers`: the scoring
    was of these only, the others stay as they are. The same call again changes nothing; a repeated moment with other matches
    replaces the first one's.
    """
    with transaction.atomic():
        versions = dict(RuleVersion.objects.filter(rule__workspace=workspace).values_list("pk", "rule_id"))
        opened = _open(workspace, customers)
        found = {version: frozenset(map(int, who)) for version, who in hits.items() if version in versions}
        entered = {version: fresh for version, who in found.items() if (fresh := who - opened.get(version, {}).keys())}
        left = {version: gone for version, rows in opened.items() if (gone := rows.keys() - found.get(version, frozenset()))}
        _end([opened[version][customer] for version, who in left.items() for customer in who], as_of)
        _begin(workspace, versions, entered, as_of)
    return HitChanges(entered, {version: frozenset(who) for version, who in left.items()})


def hits_end(version_id: int, as_of: datetime) -> None:
    """Nobody matches the version any more, in the caller's transaction: it was taken back or replaced."""
    _end(list(RuleHit.objects.filter(version_id=version_id, until__isnull=True).values_list("pk", flat=True)), as_of)


def hits_move(before_id: int, after_id: int) -> None:
    """Who matched a version goes on with the one that replaces it, until the next scoring says otherwise."""
    RuleHit.objects.filter(version_id=before_id, until__isnull=True).update(version_id=after_id)


def _open(workspace: Workspace, customers: Collection[int] | None) -> dict[int, dict[int, int]]:
    """version → customer → hit."""
    rows = RuleHit.objects.filter(rule__workspace=workspace, until__isnull=True)
    slices = [rows] if customers is None else [rows.filter(customer_id__in=part) for part in _parts(sorted(customers))]
    opened: dict[int, dict[int, int]] = {}
    for part in slices:
        for pk, version, customer in part.values_list("pk", "version_id", "customer_id"):
            opened.setdefault(version, {})[customer] = pk
    return opened


def _end(ids: Sequence[int], as_of: datetime) -> None:
    for part in _parts(ids):
        rows = RuleHit.objects.filter(pk__in=part)
        rows.filter(since__gte=as_of).delete()
        rows.update(until=as_of)


def _begin(workspace: Workspace, versions: Mapping[int, int], entered: Mapping[int, frozenset[int]], as_of: datetime) -> None:
    """Customers who are gone meanwhile are left out."""
    wanted = sorted({customer for who in entered.values() for customer in who})
    alive = {
        pk
        for part in _parts(wanted)
        for pk in Customer.objects.filter(workspace=workspace, pk__in=part).values_list("pk", flat=True)
    }  # fmt: skip
    rows = [
        RuleHit(rule_id=versions[version], version_id=version, customer_id=customer, since=as_of)
        for version, who in entered.items()
        for customer in sorted(who & alive)
    ]
    RuleHit.objects.bulk_create(rows, batch_size=_CHUNK)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
