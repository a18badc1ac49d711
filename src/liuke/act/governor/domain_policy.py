"""What people can set about touching customers, read from plain data with every fault at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from liuke.act.governor.domain_hours import Hours, hours_read, hours_write

MEDIA = ("sms", "email", "wecom", "other")
"""What consent, suppression and caps are about: a medium, whoever carries it."""
MINUTES = 1440
_MOST = 1_000


class Purpose(StrEnum):
    """Advertising, or what belongs to the service that the customer has asked for."""

    MARKETING = "marketing"
    SERVICE = "service"


class Holiday(StrEnum):
    """What becomes of marketing on a public holiday."""

    SEND = "send"
    DEFER = "defer"
    REFUSE = "refuse"


class Need(StrEnum):
    """What marketing over a medium needs: a consent, or only that nobody objected."""

    GIVEN = "given"
    NOT_WITHDRAWN = "not_withdrawn"


@dataclass(frozen=True, slots=True)
class Caps:
    """At most so many touches in any 1, 7 and 30 consecutive local days; None = no cap."""

    day: int | None = None
    week: int | None = None
    month: int | None = None

    def windows(self) -> tuple[tuple[str, int, int], ...]:
        """Those that are set: name, length in days, most."""
        spans = (("day", 1, self.day), ("week", 7, self.week), ("month", 30, self.month))
        return tuple((name, days, most) for name, days, most in spans if most is not None)


def _caps() -> Mapping[Purpose, Caps]:
    return MappingProxyType({Purpose.MARKETING: Caps(1, 2, 4), Purpose.SERVICE: Caps(3, 10, 30)})


def _hours() -> Mapping[Purpose, tuple[Hours, ...]]:
    return MappingProxyType({Purpose.MARKETING: (Hours(540, 1200),) * 7, Purpose.SERVICE: (Hours(480, 1320),) * 7})


@dataclass(frozen=True, slots=True)
class Policy:
    """The workspace's rules for touching customers."""

    dry_run: bool = False
    """Nothing leaves; everything is judged and logged."""
    caps: Mapping[Purpose, Caps] = field(default_factory=_caps)
    """Over all playbooks and media, per purpose."""
    medium_caps: Mapping[str, Caps] = field(default_factory=lambda: MappingProxyType({"wecom": Caps(1, 2, 4)}))
    """Per medium, both purposes together."""
    apart: frozenset[str] = frozenset({"wecom"})
    """Media whose touches count among themselves only: WeCom has a cap of its own for mass messages."""
    hours: Mapping[Purpose, tuple[Hours, ...]] = field(default_factory=_hours)
    """Monday to Sunday, when messages may leave, local time."""
    holiday: Holiday = Holiday.DEFER
    """Marketing on public holidays; a swapped working day (调休) is none."""
    defer_days: int = 3
    """A message that would have to wait longer is refused: it would be stale."""
    needs: Mapping[str, Need] = field(default_factory=lambda: MappingProxyType({}))
    """By medium; without an entry marketing needs a consent."""
    per_head: Decimal | None = Decimal(5)
    """What one playbook spends on one customer stays below it, in the workspace's currency."""
    per_playbook: Decimal | None = None
    """What one playbook spends in all, at most."""
    costs: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({"sms": Decimal("0.05")}))
    """What one message of a medium costs where the sender does not say."""
    fair_days: int = 30
    """So long a segment keeps the class of its offer."""
    barred_inputs: frozenset[str] = frozenset({"willingness_to_pay", "price_sensitivity", "device", "device_price", "price_page_views"})
    """Facts that may not decide about a price (PIPL 24)."""

    def need(self, medium: str) -> Need:
        """What marketing over this medium needs."""
        return self.needs.get(medium, Need.GIVEN)

    def cost(self, medium: str, given: Decimal) -> Decimal:
        """What a touch costs: as told, else the medium's usual price."""
        return given if given else self.costs.get(medium, Decimal(0))


DEFAULT = Policy()
Fault = dict[str, object]
Plain = Mapping[str, object]


def policy_plain(policy: Policy) -> dict[str, object]:
    """As JSON; `policy_read` is the way back."""
    return {
        "dry_run": policy.dry_run,
        "caps": {purpose.value: _caps_plain(caps) for purpose, caps in policy.caps.items()},
        "medium_caps": {medium: _caps_plain(caps) for medium, caps in policy.medium_caps.items()},
        "apart": sorted(policy.apart),
        "hours": {purpose.value: [hours_write(day) for day in week] for purpose, week in policy.hours.items()},
        "holiday": policy.holiday.value,
        "defer_days": policy.defer_days,
        "needs": {medium: need.value for medium, need in policy.needs.items()},
        "per_head": None if policy.per_head is None else str(policy.per_head),
        "per_playbook": None if policy.per_playbook is None else str(policy.per_playbook),
        "costs": {medium: str(cost) for medium, cost in policy.costs.items()},
        "fair_days": policy.fair_days,
        "barred_inputs": sorted(policy.barred_inputs),
    }


