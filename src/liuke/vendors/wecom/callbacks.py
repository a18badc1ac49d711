"""What WeCom tells us: verified, opened, and read without trusting the XML (documents 90930, 90968, 90240, 92130)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from liuke.vendors.aes_callback import BadCallback, CallbackKeys, opened

LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class WecomEvent:
    """One event. `fields` are its plain elements by name; lists such as SelectedItems are not among them."""

    name: str
    """`Event`, and after a dot `ChangeType` where there is one: change_external_contact.del_follow_user."""
    user: str
    """FromUserName, or UserID where a change concerns a colleague."""
    at: int
    """Unix seconds."""
    fields: Mapping[str, str]


def echo(keys: CallbackKeys, query: Mapping[str, str]) -> bytes:
    """What the verification of the address wants back. Raises BadCallback."""
    return opened(
        keys, signed=query.get("msg_signature", ""), timestamp=query.get("timestamp", ""), nonce=query.get("nonce", ""),
        encrypted=query.get("echostr", ""),
    )  # fmt: skip


def event(keys: CallbackKeys, query: Mapping[str, str], body: bytes) -> WecomEvent:
    """The event in a POST. Raises BadCallback: signature, cipher, receiver, key or xml."""
    encrypted = _fields(_parsed(body)).get("Encrypt", "")
    plain = opened(
        keys, signed=query.get("msg_signature", ""), timestamp=query.get("timestamp", ""), nonce=query.get("nonce", ""),
        encrypted=encrypted,
    )  # fmt: skip
    return parsed(plain)


def parsed(plain: bytes) -> WecomEvent:
    """A decrypted event. Raises BadCallback("xml")."""
    fields = _fields(_parsed(plain))
    kind, change = fields.get("Event", ""), fields.get("ChangeType", "")
    made = fields.get("CreateTime", "")
    user = fields.get("UserID") or fields.get("FromUserName", "")
    return WecomEvent(f"{kind}.{change}" if change else kind, user, int(made) if made.isdigit() else 0, fields)


def _parsed(text: bytes) -> Element:
    if len(text) > LONGEST:
        raise BadCallback("xml")
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise BadCallback("xml") from None
    return root


def _fields(root: Element) -> dict[str, str]:
    return {child.tag: (child.text or "").strip() for child in root if not len(child)}
