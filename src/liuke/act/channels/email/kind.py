"""E-mail as a channel."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from liuke.act.channels.email import bounces
from liuke.act.channels.email.send import OWNER, connect, send, smtp_url
from liuke.act.channels.email.verp import message_of
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Field, FieldKind, Finding, Reach
from liuke.act.domain.channel_events import Answer, Event, EventKind, Request
from liuke.base.faults import Fault, Faults
from liuke.vendors.guard import Refused

ADDRESSES = ("to", "from_address", "bounce_address")


def validate(config: Mapping[str, object]) -> list[Fault]:
    """Addresses are addresses (`to` may be `owner`, whoever the message is for), and a name is one line."""
    faults = Faults()
    for name in ADDRESSES:
        value = config.get(name)
        if value in (None, "") or (name == "to" and value == OWNER):
            continue
        try:
            validate_email(value if isinstance(value, str) else None)
        except ValidationError:
            faults.add(name, value, "owner | name@example.com" if name == "to" else "name@example.com")
    if any(ord(letter) < 32 for letter in str(config.get("from_name", ""))):
        faults.add("from_name", config.get("from_name"), "1 line")
    return faults


def bounce_event(raw: bytes, target: ChannelTarget, at: datetime) -> Event | None:
    """The event of a mail that came back, if its return path is one that we gave."""
    bounce = bounces.read(raw)
    ref = message_of(bounce.recipients, target.callback_url) if bounce else ""
    if bounce is None or not ref:
        return None
    data = {"hard": "true" if bounce.hard else "false", "code": bounce.code}
    return Event(EventKind.BOUNCE, f"bounce:{ref}:{bounce.code}:{bounce.message_id}"[:120], at, ref=ref, data=data)


def callback(request: Request, target: ChannelTarget) -> Answer:
    """A whole mail as its body, posted by a mail server's pipe. Anything that is no bounce of ours is taken and forgotten."""
    event = bounce_event(request.body, target, target.now()) if request.method == "POST" else None
    return Answer(200, body=b"ok", events=(event,) if event else ())


def check(target: ChannelTarget) -> list[Finding]:
    """Whether the server takes the log-in, and whether bounces come back to us."""
    return [_server(target), _bounces(target)]


def _server(target: ChannelTarget) -> Finding:
    url = smtp_url(target)
    if not url:
        return Finding("smtp", ok=False, code="email_off")
    try:
        connection = connect(url, target)
        connection.open()
        connection.close()
    except Refused as refused:
        return Finding("smtp", ok=False, code="email_server_refused", params={"why": str(refused)})
    except smtplib.SMTPAuthenticationError as error:
        return Finding("smtp", ok=False, code="email_login", params={"host": urlsplit(url).hostname, "answer": error.smtp_code})
    except (OSError, smtplib.SMTPException) as error:
        return Finding("smtp", ok=False, code="email_unreachable", params={"answer": type(error).__name__})
    return Finding("smtp", ok=True, code="smtp_ok")


def _bounces(target: ChannelTarget) -> Finding:
    if target.text("bounce_address"):
        return Finding("bounces", ok=True, code="bounces_ok" if target.secrets.get("imap_url") else "bounces_piped")
    return Finding("bounces", ok=False, code="bounces_off")


CHANNEL = ChannelKind(
    "email",
    dedupes=False,
    address="email",
    reaches=frozenset({Reach.STAFF, Reach.CUSTOMER}),
    fields=(
        Field("to", required=False, default=OWNER),
        Field("from_address", required=False),
        Field("from_name", required=False),
        Field("smtp_url", FieldKind.SECRET, required=False),
        Field("bounce_address", required=False),
        Field("imap_url", FieldKind.SECRET, required=False),
    ),
    send=send,
    validate=validate,
    check=check,
    callback=callback,
)
