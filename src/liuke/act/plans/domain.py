"""Checklist plans: what a template says, which one fits an alert, and when its steps are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.alert.domain.workdays import is_working_day
from liuke.base.faults import SHOWN, Faults
from liuke.base.plain import Part, span_told
from liuke.base.times import local_day

TIERS = ("high", "mid", "low")
LEVELS = ("early", "medium", "high")
DAY_ENDS = time(18)
"""Local time at which a step is due that is counted in working days."""
MOST_STEPS, LONGEST_TEXT, LONGEST_NAME, MOST_DAYS, MOST_HOURS = 40, 200, 80, 400, 24 * 90
NEVER = -1
"""`remind_hours` of a step that reminds nobody."""


class Cause(StrEnum):
    """Why a customer is about to leave, as plans and 话术 know it."""

    PRICE = "price"
    SERVICE = "service"
    COMPLAINT = "complaint"
    PRODUCT = "product"
    COMPETITOR = "competitor"
    PAYMENT = "payment"
    CONTRACT = "contract"
    SILENCE = "silence"
    DECLINE = "decline"


CAUSE_OF_SIGNAL: Mapping[str, Cause] = {
    "SIG-22": Cause.CONTRACT, "SIG-40": Cause.CONTRACT,
    "SIG-25": Cause.PRICE, "SIG-56": Cause.PRICE, "SIG-26": Cause.PRICE,
    "SIG-05": Cause.PRODUCT, "SIG-14": Cause.PRODUCT, "SIG-41": Cause.PRODUCT, "SIG-43": Cause.PRODUCT,
    "SIG-30": Cause.COMPLAINT, "SIG-31": Cause.COMPLAINT, "SIG-33": Cause.COMPLAINT, "SIG-35": Cause.COMPLAINT,
    "SIG-28": Cause.SERVICE, "SIG-34": Cause.SERVICE, "SIG-36": Cause.SERVICE,
    "SIG-07": Cause.COMPETITOR, "SIG-50": Cause.COMPETITOR, "SIG-51": Cause.COMPETITOR,
    "SIG-52": Cause.COMPETITOR, "SIG-53": Cause.COMPETITOR,
    "SIG-44": Cause.PAYMENT, "SIG-42": Cause.SILENCE, "SIG-54": Cause.SILENCE, "SIG-55": Cause.SILENCE,
}  # fmt: skip
CAUSE_OF_FAMILY: Mapping[str, Cause] = {
    "interaction": Cause.SILENCE,
    "consumption": Cause.DECLINE,
    "service": Cause.SERVICE,
    "key_action": Cause.CONTRACT,
    "intent": Cause.COMPETITOR,
    "payment": Cause.PAYMENT,
}


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step. Due `days` working days after the start (at 18:00 local) or `hours` of the clock after it; neither = undated.

    `who`: `owner` of the work item or `supervisor` of that person's team. `amount`: what it should bring, in the workspace's
    currency. `remind_hours` before it is due; negative = no reminder.
    """

    text: str
    days: int | None = None
    hours: float | None = None
    who: str = "owner"
    effect: str = ""
    amount: float | None = None
    remind_hours: int = 24


@dataclass(frozen=True, slots=True)
class PlanSpec:
    """A template. An empty tuple of tiers, levels or causes = any. `packs`: codes of the content packs that belong to it."""

    code: str
    name: str
    about: str = ""
    tiers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    steps: tuple[StepSpec, ...] = ()
    shipped: bool = False

    def to_plain(self) -> dict[str, object]:
        """JSON values; `plan_from_plain` reads them back."""
        return asdict(self)


def cause_of(reasons: Iterable[Mapping[str, object]]) -> Cause | None:
    """The cause of the highest reason that raises the score: by its signal, else by its family; None where there is none."""
    for reason in reasons:
        points, signal, family = reason.get("points"), str(reason.get("signal")), str(reason.get("family"))
        if isinstance(points, int | float) and points > 0:
            found = CAUSE_OF_SIGNAL.get(signal) or CAUSE_OF_FAMILY.get(family)
            if found:
                return found
    return None


def plans_ranked(plans: Iterable[PlanSpec], *, tier: str, level: str, cause: str | None) -> list[PlanSpec]:
    """Those that fit, best first: a named cause counts more than a named tier, that more than a named level; own before shipped."""
    scored = [(_fit(plan, tier, level, cause), plan) for plan in plans]
    fitting = [(fit, plan) for fit, plan in scored if fit is not None]
    return [plan for _, plan in sorted(fitting, key=lambda pair: (-pair[0], pair[1].shipped, pair[1].code))]


