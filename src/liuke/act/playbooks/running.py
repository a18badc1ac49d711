"""Switching flows: 启用, 停用, 暂停 (everybody keeps their place), 继续, 终止 (everybody leaves), 归档."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.engine.soon import wake_soon
from liuke.act.playbooks.reading import playbook_get, version_live
from liuke.act.store.models import Enrolment, Playbook, PlaybookMatch
from liuke.act.store.models_playbooks import RUNNING
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.facts.service import customers_visible


def playbook_enable(*, actor: Actor, playbook_id: int, enabled: bool) -> Playbook:
    """启用: what occurs from now on lets customers in. 停用: nobody enters and nobody is stepped; places are kept.

    Raises Conflict("playbook_not_live") where nothing is published.
    """
    playbook = _running(actor, playbook_id)
    if enabled and version_live(playbook) is None:
        raise Conflict("playbook_not_live", playbook=playbook_id)
    with transaction.atomic():
        if enabled and not playbook.enabled:
            now = workspace_now(Workspace.objects.get(pk=playbook.workspace_id))
            PlaybookMatch.objects.filter(playbook=playbook).delete()
            Playbook.objects.filter(pk=playbook.pk).update(triggered_until=now, enabled_at=now, matched_at=None)
            Playbook.objects.filter(pk=playbook.pk, watched_until__isnull=True).update(watched_until=now)
        _switch(actor, playbook, "playbook_enable" if enabled else "playbook_disable", enabled=enabled)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_pause(*, actor: Actor, playbook_id: int) -> Playbook:
    """暂停: everybody keeps their place, nobody enters; what falls due waits."""
    playbook = _running(actor, playbook_id)
    if playbook.paused_at is None:
        now = workspace_now(Workspace.objects.get(pk=playbook.workspace_id))
        with transaction.atomic():
            _switch(actor, playbook, "playbook_pause", paused_at=now)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_resume(*, actor: Actor, playbook_id: int) -> Playbook:
    """继续: what fell due meanwhile is done now."""
    playbook = _running(actor, playbook_id)
    with transaction.atomic():
        _switch(actor, playbook, "playbook_resume", paused_at=None)
        wake_soon(playbook.workspace_id)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_stop(*, actor: Actor, playbook_id: int) -> Playbook:
    """终止: everybody in the flow leaves it and it is switched off. Goals go on being watched, for the comparison."""
    playbook = _running(actor, playbook_id)
    now = workspace_now(Workspace.objects.get(pk=playbook.workspace_id))
    with transaction.atomic():
        _stop(Enrolment.objects.filter(playbook=playbook), now)
        _switch(actor, playbook, "playbook_stop", enabled=False, paused_at=None)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_archive(*, actor: Actor, playbook_id: int) -> Playbook:
    """归档: as 终止, and out of the list."""
    playbook_stop(actor=actor, playbook_id=playbook_id)
    with transaction.atomic():
        _switch(actor, playbook_get(actor=actor, playbook_id=playbook_id), "playbook_archive", archived_at=utc_now())
    return playbook_get(actor=actor, playbook_id=playbook_id)


def enrolment_stop(*, actor: Actor, enrolment_id: int) -> Enrolment:
    """Take one visible customer out of a flow. Raises NotFound("enrolment_unknown")."""
    actor.require(Permission.HANDLE)
    visible = Enrolment.objects.filter(workspace_id=actor.workspace_id, customer__in=customers_visible(actor))
    found = visible.filter(pk=enrolment_id).first()
    if found is None:
        raise NotFound("enrolment_unknown", enrolment=enrolment_id)
    with transaction.atomic():
        _stop(Enrolment.objects.filter(pk=found.pk), workspace_now(Workspace.objects.get(pk=actor.workspace_id)))
        audit_record(actor=actor, action="enrolment_stop", object_type="enrolment", object_id=found.pk)
    return Enrolment.objects.get(pk=found.pk)


def _stop(rows: QuerySet[Enrolment], now: datetime) -> None:
    rows.filter(status__in=RUNNING).update(
        status=Enrolment.Status.STOPPED, end_reason="stopped", ended_at=now, wake_at=None, waiting_for=""
    )


def _running(actor: Actor, playbook_id: int) -> Playbook:
    actor.require(Permission.PUBLISH)
    playbook = playbook_get(actor=actor, playbook_id=playbook_id)
    if playbook.archived_at is not None:
        raise Conflict("playbook_archived", playbook=playbook_id)
    return playbook


def _switch(actor: Actor, playbook: Playbook, action: str, **fields: object) -> None:
    Playbook.objects.filter(pk=playbook.pk).update(updated_by_id=actor.membership_id, updated_at=utc_now(), **fields)
    audit_record(actor=actor, action=action, object_type="playbook", object_id=playbook.pk)
