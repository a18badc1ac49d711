"""What a reader without the permission `personal_data` gets to see of a person."""

from __future__ import annotations

from collections.abc import Mapping

PERSONAL_ATTRS = frozenset({"text", "subject", "contact", "phone", "email", "note"})
"""Attributes of activities that people wrote or that name one."""
PLACES = frozenset({"spans"})
"""Places in words: of no use without them."""


def mask_phone(phone: str) -> str:
    """`13812342206` → `138****2206`: the first three and last four; short numbers lose all but the last two."""
    if not phone:
        return ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else f"****{phone[-2:]}"


def mask_email(email: str) -> str:
    """`li.wei@x.com` → `l***@x.com`."""
    if not email:
        return ""
    name, at, host = email.partition("@")
    return f"{name[:1]}***@{host}" if at else "***"


def mask_name(name: str) -> str:
    """`王小明` → `王**`: the first letter; the length is not told."""
    return f"{name[:1]}**" if name else ""


def mask_text(text: str) -> str:
    """`***(24)`: only how long it is."""
    return f"***({len(text)})" if text else ""


def mask_attrs(attrs: Mapping[str, object]) -> dict[str, object]:
    """An activity's attributes with the personal ones masked; numbers, ids, topics and what was read stay, places in the words go."""
    masks = {"phone": mask_phone, "email": mask_email, "contact": mask_name}
    shown = {name: value for name, value in attrs.items() if name not in PLACES}
    return {name: masks.get(name, mask_text)(str(value)) if name in PERSONAL_ATTRS and value else value for name, value in shown.items()}
