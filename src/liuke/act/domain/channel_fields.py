"""Checks a channel's settings against its kind's fields, and the two fields that every vendor's channel has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from liuke.act.domain.channel import ChannelKind, ChannelTarget, Field, FieldKind
from liuke.base.faults import Fault, Faults, fault_of
from liuke.vendors.http import Wire
from liuke.vendors.state import Limit

LONGEST = 500
LONGEST_SECRET = 8000
"""A private key in PEM fits."""
LONGEST_AGENT = 16


PROXY = Field("proxy", FieldKind.URL, required=False)
"""Through which proxy the other side is reached; one in the own network must be on the installation's list of allowed hosts."""


def wire_fields(base_url: str, name: str = "base_url") -> tuple[Field, Field]:
    """Where the vendor is reached (its own address by default) and through which proxy; `wire_of` reads them."""
    return Field(name, FieldKind.URL, required=False, default=base_url), PROXY


def wire_of(target: ChannelTarget, base_url: str, name: str = "base_url", headers: Mapping[str, str] | None = None) -> Wire:
    """The way to the vendor. An address or a proxy that a user has typed in passes the guard; the vendor's own need not."""
    typed = target.text(name).rstrip("/")
    proxy = target.text("proxy")
    return Wire(typed or base_url, proxy, headers or {}, allow=target.site.allow if typed or proxy else None)


CALLBACK, STREAM = "callback", "stream"
CLICKS_BY = Field("clicks_by", FieldKind.CHOICE, required=False, choices=(CALLBACK, STREAM), default=CALLBACK)
"""How a vendor's events reach us: by its calls to our public address, or over a connection of ours to it."""

RATE_SECONDS = 10
"""Calls are counted over so long a window, so that a short burst passes."""
FASTEST = 1_000


def rate_field(per_second: int) -> Field:
    """How many calls per second the account may make; `rate_of` reads it, `rate_faults` checks it."""
    return Field("per_second", FieldKind.NUMBER, required=False, default=str(per_second))


def rate_of(target: ChannelTarget, per_second: int) -> Limit:
    """The limit that the channel keeps: its own, else `per_second`."""
    typed = target.config.get("per_second")
    return Limit(most=RATE_SECONDS * (typed if isinstance(typed, int) and typed > 0 else per_second), seconds=RATE_SECONDS)


def rate_faults(config: Mapping[str, object]) -> list[Fault]:
    """Between one call and a thousand a second; empty = the kind's own rate."""
    typed = config.get("per_second")
    good = typed in (None, "") or (isinstance(typed, int) and 1 <= typed <= FASTEST)
    return [] if good else [fault_of("per_second", typed, f"1–{FASTEST}")]


def agent_faults(config: Mapping[str, object], example: str) -> list[Fault]:
    """The id of an application of one's own is a number."""
    agent = config.get("agent_id")
    good = isinstance(agent, str) and agent.isascii() and agent.isdigit() and len(agent) < LONGEST_AGENT
    return [] if good else [fault_of("agent_id", agent, example)]


def field_faults(kind: ChannelKind, config: Mapping[str, object], secrets: Mapping[str, str], stored: Collection[str]) -> Faults:
    """All faults at once. `stored`: names of the secrets that are there already and stay where none is given."""
    open_fields = [each for each in kind.fields if each.kind is not FieldKind.SECRET]
    names = [each.name for each in open_fields]
    faults = Faults(fault_of(name, value, " | ".join(names)) for name, value in config.items() if name not in names)
    for each in open_fields:
        allowed = _allowed(each, config.get(each.name))
        faults.unless(not allowed, each.name, config.get(each.name), allowed)
    beyond = [] if faults or kind.validate is None else kind.validate(config)
    return Faults([*faults, *_secret_faults(kind, secrets, stored), *beyond])


def _secret_faults(kind: ChannelKind, secrets: Mapping[str, str], stored: Collection[str]) -> Faults:
    """What a secret was is never repeated in a fault."""
    names = " | ".join(sorted(kind.secret_names)) or "—"
    faults = Faults(fault_of(name, "***", names) for name in secrets if name not in kind.secret_names)
    for each in kind.fields:
        given = secrets.get(each.name, "")
        if each.kind is FieldKind.SECRET and not _secret_fits(each, given, is_stored=each.name in stored):
            faults.add(each.name, "***" if given else "", f"1–{LONGEST_SECRET}")
    return faults


def _secret_fits(each: Field, given: str, *, is_stored: bool) -> bool:
    """Nothing has to be given where there is a secret already or none is needed."""
    if not given:
        return is_stored or not each.required
    return len(given) <= LONGEST_SECRET


def _allowed(each: Field, value: object) -> str:
    """Empty where the value is fine, else what would be."""
    if value in (None, ""):
        return "≥ 1" if each.required else ""
    fine, allowed = _fits(each, value)
    return "" if fine else allowed


def _fits(each: Field, value: object) -> tuple[bool, str]:
    """Whether a value that is there fits the field's kind, and what would."""
    match each.kind:
        case FieldKind.FLAG:
            return isinstance(value, bool), "true | false"
        case FieldKind.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool), "0, 1, 2, …"
        case FieldKind.CHOICE:
            return value in each.choices, " | ".join(each.choices)
    if not isinstance(value, str) or len(value) > LONGEST:
        return False, f"1–{LONGEST}"
    return each.kind is not FieldKind.URL or is_url(value), "https://host/path"


def is_url(url: str) -> bool:
    """An http(s) address without user or password in it. Whether it may be reached is decided at every sending."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username and port_is_fine and len(url) <= LONGEST
