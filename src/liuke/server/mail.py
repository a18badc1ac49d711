"""The mail server of the installation, from one address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class MailServer:
    """`is_tls`: encrypted from the first byte (smtps); `starts_tls`: asks for it after the greeting."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool
    starts_tls: bool


def mail_of(url: str) -> MailServer | None:
    """The server of `smtp://user:password@host:587?starttls=1` or `smtps://…`; None for an empty address.

    Plain `smtp` asks for STARTTLS on port 587 by itself; `?starttls=0` and `?starttls=1` overrule that.
    """
    if not url:
        return None
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    port = parts.port or (465 if is_tls else 25)
    asked = parse_qs(parts.query).get("starttls", ["1" if port == 587 else "0"])[0]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname or "localhost", port, user, password, is_tls, not is_tls and asked == "1")
