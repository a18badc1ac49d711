"""Taking a pack into a workspace: its rules become the workspace's own."""

from __future__ import annotations

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import Workspace
from liuke.rules.columns import Catalogue
from liuke.signals.domain.packs import Pack
from liuke.signals.service.editing import RuleText, rule_create
from liuke.signals.service.rules import rules_of
from liuke.signals.store.models import Rule


def pack_apply(*, actor: Actor, workspace: Workspace, pack: Pack, language: str, catalogue: Catalogue) -> list[Rule]:
    """Every rule of the pack that the workspace does not have yet as a draft, in the reader's language; all of the pack's rules.

    Nothing runs before somebody publishes it. Rules that were edited or archived since stay as they are; applying twice changes
    nothing. Raises Invalid("rule") where the workspace cannot answer what a rule asks.
    """
    actor.require(Permission.PUBLISH)
    known = set(Rule.objects.filter(workspace=workspace, pack=pack.code).values_list("code", flat=True))
    new = [rule for rule in pack.rules if f"{pack.code}.{rule.code}" not in known]
    with transaction.atomic():
        for rule in new:
            text = RuleText(rule.name[language], rule.about.get(language, ""), rule.document, rule.effects_in(language))
            code = f"{pack.code}.{rule.code}"
            rule_create(actor=actor, workspace=workspace, text=text, catalogue=catalogue, pack=pack.code, code=code)
        audit_record(actor=actor, action="rule_pack_apply", object_type="rule_pack", object_id=pack.code, detail={"rules": len(new)})
    return list(rules_of(workspace).filter(pack=pack.code))
