"""Sends one plain-text mail. SMTP does not dedupe: a broken answer after the data is `Unknown`."""

from __future__ import annotations

import hashlib
import re
import smtplib
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, OutMessage, Result, Unknown

TIMEOUT = 15
"""Seconds for connecting and for each answer."""
_SUBMISSION = 587
_REFUSED = 500
"""From this code on the server refuses for good."""


def send(message: OutMessage, target: ChannelTarget, secret: str | None) -> Result:
    """One mail to `message.to`, or to the config's fixed address. The Message-ID is derived from the key."""
    address = message.to if target.config.get("to") == "owner" else str(target.config.get("to", ""))
    if not target.smtp_url or secret:
        return Failed("email_off")
    if not address:
        return Failed("channel_recipient")
    subject = re.sub(r"[\r\n\t\x00-\x1f]+", " ", message.subject)[:200]
    body = f"{message.text}\n\n{message.link}\n" if message.link else f"{message.text}\n"
    domain = target.mail_from.rpartition("@")[2] or "liuke"
    identity = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"
    mail = EmailMessage(
        subject, body, target.mail_from, [address], headers={"Message-ID": identity}, connection=_connection(target.smtp_url)
    )
    return _answer(mail)


def _answer(mail: EmailMessage) -> Result:
    try:
        mail.send()
    except smtplib.SMTPServerDisconnected as error:
        return Unknown("email_unknown", {"answer": str(error)[:200]})
    except smtplib.SMTPRecipientsRefused:
        return Failed("email_refused", {"answer": "recipient"})
    except smtplib.SMTPResponseException as error:
        answer = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
        return Failed("email_refused", {"answer": f"{error.smtp_code} {answer}"[:200]}, transient=error.smtp_code < _REFUSED)
    except (OSError, smtplib.SMTPException) as error:
        return Failed("email_unreachable", {"answer": type(error).__name__}, transient=True)
    return Delivered()


def _connection(smtp_url: str) -> BaseEmailBackend:
    parts = urlsplit(smtp_url)
    tls = parts.scheme == "smtps"
    port = parts.port or (465 if tls else 25)
    connection: BaseEmailBackend = get_connection(
        host=parts.hostname, port=port, username=unquote(parts.username or ""), password=unquote(parts.password or ""),
        use_ssl=tls, use_tls=not tls and port == _SUBMISSION, timeout=TIMEOUT,
    )  # fmt: skip
    return connection


def validate_config(config: Mapping[str, object]) -> list[dict[str, object]]:
    """`to` is `owner` (whoever the message is for) or one address."""
    faults: list[dict[str, object]] = [{"field": name, "got": config[name], "allowed": "to"} for name in config if name != "to"]
    to = config.get("to")
    if to != "owner":
        try:
            validate_email(to if isinstance(to, str) else None)
        except ValidationError:
            faults.append({"field": "to", "got": to, "allowed": "owner | name@example.com"})
    return faults


CHANNEL = ChannelKind("email", dedupes=False, needs_secret=False, validate_config=validate_config, send=send)
