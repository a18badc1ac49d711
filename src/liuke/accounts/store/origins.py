"""Which origins the keys of pages name."""

from __future__ import annotations

from liuke.accounts.domain.roles import Permission
from liuke.accounts.domain.tokens import digest, looks_like_key
from liuke.accounts.store.models import ApiKey


def origin_known(origin: str) -> bool:
    """Whether any key of pages names it: a browser asks before it sends, and does not say with which key."""
    keys = ApiKey.objects.filter(revoked_at=None).exclude(origins=[]).values_list("scopes", "origins")
    return any(Permission.TRACK.value in scopes and origin in origins for scopes, origins in keys)


def origin_allowed(origin: str, authorization: str) -> bool:
    """Whether the key in the header may be used by a page of that origin: it must name it. No other key is for pages at all."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not looks_like_key(secret.strip()):
        return False
    key = ApiKey.objects.filter(digest=digest(secret.strip()), revoked_at=None).only("scopes", "origins").first()
    return key is not None and Permission.TRACK.value in key.scopes and origin in key.origins
