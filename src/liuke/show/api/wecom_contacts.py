"""Contacts in WeCom of whom nobody knows whose they are."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.act.outgoing.sealing import open_text
from liuke.act.outgoing.wecom_contacts import SHOWN, contact_match, contacts_unmatched
from liuke.act.store.models import WecomContact
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut
from liuke.show.api.schemas.wecom import UnmatchedOut, UnmatchedPageOut, WecomMatchIn

router = Router(tags=["messengers"])


@router.get("/w/{slug}/wecom/contacts", response=UnmatchedPageOut)
def wecom_contact_list(request: HttpRequest, slug: str) -> UnmatchedPageOut:
    """The newest of them, for matching by hand."""
    rows = contacts_unmatched(actor=reader_for(request, slug).actor)
    return UnmatchedPageOut(total=rows.count(), items=[_shown(row) for row in rows[:SHOWN]])


@router.post("/w/{slug}/wecom/contacts/{contact_id}/match", response=OkOut)
def wecom_contact_match(request: HttpRequest, slug: str, contact_id: int, data: WecomMatchIn) -> OkOut:
    """Says whose contact it is."""
    contact_match(actor=reader_for(request, slug).actor, contact_id=contact_id, customer_id=data.customer_id)
    return OkOut()


def _shown(row: WecomContact) -> UnmatchedOut:
    name = open_text(row.name) if row.name is not None else ""
    return UnmatchedOut(id=row.pk, name=name, corp_name=row.corp_name, user=row.user, added_at=row.added_at)
