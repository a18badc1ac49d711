"""A source's settings as a person gave them, checked all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from urllib.parse import urlsplit

from liuke.base.plain import Part
from liuke.connect.sources.kingdee.streams import CHOICES, NEEDED, STREAMS, Stream
from liuke.vendors.kingdee.client import Password
from liuke.vendors.kingdee.filters import FIELD
from liuke.vendors.kingdee.signing import AppKeys

SIGNED, PASSWORD = "signed", "password"
LOCAL, DOCUMENT = "local", "document"
YUAN = "PRE001"
"""人民币 in a standard site."""
MOST_ORGANISATIONS = 50
_NAMES = (
    "base_url", "account", "user", "auth", "app_id", "language", "organisation", "organisations", "streams", "since", "amounts",
    "currency", "fields", "proxy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KingdeeSettings:
    """Where the site is, who reads, and what is read."""

    base_url: str
    account: str
    user: str
    auth: str
    app_id: str
    language: int
    organisation: str
    organisations: tuple[str, ...]
    """Numbers of the organisations whose documents count; empty = all."""
    chosen: tuple[str, ...]
    """Of `streams.CHOICES`."""
    since: date | None
    """Documents of earlier days are not read."""
    amounts: str
    currency: str
    """Number of the one currency whose amounts are taken; documents in another are left out and counted. "" = whatever it is."""
    proxy: str
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """By stream: our name to the site's, where it is not the standard one."""

    def keys(self, stream: Stream) -> dict[str, str]:
        """Our names to the site's, of what is read; of the two amounts and currencies only the chosen ones, under plain names."""
        named = {**stream.fields, **self.fields.get(stream.name, {})}
        other = DOCUMENT if self.amounts == LOCAL else LOCAL
        found = {name: key for name, key in named.items() if key and not name.endswith(f"_{other}")}
        return {name.removesuffix(f"_{self.amounts}"): key for name, key in found.items()}

    def reads(self, name: str) -> bool:
        """Whether the stream (or the stock) is chosen."""
        return name in self.chosen

    def who(self, secret: str) -> AppKeys | Password:
        """Credentials with their secret: the application's or the user's."""
        if self.auth == SIGNED:
            return AppKeys(self.account, self.user, self.app_id, secret, self.language, self.organisation)
        return Password(self.account, self.user, secret, self.language)


def settings_of(config: Mapping[str, object]) -> KingdeeSettings:
    """Settings from plain data. Raises Invalid("source_settings", faults=[…]) with every fault."""
    part = Part(config)
    part.only(_NAMES)
    auth, amounts = part.choice("auth", (SIGNED, PASSWORD), SIGNED), part.choice("amounts", (LOCAL, DOCUMENT), LOCAL)
    made = KingdeeSettings(
        base_url=_address(part, "base_url", required=True),
        account=part.text("account", least=1, most=60),
        user=part.text("user", least=1, most=60),
        auth=auth,
        app_id=part.text("app_id", least=1 if auth == SIGNED else 0, most=120),
        language=part.whole("language", (1, 99_999), 2052),
        organisation=part.text("organisation", most=40) or "0",
        organisations=_texts(part, "organisations", MOST_ORGANISATIONS),
        chosen=_chosen(part),
        since=part.day("since"),
        amounts=amounts,
        currency=part.text("currency", most=20),
        proxy=_address(part, "proxy"),
        fields=_fields(part),
    )
    part.faults.raise_if_any("source_settings")
    return made


def _address(part: Part, name: str, *, required: bool = False) -> str:
    text = part.text(name, most=300, least=1 if required else 0).rstrip("/")
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query):
        part.fault(name, text, "https://host/k3cloud")
        return ""
    return text


def _texts(part: Part, name: str, most: int) -> tuple[str, ...]:
    value = part.data.get(name) or []
    if isinstance(value, list | tuple) and len(value) <= most and all(isinstance(each, str) and 0 < len(each) <= 40 for each in value):
        return tuple(value)
    part.fault(name, value, f"[…] ≤ {most}")
    return ()


def _chosen(part: Part) -> tuple[str, ...]:
    """Everything where nothing is said; stock and deliveries mean nothing without orders."""
    given = set(_texts(part, "streams", len(CHOICES))) if "streams" in part.data else set(CHOICES)
    if unknown := given - set(CHOICES):
        part.fault("streams", sorted(unknown), ", ".join(CHOICES))
    if not given & set(STREAMS):
        part.fault("streams", sorted(given), ", ".join(CHOICES))
    return tuple(name for name in CHOICES if name in given)


def _fields(part: Part) -> Mapping[str, Mapping[str, str]]:
    fields = part.part("fields")
    fields.only(STREAMS)
    found: dict[str, Mapping[str, str]] = {}
    for name in fields.data:
        if name in STREAMS:
            named = fields.part(name)
            named.only(STREAMS[name].fields)
            found[name] = {ours: key for ours in named.data if (key := _key(named, ours)) is not None}
    return found


def _key(named: Part, ours: str) -> str | None:
    value = named.data[ours]
    if isinstance(value, str) and (FIELD.match(value) or (not value and ours not in NEEDED)):
        return value
    named.fault(ours, value, "FBillNo, FCustId.FNumber, …")
    return None
