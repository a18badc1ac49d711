"""词库: versions of a workspace's word lists. A saved version counts for the next batch that arrives, and stored texts follow by a job."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.facts.service.readings_again import reread_start
from liuke.facts.store.models import TextLists
from liuke.text import Lists, lists_from_plain, to_plain


def lists_save(
    *, actor: Actor, workspace: Workspace, lists: Mapping[str, object], note: str = "", based_on: int | None = None
) -> TextLists:
    """The next version, live at once; stored texts are read again by a job. The same lists again are no new version.

    `based_on`: the version that the editor had opened. Raises Invalid("text_lists") with every fault, Conflict("text_lists_moved")
    where somebody saved another one meanwhile. Needs the permission `publish`.
    """
    actor.require(Permission.PUBLISH)
    read = lists_from_plain(lists)
    with transaction.atomic():
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
        newest = lists_newest(workspace)
        number = newest.number if newest else 0
        if based_on is not None and based_on != number:
            raise Conflict("text_lists_moved", number=number)
        if newest is not None and newest.digest == read.digest:
            return newest
        return _add(actor, workspace, read, number + 1, note)


def lists_restore(*, actor: Actor, workspace: Workspace, number: int) -> TextLists:
    """An older version once more, as the newest one. Raises NotFound("text_lists_unknown")."""
    actor.require(Permission.PUBLISH)
    older = TextLists.objects.filter(workspace=workspace, number=number).first()
    if older is None:
        raise NotFound("text_lists_unknown", number=number)
    return lists_save(actor=actor, workspace=workspace, lists=older.lists, note=f"v{number}")


def lists_newest(workspace: Workspace) -> TextLists | None:
    """The live version; None where nobody has saved one."""
    return TextLists.objects.filter(workspace=workspace).order_by("-number").first()


def lists_versions(workspace: Workspace) -> list[TextLists]:
    """All versions, newest first."""
    return list(TextLists.objects.filter(workspace=workspace).select_related("created_by__user").order_by("-number")[:100])


def _add(actor: Actor, workspace: Workspace, lists: Lists, number: int, note: str) -> TextLists:
    made = TextLists.objects.create(
        workspace=workspace, number=number, lists=to_plain(lists), digest=lists.digest, note=note.strip()[:200],
        created_by_id=actor.membership_id, created_at=utc_now(),
    )  # fmt: skip
    audit_record(actor=actor, action="text_lists_save", object_type="text_lists", object_id=number)
    reread_start(actor=actor, workspace=workspace)
    return made
