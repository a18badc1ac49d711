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

from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Fault, Field, OutMessage, Reach, Result, Unknown

OWNER = "owner"
"""In the config's `to`: whoever the message is for."""
TIMEOUT = 15
"""Seconds for connecting and for each answer."""
_SUBMISSION = 587
_REFUSED = 500
"""From this code on the server refuses for good."""


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """One mail to `message.to`, or to the config's fixed address. The Message-ID is derived from the key."""
    address = target.text("to", OWNER)
    address = message.to if address == OWNER else address
    site = target.site
    if not site.smtp_url:
        return Failed("email_off")
    if not address:
        return Failed("channel_recipient")
    subject = re.sub(r"[\r\n\t\x00-\x1f]+", " ", message.subject)[:200]
    body = f"{message.text}\n\n{message.link}\n" if message.link else f"{message.text}\n"
    domain = site.mail_from.rpartition("@")[2] or "liuke"
    identity = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"
    mail = EmailMessage(
        subject, body, site.mail_from, [address], headers={**message.headers, "Message-ID": identity}, connection=_connection(site.smtp_url)
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


def validate(config: Mapping[str, object]) -> list[Fault]:
    """`to` is `owner` (whoever the message is for, as is an empty one) or one address."""
    to = config.get("to")
    if to in (None, "", OWNER):
        return []
    try:
        validate_email(to if isinstance(to, str) else None)
    except ValidationError:
        return [{"field": "to", "got": to, "allowed": "owner | name@example.com"}]
    return []


CHANNEL = ChannelKind(
    "email",
    dedupes=False,
    address="email",
    reaches=frozenset({Reach.STAFF, Reach.CUSTOMER}),
    fields=(Field("to", required=False, default=OWNER),),
    send=send,
    validate=validate,
)
