"""Which rules there are, and which of them run."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid, NotFound
from liuke.rules.columns import Catalogue
from liuke.signals.domain.active import ActiveRule, rule_checked
from liuke.signals.service.hits import hits_record
from liuke.signals.store.models import Rule, RuleVersion

__all__ = ["EDITED", "hits_record", "rule_get", "rules_active", "rules_of", "version_draft", "version_live"]

log = logging.getLogger("liuke.signals")
EDITED = (RuleVersion.Status.DRAFT, RuleVersion.Status.TRIAL)
"""The statuses of the one version that is being edited."""


def rules_of(workspace: Workspace) -> QuerySet[Rule]:
    """All rules, archived ones too, by name; with their versions (`rule.versions`, newest first) and authors."""
    versions = RuleVersion.objects.select_related("created_by__user").order_by("-version")
    rules = Rule.objects.filter(workspace=workspace).select_related("updated_by__user").order_by("name", "pk")
    return rules.prefetch_related(Prefetch("ruleversion_set", queryset=versions, to_attr="versions"))


def rule_get(*, workspace: Workspace, rule_id: int) -> Rule:
    """One rule with its versions. Raises NotFound("rule_unknown")."""
    rule = rules_of(workspace).filter(pk=rule_id).first()
    if rule is None:
        raise NotFound("rule_unknown", rule=rule_id)
    return rule


def version_live(versions: Iterable[RuleVersion]) -> RuleVersion | None:
    """The published one among a rule's versions."""
    return next((version for version in versions if version.status == RuleVersion.Status.PUBLISHED), None)


def version_draft(versions: Iterable[RuleVersion]) -> RuleVersion | None:
    """The one that is being edited, on trial or not."""
    return next((version for version in versions if version.status in EDITED), None)


def rules_active(workspace: Workspace, catalogue: Catalogue) -> list[ActiveRule]:
    """The rules that run: published versions and those on trial, of enabled rules that are not archived; in order of rule.

    One whose document cannot be read any more (a metric it asks about is gone) does not run and is logged; the list of rules
    shows its faults. `hits_record` takes the matches by `version_id`: a rule may be live and have its next version on trial.
    """
    running = (RuleVersion.Status.PUBLISHED, RuleVersion.Status.TRIAL)
    rows = RuleVersion.objects.filter(rule__workspace=workspace, rule__enabled=True, rule__archived_at__isnull=True, status__in=running)
    return [active for row in rows.select_related("rule").order_by("rule_id", "version") if (active := _active(row, catalogue)) is not None]


def _active(row: RuleVersion, catalogue: Catalogue) -> ActiveRule | None:
    try:
        rule, effects = rule_checked(row.document, row.effects, catalogue)
    except Invalid as fault:
        log.warning("rule %s v%s does not run: %s", row.rule_id, row.version, fault.params)
        return None
    trial = row.status == RuleVersion.Status.TRIAL
    return ActiveRule(row.rule_id, row.pk, row.rule.name, rule, effects, bool(effects.points) and not trial, trial)
