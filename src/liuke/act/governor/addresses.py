"""Addresses of customers: how they are written alike, hashed with a key, and whom of a customer's contacts a message goes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from liuke.act.outgoing.sealing import derived
from liuke.facts.domain.masking import mask_email, mask_phone
from liuke.facts.store.models import Contact, Customer

WECOM = "wecom_external_userid"
"""The attribute of a customer that holds the WeCom id of whom we talk to."""
MEDIUM_OF = {"email": "email", "phone": "sms", "wecom_external": "wecom"}
"""By a channel kind's `address`; every other kind reaches customers over `other`."""
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Reached:
    """One way to a customer: the person, the address over one medium and its keyed hash."""

    contact_id: int | None
    name: str
    address: str
    digest: str
    is_key: bool = False


def normal(medium: str, address: str) -> str:
    """One spelling per address: mail in lower case, a mainland number as eleven digits."""
    text = address.strip()
    if medium == "email":
        return text.lower()
    if medium != "sms":
        return text
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit()).removeprefix("00")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def digest_of(workspace_id: int, medium: str, address: str) -> str:
    """The keyed hash under which an address is remembered; empty for no address."""
    plain = normal(medium, address)
    return derived(f"address:{workspace_id}:{medium}:{plain}") if plain else ""


def hint_of(medium: str, address: str) -> str:
    """What people may see of a suppressed address."""
    masked = mask_email(address.strip()) if medium == "email" else mask_phone(normal(medium, address))
    return masked[:60]


class Addressbook:
    """Ways to some customers, read with one query per table."""

    def __init__(self, workspace_id: int, customer_ids: Collection[int], media: Collection[str]) -> None:
        self._ways: dict[tuple[int, str], list[Reached]] = defaultdict(list)
        self.customers: dict[int, Customer] = {}
        ids = sorted(set(customer_ids))
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            found = Customer.objects.filter(workspace_id=workspace_id, pk__in=chunk).select_related("owner__user")
            self.customers |= {customer.pk: customer for customer in found}
            for contact in Contact.objects.filter(customer_id__in=chunk, customer__workspace_id=workspace_id).order_by("-is_key", "pk"):
                self._add_contact(workspace_id, contact, media)
        if "wecom" in media:
            self._add_wecom(workspace_id)

    def ways(self, customer_id: int, medium: str) -> Sequence[Reached]:
        """Every way over a medium, key contacts first."""
        return self._ways.get((customer_id, medium), ())

    def digests(self) -> set[str]:
        """All of them."""
        return {way.digest for ways in self._ways.values() for way in ways}

    def _add_contact(self, workspace_id: int, contact: Contact, media: Collection[str]) -> None:
        for medium, address in (("sms", contact.phone), ("email", contact.email)):
            if medium in media and normal(medium, address):
                digest = digest_of(workspace_id, medium, address)
                self._ways[contact.customer_id, medium].append(
                    Reached(contact.pk, contact.name, normal(medium, address), digest, contact.is_key)
                )

    def _add_wecom(self, workspace_id: int) -> None:
        for customer in self.customers.values():
            address = customer.attributes.get(WECOM)
            if isinstance(address, str) and address:
                self._ways[customer.pk, "wecom"].append(
                    Reached(None, customer.name, address, digest_of(workspace_id, "wecom", address), True)
                )
