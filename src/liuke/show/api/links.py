"""Links given to contacts."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import File, Form, Router, UploadedFile

from liuke.act.links.files import MOST_BYTES
from liuke.act.links.giving import NewLink, link_make, link_revoke, links_of
from liuke.base.errors import TooLarge
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.links import ContactLinkIn, ContactLinkOut
from liuke.show.queries.links import link_out

router = Router(tags=["links"])


@router.get("/w/{slug}/customers/{customer_id}/links", response=list[ContactLinkOut])
def link_list(request: HttpRequest, slug: str, customer_id: int) -> list[ContactLinkOut]:
    """What was given to a customer, newest first: opened or not."""
    reader = reader_for(request, slug)
    return [link_out(each, now=reader.now) for each in links_of(actor=reader.actor, customer_id=customer_id)]


@router.post("/w/{slug}/customers/{customer_id}/links", response=ContactLinkOut)
def link_create(request: HttpRequest, slug: str, customer_id: int, data: ContactLinkIn) -> ContactLinkOut:
    """A link to an address."""
    reader = reader_for(request, slug)
    return link_out(link_make(actor=reader.actor, customer_id=customer_id, asked=NewLink(**data.model_dump())), now=reader.now)


@router.post("/w/{slug}/customers/{customer_id}/links/file", response=ContactLinkOut)
def link_upload(  # noqa: PLR0917 - the fields of a form
    request: HttpRequest,
    slug: str,
    customer_id: int,
    file: File[UploadedFile],
    info: Form[str] = "",
    title: Form[str] = "",
    contact_id: Form[int] = 0,
    days: Form[int] = 90,
) -> ContactLinkOut:
    """A link to an uploaded PDF or picture. 0 days = never over, contact 0 = the customer as a whole."""
    reader = reader_for(request, slug)
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge("link_file_large", limit=MOST_BYTES // 1024 // 1024)
    asked = NewLink(info, title, "", contact_id or None, days or None, file.name or "", file.read())
    return link_out(link_make(actor=reader.actor, customer_id=customer_id, asked=asked), now=reader.now)


@router.delete("/w/{slug}/links/{link_id}", response=ContactLinkOut)
def link_delete(request: HttpRequest, slug: str, link_id: int) -> ContactLinkOut:
    """Revokes a link: it opens nothing any more."""
    reader = reader_for(request, slug)
    return link_out(link_revoke(actor=reader.actor, link_id=link_id), now=reader.now)
