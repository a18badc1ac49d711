"""What people change about tags: make, edit, 启用/停用, archive and restore, put customers in and take them out."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.audit import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, Invalid
from liuke.facts.service import customers_visible
from liuke.rules.columns import Catalogue
from liuke.rules.read import rule_to_plain
from liuke.segments.domain.active import tag_rule
from liuke.segments.domain.tag import tag_check
from liuke.segments.service.tags import tag_get, tag_name
from liuke.segments.store.models import Tag, TagMembership

MOST = 500
"""Customers that one call puts in or takes out."""


@dataclass(frozen=True, slots=True)
class TagDraft:
    """A tag as a person wants it. `rule` is a rule document, None where people alone choose the members."""

    name: str
    about: str
    kind: str
    rule: Mapping[str, object] | None
    weight: int
    colour: str


def tag_create(*, actor: Actor, workspace: Workspace, draft: TagDraft, catalogue: Catalogue) -> Tag:
    """A new tag, without members yet. Raises Invalid("tag"/"rule") with every fault, Conflict("tag_name_taken")."""
    actor.require(Permission.PUBLISH)
    tag = Tag(workspace=workspace, code=f"t{secrets.token_hex(4)}", created_by_id=actor.membership_id)
    return _save(actor, tag, draft, catalogue, "tag_create")


def tag_edit(*, actor: Actor, workspace: Workspace, tag_id: int, draft: TagDraft, catalogue: Catalogue) -> Tag:
    """The tag with another name, kind, rule, weight or colour. Raises like `tag_create`, Conflict("tag_archived")."""
    actor.require(Permission.PUBLISH)
    tag = tag_get(workspace=workspace, tag_id=tag_id)
    if tag.archived_at is not None:
        raise Conflict("tag_archived", tag=tag_id)
    return _save(actor, tag, draft, catalogue, "tag_edit")


def _save(actor: Actor, tag: Tag, draft: TagDraft, catalogue: Catalogue, action: str) -> Tag:
    name, about = draft.name.strip(), draft.about.strip()
    kind = tag_check(
        name=name, about=about, kind=draft.kind, weight=draft.weight, colour=draft.colour, has_rule=draft.rule is not None
    )  # fmt: skip
    rule = None if draft.rule is None else rule_to_plain(tag_rule(draft.rule, kind, catalogue))
    renamed = name not in {tag_name(tag, language) for language in ("zh-CN", "en")} if tag.built_in and not tag.name else True
    tag.name, tag.about = (name, about) if renamed else ("", "")
    tag.kind, tag.rule, tag.weight, tag.colour = kind.value, rule, draft.weight, draft.colour
    tag.updated_by_id = actor.membership_id
    try:
        with transaction.atomic():
            tag.save()
            detail = {"code": tag.code, "kind": tag.kind, "weight": tag.weight}
            audit_record(actor=actor, action=action, object_type="tag", object_id=tag.pk, detail=detail)
    except IntegrityError as fault:
        raise Conflict("tag_name_taken", name=name) from fault
    return tag


def tag_enable(*, actor: Actor, workspace: Workspace, tag_id: int, enabled: bool) -> Tag:
    """启用 or 停用: a disabled tag keeps its members as they are, shows nowhere and weighs nothing."""
    actor.require(Permission.PUBLISH)
    tag = tag_get(workspace=workspace, tag_id=tag_id)
    with transaction.atomic():
        Tag.objects.filter(pk=tag.pk).update(enabled=enabled, updated_by_id=actor.membership_id)
        audit_record(actor=actor, action="tag_enable", object_type="tag", object_id=tag.pk, detail={"enabled": enabled})
    tag.enabled = enabled
    return tag


def tag_archive(*, actor: Actor, workspace: Workspace, tag_id: int, archived: bool, now: datetime) -> Tag:
    """Put away, or take out again (undo). Members and history stay. Raises Conflict("tag_name_taken") when restoring."""
    actor.require(Permission.PUBLISH)
    tag = tag_get(workspace=workspace, tag_id=tag_id)
    try:
        with transaction.atomic():
            Tag.objects.filter(pk=tag.pk).update(archived_at=now if archived else None, updated_by_id=actor.membership_id)
            audit_record(actor=actor, action="tag_archive" if archived else "tag_unarchive", object_type="tag", object_id=tag.pk)
    except IntegrityError as fault:
        raise Conflict("tag_name_taken", name=tag.name) from fault
    tag.archived_at = now if archived else None
    return tag


def members_add(*, actor: Actor, workspace: Workspace, tag_id: int, customer_ids: Collection[int], now: datetime) -> list[int]:
    """Put visible customers into a tag by hand; those who were not set by hand before. Raises Invalid("tag_members_many")."""
    tag, wanted = _members_of(actor, workspace, tag_id, customer_ids)
    with transaction.atomic():
        Tag.objects.select_for_update().get(pk=tag.pk)
        opened = TagMembership.objects.filter(tag=tag, until__isnull=True, customer_id__in=wanted)
        inside = dict(opened.values_list("customer_id", "by_hand"))
        opened.filter(by_hand=False).update(by_hand=True, set_by_id=actor.membership_id)
        new = [pk for pk in wanted if pk not in inside]
        hand = {"since": now, "changed_at": now, "by_hand": True, "set_by_id": actor.membership_id}
        TagMembership.objects.bulk_create([TagMembership(tag=tag, customer_id=pk, **hand) for pk in new])
        set_now = [pk for pk in wanted if not inside.get(pk, False)]
        audit_record(actor=actor, action="tag_members_add", object_type="tag", object_id=tag.pk, detail={"count": len(set_now)})
    return set_now


def members_remove(*, actor: Actor, workspace: Workspace, tag_id: int, customer_ids: Collection[int], now: datetime) -> list[int]:
    """Take out customers whom people put in. Those whom the rule names too come back with the next scoring."""
    tag, wanted = _members_of(actor, workspace, tag_id, customer_ids)
    with transaction.atomic():
        Tag.objects.select_for_update().get(pk=tag.pk)
        opened = TagMembership.objects.filter(tag=tag, until__isnull=True, by_hand=True, customer_id__in=wanted)
        removed = sorted(opened.values_list("customer_id", flat=True))
        opened.filter(since__gte=now).delete()
        opened.update(until=now, changed_at=now, by_hand=False)
        audit_record(actor=actor, action="tag_members_remove", object_type="tag", object_id=tag.pk, detail={"count": len(removed)})
    return removed


def _members_of(actor: Actor, workspace: Workspace, tag_id: int, customer_ids: Collection[int]) -> tuple[Tag, list[int]]:
    actor.require(Permission.HANDLE)
    if len(customer_ids) > MOST:
        raise Invalid("tag_members_many", most=MOST)
    tag = tag_get(workspace=workspace, tag_id=tag_id)
    if tag.archived_at is not None:
        raise Conflict("tag_archived", tag=tag_id)
    visible = customers_visible(actor).filter(pk__in=customer_ids).order_by("pk")
    return tag, list(visible.values_list("pk", flat=True))
