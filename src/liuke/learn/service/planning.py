"""From the subject of a backtest to what has to be computed, and to what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.accounts.store.models import Workspace
from liuke.base.errors import NotFound
from liuke.learn.domain.plan import Arm, Plan
from liuke.learn.domain.subject import Subject, SubjectKind
from liuke.rules.columns import Catalogue
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Rule
from liuke.score.domain.config import ScoreConfig, from_plain
from liuke.score.store.versions import version_config, version_draft, version_live
from liuke.signals.domain.active import HIGHEST
from liuke.signals.service import rules as stored
from liuke.signals.service import signal_get
from liuke.signals.store.models import RuleVersion


def plan_of(workspace: Workspace, subject: Subject, catalogue: Catalogue) -> Plan:
    """What to compute. Raises Invalid("rule") or Invalid("score_config") with every fault, NotFound for an unknown rule or signal."""
    live = version_config(workspace, version_live(workspace))
    match subject.kind:
        case SubjectKind.RULE:
            return _rule(workspace, subject, catalogue, live)
        case SubjectKind.RULES:
            return _rules(workspace, subject, catalogue, live)
        case SubjectKind.SCORE:
            return Plan(Arm(_config(workspace, subject.config, live), levels=True), Arm(live, levels=True))
        case SubjectKind.SIGNAL:
            signal_get(subject.signal)
            own = _config(workspace, subject.config, live) if subject.config is not None else live
            other = None if subject.config is None else Arm(live, signal=subject.signal)
            return Plan(Arm(_counting(own, subject.signal), signal=subject.signal), other)
        case _:
            return Plan(Arm(live, threshold=subject.threshold), Arm(live, levels=True))


def _rule(workspace: Workspace, subject: Subject, catalogue: Catalogue, config: ScoreConfig) -> Plan:
    rule = rule_from_plain(subject.rule, catalogue, highest=HIGHEST)
    if subject.rule_id is None:
        return Plan(Arm(config, (rule,)))
    before = stored.version_live(_versions(workspace, subject.rule_id))
    live = None if before is None else Arm(config, (_read(before.document, catalogue),))
    return Plan(Arm(config, (rule,)), live, () if live else ("backtest.notes.never_live",))


def _rules(workspace: Workspace, subject: Subject, catalogue: Catalogue, config: ScoreConfig) -> Plan:
    """Each rule as it is being edited, or as it is live; compared with those that are live."""
    wanted: list[Rule] = []
    live: list[Rule] = []
    for rule_id in dict.fromkeys(subject.rule_ids):
        versions = _versions(workspace, rule_id)
        draft, published = stored.version_draft(versions), stored.version_live(versions)
        newest = draft or published
        if newest is None:
            raise NotFound("rule_unknown", rule=rule_id)
        wanted.append(_read(newest.document, catalogue))
        live += [_read(published.document, catalogue)] if published else []
    return Plan(Arm(config, tuple(wanted)), Arm(config, tuple(live)) if live else None, () if live else ("backtest.notes.never_live",))


def _versions(workspace: Workspace, rule_id: int) -> list[RuleVersion]:
    """A rule's versions, newest first."""
    rule = stored.rule_get(workspace=workspace, rule_id=rule_id)
    return list(RuleVersion.objects.filter(rule=rule).order_by("-version"))


def _read(document: object, catalogue: Catalogue) -> Rule:
    return rule_from_plain(document, catalogue, highest=HIGHEST)


def _config(workspace: Workspace, given: Mapping[str, object] | None, live: ScoreConfig) -> ScoreConfig:
    """The configuration given, or the draft, or the live one."""
    if given is not None:
        return from_plain(given, live)
    draft = version_draft(workspace)
    return live if draft is None else version_config(workspace, draft)


def _counting(config: ScoreConfig, code: str) -> ScoreConfig:
    """With the signal switched on: one that does not count is not computed."""
    plain = config.to_plain()
    signals = plain["signals"]
    assert isinstance(signals, dict)  # noqa: S101 - to_plain makes it
    setting = signals.get(code)
    return config if setting is None else from_plain({**plain, "signals": {**signals, code: {**setting, "enabled": True}}}, config)
