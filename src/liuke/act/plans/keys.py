"""Keys made by clients: the same tap sent twice is one thing."""

from __future__ import annotations

from liuke.accounts.domain.actor import Actor
from liuke.base.errors import Invalid

LONGEST = 64


def request_key(actor: Actor, key: str) -> str:
    """The key as stored, apart per workspace. Raises Invalid("request_key") for an empty or overlong one."""
    if not 0 < len(key) <= LONGEST:
        raise Invalid("request_key", longest=LONGEST)
    return f"{actor.workspace_id}:{key}"
