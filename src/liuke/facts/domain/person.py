"""Who a person is in data that was written about them, and texts and JSON without them (DAT-18). Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from liuke.accounts.domain.tombstones import Mark, contact_text, email_of, phone_of

GONE = "〔已删除〕"
"""What stands in place of a name or an address."""
TELLING = 4
"""Characters from which a name is looked for inside other people's texts; a shorter one is taken out only where it is the whole value."""
SHORTEST = 2
"""A single character is no name to search for."""
_BETWEEN = r"[\s\-().]{0,2}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything that names the person: a customer with its contacts, or one contact of a customer."""

    customer_id: int
    customer_key: str
    names: tuple[str, ...] = ()
    """Longest first, so that no part of a name is left behind."""
    phones: tuple[str, ...] = ()
    """Digits, as `phone_of` writes them."""
    emails: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Ids elsewhere, such as that of WeCom."""
    contact_id: int | None = None
    contact_key: str = ""

    @property
    def is_customer(self) -> bool:
        """Whether it is the customer as a whole."""
        return self.contact_id is None

    def marks(self) -> list[tuple[Mark, str]]:
        """What its tombstones are made of."""
        own = (Mark.KEY, self.customer_key) if self.is_customer else (Mark.CONTACT, contact_text(self.customer_key, self.contact_key))
        return [own, *((Mark.PHONE, one) for one in self.phones), *((Mark.EMAIL, one) for one in self.emails)]

    def text(self) -> str:
        """As JSON, to be sealed until the erasure is done."""
        return json.dumps(asdict(self), ensure_ascii=False)


def identity_read(text: str) -> Identity:
    """What `Identity.text` wrote."""
    told = json.loads(text)
    lists = {name: tuple(told[name]) for name in ("names", "phones", "emails", "others")}
    return Identity(**{**told, **lists})


def identity_of(
    *,
    customer: tuple[int, str],
    names: Iterable[str],
    addresses: Iterable[str],
    others: Iterable[str] = (),
    contact: tuple[int | None, str] = (None, ""),
) -> Identity:
    """An identity from what is stored (`customer`, `contact`: id and key); numbers and mail addresses are taken from any `addresses`."""
    told = [text for text in addresses if text]
    phones, emails = {phone_of(text) for text in told} - {""}, {email_of(text) for text in told} - {""}
    known = {name.strip() for name in names} - {customer[1]}
    longest = sorted((name for name in known if len(name) >= SHORTEST), key=lambda name: (-len(name), name))
    ids = tuple(sorted({one for one in others if len(one) >= TELLING}))
    return Identity(*customer, tuple(longest), tuple(sorted(phones)), tuple(sorted(emails)), ids, *contact)


@dataclass(frozen=True, slots=True)
class Redaction:
    """Takes a person out of texts. `own`: the texts are the customer's own records, in which short names are theirs too."""

    identity: Identity
    own: bool = False

    def text(self, text: str) -> str:
        """The text without the person; the same object's value where it does not speak of them."""
        if text.strip() in {*self.identity.names, *self.identity.others} or self._is_key(text.strip()):
            return GONE
        for pattern in self._patterns():
            text = pattern.sub(GONE, text)
        return text

    def value(self, value: object) -> object:
        """JSON without the person: texts redacted, and objects that are about the customer taken out of their lists."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(name): self.value(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.value(one) for one in value if not self._about(one)]
        return value

    def _is_key(self, text: str) -> bool:
        """The customer's number alone; a number without digits could be any word."""
        key = self.identity.customer_key
        return self.identity.is_customer and text == key and len(key) >= SHORTEST and any(sign.isdigit() for sign in key)

    def _about(self, value: object) -> bool:
        if not self.identity.is_customer or not isinstance(value, Mapping):
            return False
        by_key = value.get("customer_key", value.get("key")) == self.identity.customer_key and _names_a_person(value)
        return value.get("customer_id") == self.identity.customer_id or by_key

    def _patterns(self) -> Sequence[re.Pattern[str]]:
        shortest = SHORTEST if self.own else TELLING
        exact = [*self.identity.emails, *self.identity.others, *(name for name in self.identity.names if len(name) >= shortest)]
        found = [re.compile(re.escape(one), re.IGNORECASE) for one in exact]
        return [*found, *(re.compile(rf"(?<!\d)(?:\+?86{_BETWEEN})?{_BETWEEN.join(digits)}(?!\d)") for digits in self.identity.phones)]


def _names_a_person(value: Mapping[str, object]) -> bool:
    return "customer_key" in value or "name" in value or "customer" in value


def needles(identity: Identity) -> tuple[str, ...]:
    """Texts whose bytes are looked for in files when all is done: long enough to mean this person and nobody else by chance."""
    names = tuple(name for name in identity.names if len(name.encode()) >= 6)
    return (*names, *identity.phones, *identity.emails, *identity.others)


def spellings(needle: str) -> set[bytes]:
    """How a text may lie in a file: UTF-8, as JSON escapes, GB 18030, UTF-16."""
    escaped = json.dumps(needle)[1:-1]
    return {needle.encode(), escaped.encode(), needle.encode("gb18030"), needle.encode("utf-16-le")}
