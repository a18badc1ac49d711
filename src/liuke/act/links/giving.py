"""Making, listing and revoking links."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.act.doings.domain import Doing
from liuke.act.doings.queue import doing_note
from liuke.act.links.files import file_keep
from liuke.act.messages.links import link_address
from liuke.act.store.models import ContactLink
from liuke.base.errors import NotFound
from liuke.base.faults import Faults
from liuke.facts.domain.kinds import Kind
from liuke.facts.service import customer_get, customers_visible
from liuke.facts.store.models import Contact, Customer

LONGEST_URL = 500
MOST_DAYS = 365
SHOWN = 50


@dataclass(frozen=True, slots=True)
class NewLink:
    """What is given. `days`: it ends after so many; None = never. `content`: a file in place of an address."""

    info: str
    title: str
    url: str = ""
    contact_id: int | None = None
    days: int | None = 90
    file_name: str = ""
    content: bytes = b""


def link_make(*, actor: Actor, customer_id: int, asked: NewLink) -> ContactLink:
    """A link for a customer or one of their contacts; told to the stream as `info.sent`.

    Raises Forbidden without `handle`, NotFound for a customer whom the actor does not see, Invalid("contact_link", faults=[…]),
    and what `file_keep` raises.
    """
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    contact = _contact(customer, asked)
    _check(asked)
    stored, kind = file_keep(asked.content) if asked.content else ("", "")
    now = workspace_now(customer.workspace)
    with transaction.atomic():
        link = ContactLink.objects.create(
            workspace_id=customer.workspace_id,
            customer=customer,
            contact=contact,
            token=secrets.token_urlsafe(24),
            info=asked.info,
            title=asked.title.strip(),
            url=asked.url.strip(),
            file_name=asked.file_name[-160:],
            stored_name=stored,
            content_type=kind,
            size=len(asked.content),
            expires_at=None if asked.days is None else now + timedelta(days=asked.days),
            created_by_id=actor.membership_id,
            created_at=now,
        )
        doing_note(customer.workspace_id, sent_of(link, customer, actor.name))
        audit_record(actor=actor, action="link_made", object_type="customer", object_id=customer.pk, detail={"link": link.pk})
    return link


def sent_of(link: ContactLink, customer: Customer, actor: str) -> Doing:
    """`info.sent`: from now on it is waited for that somebody looks (SIG-01)."""
    return Doing(f"link:{link.pk}", customer.key, link.created_at, Kind.INFO_SENT, channel="link", actor=actor, attrs=attrs_of(link))


def attrs_of(link: ContactLink) -> dict[str, object]:
    """What activities about a link say of it: no title and no address, which may name people."""
    told: dict[str, object] = {"info": link.info, "link": link.pk}
    return told if link.contact_id is None else told | {"contact": link.contact_id}


def links_of(*, actor: Actor, customer_id: int) -> list[ContactLink]:
    """A customer's last 50 links, newest first. Raises NotFound for a customer whom the actor does not see."""
    customer = customer_get(actor=actor, customer_id=customer_id)
    rows = ContactLink.objects.filter(customer=customer).select_related("contact", "created_by__user")
    return list(rows.order_by("-pk")[:SHOWN])


def link_revoke(*, actor: Actor, link_id: int) -> ContactLink:
    """From now on the link opens nothing; twice is once. Raises Forbidden without `handle`, NotFound."""
    actor.require(Permission.HANDLE)
    rows = ContactLink.objects.filter(pk=link_id, customer__in=customers_visible(actor)).select_related("customer__workspace", "contact")
    link = rows.first()
    if link is None:
        raise NotFound("link_not_found", link=link_id)
    now = workspace_now(link.customer.workspace)
    if ContactLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        audit_record(actor=actor, action="link_revoked", object_type="customer", object_id=link.customer_id, detail={"link": link.pk})
    link.refresh_from_db()
    return link


def address_of(link: ContactLink) -> str:
    """What is copied and sent."""
    return link_address(link.token)


def is_over(link: ContactLink, now: datetime) -> bool:
    """Whether it opens nothing any more."""
    return link.revoked_at is not None or (link.expires_at is not None and link.expires_at <= now)


def _contact(customer: Customer, asked: NewLink) -> Contact | None:
    if asked.contact_id is None:
        return None
    contact = Contact.objects.filter(pk=asked.contact_id, customer=customer).first()
    if contact is None:
        raise NotFound("contact_not_found", contact=asked.contact_id)
    return contact


def _check(asked: NewLink) -> None:
    faults = Faults()
    faults.choice("info", asked.info, ContactLink.Info.values)
    faults.unless(0 < len(asked.title.strip()) <= 120, "title", asked.title, "1–120")
    if bool(asked.content) == bool(asked.url.strip()) or (asked.url.strip() and not is_web_address(asked.url.strip())):
        faults.add("url", asked.url, "https://host/path")
    if asked.days is not None:
        faults.within("days", asked.days, 1, MOST_DAYS)
    faults.raise_if_any("contact_link")


def is_web_address(url: str) -> bool:
    """An http(s) address without user or password in it: no other scheme is ever redirected to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = len(url) <= LONGEST_URL and not any(ord(sign) <= 32 or sign == "\\" for sign in url)
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username and not parts.password
