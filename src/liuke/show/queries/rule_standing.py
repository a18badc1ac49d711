"""Why an alert came of a rule, or did not: everything that stands between a match and a person, step by step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from liuke.alert.domain.scored import RuleMatch, ScoredCustomer
from liuke.alert.service import AlertStanding, alert_standing
from liuke.alert.store.models import Alert
from liuke.facts.store.models import Customer
from liuke.rules.evaluate import Explained, Row
from liuke.score.domain.levels import Level
from liuke.show.api.schemas.rules import WhyAlertOut, WhyStep
from liuke.show.queries.reader import Reader
from liuke.show.queries.rule_data import held_of, signals_of, tolerant_days
from liuke.show.queries.scores import last_score
from liuke.signals.domain.effects import Effects, effects_from_plain, rule_signal
from liuke.signals.store.models import Rule, RuleVersion


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule about one customer, with how the alerts stand."""

    reader: Reader
    rule: Rule
    version: RuleVersion
    customer: Customer
    effects: Effects
    explained: Explained
    scored: ScoredCustomer
    standing: AlertStanding


def steps_of(reader: Reader, version: RuleVersion, customer: Customer, row: Row, explained: Explained) -> WhyAlertOut:
    """The steps in the order in which they are asked; the first that is not ok is why nobody was alerted.

    `raised`: the customer has an open alert that this rule raised or is a reason of.
    """
    rule, effects = version.rule, effects_from_plain(version.effects, before_score=True)
    scored = _scored(reader, customer, row, (_match(rule, effects),) if explained.verdict == "matched" else ())
    standing = alert_standing(workspace=reader.workspace, customer=scored, owner_id=customer.owner_id, as_of=reader.now)
    case = _Case(reader, rule, version, customer, effects, explained, scored, standing)
    return WhyAlertOut(raised=_raised(case), steps=[*_of_rule(case), *_of_data(case), *_of_customer(case), *_of_telling(case)])


def _raised(case: _Case) -> bool:
    opened, signal = case.standing.opened, rule_signal(case.rule.pk)
    return opened is not None and (case.rule.pk in opened.raised_by or any(line["signal"] == signal for line in opened.reasons))


def _match(rule: Rule, effects: Effects) -> RuleMatch:
    level = Level.NORMAL if effects.level == "none" else Level(effects.level)
    return RuleMatch(rule.pk, rule.name, level, effects.notify, effects.work_item, effects.title)


def _scored(reader: Reader, customer: Customer, row: Row, rules: tuple[RuleMatch, ...]) -> ScoredCustomer:
    """The customer as the next review would see it."""
    last = last_score(reader, customer.pk)
    value, score = row.get("annual_value"), row.get("score")
    return ScoredCustomer(
        customer.pk,
        float(score) if isinstance(score, int | float) else 0.0,
        Level(str(row.get("level") or Level.NORMAL.value)),
        "[]" if last is None else json.dumps(last["reasons"], ensure_ascii=False),
        float(value) if isinstance(value, int | float) else 0.0,
        row.get("is_lost") is True,
        rules,
    )


def _of_rule(case: _Case) -> Iterator[WhyStep]:
    """What the rule itself says."""
    verdict, status = case.explained.verdict, case.version.status
    yield _step(case, "matched", verdict in {"matched", "excluded"}, "matched_unknown" if verdict == "unknown" else "")
    yield _step(case, "excluded", verdict != "excluded")
    yield _step(case, "enabled", case.rule.enabled and case.rule.archived_at is None)
    yield _step(case, "published", status == RuleVersion.Status.PUBLISHED, "on_trial" if status == RuleVersion.Status.TRIAL else "")
    raises = case.effects.level != "none"
    yield _step(case, "level", raises, level=case.reader.text(f"show.level.{case.effects.level}") if raises else "")


def _of_data(case: _Case) -> Iterator[WhyStep]:
    """What may have kept its signals quiet; nothing for a rule without signals."""
    reader, signals, matched = case.reader, signals_of(case.explained.when), case.explained.verdict == "matched"
    if not signals:
        return
    held, sources = held_of(reader, signals)
    names = "、".join(reader.text(f"signals.{code}.name") for code in sorted(held))
    yield _step(case, "held", not held, signals=names, sources="、".join(sources))
    days = tolerant_days(reader)
    yield _step(case, "tolerance", matched or not days, n=days)


def _of_customer(case: _Case) -> Iterator[WhyStep]:
    """What is known of the customer."""
    status = case.customer.status
    yield _step(case, "lost", not case.scored.is_lost)
    yield _step(case, "active", status == Customer.Status.ACTIVE, status=case.reader.text(f"show.status.{status}"))
    silence, opened = case.standing.silence, case.standing.opened
    for kind in ("repeat", "known"):
        held = opened is None and silence is not None and silence.kind == kind
        until = silence.until.astimezone(case.reader.zone).date() if held and silence else None
        yield _step(case, kind, not held, until=until, days=case.standing.policy.repeat_after_days)
    snoozed = opened is not None and opened.status == Alert.Status.SNOOZED
    yield _step(case, "snoozed", not snoozed, until=opened.snoozed_until if opened and snoozed else None)


def _of_telling(case: _Case) -> Iterator[WhyStep]:
    """Whether somebody hears of it."""
    standing, policy = case.standing, case.standing.policy
    told = standing.opened is not None and (standing.opened.pushed_at or standing.opened.released_at) is not None
    yield _step(case, "owner", case.customer.owner_id is not None)
    yield _step(case, "calendar", told or standing.working_day)
    enough = case.scored.alert_level.rank >= policy.push_from.rank
    yield _step(case, "push_level", enough, level=case.reader.text(f"show.level.{policy.push_from.value}"))
    yield _step(case, "budget", told or standing.pushes_left > 0, "told" if told else "", most=policy.pushes_per_owner_and_day)
    yield _step(case, "clock", case.reader.workspace.simulated_as_of is None)


def _step(case: _Case, key: str, ok: bool, also: str = "", **params: object) -> WhyStep:
    """`also`: another sentence than the usual one of the step."""
    said = also or (key if ok else f"not_{key}")
    return WhyStep(key=key, ok=ok, text=case.reader.text(f"show.why.step.{said}", params))
