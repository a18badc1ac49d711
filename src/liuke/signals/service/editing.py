"""What people do to rules: write, try, publish, roll back, switch on and off, put away. Every change leaves its trace."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import Max

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.rules.columns import Catalogue
from liuke.rules.read import rule_to_plain
from liuke.signals.domain.active import rule_checked
from liuke.signals.service.hits import hits_end, hits_move
from liuke.signals.service.rules import EDITED, rule_get
from liuke.signals.store.models import Rule, RuleVersion

Status = RuleVersion.Status


class _Content(TypedDict):
    """What a version says, as its row keeps it."""

    document: Mapping[str, object]
    effects: Mapping[str, object]
    note: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as a person wants it: documents as plain data. `seen` is the `updated_at` that the editor began with, to the
    millisecond that JSON has, if it knows."""

    name: str
    about: str
    document: Mapping[str, object]
    effects: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    seen: datetime | None = None


def rule_create(*, actor: Actor, workspace: Workspace, text: RuleText, catalogue: Catalogue, pack: str = "", code: str = "") -> Rule:
    """A new rule with a draft; nothing runs yet. Raises Invalid("rule") with every fault, Conflict("rule_exists") for a code."""
    actor.require(Permission.PUBLISH)
    content = _checked(text, catalogue)
    code = code or f"r{secrets.token_hex(6)}"
    try:
        with transaction.atomic():
            by, name, about = actor.membership_id, text.name.strip(), text.about.strip()
            rule = Rule.objects.create(workspace=workspace, code=code, name=name, about=about, pack=pack, updated_by_id=by)
            _version_create(actor, rule, content)
            _trace(actor, rule, "rule_create", pack=pack)
    except IntegrityError as fault:
        raise Conflict("rule_exists", rule=code) from fault
    return rule_get(workspace=workspace, rule_id=rule.pk)


def draft_save(*, actor: Actor, workspace: Workspace, rule_id: int, text: RuleText, catalogue: Catalogue, as_of: datetime) -> Rule:
    """Keep a draft; what is live stays. A version on trial is kept as it was tried, and a new draft goes on from it.

    Raises Invalid("rule") with every fault at once, Conflict("rule_archived"), Conflict("rule_changed") where somebody else
    changed the rule after `text.seen`.
    """
    rule = _editable(actor, workspace, rule_id)
    content = _checked(text, catalogue)
    try:
        with transaction.atomic():
            _touch(actor, rule, text.seen, name=text.name.strip(), about=text.about.strip())
            _draft_write(actor, rule, content, as_of)
            _trace(actor, rule, "rule_draft_save", note=text.note)
    except IntegrityError as fault:
        raise Conflict("rule_draft_taken", rule=rule_id) from fault
    return rule_get(workspace=workspace, rule_id=rule_id)


def draft_discard(*, actor: Actor, workspace: Workspace, rule_id: int, as_of: datetime) -> Rule:
    """Throw the draft away; a version that was tried stays in the history, its trial ends. What is live stays."""
    rule = _editable(actor, workspace, rule_id)
    with transaction.atomic():
        _trial_end(rule, as_of)
        deleted, _ = RuleVersion.objects.filter(rule=rule, status=Status.DRAFT).delete()
        _touch(actor, rule)
        _trace(actor, rule, "rule_draft_discard", deleted=bool(deleted))
    return rule_get(workspace=workspace, rule_id=rule_id)


def rule_try(*, actor: Actor, workspace: Workspace, rule_id: int) -> Rule:
    """试运行: from the next scoring on the draft is evaluated and logged, without effects. Raises NotFound("rule_no_draft")."""
    rule = _editable(actor, workspace, rule_id)
    with transaction.atomic():
        if not RuleVersion.objects.filter(rule=rule, status=Status.DRAFT).update(status=Status.TRIAL):
            raise NotFound("rule_no_draft", rule=rule_id)
        _touch(actor, rule)
        _trace(actor, rule, "rule_trial")
    return rule_get(workspace=workspace, rule_id=rule_id)


def rule_publish(*, actor: Actor, workspace: Workspace, rule_id: int, catalogue: Catalogue, as_of: datetime) -> Rule:
    """Make the draft live from `as_of` of the workspace clock on; the next scoring acts by it.

    Who matched the version before goes on matching; a trial's log ends. Raises NotFound("rule_no_draft"), Invalid("rule") for a
    draft that what there is today cannot answer any more, Conflict("rule_published") where somebody was faster.
    """
    rule = _editable(actor, workspace, rule_id)
    draft = RuleVersion.objects.filter(rule=rule, status__in=EDITED).first()
    if draft is None:
        raise NotFound("rule_no_draft", rule=rule_id)
    rule_checked(draft.document, draft.effects, catalogue)
    with transaction.atomic():
        before = RuleVersion.objects.select_for_update().filter(rule=rule, status=Status.PUBLISHED).first()
        RuleVersion.objects.filter(rule=rule, status=Status.PUBLISHED).update(status=Status.RETIRED)
        same = RuleVersion.objects.filter(pk=draft.pk, status=draft.status)
        if not same.update(status=Status.PUBLISHED, published_at=utc_now(), published_as_of=as_of):
            raise Conflict("rule_published", rule=rule_id)
        hits_end(draft.pk, as_of)
        if before is not None:
            hits_move(before.pk, draft.pk)
        _touch(actor, rule)
        _trace(actor, rule, "rule_publish", version=draft.version, note=draft.note)
    return rule_get(workspace=workspace, rule_id=rule_id)


