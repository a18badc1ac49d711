"""The loyalty programme as data: what earns, what is eased for customers at risk, levels, member day, volume steps, 老带新."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from liuke.base.plain import Part, digits

RISKS = ("early", "medium", "high")


@dataclass(frozen=True, slots=True)
class Ease:
    """LOY-01, for customers of one risk level: points count `factor` times, a redemption needs `price` of the usual points."""

    factor: float = 1.0
    price: float = 1.0


@dataclass(frozen=True, slots=True)
class Winback:
    """LOY-02: `points` for each of the first `times` orders after `silent_days` without one."""

    points: int = 0
    silent_days: int = 90
    times: int = 3


@dataclass(frozen=True, slots=True)
class MemberDay:
    """会员日: the day of the month (or, `weekly`, of the week, Monday 1) on which orders count `factor` times. 0 = none."""

    day: int = 0
    weekly: bool = False
    factor: float = 2.0

    def holds(self, day: date) -> bool:
        """Whether `day` (local) is one."""
        return self.day > 0 and self.day == (day.isoweekday() if self.weekly else day.day)


@dataclass(frozen=True, slots=True)
class MemberLevel:
    """A level from a yearly amount on (365 days, workspace currency). Points count `factor` times."""

    name: str
    least: float
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class VolumeStep:
    """LOY-05: from a yearly amount on, `percent` off (0–100)."""

    least: float
    percent: float


@dataclass(frozen=True, slots=True)
class Referring:
    """老带新: points at the first order of somebody new, to both; whoever brought the bringer gets `share` of it, `depth` times."""

    referrer: int = 0
    referred: int = 0
    depth: int = 1
    share: float = 0.2


@dataclass(frozen=True, slots=True)
class Programme:
    """Build it with `programme_from_plain`, which checks. Off by default: nobody earns before somebody has switched it on."""

    enabled: bool = False
    starts_on: date | None = None
    """Orders before this day earn nothing: a programme switched on today does not pay for years."""
    per_money: float = 1.0
    """Points per unit of the workspace's currency."""
    worth: float = 0.01
    """What one point is worth when redeemed, in the workspace's currency."""
    expire_days: int = 365
    at_risk: Mapping[str, Ease] = field(default_factory=lambda: {"early": Ease(), "medium": Ease(1.5, 0.9), "high": Ease(2.0, 0.8)})
    winback: Winback = Winback(200)
    member_day: MemberDay = MemberDay()
    levels: tuple[MemberLevel, ...] = ()
    grace_days: int = 90
    """保级: so many days a level stays after its amount is missed."""
    volume: tuple[VolumeStep, ...] = ()
    referral: Referring = Referring()

    def ease(self, risk: str) -> Ease:
        """What holds for a risk level."""
        return self.at_risk.get(risk, Ease())

    def to_plain(self) -> dict[str, object]:
        """JSON values; `programme_from_plain` reads them back."""
        return {**asdict(self), "starts_on": self.starts_on.isoformat() if self.starts_on else None}


def programme_from_plain(data: Mapping[str, object]) -> Programme:
    """A checked programme; absent entries keep their default.

    Raises Invalid("loyalty_programme", faults=[{"field", "got", "allowed"}]) with every fault at once.
    """
    given, usual = Part(data), Programme()
    given.only(usual.to_plain())
    programme = Programme(
        enabled=given.flag("enabled", default=usual.enabled),
        starts_on=given.day("starts_on"),
        per_money=given.number("per_money", (0, 1_000), usual.per_money),
        worth=given.number("worth", (0, 1_000), usual.worth),
        expire_days=given.whole("expire_days", (1, 3_650), usual.expire_days),
        at_risk=_eases(given.part("at_risk")) if "at_risk" in data else usual.at_risk,
        winback=_winback(given.part("winback"), usual.winback),
        member_day=_member_day(given.part("member_day")),
        levels=_levels(given.parts("levels", 10)),
        grace_days=given.whole("grace_days", (0, 730), usual.grace_days),
        volume=_volume(given.parts("volume", 10)),
        referral=_referral(given.part("referral")),
    )
    if programme.enabled and programme.starts_on is None:
        given.fault("starts_on", None, "YYYY-MM-DD")
    given.faults.raise_if_any("loyalty_programme")
    return programme


def _eases(part: Part) -> Mapping[str, Ease]:
    part.only(RISKS)
    return {risk: Ease(part.part(risk).number("factor", (1, 10), 1.0), part.part(risk).number("price", (0.1, 1), 1.0)) for risk in RISKS}


def _winback(part: Part, usual: Winback) -> Winback:
    return Winback(
        part.whole("points", (0, 1_000_000), usual.points),
        part.whole("silent_days", (7, 1_095), usual.silent_days),
        part.whole("times", (1, 50), usual.times),
    )


def _member_day(part: Part) -> MemberDay:
    weekly = part.flag("weekly", default=False)
    return MemberDay(part.whole("day", (0, 7 if weekly else 28), 0), weekly, part.number("factor", (1, 10), 2.0))


def _levels(parts: Iterable[Part]) -> tuple[MemberLevel, ...]:
    found: list[MemberLevel] = []
    for part in parts:
        level = MemberLevel(part.text("name", least=1, most=20), part.number("least", (0, 1e12), 0.0), part.number("factor", (1, 10), 1.0))
        if level.name and level.name in {other.name for other in found}:
            part.fault("name", level.name, "≠")
        if found and level.least <= found[-1].least:
            part.fault("least", level.least, f"> {digits(found[-1].least)}")
        found.append(level)
    return tuple(found)


def _volume(parts: Iterable[Part]) -> tuple[VolumeStep, ...]:
    found: list[VolumeStep] = []
    for part in parts:
        step = VolumeStep(part.number("least", (0, 1e12), 0.0), part.number("percent", (0, 90), 0.0))
        for name in ("least", "percent"):
            if found and getattr(step, name) <= getattr(found[-1], name):
                part.fault(name, getattr(step, name), f"> {digits(getattr(found[-1], name))}")
        found.append(step)
    return tuple(found)


def _referral(part: Part) -> Referring:
    return Referring(
        part.whole("referrer", (0, 1_000_000), 0),
        part.whole("referred", (0, 1_000_000), 0),
        part.whole("depth", (1, 2), 1),
        part.number("share", (0, 1), 0.2),
    )
