"""Links inside mails lead over an address of our own, so that clicks are known. The destination is stored, never in the address."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.conf import settings

from liuke.act.messages.domain import LINK
from liuke.act.store.models import CustomerMessage, TrackedLink

LONGEST = 500
MEDIA = frozenset({"email", "wecom"})
"""Where links are tracked. Carriers refuse texts whose links change, so SMS is left alone."""


def link_address(token: str) -> str:
    """Where a tracked link leads."""
    return f"{settings.LIUKE.public_url}/t/{token}"


def unsubscribe_address(row: CustomerMessage) -> str:
    """The page on which the recipient of this message can say no."""
    return f"{settings.LIUKE.public_url}/u/{row.token}"


def pixel_address(row: CustomerMessage) -> str:
    """The picture whose loading tells that this message was opened."""
    return f"{settings.LIUKE.public_url}/o/{row.token}.gif"


def links_tracked(rows: Sequence[CustomerMessage]) -> None:
    """Put tracked addresses in place of the links of stored messages, one row per link."""
    links: list[TrackedLink] = []
    changed: list[CustomerMessage] = []
    for row in rows:
        urls = [url for url in dict.fromkeys(LINK.findall(row.text)) if len(url) <= LONGEST] if row.medium in MEDIA else []
        for url in sorted(urls, key=len, reverse=True):
            link = TrackedLink(message=row, token=secrets.token_urlsafe(24), url=url)
            row.text = row.text.replace(url, link_address(link.token))
            links.append(link)
        if urls:
            changed.append(row)
    TrackedLink.objects.bulk_create(links, batch_size=500)
    CustomerMessage.objects.bulk_update(changed, ["text"], batch_size=200)
