"""What a backtest is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from liuke.base.errors import Invalid


class SubjectKind(StrEnum):
    """A rule document, stored rules together, a score configuration at its bands, one signal, a cut-off of the live score."""

    RULE = "rule"
    RULES = "rules"
    SCORE = "score"
    SIGNAL = "signal"
    THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True)
class Subject:
    """`rule_id` names the stored rule whose live version a document is compared with."""

    kind: SubjectKind
    rule: Mapping[str, object] | None = None
    rule_id: int | None = None
    rule_ids: tuple[int, ...] = ()
    config: Mapping[str, object] | None = None
    signal: str = ""
    threshold: float | None = None

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data; `subject_of` gives it back."""
        given = {
            "rule": dict(self.rule) if self.rule is not None else None,
            "rule_id": self.rule_id,
            "rule_ids": list(self.rule_ids) or None,
            "config": dict(self.config) if self.config is not None else None,
            "signal": self.signal or None,
            "threshold": self.threshold,
        }
        return {"kind": self.kind.value, **{name: value for name, value in given.items() if value is not None}}


def subject_of(plain: Mapping[str, object]) -> Subject:
    """A subject from plain data. Raises Invalid("backtest_subject") for an unknown kind, or one that lacks what it is about."""
    kind = plain.get("kind")
    if kind not in set(SubjectKind):
        raise Invalid("backtest_subject", got=str(kind), allowed=", ".join(SubjectKind))
    ids, rule, config, threshold, rule_id = (plain.get(name) for name in ("rule_ids", "rule", "config", "threshold", "rule_id"))
    subject = Subject(
        SubjectKind(str(kind)),
        rule if isinstance(rule, Mapping) else None,
        rule_id if isinstance(rule_id, int) else None,
        _ids(ids),
        config if isinstance(config, Mapping) else None,
        str(plain.get("signal") or ""),
        float(threshold) if isinstance(threshold, int | float) else None,
    )
    name, given = {
        SubjectKind.RULE: ("rule", subject.rule is not None),
        SubjectKind.RULES: ("rule_ids", bool(subject.rule_ids)),
        SubjectKind.SIGNAL: ("signal", bool(subject.signal)),
        SubjectKind.THRESHOLD: ("threshold", subject.threshold is not None),
    }.get(subject.kind, ("", True))
    if not given:
        raise Invalid("backtest_subject_lacks", kind=subject.kind.value, lacks=name)
    return subject


def _ids(value: object) -> tuple[int, ...]:
    return tuple(one for one in value if isinstance(one, int)) if isinstance(value, list | tuple) else ()
