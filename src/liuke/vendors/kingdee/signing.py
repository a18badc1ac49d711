"""The headers of 第三方系统登录授权, as the vendor's SDK 8.2.0 builds them: every call is signed, none needs a log-in before."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

_MASK = b"0054f397c6234378b09ca7d3e5debce7"
"""With it the vendor's SDK unmasks the second half of an AppId."""
MASKED = 32
"""Characters of the second half; of another length it has no secret."""


@dataclass(frozen=True, slots=True)
class AppKeys:
    """What 第三方系统登录授权 gives. `account`: the id of the data centre; `organisation`: a number, 0 where there is only one."""

    account: str
    user: str
    app_id: str
    secret: str = field(repr=False)
    language: int = 2052
    organisation: str = "0"


def signed_headers(keys: AppKeys, path: str, seconds: int) -> Mapping[str, str]:
    """Headers for one POST to `path` (as in the address, with the site's own part) at `seconds` since 1970."""
    client, _, masked = keys.app_id.partition("_")
    moment = str(seconds)
    way = quote(path, safe="").replace("/", "%2F")
    asked = f"POST\n{way}\n\nx-api-nonce:{moment}\nx-api-timestamp:{moment}\n"
    data = f"{keys.account},{keys.user},{keys.language},{keys.organisation}"
    return {
        "X-Api-ClientID": client if masked else "",
        "X-Api-Auth-Version": "2.0",
        "x-api-timestamp": moment,
        "x-api-nonce": moment,
        "x-api-signheaders": "x-api-timestamp,x-api-nonce",
        "X-Api-Signature": signature(asked, client_secret(masked)),
        "X-Kd-Appkey": keys.app_id,
        "X-Kd-Appdata": base64.b64encode(data.encode()).decode(),
        "X-Kd-Signature": signature(keys.app_id + data, keys.secret),
    }


def signature(text: str, secret: str) -> str:
    """Base64 of the lower-case hex digits of HMAC-SHA256: the digits are encoded, not the bytes."""
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest().encode()).decode()


def client_secret(masked: str) -> str:
    """The key of `X-Api-Signature`, from the second half of an AppId; empty where it is no such half."""
    if len(masked) != MASKED:
        return ""
    try:
        raw = base64.b64decode(masked, validate=True)
    except binascii.Error:
        return ""
    return base64.b64encode(bytes(byte ^ mask for byte, mask in zip(raw, _MASK, strict=False))).decode()
