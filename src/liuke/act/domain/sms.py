"""What is the same for SMS of every vendor: numbers, the id under which receipts come back, words that refuse more."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime

from liuke.act.domain.channel import Failed, OutMessage
from liuke.act.domain.channel_events import Event, EventKind

REFUSALS = frozenset({"R", "TD", "T", "退订", "拒收"})
LONGEST_VARIABLE = 35
"""Characters; carriers cut or refuse longer ones."""
_PUNCTUATION = " \t\r\n.,;:!。，；：！\"'“”【】[]"


def own_id(key: str) -> str:
    """The message's id at the vendor: ours, so that it is known even where the vendor's answer never came."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def e164(phone: str) -> str:
    """`+8613800138000` of what people write; empty where it is no number. Without a country it is a mainland mobile."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return f"+86{digits}"
    if re.fullmatch(r"(00)?861[3-9]\d{9}", digits):
        return f"+{digits.removeprefix('00')}"
    return f"+{digits}" if phone.strip().startswith("+") and 8 <= len(digits) <= 15 else ""


def refuses(text: str) -> bool:
    """Whether a reply refuses further messages: R, TD, T, 退订, 拒收 in any case and width."""
    return unicodedata.normalize("NFKC", text).strip(_PUNCTUATION).upper() in REFUSALS


def reply_event(*, dedupe: str, at: datetime, phone: str, text: str) -> Event:
    """A reply as an event: a refusal, or something to read."""
    kind = EventKind.OPT_OUT if refuses(text) else EventKind.REPLY
    return Event(kind, dedupe, at, address=e164(phone), data={"text": text[:500]})


def receipt_event(ref: str, *, ok: bool, code: str, at: datetime) -> Event:
    """A carrier's word on one message, under the id that it has at the vendor."""
    state = "delivered" if ok else "failed"
    return Event(EventKind.RECEIPT, f"receipt:{ref}:{state}", at, ref=ref, data={"state": state, "code": code})


def template_of(message: OutMessage, fallback: str) -> tuple[str, list[tuple[str, str]]] | Failed:
    """The approved template and what fills it. A message for a colleague brings none: the channel's own carries its subject."""
    if message.template:
        return message.template, [(name, text[:LONGEST_VARIABLE]) for name, text in message.params.items()]
    if not fallback:
        return Failed("sms_template_missing")
    return fallback, [("content", " ".join(message.subject.split())[:LONGEST_VARIABLE])]
