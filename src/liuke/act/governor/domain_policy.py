"""What people can set about touching customers. Pure; `domain_policy_read` reads it from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from liuke.act.governor.domain_hours import Hours, hours_write

MEDIA = ("sms", "email", "wecom", "other")
"""What consent, suppression and caps are about: a medium, whoever carries it."""
MINUTES = 1440


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
    open_pixel: bool = False
    """Whether marketing mails may carry the picture that tells of their opening (PIPL 13, 17): off until somebody decides for it.
    Each template says so for itself, and each reader must have agreed to marketing mails."""
    pixel_notice: str = ""
    """What a mail with the picture says about it; empty = the sentence that is shipped."""

    def need(self, medium: str) -> Need:
        """What marketing over this medium needs."""
        return self.needs.get(medium, Need.GIVEN)

    def cost(self, medium: str, given: Decimal) -> Decimal:
        """What a touch costs: as told, else the medium's usual price."""
        return given if given else self.costs.get(medium, Decimal(0))


DEFAULT = Policy()


def policy_plain(policy: Policy) -> dict[str, object]:
    """As JSON; `domain_policy_read.policy_read` is the way back."""
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
        "open_pixel": policy.open_pixel,
        "pixel_notice": policy.pixel_notice,
    }


def _caps_plain(caps: Caps) -> dict[str, int | None]:
    return {"day": caps.day, "week": caps.week, "month": caps.month}
