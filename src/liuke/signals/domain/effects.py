"""What a matched rule does (命中后): the alert's level, a work item, a ticket to another team, a notification, points of the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from liuke.base.errors import Invalid

LEVELS = ("none", "early", "medium", "high")
MOST_POINTS = 30
"""Points that a rule may add to a score, or take from it."""
LONGEST_TITLE = 160
TICKET_TOPICS = ("quality", "parts", "product", "delivery", "billing", "regional", "recovery", "other")
"""What a ticket can be about; the values of `act.plans.domain_tickets.Topic`."""
FAMILY = "rule"
"""The family of a rule's reason line: rules belong to none of the six families of signals."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Build it with `effects_from_plain`, which checks. All off: a rule that only counts who matches.

    `level` is at least the alert's level while the rule matches (`none` raises no alert); `title` names the work item, the
    ticket and the notification; `ticket` is its topic (blank = none) and `ticket_team` who receives it (None = the team of the topic);
    `points` are a line of the score.
    """

    level: str = "none"
    work_item: bool = False
    title: str = ""
    notify: bool = False
    points: int = 0
    ticket: str = ""
    ticket_team: int | None = None

    def to_plain(self) -> dict[str, object]:
        """JSON values; `effects_from_plain` reads them back."""
        return asdict(self)


def effects_from_plain(data: Mapping[str, object], *, before_score: bool) -> Effects:
    """Checked effects; absent entries are off. `before_score`: the rule asks about nothing that is computed from the score.

    Raises Invalid("rule", faults=[{"at", "key", …}]) with every fault at once.
    """
    faults = [
        {"at": f"effects.{name}", "key": "rules.faults.effect_unknown", "allowed": ", ".join(Effects.__slots__)}
        for name in sorted(set(data) - set(Effects.__slots__))
    ]
    level, title, points = data.get("level", "none"), data.get("title", ""), data.get("points", 0)
    if level not in LEVELS:
        faults.append({"at": "effects.level", "key": "rules.faults.effect_level", "allowed": ", ".join(LEVELS)})
    if not isinstance(title, str) or len(title) > LONGEST_TITLE:
        faults.append({"at": "effects.title", "key": "rules.faults.effect_title", "allowed": str(LONGEST_TITLE)})
    faults += [
        {"at": f"effects.{name}", "key": "rules.faults.effect_flag", "allowed": "true, false"}
        for name in ("work_item", "notify")
        if not isinstance(data.get(name, False), bool)
    ]
    faults += _points_faults(points, before_score) + _ticket_faults(data)
    if faults:
        raise Invalid("rule", faults=faults)
    team = data.get("ticket_team")
    return Effects(
        str(level), data.get("work_item") is True, str(title).strip(), data.get("notify") is True, int(str(points)),
        str(data.get("ticket", "")), team if isinstance(team, int) else None,
    )  # fmt: skip


def _ticket_faults(data: Mapping[str, object]) -> list[dict[str, str]]:
    topic, team = data.get("ticket", ""), data.get("ticket_team")
    faults = []
    if topic != "" and topic not in TICKET_TOPICS:
        faults.append({"at": "effects.ticket", "key": "rules.faults.effect_ticket", "allowed": ", ".join(TICKET_TOPICS)})
    if team is not None and (not isinstance(team, int) or isinstance(team, bool) or not topic):
        faults.append({"at": "effects.ticket_team", "key": "rules.faults.effect_ticket_team", "allowed": ""})
    return faults


def _points_faults(points: object, before_score: bool) -> list[dict[str, str]]:
    if not isinstance(points, int) or isinstance(points, bool) or abs(points) > MOST_POINTS:
        return [{"at": "effects.points", "key": "rules.faults.effect_points", "allowed": f"{-MOST_POINTS}–{MOST_POINTS}"}]
    if points and not before_score:
        return [{"at": "effects.points", "key": "rules.faults.effect_points_after", "allowed": "0"}]
    return []


def rule_signal(rule_id: int) -> str:
    """How a rule is named where a signal is named: in reasons, mutes and verdicts."""
    return f"rule:{rule_id}"


def rule_of_signal(signal: str) -> int | None:
    """The rule behind a reason's `signal`; None for a signal of the catalogue."""
    head, _, number = signal.partition(":")
    return int(number) if head == FAMILY and number.isdigit() else None


def rule_reason(rule_id: int, name: str, points: float = 0.0) -> dict[str, object]:
    """A rule's line among the reasons of a score or an alert, as plain data."""
    return {"signal": rule_signal(rule_id), "family": FAMILY, "points": points, "key": "reasons.rule", "params": {"name": name}}
