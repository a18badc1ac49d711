"""Return paths that name their message: `bounce+<message>-<proof>@example.com`. Whatever a bounce looks like, it comes back there."""

from __future__ import annotations

import hashlib
import hmac
import re

from liuke.act.domain.sms import own_id

_TAGGED = re.compile(r"\+([0-9a-f]{32})-([0-9a-f]{16})@", re.IGNORECASE)


def return_path(address: str, key: str, secret: str) -> str:
    """The envelope's sender for the message of `key`; `address` is the mailbox for bounces."""
    name, _, domain = address.partition("@")
    ref = own_id(key)
    return f"{name}+{ref}-{_proof(ref, secret)}@{domain}"


def message_of(recipients: str, secret: str) -> str:
    """The message's id out of whatever names the recipient; empty where there is none or its proof is not ours."""
    for ref, proof in _TAGGED.findall(recipients):
        if hmac.compare_digest(proof.lower(), _proof(ref.lower(), secret)):
            return str(ref.lower())
    return ""


def _proof(ref: str, secret: str) -> str:
    return hmac.new(secret.encode(), ref.encode(), hashlib.sha256).hexdigest()[:16]
