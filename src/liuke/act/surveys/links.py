"""Links to pages for one customer: who it is stands signed in the address, so that a link costs no row and cannot be guessed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from secrets import token_urlsafe

from django.conf import settings
from django.core import signing

from liuke.act.surveys.domain import OPEN_FOR


@dataclass(frozen=True, slots=True)
class Linked:
    """Whom a link is for. `what`: the survey's scale, or `exit`; `nonce` makes each link its own, unless it is derived from a message."""

    workspace_id: int
    customer_id: int
    what: str
    nonce: str
    contact_id: int | None = None


def link_token(linked: Linked) -> str:
    """The token; its age is part of it."""
    told = [linked.workspace_id, linked.customer_id, linked.what, linked.nonce, linked.contact_id]
    return signing.dumps(told, salt="liuke.page", compress=False)


def link_new(*, workspace_id: int, customer_id: int, what: str, contact_id: int | None = None) -> str:
    """A token of its own."""
    return link_token(Linked(workspace_id, customer_id, what, token_urlsafe(6), contact_id))


def link_read(token: str) -> Linked | None:
    """Whom it is for; None for a token that we never gave or that is too old."""
    try:
        told = signing.loads(token, salt="liuke.page", max_age=OPEN_FOR)
        return Linked(int(told[0]), int(told[1]), str(told[2]), str(told[3]), told[4])
    except (signing.BadSignature, ValueError, TypeError, LookupError):
        return None


def link_key(linked: Linked) -> str:
    """Names the link in the database without being it: one answer each, however late its address was signed."""
    told = f"{linked.workspace_id}:{linked.customer_id}:{linked.what}:{linked.nonce}:{linked.contact_id}"
    return hashlib.sha256(told.encode()).hexdigest()


def survey_address(token: str) -> str:
    """Where a survey is answered."""
    return f"{settings.LIUKE.public_url}/s/{token}"


def interview_address(token: str) -> str:
    """Where a customer who left says why."""
    return f"{settings.LIUKE.public_url}/i/{token}"
