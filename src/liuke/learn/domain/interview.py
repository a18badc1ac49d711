"""离开访谈 (FBK-02): the questions, their reason tree, and checked answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from liuke.base.plain import Part
from liuke.learn.domain.outcomes import Cause

REASONS: Mapping[Cause, tuple[str, ...]] = {
    Cause.PRODUCT: ("quality", "missing_feature", "unstable", "no_fit", "out_of_range"),
    Cause.COMPETITOR: ("better_product", "better_price", "relationship", "mandated"),
    Cause.SERVICE: ("slow", "attitude", "unsolved", "delivery", "contact_left"),
    Cause.PRICE: ("too_dear", "rise", "budget", "terms"),
    Cause.OTHER: ("no_need", "strategy", "unknown"),
}
"""The reason tree: a cause of attribution (ATT-01), and below it what it was about."""
RETURN = ("yes", "maybe", "no")
KEPT_BY = ("price", "feature", "service", "contact", "terms", "nothing")
"""What would have kept them."""
LONGEST = 2000
OPEN_QUESTIONS = ("why", "improve")
"""Answered in their own words."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A checked interview. `price`: the rival's price against ours in percent (-20 = a fifth cheaper), None where not told."""

    cause: Cause
    reason: str
    competitor: str = ""
    price: int | None = None
    kept_by: tuple[str, ...] = ()
    would_return: str = ""
    why: str = ""
    improve: str = ""

    def to_plain(self) -> dict[str, object]:
        """As it is kept."""
        return {**asdict(self), "cause": self.cause.value, "kept_by": list(self.kept_by)}

    @property
    def words(self) -> str:
        """What was said openly, to be read."""
        return "\n".join(text for text in (self.why, self.improve) if text)


def answers_of(data: Mapping[str, object]) -> Answers:
    """Checked answers. Raises Invalid("interview", faults=…) with every fault."""
    part = Part(data)
    part.only(("cause", "reason", "competitor", "price", "kept_by", "would_return", "why", "improve"))
    cause = part.choice("cause", [one.value for one in REASONS], "", ", ")
    known = REASONS.get(Cause(cause), ()) if cause else ()
    reason = part.choice("reason", known, "", ", ") if cause else ""
    returns = part.choice("would_return", ("", *RETURN), "", ", ") if part.data.get("would_return") else ""
    price = None if part.data.get("price") in {None, ""} else part.whole("price", (-90, 300), 0)
    texts = {name: part.text(name, most=LONGEST) for name in OPEN_QUESTIONS}
    competitor = part.text("competitor", most=80)
    kept_by = _some(part, "kept_by", KEPT_BY)
    part.faults.raise_if_any("interview")
    return Answers(Cause(cause), reason, competitor, price, kept_by, returns, texts["why"], texts["improve"])


def _some(part: Part, name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    value = part.data.get(name) or []
    if isinstance(value, list | tuple) and all(one in allowed for one in value):
        return tuple(one for one in allowed if one in value)
    part.fault(name, value, ", ".join(allowed))
    return ()
