"""Messengers in the product: ids of colleagues, offers of the log-in page, and what pages inside WeCom need."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.accounts.service import addresses
from liuke.act.governor.addresses import WECOM
from liuke.act.outgoing.inside import jssdk_sign
from liuke.act.outgoing.logins import login_offers
from liuke.base.errors import NotFound
from liuke.base.words import render
from liuke.facts.service import customer_get, customers_visible
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.wecom import (
    JssdkOut,
    LoginOfferOut,
    RosterIn,
    RosterLineOut,
    RosterOut,
    RosterRejectOut,
    SignedOut,
    StaffAddressesIn,
    StaffAddressesOut,
    WecomCustomerOut,
    WecomIdOut,
)
from liuke.vendors.wecom.jssdk import Signed

router = Router(tags=["messengers"])


@router.get("/login-offers", response=list[LoginOfferOut], auth=None)
def login_offer_list(request: HttpRequest) -> list[LoginOfferOut]:  # noqa: ARG001 - a view
    """The messengers by which people can log in; open to everybody, as the log-in page is."""
    return [LoginOfferOut(channel_id=each.channel_id, kind=each.kind, name=each.name) for each in login_offers()]


@router.get("/w/{slug}/staff-addresses", response=list[StaffAddressesOut])
def staff_address_list(request: HttpRequest, slug: str) -> list[StaffAddressesOut]:
    """Ids of all members who have any."""
    found = addresses.staff_addresses_list(actor=reader_for(request, slug).actor)
    return [StaffAddressesOut(person_id=person, **ids) for person, ids in found.items()]


@router.put("/w/{slug}/people/{person_id}/addresses", response=StaffAddressesOut)
def staff_address_set(request: HttpRequest, slug: str, person_id: int, data: StaffAddressesIn) -> StaffAddressesOut:
    """Ids of one member."""
    given = {kind: value.strip() for kind, value in data.dict().items() if value is not None}
    found = addresses.staff_addresses_set(actor=reader_for(request, slug).actor, membership_id=person_id, addresses=given)
    return StaffAddressesOut(person_id=person_id, **found)


@router.post("/w/{slug}/staff-roster", response=RosterOut)
def staff_roster(request: HttpRequest, slug: str, data: RosterIn) -> RosterOut:
    """Looks at a roster, or applies its good lines."""
    reader = reader_for(request, slug)
    do = addresses.roster_apply if data.apply else addresses.roster_preview
    found = do(actor=reader.actor, text=data.text)
    rejects = [(each.line, each.got, render(f"errors.{each.code}", {}, language=reader.language)) for each in found.rejects]
    return RosterOut(
        lines=[RosterLineOut(line=each.line, name=each.name, **each.changes) for each in found.lines],
        rejects=[RosterRejectOut(line=line, got=got, reason=reason) for line, got, reason in rejects],
        same=found.same,
    )


@router.get("/w/{slug}/wecom/jssdk", response=JssdkOut)
def wecom_jssdk(request: HttpRequest, slug: str, url: str) -> JssdkOut:
    """Signatures for a page of ours inside WeCom."""
    signed = jssdk_sign(actor=reader_for(request, slug).actor, url=url)
    return JssdkOut(
        corp_id=signed.corp_id, agent_id=signed.agent_id, config=_signed_out(signed.config), agent_config=_signed_out(signed.agent_config)
    )


def _signed_out(signed: Signed) -> SignedOut:
    return SignedOut(timestamp=signed.timestamp, noncestr=signed.noncestr, signature=signed.signature)


@router.get("/w/{slug}/wecom/customers/{external_id}", response=WecomCustomerOut)
def wecom_customer(request: HttpRequest, slug: str, external_id: str) -> WecomCustomerOut:
    """The visible customer with that WeCom id: what the side bar shows."""
    actor = reader_for(request, slug).actor
    found = customers_visible(actor).filter(**{f"attributes__{WECOM}": external_id}).order_by("pk").first()
    if found is None:
        raise NotFound("wecom_customer_not_found")
    return WecomCustomerOut(customer_id=found.pk, name=found.name)


@router.get("/w/{slug}/customers/{customer_id}/wecom", response=WecomIdOut)
def wecom_id(request: HttpRequest, slug: str, customer_id: int) -> WecomIdOut:
    """Whom 发企微 opens a chat with."""
    found = customer_get(actor=reader_for(request, slug).actor, customer_id=customer_id).attributes.get(WECOM)
    return WecomIdOut(external_id=found if isinstance(found, str) else "")
