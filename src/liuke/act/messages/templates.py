"""Templates of a workspace: the shipped ones, its own, and its own versions of the shipped ones."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.act.messages.domain import Template, template_faults, template_plain, template_read
from liuke.act.store.models import MessageTemplate, MessageTemplateVersion
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now

PACKS = Path(__file__).parent / "packs"


@cache
def shipped() -> Mapping[str, Template]:
    """The templates of the files, by code."""
    found = {}
    for path in sorted(PACKS.glob("*.json")):
        found[path.stem] = template_read(path.stem, json.loads(path.read_text("utf-8")))
    return found


def templates_of(workspace: Workspace, *, codes: Collection[str] | None = None, archived: bool = False) -> list[Template]:
    """Every template in its newest version, by code; `codes` narrows, `archived` adds those that were put away."""
    own = MessageTemplate.objects.filter(workspace=workspace)
    rows = {row.code: row for row in (own if codes is None else own.filter(code__in=list(codes)))}
    versions = MessageTemplateVersion.objects.filter(template__in=list(rows.values())).order_by("number")
    newest = {version.template_id: version for version in versions}
    names = rows.keys() | (shipped().keys() if codes is None else shipped().keys() & set(codes))
    found = [_merged(code, rows.get(code), newest) for code in sorted(names)]
    return [template for template in found if template is not None and (archived or not template.archived)]


def template_get(workspace: Workspace, code: str) -> Template:
    """One template, also an archived one. Raises NotFound("message_template")."""
    found = templates_of(workspace, codes=[code], archived=True)
    if not found:
        raise NotFound("message_template", template=code)
    return found[0]


def template_versions(workspace: Workspace, code: str) -> QuerySet[MessageTemplateVersion]:
    """The workspace's versions of a template, the newest first; none for one that is as shipped."""
    return MessageTemplateVersion.objects.filter(template__workspace=workspace, template__code=code).order_by("-number")


def template_save(*, actor: Actor, template: Template, based_on: int, note: str = "", new: bool = False) -> Template:
    """A new version of a template, in use at once. `based_on`: the number that was edited (0 = as shipped, or `new`).

    Raises Invalid("message_template_faults") with every fault, Conflict where somebody saved in between or the code of a new one
    is taken, NotFound for a code that is not there, Forbidden without `publish`.
    """
    actor.require(Permission.PUBLISH)
    template_faults(template).raise_if_any("message_template_faults")
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    with transaction.atomic():
        row = _row_locked(workspace, template.code, new=new)
        last = MessageTemplateVersion.objects.filter(template=row).order_by("-number").first()
        number = last.number if last else 0
        if number != based_on:
            raise Conflict("message_template_changed", template=template.code)
        MessageTemplateVersion.objects.create(
            template=row, number=number + 1, content=template_plain(template), note=note.strip()[:200],
            by_id=actor.membership_id, at=utc_now(),
        )  # fmt: skip
        audit_record(actor=actor, action="message_template_save", object_type="message_template", object_id=template.code,
                     detail={"number": number + 1})  # fmt: skip
    return template_get(workspace, template.code)


def _row_locked(workspace: Workspace, code: str, *, new: bool) -> MessageTemplate:
    """The workspace's row of a template, made where it has none. Raises Conflict where a `new` one is there, NotFound for no such one."""
    row = MessageTemplate.objects.select_for_update().filter(workspace=workspace, code=code).first()
    exists = row is not None or code in shipped()
    if new and exists:
        raise Conflict("message_template_taken", template=code)
    if not new and not exists:
        raise NotFound("message_template", template=code)
    return row or MessageTemplate.objects.create(workspace=workspace, code=code, created_at=utc_now())


def template_restore(*, actor: Actor, code: str, number: int) -> Template:
    """The contents of an older version as a new one; 0 = as shipped."""
    actor.require(Permission.PUBLISH)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    current = template_get(workspace, code)
    old = template_versions(workspace, code).filter(number=number).first()
    if old is not None:
        wanted = template_read(code, old.content)
    elif number == 0 and code in shipped():
        wanted = shipped()[code]
    else:
        raise NotFound("message_template_version", template=code, number=number)
    return template_save(actor=actor, template=wanted, based_on=current.number, note=f"← {number}")


def template_archive(*, actor: Actor, code: str, archived: bool) -> Template:
    """Put a template away, or bring it back. What is on its way is not touched."""
    actor.require(Permission.PUBLISH)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    template_get(workspace, code)
    with transaction.atomic():
        row, _ = MessageTemplate.objects.get_or_create(workspace=workspace, code=code, defaults={"created_at": utc_now()})
        MessageTemplate.objects.filter(pk=row.pk).update(archived_at=utc_now() if archived else None)
        audit_record(actor=actor, action="message_template_archive", object_type="message_template", object_id=code,
                     detail={"archived": archived})  # fmt: skip
    return template_get(workspace, code)


def _merged(code: str, row: MessageTemplate | None, newest: Mapping[int, MessageTemplateVersion]) -> Template | None:
    version = newest.get(row.pk) if row else None
    base = template_read(code, version.content, number=version.number) if version else shipped().get(code)
    if base is None or row is None or row.archived_at is None:
        return base
    return Template(**{**{name: getattr(base, name) for name in Template.__slots__}, "archived": True})
