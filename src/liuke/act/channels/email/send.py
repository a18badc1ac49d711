"""Sends one mail: plain text, with an HTML part only where its opening is asked for.

SMTP does not dedupe: a broken answer after the data is `Unknown`.
"""

from __future__ import annotations

import re
import smtplib
from email.utils import formataddr
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from liuke.act.channels.email.html import html_of
from liuke.act.channels.email.verp import return_path
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, OutMessage, Result, Unknown
from liuke.act.domain.sms import own_id
from liuke.vendors.guard import Refused, safe_address

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
    url = smtp_url(target)
    if not url:
        return Failed("email_off")
    if not address:
        return Failed("channel_recipient")
    try:
        connection = connect(url, target)
    except Refused as refused:
        return Failed("email_server_refused", {"why": str(refused)})
    return _answer(_mail(message, address, target, connection), own_id(message.key))


def smtp_url(target: ChannelTarget) -> str:
    """The channel's own server, else the installation's; empty = neither."""
    return target.secrets.get("smtp_url", "") or target.site.smtp_url


def connect(url: str, target: ChannelTarget) -> BaseEmailBackend:
    """A connection, not yet opened. Raises Refused where a typed-in server lies inside the own network and is not listed."""
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    port = parts.port or (465 if tls else 25)
    if target.secrets.get("smtp_url"):
        safe_address(parts.hostname or "", port, target.site.allow)
    connection: BaseEmailBackend = get_connection(
        host=parts.hostname, port=port, username=unquote(parts.username or ""), password=unquote(parts.password or ""),
        use_ssl=tls, use_tls=not tls and port == _SUBMISSION, timeout=TIMEOUT,
    )  # fmt: skip
    return connection


def _mail(message: OutMessage, address: str, target: ChannelTarget, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    subject = re.sub(r"[\r\n\t\x00-\x1f]+", " ", message.subject)[:200]
    body = f"{message.text}\n\n{message.link}\n" if message.link else f"{message.text}\n"
    sender = target.text("from_address", target.site.mail_from)
    shown = formataddr((target.text("from_name"), sender)) if target.text("from_name") else sender
    bounces = target.text("bounce_address")
    envelope = return_path(bounces, message.key, target.callback_url) if bounces else sender
    identity = f"<{own_id(message.key)}@{sender.rpartition('@')[2] or 'liuke'}>"
    headers = {**message.headers, "From": shown, "Message-ID": identity, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(subject, body, envelope, [address], headers=headers, connection=connection)
    for name, content in message.files:
        mail.attach(name, content)
    if message.pixel:
        mail.attach_alternative(html_of(body, message.pixel), "text/html")
    return mail


def _answer(mail: EmailMultiAlternatives, ref: str) -> Result:
    try:
        mail.send()
    except smtplib.SMTPServerDisconnected as error:
        return Unknown("email_unknown", {"answer": str(error)[:200]}, ref)
    except smtplib.SMTPRecipientsRefused as error:
        code = max((answer[0] for answer in error.recipients.values()), default=_REFUSED)
        return Failed("email_refused", {"answer": f"{code} recipient"}, transient=code < _REFUSED)
    except smtplib.SMTPResponseException as error:
        answer = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
        return Failed("email_refused", {"answer": f"{error.smtp_code} {answer}"[:200]}, transient=error.smtp_code < _REFUSED)
    except (OSError, smtplib.SMTPException) as error:
        return Failed("email_unreachable", {"answer": type(error).__name__}, transient=True)
    return Delivered("", ref)
