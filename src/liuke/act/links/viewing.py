"""Looks at links: each is a visit of its own, told to the stream once and again when it lasted longer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from liuke.act.doings.domain import Doing
from liuke.act.doings.queue import doing_note
from liuke.act.governor.suppressions import workspace_at
from liuke.act.links.giving import attrs_of, is_over
from liuke.act.store.models import ContactLink, LinkVisit
from liuke.facts.domain.kinds import Kind

LONGEST = 3600
"""Seconds of a look that are believed."""
MOST_VISITS = 1000
"""Of one link: whoever reloads for ever fills no table."""
VISIT = re.compile(r"[A-Za-z0-9_-]{16,32}")
_MACHINE = re.compile(r"bot\b|spider|crawl|preview|slurp|facebookexternalhit|curl|wget|python|java/|go-http", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A link by its token, and whether it still opens."""

    link: ContactLink
    is_over: bool


def link_find(token: str) -> Found | None:
    """None for a token that we never gave."""
    link = ContactLink.objects.filter(token=token).select_related("customer__workspace", "workspace").first()
    return None if link is None else Found(link, is_over(link, workspace_at(link.workspace_id)))


def is_machine(agent: str) -> bool:
    """Whether a reader says itself that it is a program: previews of messengers, search engines. None at all is one too."""
    return not agent or _MACHINE.search(agent) is not None


def view_record(*, link: ContactLink, visit: str, seconds: int = 0) -> bool:
    """A look, or that it has lasted longer; False where there have been too many or the visit is another link's."""
    at = workspace_at(link.workspace_id)
    lasted = min(max(seconds, 0), LONGEST)
    with transaction.atomic():
        ContactLink.objects.select_for_update().get(pk=link.pk)
        known = LinkVisit.objects.filter(key=visit).first()
        if known is not None and known.link_id != link.pk:
            return False
        if known is None:
            if LinkVisit.objects.filter(link=link).count() >= MOST_VISITS:
                return False
            known = LinkVisit.objects.create(link=link, key=visit, at=at, seconds=lasted)
            ContactLink.objects.filter(pk=link.pk).update(views=F("views") + 1, last_at=at)
            ContactLink.objects.filter(pk=link.pk, first_at=None).update(first_at=at)
        elif lasted <= known.seconds:
            return True
        LinkVisit.objects.filter(pk=known.pk).update(seconds=lasted)
        ContactLink.objects.filter(pk=link.pk, seconds__lt=lasted).update(seconds=lasted)
        for doing in doings_of(link, known, lasted):
            doing_note(link.workspace_id, doing)
    return True


def doings_of(link: ContactLink, visit: LinkVisit, seconds: int) -> list[Doing]:
    """`info.viewed`; a quote is a page of prices besides (SIG-25). Told again, the longer time stands."""
    key, attrs = link.customer.key, attrs_of(link)
    looked = Doing(f"viewed:{visit.pk}", key, visit.at, Kind.INFO_VIEWED, channel="link", attrs=attrs, value=float(seconds))
    if link.info != ContactLink.Info.QUOTE:
        return [looked]
    prices = {**attrs, "price": True, "app": "link"}
    return [looked, Doing(f"prices:{visit.pk}", key, visit.at, Kind.PAGE_VIEWED, channel="link", attrs=prices, value=float(seconds))]
