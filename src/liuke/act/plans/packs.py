"""Content packs of a workspace: 话术 and files, for tasks that need them (PLY-11)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.service import audit_record
from liuke.act.plans.domain_packs import PackSpec, pack_from_plain
from liuke.act.plans.files import MEBIBYTE, Readable, keep, path_of, read_limited
from liuke.act.plans.shipped import packs_shipped
from liuke.act.store.models import ContentPack, PackFile
from liuke.alert.service import now_of
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound

MOST_BYTES, MOST_FILES = 20 * MEBIBYTE, 10
KINDS: Mapping[str, str] = {
    ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".txt": "text/plain; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".mp4": "video/mp4", ".mp3": "audio/mpeg",
}  # fmt: skip
"""What may be attached, by the end of its name, and how it is served: always as a download."""


def content_packs(workspace_id: int, *, language: str) -> dict[str, PackSpec]:
    """The packs in use, by code: an own one stands in for the shipped one of its code."""
    found = dict(packs_shipped(language))
    for row in ContentPack.objects.filter(workspace_id=workspace_id).order_by("pk"):
        if row.archived_at is not None:
            found.pop(row.code, None)
        else:
            found[row.code] = pack_from_plain(row.spec, code=row.code)
    return found


def content_pack_save(*, actor: Actor, spec: Mapping[str, object], code: str = "") -> PackSpec:
    """Keep an own pack; without a code a new one. Needs `publish`. Raises Invalid("content_pack") with every fault."""
    actor.require(Permission.PUBLISH)
    if code:
        _pack(actor, code)
    checked = pack_from_plain(spec, code=code or f"own-{secrets.token_hex(4)}")
    with transaction.atomic():
        ContentPack.objects.update_or_create(
            workspace_id=actor.workspace_id,
            code=checked.code,
            defaults={"spec": checked.to_plain(), "updated_by_id": actor.membership_id, "updated_at": now_of(actor), "archived_at": None},
        )
        audit_record(actor=actor, action="content_pack_save", object_type="content_pack", object_id=checked.code)
    return checked


def content_pack_archive(*, actor: Actor, code: str) -> None:
    """Take a pack out of use; its files stay for `content_pack_restore`. Needs `publish`."""
    actor.require(Permission.PUBLISH)
    spec, now = _pack(actor, code), now_of(actor)
    with transaction.atomic():
        changed = {"archived_at": now, "updated_at": now, "updated_by_id": actor.membership_id}
        ContentPack.objects.update_or_create(
            workspace_id=actor.workspace_id, code=code, defaults=changed, create_defaults={"spec": spec.to_plain(), **changed}
        )
        audit_record(actor=actor, action="content_pack_archive", object_type="content_pack", object_id=code)


def content_pack_restore(*, actor: Actor, code: str) -> None:
    """Take an archived pack into use again. Needs `publish`."""
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        rows = ContentPack.objects.filter(workspace_id=actor.workspace_id, code=code, archived_at__isnull=False)
        if not rows.update(archived_at=None, updated_at=now_of(actor), updated_by_id=actor.membership_id):
            raise NotFound("content_pack_not_found", pack=code)
        audit_record(actor=actor, action="content_pack_restore", object_type="content_pack", object_id=code)


def pack_files(workspace_id: int, codes: Sequence[str]) -> QuerySet[PackFile]:
    """The files of these packs, by name."""
    return PackFile.objects.filter(workspace_id=workspace_id, pack_code__in=codes, removed_at__isnull=True).order_by("name", "pk")


def pack_file_add(*, actor: Actor, code: str, name: str, stream: Readable) -> PackFile:
    """Attach a file. Needs `publish`. Raises TooLarge, Invalid (pack_file_kind), Conflict (pack_files_many)."""
    actor.require(Permission.PUBLISH)
    _pack(actor, code)
    plain = PurePath(name.replace("\\", "/")).name[-120:]
    if PurePath(plain).suffix.lower() not in KINDS:
        raise Invalid("pack_file_kind", got=plain[-20:], allowed=", ".join(KINDS))
    if pack_files(actor.workspace_id, [code]).count() >= MOST_FILES:
        raise Conflict("pack_files_many", most=MOST_FILES)
    data = read_limited(stream, MOST_BYTES)
    stored = keep("packs", data)
    with transaction.atomic():
        file = PackFile.objects.create(
            workspace_id=actor.workspace_id, pack_code=code, name=plain, stored=stored, size=len(data), by_id=actor.membership_id,
            at=now_of(actor),
        )  # fmt: skip
        audit_record(actor=actor, action="pack_file_add", object_type="content_pack", object_id=code, detail={"file": file.pk})
    return file


def pack_file_remove(*, actor: Actor, file_id: int, removed: bool = True) -> None:
    """Take a file off its pack, or put it back. Needs `publish`."""
    actor.require(Permission.PUBLISH)
    with transaction.atomic():
        rows = PackFile.objects.filter(pk=file_id, workspace_id=actor.workspace_id)
        if not rows.update(removed_at=now_of(actor) if removed else None):
            raise NotFound("file_gone")
        audit_record(actor=actor, action="pack_file_remove" if removed else "pack_file_restore", object_type="pack_file", object_id=file_id)


def pack_file_open(*, actor: Actor, file_id: int) -> tuple[PackFile, Path, str]:
    """A file, where it lies and as what it is served; for everybody of the workspace who works with customers."""
    if actor.scope is Scope.NONE:
        raise Forbidden("no_customers_for_role")
    file = PackFile.objects.filter(pk=file_id, workspace_id=actor.workspace_id, removed_at__isnull=True).first()
    if file is None:
        raise NotFound("file_gone")
    return file, path_of("packs", file.stored), KINDS[PurePath(file.name).suffix.lower()]


def _pack(actor: Actor, code: str) -> PackSpec:
    found = content_packs(actor.workspace_id, language="zh-CN").get(code)
    if found is None:
        raise NotFound("content_pack_not_found", pack=code)
    return found