def _fit(plan: PlanSpec, tier: str, level: str, cause: str | None) -> int | None:
    total = 0
    for named, got, weight in ((plan.causes, cause, 4), (plan.tiers, tier, 2), (plan.levels, level, 1)):
        if named and got not in named:
            return None
        total += weight if named else 0
    return total


def due_of(step: StepSpec, *, start: datetime, zone: str, calendar: Calendar = WEEKDAYS) -> datetime | None:
    """The moment the step is due, in UTC; None for an undated one. Never before `start`."""
    if step.hours is not None:
        return start + timedelta(hours=step.hours)
    if step.days is None:
        return None
    day = _first_day(start, zone, calendar)
    for _ in range(step.days):
        day = _next_working(day + timedelta(days=1), calendar)
    return datetime.combine(day, DAY_ENDS, ZoneInfo(zone)).astimezone(start.tzinfo)


def _first_day(start: datetime, zone: str, calendar: Calendar) -> date:
    """Day 0: today, or the next working day where today is off or its work is over."""
    today = local_day(start, zone)
    over = start.astimezone(ZoneInfo(zone)).time() >= DAY_ENDS
    return _next_working(today + timedelta(days=1) if over else today, calendar)


def _next_working(day: date, calendar: Calendar) -> date:
    while not is_working_day(day, calendar):
        day += timedelta(days=1)
    return day


def plan_from_plain(data: Mapping[str, object], *, code: str, shipped: bool = False) -> PlanSpec:
    """A checked template. Raises Invalid("plan", faults=…) with every fault at once."""
    part = Part(data)
    name, about = _text(part, "name", LONGEST_NAME, needed=True), _text(part, "about", 400)
    tiers, levels, causes = _words(part, "tiers", TIERS), _words(part, "levels", LEVELS), _words(part, "causes", tuple(Cause))
    packs = _words(part, "packs", None)
    rows = data.get("steps")
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not 0 < len(rows) <= MOST_STEPS:
        part.fault("steps", "", f"1–{MOST_STEPS}")
        rows = ()
    steps = tuple(_step(row, f"steps.{at}", part.faults) for at, row in enumerate(rows))
    part.faults.raise_if_any("plan")
    return PlanSpec(code, name, about, tiers, levels, causes, packs, steps, shipped)


def _step(row: object, at: str, faults: Faults) -> StepSpec:
    if not isinstance(row, Mapping):
        faults.add(at, str(row), "object")
        return StepSpec("")
    part = Part(row, at, faults)
    text, effect = _text(part, "text", LONGEST_TEXT, needed=True), _text(part, "effect", LONGEST_TEXT)
    days, hours = _number(part, "days", 0, MOST_DAYS), _number(part, "hours", 0, MOST_HOURS)
    amount, remind = _number(part, "amount", 0, 1e12), _number(part, "remind_hours", NEVER, MOST_HOURS)
    who = row.get("who") or "owner"
    if who not in ("owner", "supervisor"):
        part.fault("who", str(who), "owner, supervisor")
    if days is not None and hours is not None:
        part.fault("hours", hours, "days | hours")
    return StepSpec(text, None if days is None else int(days), hours, str(who), effect, amount, 24 if remind is None else int(remind))


def _text(part: Part, name: str, longest: int, *, needed: bool = False) -> str:
    value = part.data.get(name) or ""
    if not isinstance(value, str) or len(value.strip()) > longest or (needed and not value.strip()):
        part.fault(name, str(value)[:SHOWN], f"{1 if needed else 0}–{longest}")
        return ""
    return value.strip()


def _words(part: Part, name: str, allowed: Sequence[str] | None) -> tuple[str, ...]:
    value = part.data.get(name) or ()
    listed = [str(word) for word in value] if isinstance(value, list | tuple) else [""]
    wrong = [word for word in listed if allowed is not None and word not in allowed]
    if wrong:
        part.fault(name, ", ".join(wrong), ", ".join(allowed or ()))
    return tuple(dict.fromkeys(listed))


def _number(part: Part, name: str, low: float, high: float) -> float | None:
    value = part.data.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        part.fault(name, str(value), span_told(low, high))
        return None
    return value
