"""Links given to contacts, as people see them."""

from __future__ import annotations

from datetime import datetime

from liuke.act.links.giving import address_of, is_over
from liuke.act.store.models import ContactLink
from liuke.show.api.schemas.links import ContactLinkOut
from liuke.show.queries.reader import word


def state_of(link: ContactLink, now: datetime) -> str:
    """revoked, over, seen or waiting."""
    if link.revoked_at is not None:
        return "revoked"
    if is_over(link, now):
        return "over"
    return "seen" if link.views else "waiting"


def link_out(link: ContactLink, *, now: datetime) -> ContactLinkOut:
    """A link with its address; one that opens nothing any more has none."""
    state = state_of(link, now)
    return ContactLinkOut(
        id=link.pk,
        info=word(link.info),
        title=link.title,
        address="" if state in {"over", "revoked"} else address_of(link),
        leads_to=link.url,
        file_name=link.file_name,
        contact_id=link.contact_id,
        contact=link.contact.name if link.contact else "",
        state=word(state),
        created_by=link.created_by.user.name if link.created_by else "",
        created_at=link.created_at,
        expires_at=link.expires_at,
        first_at=link.first_at,
        last_at=link.last_at,
        views=link.views,
        seconds=link.seconds,
    )
