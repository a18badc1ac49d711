"""What a run hands over per customer: the contract between scoring and alerting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from liuke.score.domain.levels import Bands, Level
from liuke.signals.domain.effects import rule_of_signal, rule_reason, rule_signal

CLIP = "clip"
_LEVELS = {level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A live rule that matches the customer, with what it asks for. Level NORMAL: it raises no alert."""

    rule_id: int
    name: str
    level: Level = Level.NORMAL
    notify: bool = False
    work_item: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class ScoredCustomer:
    """One customer's score as of the run, and the rules that match.

    `level` is the score's. `reasons` is the JSON text of the score table, highest points first: a list of `{"signal",
    "family", "points", "key", "params"}`. It stays text because most customers have no alert and a run has hundreds of
    thousands of rows. `off_baseline` (SCR-08): further off its own baseline than the configuration allows. `bands`: those of
    its profile, None for the workspace's.
    """

    customer_id: int
    score: float
    level: Level
    reasons: str
    annual_value: float
    is_lost: bool = False
    rules: tuple[RuleMatch, ...] = ()
    off_baseline: bool = False
    bands: Bands | None = None
    tier: str = ""
    """A `segments.domain.tiers.Tier` value, blank where the run did not say."""
    money_at_risk: float | None = None
    """A model's chance to be lost × what is at stake; None where no model made the score."""

    @property
    def expected_loss(self) -> float:
        """预计损失 in the workspace's currency: the model's money at risk; without a model annual value × score/100, no probability."""
        if self.money_at_risk is not None:
            return self.money_at_risk
        return max(self.annual_value, 0.0) * self.score / 100

    @property
    def rule_level(self) -> Level:
        """The highest level that a matching rule asks for."""
        return max((match.level for match in self.rules), key=lambda level: level.rank, default=Level.NORMAL)

    @property
    def alert_level(self) -> Level:
        """The level that its alert has: of the score or of a rule, whichever is higher."""
        return max(self.level, self.rule_level, key=lambda level: level.rank)

    @property
    def lifting(self) -> tuple[RuleMatch, ...]:
        """The rules without which the alert would be lower: those of the highest level, where it lies above the score's."""
        top = self.alert_level
        return tuple(match for match in self.rules if match.level is top) if top.rank > self.level.rank else ()

    @property
    def title(self) -> str:
        """What the highest of the rules that write a work item or a notification calls it; blank = its main reason."""
        asking = [match for match in self.rules if match.title and (match.work_item or match.notify)]
        return max(asking, key=lambda match: match.level.rank).title if asking else ""

    def alert_reasons(self) -> str:
        """The reasons of its alert as JSON text: rules that lift it first, then the score's lines, then other rules that alert.

        Points still add up to the score: a rule's line has those that it has in the score, else 0.
        """
        if self.rule_level is Level.NORMAL:
            return self.reasons
        lines: list[dict[str, Any]] = json.loads(self.reasons)
        known = {str(line["signal"]) for line in lines}
        first = {rule_signal(match.rule_id) for match in self.lifting}
        alerting = [match for match in self.rules if match.level is not Level.NORMAL and rule_signal(match.rule_id) not in known]
        lines += [rule_reason(match.rule_id, match.name) for match in alerting]
        return json.dumps(sorted(lines, key=lambda line: (line["signal"] == CLIP, line["signal"] not in first)), ensure_ascii=False)

    def fingerprint(self) -> str:
        """Changes when the reasons or the value change; cheaper to compare than the reasons themselves."""
        money = "" if self.money_at_risk is None else repr(self.money_at_risk)
        return hashlib.blake2b(f"{self.annual_value!r}{self.tier}{self.alert_reasons()}{money}".encode(), digest_size=8).hexdigest()

    def points(self) -> list[tuple[str, str, float]]:
        """(signal, family, points) of each reason that speaks for an alert."""
        return speaking(json.loads(self.alert_reasons()))


def speaking(reasons: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, float]]:
    """(signal, family, points) of the reasons that speak for an alert: what raises the score, and rules.

    Each rule is a family of its own, so that another rule is news to somebody who knows of the first.
    """
    found = [(str(reason["signal"]), str(reason["family"]), float(reason["points"])) for reason in reasons]
    return [
        (signal, family if rule_of_signal(signal) is None else signal, points)
        for signal, family, points in found
        if (points > 0 and signal != CLIP) or (rule_of_signal(signal) is not None and points >= 0)
    ]


def from_table(
    table: pa.Table, rules: Mapping[int, Sequence[RuleMatch]] | None = None, bands: Mapping[str, Bands] | None = None
) -> Iterator[ScoredCustomer]:
    """The rows of `score.service.score_customers` (`SCORE_SCHEMA`; `profile`, `off_baseline`, `tier` and `money_at_risk` may be absent).

    `rules`: by customer, the live rules that match. `bands`: by profile, where they differ from the workspace's.
    """
    names = ("customer_id", "score", "level", "reasons", "annual_value", "is_lost")
    matching, own = rules or {}, bands or {}
    columns = [table.column(name).to_pylist() for name in names]
    extra = ("off_baseline", "profile", "tier", "money_at_risk")
    columns += [table.column(name).to_pylist() if name in table.column_names else [None] * table.num_rows for name in extra]
    for customer_id, score, level, reasons, value, is_lost, off, profile, tier, money in zip(*columns, strict=True):
        matches = tuple(matching.get(customer_id, ()))
        yield ScoredCustomer(
            customer_id,
            score,
            _LEVELS[level],
            reasons or "[]",
            value or 0.0,
            bool(is_lost),
            matches,
            bool(off),
            own.get(profile),
            tier or "",
            money,
        )
