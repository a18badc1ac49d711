"""Versions of a workspace's configuration: one draft at most, the highest published one is live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, NotFound
from liuke.features.domain.churn import ChurnDefinition
from liuke.score.domain.config import ScoreConfig, from_plain
from liuke.score.domain.profile_rules import profiles_checked
from liuke.score.domain.templates import TEMPLATES, Template
from liuke.score.store.models import ScoreVersion
from liuke.signals.service.columns import catalogue_of

_LIKE = {"sample": "retail", "education": "saas", "telecom": "saas"}
"""Industries that start with another one's weights."""


def template_of(workspace: Workspace) -> Template:
    """The industry's defaults; an industry without its own gets the general ones."""
    return TEMPLATES.get(_LIKE.get(workspace.industry, workspace.industry), TEMPLATES["general"])


def churn_of(workspace: Workspace) -> ChurnDefinition:
    """The workspace's own churn definition, or its industry's."""
    usual = template_of(workspace).churn
    return ChurnDefinition(tuple(workspace.churn.get("kinds") or usual.kinds), int(workspace.churn.get("days") or usual.days))


def version_live(workspace: Workspace) -> ScoreVersion:
    """The live version; a workspace's first call publishes its industry's defaults as version 1."""
    live = ScoreVersion.objects.filter(workspace=workspace, status=ScoreVersion.Status.PUBLISHED).order_by("-version").first()
    if live is not None:
        return live
    first, _ = ScoreVersion.objects.get_or_create(
        workspace=workspace,
        version=1,
        defaults={"status": ScoreVersion.Status.PUBLISHED, "config": template_of(workspace).config.to_plain()},
    )
    return first


def version_config(workspace: Workspace, version: ScoreVersion) -> ScoreConfig:
    """A version's configuration; signals that it does not know yet come from the industry's defaults."""
    return from_plain(version.config, template_of(workspace).config)


def version_draft(workspace: Workspace) -> ScoreVersion | None:
    """The draft, if somebody began one."""
    return ScoreVersion.objects.filter(workspace=workspace, status=ScoreVersion.Status.DRAFT).first()


def versions_all(workspace: Workspace) -> list[ScoreVersion]:
    """Newest first, with their authors."""
    return list(ScoreVersion.objects.filter(workspace=workspace).select_related("created_by__user").order_by("-version"))


def draft_save(*, actor: Actor, workspace: Workspace, config: Mapping[str, object], note: str = "") -> ScoreVersion:
    """Keep a draft. Raises Invalid("score_config") with every fault at once; a faulty draft is not kept."""
    actor.require(Permission.PUBLISH)
    read = from_plain(config, version_config(workspace, version_live(workspace)))
    plain = (profiles_checked(read, catalogue_of(workspace)) if read.profiles else read).to_plain()
    with transaction.atomic():
        draft = version_draft(workspace)
        if draft is None:
            draft = ScoreVersion(workspace=workspace, version=_newest(workspace) + 1)
        draft.config, draft.note, draft.created_by_id = plain, note, actor.membership_id
        draft.save()
        audit_record(actor=actor, action="score_draft_save", object_type="score_version", object_id=draft.version, detail={"note": note})
    return draft


def draft_discard(*, actor: Actor, workspace: Workspace) -> None:
    """Throw the draft away; the live version stays."""
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        deleted, _ = ScoreVersion.objects.filter(workspace=workspace, status=ScoreVersion.Status.DRAFT).delete()
        if deleted:
            audit_record(actor=actor, action="score_draft_discard", object_type="score_version", object_id="draft", detail={})


def draft_publish(*, actor: Actor, workspace: Workspace, now: datetime, as_of: datetime) -> ScoreVersion:
    """Make the draft live from `as_of` of the workspace clock on. The caller scores everybody with it.

    Raises NotFound("score_no_draft"), or Conflict("score_published") where somebody was faster.
    """
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        draft = version_draft(workspace)
        if draft is None:
            raise NotFound("score_no_draft")
        before = ScoreVersion.objects.filter(workspace=workspace, status=ScoreVersion.Status.PUBLISHED)
        before.update(status=ScoreVersion.Status.RETIRED)
        changed = ScoreVersion.objects.filter(pk=draft.pk, status=ScoreVersion.Status.DRAFT).update(
            status=ScoreVersion.Status.PUBLISHED, published_at=now, published_as_of=as_of
        )
        if not changed:
            raise Conflict("score_published")
        audit_record(actor=actor, action="score_publish", object_type="score_version", object_id=draft.version, detail={"note": draft.note})
    draft.refresh_from_db()
    return draft


def version_restore(*, actor: Actor, workspace: Workspace, version: int) -> ScoreVersion:
    """A draft with the configuration of an older version; publishing it makes a new version, so history stays."""
    old = ScoreVersion.objects.filter(workspace=workspace, version=version).exclude(status=ScoreVersion.Status.DRAFT).first()
    if old is None:
        raise NotFound("score_version", version=version)
    return draft_save(actor=actor, workspace=workspace, config=old.config, note=f"v{version}")


def _newest(workspace: Workspace) -> int:
    newest = ScoreVersion.objects.filter(workspace=workspace).aggregate(newest=Max("version"))["newest"]
    return newest or 0
