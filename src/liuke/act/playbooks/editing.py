"""What people do to flows: write, try, publish, roll back. Every change leaves its trace. A draft may have faults, a publication none."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.reading import playbook_get
from liuke.act.playbooks.world import spec_of
from liuke.act.store.models import Playbook, PlaybookVersion
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now

Status = PlaybookVersion.Status
EDITED = (Status.DRAFT, Status.TRIAL)


@dataclass(frozen=True, slots=True)
class PlaybookText:
    """A flow as a person wants it. `seen` is the `updated_at` that the editor began with, if it knows."""

    name: str
    about: str
    kind: str
    spec: Mapping[str, object]
    note: str = ""
    seen: datetime | None = None


def playbook_create(*, actor: Actor, text: PlaybookText, code: str = "") -> Playbook:
    """A new flow with a draft, 停用. Raises Invalid (playbook_name, playbook_kind), Conflict("playbook_exists") for a code."""
    actor.require(Permission.PUBLISH)
    _check(text)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    code = code or f"p{secrets.token_hex(6)}"
    try:
        with transaction.atomic():
            playbook = Playbook.objects.create(
                workspace=workspace, code=code, name=text.name.strip(), about=text.about.strip(), kind=text.kind, salt=secrets.token_hex(8),
                created_by_id=actor.membership_id, updated_by_id=actor.membership_id, created_at=workspace_now(workspace),
            )  # fmt: skip
            _version(actor, playbook, text.spec, text.note)
            _trace(actor, playbook, "playbook_create")
    except IntegrityError as fault:
        raise Conflict("playbook_exists", name=code) from fault
    return playbook


def playbook_update_draft(*, actor: Actor, playbook_id: int, text: PlaybookText) -> Playbook:
    """Keep a draft; what is live stays. A version on trial becomes the draft again. Raises Conflict("playbook_changed")."""
    playbook = _editable(actor, playbook_id)
    _check(text)
    with transaction.atomic():
        _touch(actor, playbook, text.seen, name=text.name.strip(), about=text.about.strip(), kind=text.kind)
        _draft(actor, playbook, text.spec, text.note)
        _trace(actor, playbook, "playbook_draft_save", note=text.note)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_trial(*, actor: Actor, playbook_id: int) -> Playbook:
    """试运行: from now on who would enter is logged, nothing is done. Raises Invalid("playbook"), NotFound("playbook_no_draft")."""
    playbook = _editable(actor, playbook_id)
    draft, workspace = _edited(playbook), Workspace.objects.get(pk=actor.workspace_id)
    spec_of(workspace, draft.spec)
    with transaction.atomic():
        PlaybookVersion.objects.filter(pk=draft.pk).update(status=Status.TRIAL)
        _touch(actor, playbook)
        if playbook.triggered_until is None:
            Playbook.objects.filter(pk=playbook.pk).update(triggered_until=workspace_now(workspace))
        _trace(actor, playbook, "playbook_trial", version=draft.number)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_publish(*, actor: Actor, playbook_id: int, note: str | None = None) -> Playbook:
    """Make the draft live; who is in the flow finishes on the version that they entered.

    Raises Invalid("playbook") with every fault, NotFound("playbook_no_draft"), Conflict("playbook_published").
    """
    playbook = _editable(actor, playbook_id)
    draft, workspace = _edited(playbook), Workspace.objects.get(pk=actor.workspace_id)
    spec_of(workspace, draft.spec)
    now = workspace_now(workspace)
    with transaction.atomic():
        PlaybookVersion.objects.filter(playbook=playbook, status=Status.PUBLISHED).update(status=Status.RETIRED)
        said = {} if note is None else {"note": note[:200]}
        same = PlaybookVersion.objects.filter(pk=draft.pk, status__in=EDITED)
        if not same.update(status=Status.PUBLISHED, published_at=now, **said):
            raise Conflict("playbook_published", playbook=playbook_id)
        _touch(actor, playbook)
        _trace(actor, playbook, "playbook_publish", version=draft.number)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_rollback(*, actor: Actor, playbook_id: int, number: int) -> Playbook:
    """A draft with what an older version said; publishing it makes a new version. Raises NotFound("playbook_version")."""
    playbook = _editable(actor, playbook_id)
    old = PlaybookVersion.objects.filter(playbook=playbook, number=number).first()
    if old is None:
        raise NotFound("playbook_version", version=number)
    with transaction.atomic():
        _touch(actor, playbook)
        _draft(actor, playbook, old.spec, f"v{number}")
        _trace(actor, playbook, "playbook_rollback", version=number)
    return playbook_get(actor=actor, playbook_id=playbook_id)


def playbook_discard_draft(*, actor: Actor, playbook_id: int) -> Playbook:
    """Throw the draft away, on trial or not; what is live stays."""
    playbook = _editable(actor, playbook_id)
    with transaction.atomic():
        PlaybookVersion.objects.filter(playbook=playbook, status__in=EDITED).delete()
        _touch(actor, playbook)
        _trace(actor, playbook, "playbook_draft_discard")
    return playbook_get(actor=actor, playbook_id=playbook_id)


def _check(text: PlaybookText) -> None:
    if not text.name.strip():
        raise Invalid("playbook_name")
    if text.kind not in Playbook.Kind.values:
        raise Invalid("playbook_kind", got=text.kind, allowed=", ".join(Playbook.Kind.values))


def _editable(actor: Actor, playbook_id: int) -> Playbook:
    actor.require(Permission.PUBLISH)
    playbook = playbook_get(actor=actor, playbook_id=playbook_id)
    if playbook.archived_at is not None:
        raise Conflict("playbook_archived", playbook=playbook_id)
    return playbook


def _edited(playbook: Playbook) -> PlaybookVersion:
    draft = PlaybookVersion.objects.filter(playbook=playbook, status__in=EDITED).first()
    if draft is None:
        raise NotFound("playbook_no_draft", playbook=playbook.pk)
    return draft


def _draft(actor: Actor, playbook: Playbook, spec: Mapping[str, object], note: str) -> None:
    changed = PlaybookVersion.objects.filter(playbook=playbook, status__in=EDITED)
    if not changed.update(spec=spec, note=note[:200], status=Status.DRAFT, created_by_id=actor.membership_id):
        _version(actor, playbook, spec, note)


def _version(actor: Actor, playbook: Playbook, spec: Mapping[str, object], note: str) -> None:
    last = PlaybookVersion.objects.filter(playbook=playbook).aggregate(last=Max("number"))["last"] or 0
    now = workspace_now(Workspace.objects.get(pk=playbook.workspace_id))
    PlaybookVersion.objects.create(
        playbook=playbook, number=last + 1, spec=spec, note=note[:200], created_by_id=actor.membership_id, created_at=now
    )  # fmt: skip


def _touch(actor: Actor, playbook: Playbook, seen: datetime | None = None, **fields: str) -> None:
    """Note who changed it; raises Conflict where somebody else did after `seen` (which has whole milliseconds)."""
    rows = Playbook.objects.filter(pk=playbook.pk)
    if seen is not None:
        rows = rows.filter(updated_at__lt=seen + timedelta(milliseconds=1))
    if not rows.update(updated_by_id=actor.membership_id, updated_at=utc_now(), **fields):
        raise Conflict("playbook_changed", playbook=playbook.pk)


def _trace(actor: Actor, playbook: Playbook, action: str, **detail: object) -> None:
    audit_record(actor=actor, action=action, object_type="playbook", object_id=playbook.pk, detail=detail)
