"""Where a colleague is reached, by the kind of address that a channel speaks to."""

from __future__ import annotations

from liuke.accounts.service.addresses import KINDS, staff_address
from liuke.accounts.store.models import Membership


def address_of(member: Membership, kind: str) -> str:
    """The address, empty where the person has none: email and phone of the profile, the membership itself, else as given in 成员与权限."""
    if kind == "email":
        return member.user.email
    if kind == "phone":
        return member.user.phone
    if kind == "membership":
        return str(member.pk)
    return staff_address(member.pk, kind) if kind in KINDS else ""