def version_restore(*, actor: Actor, workspace: Workspace, rule_id: int, version: int, as_of: datetime) -> Rule:
    """Roll back: a draft with what an older version said; publishing it makes a new version, so history stays.

    Raises NotFound("rule_version").
    """
    rule = _editable(actor, workspace, rule_id)
    old = RuleVersion.objects.filter(rule=rule, version=version).first()
    if old is None:
        raise NotFound("rule_version", version=version)
    with transaction.atomic():
        _touch(actor, rule)
        _draft_write(actor, rule, {"document": old.document, "effects": old.effects, "note": f"v{version}"}, as_of)
        _trace(actor, rule, "rule_restore", version=version)
    return rule_get(workspace=workspace, rule_id=rule_id)


def rule_enable(*, actor: Actor, workspace: Workspace, rule_id: int, enabled: bool) -> Rule:
    """启用 or 停用, apart from versions: a disabled rule is not evaluated at all."""
    rule = _editable(actor, workspace, rule_id)
    with transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(enabled=enabled)
        _touch(actor, rule)
        _trace(actor, rule, "rule_enable", enabled=enabled)
    return rule_get(workspace=workspace, rule_id=rule_id)


def rule_archive(*, actor: Actor, workspace: Workspace, rule_id: int, archived: bool) -> Rule:
    """Put away, or take out again (undo): an archived rule is not evaluated and cannot be edited; its history stays."""
    actor.require(Permission.PUBLISH)
    rule = rule_get(workspace=workspace, rule_id=rule_id)
    with transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(archived_at=utc_now() if archived else None)
        _touch(actor, rule)
        _trace(actor, rule, "rule_archive" if archived else "rule_unarchive")
    return rule_get(workspace=workspace, rule_id=rule_id)


def _editable(actor: Actor, workspace: Workspace, rule_id: int) -> Rule:
    actor.require(Permission.PUBLISH)
    rule = rule_get(workspace=workspace, rule_id=rule_id)
    if rule.archived_at is not None:
        raise Conflict("rule_archived", rule=rule_id)
    return rule


def _checked(text: RuleText, catalogue: Catalogue) -> _Content:
    rule, effects = rule_checked(text.document, text.effects, catalogue, name=text.name)
    return {"document": rule_to_plain(rule), "effects": effects.to_plain(), "note": text.note}


def _touch(actor: Actor, rule: Rule, seen: datetime | None = None, **changes: str) -> None:
    same = Rule.objects.filter(pk=rule.pk)
    if seen is not None:
        same = same.filter(updated_at__gte=seen, updated_at__lt=seen + timedelta(milliseconds=1))
    if not same.update(updated_at=utc_now(), updated_by_id=actor.membership_id, **changes):
        by = rule.updated_by.user.name if rule.updated_by else ""
        raise Conflict("rule_changed", rule=rule.pk, by=by)


def _draft_write(actor: Actor, rule: Rule, content: _Content, as_of: datetime) -> None:
    _trial_end(rule, as_of)
    draft = RuleVersion.objects.filter(rule=rule, status=Status.DRAFT)
    if not draft.update(created_by_id=actor.membership_id, **content):
        _version_create(actor, rule, content)


def _trial_end(rule: Rule, as_of: datetime) -> None:
    """What was tried is history: it is not edited any more."""
    for pk in RuleVersion.objects.filter(rule=rule, status=Status.TRIAL).values_list("pk", flat=True):
        hits_end(pk, as_of)
        RuleVersion.objects.filter(pk=pk).update(status=Status.RETIRED)


def _version_create(actor: Actor, rule: Rule, content: _Content) -> RuleVersion:
    newest = RuleVersion.objects.filter(rule=rule).aggregate(newest=Max("version"))["newest"] or 0
    return RuleVersion.objects.create(rule=rule, version=newest + 1, created_by_id=actor.membership_id, **content)


def _trace(actor: Actor, rule: Rule, action: str, **detail: object) -> None:
    audit_record(actor=actor, action=action, object_type="rule", object_id=rule.pk, detail=detail)