def policy_read(plain: Plain) -> tuple[Policy, list[Fault]]:
    """The policy that plain data describes, absent fields as by default, and every fault (`field`, `got`, `allowed`)."""
    reading = _Reading(plain)
    policy = Policy(
        dry_run=reading.flag("dry_run", DEFAULT.dry_run),
        caps={**DEFAULT.caps, **{Purpose(name): caps for name, caps in reading.caps("caps", [p.value for p in Purpose]).items()}},
        medium_caps=reading.caps("medium_caps", MEDIA) if "medium_caps" in plain else DEFAULT.medium_caps,
        apart=reading.names("apart", MEDIA) if "apart" in plain else DEFAULT.apart,
        hours={**DEFAULT.hours, **reading.weeks("hours")},
        holiday=Holiday(reading.choice("holiday", [each.value for each in Holiday], DEFAULT.holiday.value)),
        defer_days=reading.number("defer_days", DEFAULT.defer_days, 0, 14),
        needs={medium: Need(need) for medium, need in reading.needs().items()},
        per_head=reading.amount("per_head", plain.get("per_head", DEFAULT.per_head)),
        per_playbook=reading.amount("per_playbook", plain.get("per_playbook")),
        costs=reading.costs(),
        fair_days=reading.number("fair_days", DEFAULT.fair_days, 1, 365),
        barred_inputs=reading.names("barred_inputs", ()) if "barred_inputs" in plain else DEFAULT.barred_inputs,
    )
    known = set(policy_plain(DEFAULT))
    reading.faults += [{"field": name, "got": plain[name], "allowed": " | ".join(sorted(known))} for name in plain if name not in known]
    return policy, reading.faults


def _caps_plain(caps: Caps) -> dict[str, int | None]:
    return {"day": caps.day, "week": caps.week, "month": caps.month}


class _Reading:
    """Reads one field at a time and collects what is wrong."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.faults: list[Fault] = []

    def fault(self, name: str, got: object, allowed: str) -> None:
        self.faults.append({"field": name, "got": got, "allowed": allowed})

    def flag(self, name: str, default: bool) -> bool:
        value = self.plain.get(name, default)
        if not isinstance(value, bool):
            self.fault(name, value, "true | false")
            return default
        return value

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.plain.get(name, default)
        if not _is_whole(value, low, high):
            self.fault(name, value, f"{low}–{high}")
            return default
        return int(str(value))

    def choice(self, name: str, allowed: list[str], default: str) -> str:
        value = self.plain.get(name, default)
        if value not in allowed:
            self.fault(name, value, " | ".join(allowed))
            return default
        return str(value)

    def amount(self, name: str, value: object) -> Decimal | None:
        """A price ≥ 0 with at most four decimals; None = no limit."""
        if value is None:
            return None
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount <= 10_000_000:
            self.fault(name, value, "0–10000000")
            return None
        return amount.quantize(Decimal("0.0001")).normalize() + Decimal(0)

    def table(self, name: str) -> Plain:
        value = self.plain.get(name, {})
        if not isinstance(value, Mapping):
            self.fault(name, value, "{…}")
            return {}
        return value

    def names(self, name: str, allowed: tuple[str, ...]) -> frozenset[str]:
        value = self.plain.get(name, [])
        if not isinstance(value, list) or any(not isinstance(each, str) or (allowed and each not in allowed) for each in value):
            self.fault(name, value, " | ".join(allowed) or "[…]")
            return frozenset()
        return frozenset(value)

    def caps(self, name: str, allowed: list[str] | tuple[str, ...]) -> dict[str, Caps]:
        found = {}
        for key, given in self.table(name).items():
            if key not in allowed or not isinstance(given, Mapping):
                self.fault(f"{name}.{key}", given, " | ".join(allowed))
                continue
            values = {}
            for span in ("day", "week", "month"):
                most = given.get(span)
                if most is not None and not _is_whole(most, 0, _MOST):
                    self.fault(f"{name}.{key}.{span}", most, f"0–{_MOST}")
                    most = 0
                values[span] = most
            found[key] = Caps(**values)
            self._rising(f"{name}.{key}", found[key])
        return found

    def _rising(self, name: str, caps: Caps) -> None:
        """A longer window that allows less than a shorter one is a slip of the pen."""
        windows = caps.windows()
        for (short, _, less), (long, _, more) in pairwise(windows):
            if more < less:
                self.fault(f"{name}.{long}", more, f"≥ {short} ({less})")

    def weeks(self, name: str) -> dict[Purpose, tuple[Hours, ...]]:
        found = {}
        for key, given in self.table(name).items():
            if key not in list(Purpose) or not isinstance(given, list) or len(given) != 7:
                self.fault(f"{name}.{key}", given, "7 × 09:00-20:00")
                continue
            days = [hours_read(text) for text in given]
            for number, day in enumerate(days):
                if day is None:
                    self.fault(f"{name}.{key}.{number}", given[number], "09:00-20:00 | closed")
            week = tuple(day or Hours(0, 0) for day in days)
            if all(day.is_closed for day in week):
                self.fault(f"{name}.{key}", given, "≥ 1 × 09:00-20:00")
            found[Purpose(key)] = week
        return found

    def needs(self) -> dict[str, str]:
        found = {}
        for medium, need in self.table("needs").items():
            allowed = [Need.GIVEN.value] if medium == "sms" else [each.value for each in Need]
            if medium not in MEDIA or need not in allowed:
                self.fault(f"needs.{medium}", need, " | ".join(allowed))
                continue
            found[medium] = str(need)
        return found

    def costs(self) -> dict[str, Decimal]:
        given = self.table("costs") if "costs" in self.plain else DEFAULT.costs
        found = {}
        for medium, cost in given.items():
            amount = self.amount(f"costs.{medium}", cost)
            if medium not in MEDIA or amount is None:
                if medium not in MEDIA:
                    self.fault(f"costs.{medium}", cost, " | ".join(MEDIA))
                continue
            found[medium] = amount
        return found


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
