"""Marks by which somebody who was erased is recognised without being known: what is hashed, and how it is written alike (DAT-18)."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

DIGITS = 40
"""Hex digits of a digest that are kept."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE_LENGTH = range(7, 16)


class Mark(StrEnum):
    """What of a person a tombstone is made of. By `key` and `contact` a stored row is found again, by the others a row that arrives."""

    KEY = "key"
    """The customer's number in the source."""
    CONTACT = "contact"
    """The customer's number and the contact's within it."""
    PHONE = "phone"
    EMAIL = "email"


def phone_of(text: str) -> str:
    """The digits of a telephone number, a mainland one as eleven digits; empty where the text is none."""
    plain = re.sub(r"[\s().\-–+]", "", text)
    if not (plain.isascii() and plain.isdigit()):
        return ""
    digits = plain.removeprefix("00")
    digits = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return digits if len(digits) in _PHONE_LENGTH else ""


def email_of(text: str) -> str:
    """The address in lower case; empty where the text is none."""
    plain = text.strip().lower()
    return plain if _EMAIL.fullmatch(plain) else ""


def contact_text(customer_key: str, contact_key: str) -> str:
    """What `Mark.CONTACT` hashes."""
    return f"{customer_key}\x1f{contact_key}"


def digest_of(secret: bytes, workspace_id: int, mark: Mark, text: str) -> str:
    """The keyed hash (HMAC-SHA256, RFC 2104): without the installation's secret nobody can try names against it."""
    said = f"tombstone:{workspace_id}:{mark.value}:{text}".encode()
    return hmac.new(secret, said, hashlib.sha256).hexdigest()[:DIGITS]


@dataclass(frozen=True, slots=True)
class Refusals:
    """The tombstones of one workspace, to ask rows against. False where there are none: then nothing need be hashed."""

    workspace_id: int
    digests: frozenset[str] = frozenset()
    secret: bytes = field(default=b"", repr=False)

    def __bool__(self) -> bool:
        return bool(self.digests)

    def customer(self, key: str) -> bool:
        """Whether a customer of that number was erased."""
        return self._has(Mark.KEY, key)

    def contact(self, customer_key: str, contact_key: str) -> bool:
        """Whether that contact of that customer was erased."""
        return self._has(Mark.CONTACT, contact_text(customer_key, contact_key))

    def reached_by(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts is the telephone number or the e-mail address of somebody who was erased."""
        return any(self._has(Mark.PHONE, phone_of(text)) or self._has(Mark.EMAIL, email_of(text)) for text in texts if text)

    def _has(self, mark: Mark, text: str) -> bool:
        return bool(self.digests) and bool(text) and digest_of(self.secret, self.workspace_id, mark, text) in self.digests
