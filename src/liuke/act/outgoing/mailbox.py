"""Reads bounces from the mailbox of an e-mail channel (IMAP). Mails that are no bounce of ours are left unread."""

from __future__ import annotations

import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import unquote, urlsplit

from liuke.act.channels.email.kind import bounce_event
from liuke.act.domain.channel_events import Event
from liuke.act.messages.receiving import bounce_record
from liuke.act.outgoing.state import DatabaseLimits
from liuke.act.outgoing.targets import target_of
from liuke.act.store.models import Channel
from liuke.base.times import utc_now
from liuke.vendors.guard import Refused, safe_address
from liuke.vendors.state import Limit

log = logging.getLogger(__name__)
EVERY = Limit(1, 300)
"""Once in five minutes per mailbox, over all workers."""
AT_ONCE = 200
TIMEOUT = 20
PROBLEMS = (OSError, imaplib.IMAP4.error)


def bounces_poll() -> int:
    """Read all mailboxes that are due; how many bounces were recorded. Part of the worker's tick."""
    count = 0
    for channel in Channel.objects.filter(kind="email", enabled=True, secret__isnull=False, workspace__simulated_as_of=None):
        target = target_of(channel)
        url = target.secrets.get("imap_url", "")
        if not url or DatabaseLimits(channel.workspace_id, utc_now).take(f"mailbox:{channel.pk}", EVERY) > 0:
            continue
        try:
            with _mailbox(url, target.site.allow) as mailbox:
                events = list(_bounces(mailbox, channel, utc_now()))
        except (Refused, *PROBLEMS) as fault:
            log.warning("mailbox of channel %s: %s", channel.pk, type(fault).__name__)
            error = {"code": "email_mailbox", "params": {"answer": type(fault).__name__}, "at": utc_now().isoformat()}
            Channel.objects.filter(pk=channel.pk).update(last_error=error)
            continue
        for event in events:
            bounce_record(channel=channel, event=event)
        count += len(events)
    return count


def _bounces(mailbox: imaplib.IMAP4, channel: Channel, now: datetime) -> Iterator[Event]:
    """Those that are ours become read once they are handed on."""
    target = target_of(channel)
    _, found = mailbox.search(None, "UNSEEN")
    for number in (found[0] or b"").split()[:AT_ONCE]:
        _, parts = mailbox.fetch(number.decode(), "(BODY.PEEK[])")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        event = bounce_event(raw, target, now)
        if event is not None:
            mailbox.store(number.decode(), "+FLAGS", "(\\Seen)")
            yield event


@contextmanager
def _mailbox(url: str, allow: tuple[str, ...]) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    host, tls = parts.hostname or "", parts.scheme == "imaps"
    port = parts.port or (993 if tls else 143)
    safe_address(host, port, allow)
    opened = imaplib.IMAP4_SSL(host, port, timeout=TIMEOUT) if tls else imaplib.IMAP4(host, port, timeout=TIMEOUT)
    try:
        opened.login(unquote(parts.username or ""), unquote(parts.password or ""))
        opened.select(unquote(parts.path.strip("/")) or "INBOX")
        yield opened
    finally:
        opened.logout()
