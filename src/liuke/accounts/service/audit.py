"""The audit trail: who saw, changed, exported and sent what. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.store.models import AuditEntry
from liuke.base.times import utc_now

PAGE = 50
SEEN = "seen"
EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the trail, newest first; `next_before` is the cursor of the next page, null on the last."""

    entries: list[AuditEntry]
    next_before: int | None


def audit_record(
    *, actor: Actor, action: str, object_type: str = "", object_id: object = "", detail: Mapping[str, object] | None = None
) -> None:
    """Add one row, at the real time, inside the caller's transaction so that trail and change stand or fall together.

    `detail` must hold identifiers and counts only, never personal data or secrets: the trail outlives an erasure.
    """
    AuditEntry.objects.create(
        workspace_id=actor.workspace_id,
        at=utc_now(),
        actor=actor.label,
        actor_name=actor.name,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        detail=dict(detail or {}),
        ip=actor.ip,
    )


def audit_personal(*, actor: Actor, action: str, object_type: str, object_ids: Iterable[int]) -> None:
    """Record that personal data of these objects was `SEEN` or `EXPORTED` unmasked; nothing for a masked reader."""
    ids = list(object_ids)
    if not ids or not actor.may(Permission.PERSONAL_DATA):
        return
    only = ids[0] if len(ids) == 1 else ""
    audit_record(
        actor=actor, action=action, object_type=object_type, object_id=only, detail={"personal": True, "count": len(ids), "ids": ids[:200]}
    )


def audit_list(
    *, actor: Actor, before: int | None = None, action: str = "", object_type: str = "", object_id: str = "", since: datetime | None = None
) -> AuditPage:
    """The workspace's trail, newest first, 50 a page. Raises Forbidden without `audit`."""
    actor.require(Permission.AUDIT)
    entries = AuditEntry.objects.filter(workspace_id=actor.workspace_id).order_by("-id")
    wanted = {"action": action, "object_type": object_type, "object_id": object_id, "at__gte": since, "id__lt": before}
    entries = entries.filter(**{field: value for field, value in wanted.items() if value not in {"", None}})
    page = list(entries[: PAGE + 1])
    return AuditPage(page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None)
