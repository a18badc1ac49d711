"""API keys: shown once, kept as digests, revoked at once."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.origins import MOST, origins_clean
from liuke.accounts.domain.roles import Permission
from liuke.accounts.domain.tokens import KEY_PREFIX, SHOWN, digest
from liuke.accounts.service.audit import audit_record
from liuke.accounts.service.passwords import name_clean
from liuke.accounts.store.models import ApiKey
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import utc_now

GRANTABLE = frozenset(Permission) - {Permission.PEOPLE}
"""A key never makes people or further keys."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """`secret` is told this once and kept nowhere."""

    key: ApiKey
    secret: str


def api_key_list(*, actor: Actor) -> list[ApiKey]:
    """All keys, newest first, revoked ones included. Raises Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    keys = ApiKey.objects.select_related("created_by__user").filter(workspace_id=actor.workspace_id)
    return list(keys.order_by("-pk"))


@transaction.atomic
def api_key_create(*, actor: Actor, name: str, scopes: Collection[str], origins: Sequence[str] = ()) -> NewKey:
    """A key with at least one scope (names of Permission). `origins`: the sites whose pages may send with a key of pages.

    Raises Invalid("scopes_invalid"), Invalid("origins_invalid"), Forbidden without `people`.
    """
    actor.require(Permission.PEOPLE)
    allowed = GRANTABLE & actor.permissions
    if not scopes or not set(scopes) <= allowed:
        raise Invalid("scopes_invalid", scopes=sorted(scopes), allowed=sorted(allowed))
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        workspace_id=actor.workspace_id,
        name=name_clean(name),
        prefix=secret[:SHOWN],
        digest=digest(secret),
        scopes=sorted(set(scopes)),
        origins=_origins(scopes, origins),
        created_by_id=actor.membership_id,
    )
    audit_record(actor=actor, action="api_key_created", object_type="api_key", object_id=key.pk, detail={"scopes": key.scopes})
    return NewKey(key, secret)


@transaction.atomic
def api_key_origins(*, actor: Actor, key_id: int, origins: Sequence[str]) -> ApiKey:
    """Other sites for a key of pages. Raises NotFound, Invalid("origins_invalid"), Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    key = ApiKey.objects.filter(pk=key_id, workspace_id=actor.workspace_id, revoked_at=None).first()
    if key is None:
        raise NotFound("api_key_not_found", key=key_id)
    key.origins = _origins(key.scopes, origins)
    key.save(update_fields=["origins"])
    audit_record(actor=actor, action="api_key_origins", object_type="api_key", object_id=key.pk, detail={"origins": key.origins})
    return key


def _origins(scopes: Collection[str], given: Sequence[str]) -> list[str]:
    """Each once, as browsers write them. Only a key of pages, which can do nothing else, has any: others are secrets."""
    asked = [text for text in given if text.strip()]
    if not asked:
        return []
    found = origins_clean(asked)
    wrong = [text for text in asked if text not in found]
    if wrong or len(asked) > MOST or set(scopes) != {Permission.TRACK.value}:
        raise Invalid("origins_invalid", origins=", ".join(wrong) or "…", limit=MOST)
    return list(dict.fromkeys(found.values()))


@transaction.atomic
def api_key_revoke(*, actor: Actor, key_id: int) -> ApiKey:
    """From now on the key opens nothing; revoking twice changes nothing. Raises NotFound, Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    key = ApiKey.objects.filter(pk=key_id, workspace_id=actor.workspace_id).first()
    if key is None:
        raise NotFound("api_key_not_found", key=key_id)
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=utc_now()):
        audit_record(actor=actor, action="api_key_revoked", object_type="api_key", object_id=key.pk)
    key.refresh_from_db()
    return key
