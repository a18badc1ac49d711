"""Work items that rules ask for where they raise no alert. Always inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.store.models import WorkItem
from liuke.alert.domain.changes import AlertRef
from liuke.facts.store.models import Customer
from liuke.signals.domain.effects import Effects, effects_from_plain
from liuke.signals.store.models import RuleHit, RuleVersion

KIND = "manual"
_CHUNK = 500


def live_effects(workspace: Workspace) -> Mapping[int, tuple[str, Effects]]:
    """What the live rules that run do, by version: the rule's name and its effects."""
    rows = RuleVersion.objects.filter(
        rule__workspace=workspace, rule__enabled=True, rule__archived_at__isnull=True, status=RuleVersion.Status.PUBLISHED
    ).select_related("rule")  # fmt: skip
    return {row.pk: (row.rule.name, effects_from_plain(row.effects, before_score=True)) for row in rows}


def rule_items_follow(workspace: Workspace, at: datetime) -> None:
    """One item for every active customer that matches a rule with 生成工单 and no level; untouched ones go when the match ends.

    A rule with a level needs none: its alert has an item. Safe to repeat: a match has one item at most.
    """
    for version_id, (name, effects) in live_effects(workspace).items():
        if effects.work_item and effects.level == "none":
            _create(workspace, version_id, effects.title or name, at)
    over = WorkItem.objects.filter(workspace=workspace, hit__until__isnull=False, status=WorkItem.Status.TODO)
    over.update(status=WorkItem.Status.CANCELLED, finished_at=at)


def items_title(refs: tuple[AlertRef, ...]) -> None:
    """The items of alerts that a rule raised or lifted are called what the rule calls them; a title that stands stays."""
    for ref in refs:
        if ref.title:
            WorkItem.objects.filter(alert_id=ref.alert_id, title="").update(title=ref.title)


def _create(workspace: Workspace, version_id: int, title: str, at: datetime) -> None:
    hits = RuleHit.objects.filter(version_id=version_id, until__isnull=True, workitem__isnull=True, customer__status=Customer.Status.ACTIVE)
    items = [
        WorkItem(workspace=workspace, customer_id=customer, owner_id=owner, kind=KIND, title=title, hit_id=hit, created_at=at)
        for hit, customer, owner in hits.values_list("pk", "customer_id", "customer__owner_id")
    ]
    WorkItem.objects.bulk_create(items, batch_size=_CHUNK)
