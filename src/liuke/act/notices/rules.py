"""Who is told that a rule matches: the customers' owners, one message per rule and review, each match once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from liuke.accounts.store.models import Workspace
from liuke.act.channels.inapp import NoticeDraft
from liuke.act.tasks.rules import live_effects
from liuke.alert.domain.changes import AlertChanges
from liuke.facts.store.models import Customer
from liuke.signals.store.models import RuleHit


@dataclass(frozen=True, slots=True)
class _Match:
    """A match that nobody was told of."""

    rule_id: int
    title: str
    owner_id: int
    customer: str


def rule_notices(workspace: Workspace, changes: AlertChanges, *, working_day: bool) -> list[NoticeDraft]:
    """What owners hear of rules with 通知负责人 that began to match, and that they heard it, in the caller's transaction.

    On days off it waits. The first scoring and a replay tell nobody, and what matched then is no news later. Customers whose
    alert is pushed to the owner in the same review are left out.
    """
    quiet = not changes.kind.tells
    if not quiet and not working_day:
        return []
    pushed = {ref.customer_id for ref in changes.pushed}
    found: defaultdict[tuple[int, int], list[_Match]] = defaultdict(list)
    for version_id, (name, effects) in live_effects(workspace).items():
        if effects.notify:
            fresh = RuleHit.objects.filter(version_id=version_id, until__isnull=True, told_at__isnull=True)
            for match in () if quiet else _matches(fresh, effects.title or name, pushed):
                found[match.rule_id, match.owner_id].append(match)
            fresh.update(told_at=changes.as_of)
    moment = changes.as_of.isoformat()
    return [_draft(rule_id, owner_id, matches, moment) for (rule_id, owner_id), matches in sorted(found.items())]


def _matches(fresh: QuerySet[RuleHit], title: str, pushed: Collection[int]) -> Iterator[_Match]:
    """Those of active customers that have an owner, by name."""
    rows = fresh.filter(customer__status=Customer.Status.ACTIVE, customer__owner__isnull=False).order_by("customer__name", "pk")
    for rule_id, customer_id, owner_id, name in rows.values_list("rule_id", "customer_id", "customer__owner_id", "customer__name"):
        if owner_id is not None and customer_id not in pushed:
            yield _Match(rule_id, title, owner_id, name)


def _draft(rule_id: int, owner_id: int, matches: list[_Match], moment: str) -> NoticeDraft:
    params = {"title": matches[0].title, "n": len(matches), "customer": matches[0].customer}
    key = "notices.rule_hit" if len(matches) == 1 else "notices.rule_hits"
    return NoticeDraft(owner_id, key, f"rule:{rule_id}:{moment}:{owner_id}", params, f"/rules/{rule_id}")
