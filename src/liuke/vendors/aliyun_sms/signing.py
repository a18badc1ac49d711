"""ACS3-HMAC-SHA256: how Aliyun wants calls signed (help.aliyun.com/document_detail/2712195)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Action:
    """Which operation of which version."""

    name: str
    version: str


def canonical_query(params: Mapping[str, str]) -> str:
    """Sorted and encoded as RFC 3986 says: it is signed, so it must be sent as it is."""
    return "&".join(f"{_encoded(name)}={_encoded(text)}" for name, text in sorted(params.items()))


def signed_headers(
    action: Action, host: str, query: str, *, key_id: str, secret: str, at: datetime, nonce: str, body: bytes = b""
) -> dict[str, str]:
    """All headers of a POST to `/` with the canonical `query`, `Authorization` among them."""
    content = hashlib.sha256(body).hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action.name,
        "x-acs-content-sha256": content,
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": action.version,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n{query}\n{lines}\n{names}\n{content}"
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return {**headers, "authorization": f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"}


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
