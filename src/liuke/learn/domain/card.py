"""The model card: what a model was learned from, how well it foretold, what it must not be used for; generated, in two languages.

`sections_of` says everything as titled paragraphs and tables; `card_text.py` writes them as files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.leaks import Finding
from liuke.learn.domain.promise_figures import Share
from liuke.learn.domain.promise_report import Option, Report, reason_of

Say = Callable[[str, Mapping[str, object]], str]
"""A text's key and parameters → the sentence in the reader's language."""
NONE = "—"
MOST_COLUMNS = 15


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part: sentences, then a table (`head` empty: no table)."""

    code: str
    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class OriginRate:
    """An origin that was learned from: local day, share lost, customers."""

    day: str
    rate: float
    n: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A way to rank customers, with the mean of its figures over the judged origins."""

    name: str
    auc: Estimate
    ap: Estimate
    top: Estimate
    ece: float | None


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What is known of a model. `versions`: of the product and its libraries; `days`: the judged origins' local days, by moment."""

    number: int
    stage: str
    status: str
    created: str
    published: str | None
    definition: Mapping[str, object]
    rows: int
    customers: int
    lost: int
    stayed: int
    origins: tuple[OriginRate, ...]
    ranked: tuple[Ranked, ...]
    slope: float | None
    members: Mapping[str, float]
    importance: Mapping[str, float]
    findings: tuple[Finding, ...]
    versions: Mapping[str, str]
    report: Report | None = None
    days: Mapping[int, str] = field(default_factory=dict)


def sections_of(facts: CardFacts, say: Say) -> tuple[Section, ...]:
    """The card in the order in which it is read."""
    parts = [_identity(facts, say), _data(facts, say), _quality(facts, say)]
    if facts.report is not None and facts.report.rows:
        parts += [_promise(facts.report, say), _reliability(facts, facts.report, say), _segments(facts.report, say)]
        parts.append(_origins(facts, facts.report, say))
    else:
        parts.append(Section("promise", say("card.promise.title", {}), (say("card.promise.none", {}),)))
    return (*parts, _made_of(facts, say), _leaks(facts, say), _limits(facts, say), _versions(facts, say))


def percent(value: float | None) -> str:
    """A share with one digit."""
    return NONE if value is None else f"{value:.1%}"


def interval(estimate: Estimate, *, share: bool = True) -> str:
    """A figure with its interval: `84.5% (81.2%–87.7%)`."""
    if estimate.value is None:
        return NONE
    shown = percent if share else _number
    if estimate.low is None or estimate.high is None:
        return shown(estimate.value)
    return f"{shown(estimate.value)} ({shown(estimate.low)}–{shown(estimate.high)})"


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.3g}"


def _identity(facts: CardFacts, say: Say) -> Section:
    definition = facts.definition
    what = say(f"card.label.{definition.get('kind', 'inactivity')}", {
        "days": definition.get("horizon_days", ""), "active": definition.get("active_days", ""), "grace": definition.get("grace_days", ""),
        "drop": definition.get("drop", ""), "kinds": ", ".join(map(str, _listed(definition.get("kinds")))),
    })  # fmt: skip
    lines = (
        say("card.identity.text", {"number": facts.number, "stage": say(f"card.stage.{facts.stage}", {}), "created": facts.created}),
        say("card.identity.published", {"day": facts.published}) if facts.published else say("card.identity.unpublished", {}),
        what,
        say("card.identity.use", {}),
    )
    return Section("identity", say("card.identity.title", {}), lines)


def _data(facts: CardFacts, say: Say) -> Section:
    params = {
        "rows": f"{facts.rows:,}", "customers": f"{facts.customers:,}", "lost": f"{facts.lost:,}", "stayed": f"{facts.stayed:,}",
        "first": facts.origins[0].day if facts.origins else NONE, "last": facts.origins[-1].day if facts.origins else NONE,
    }  # fmt: skip
    head = _head(say, "origin", "customers", "base_rate")
    rows = tuple((one.day, f"{one.n:,}", percent(one.rate)) for one in facts.origins)
    return Section("data", say("card.data.title", {}), (say("card.data.text", params),), head, rows)


def _quality(facts: CardFacts, say: Say) -> Section:
    head = _head(say, "ranking", "auc", "ap", "top", "ece")
    rows = tuple(
        (
            say(f"card.ranking.{one.name}", {}),
            interval(one.auc, share=False),
            interval(one.ap, share=False),
            interval(one.top),
            _number(one.ece),
        )
        for one in facts.ranked
    )
    lines = (say("card.quality.text", {}),) if rows else (say("card.quality.none", {}),)
    return Section("quality", say("card.quality.title", {}), lines, head if rows else (), rows)


def _promise(report: Report, say: Say) -> Section:
    head = _head(say, "target", "verdict", "precision", "base_rate", "lift", "recall", "alerts", "per_week", "lead", "kept")
    return Section(
        "promise", say("card.promise.title", {}), (say("card.promise.text", {}), say(f"promise.reason.{reason_of(report.chosen)}", {})),
        head, tuple(_option(option, say) for option in report.options),
    )  # fmt: skip


def _option(option: Option, say: Say) -> tuple[str, ...]:
    found = option.figures
    return (
        percent(option.target).replace(".0%", "%"), say(f"card.verdict.{option.verdict.value}", {}), interval(found.precision),
        percent(found.base_rate.value), _number(found.lift.value), interval(found.recall), f"{found.alerts:,}",
        _number(found.alerts_per_week), _number(found.lead_days.value),
        say("card.promise.kept", {"kept": option.kept, "made": option.made, "refused": option.refusals}),
    )  # fmt: skip


def _reliability(facts: CardFacts, report: Report, say: Say) -> Section:
    head = _head(say, "said", "happened", "interval", "n")
    rows = tuple(
        (percent(one.said), percent(one.happened), f"{percent(one.low)}–{percent(one.high)}", f"{one.n:,}") for one in report.reliability
    )
    slope = (say("card.calibration.slope", {"slope": _number(facts.slope)}),) if facts.slope is not None else ()
    return Section("calibration", say("card.calibration.title", {}), (say("card.calibration.text", {}), *slope), head, rows)


def _segments(report: Report, say: Say) -> Section:
    head = _head(say, "segment", "customers", "base_rate", "alerts", "precision")
    rows = [
        (f"{say(f'card.group.{group}', {})}: {share.name or say('card.group.none', {})}", *_shares(share))
        for group, shares in report.by_group.items()
        for share in shares
    ]
    return Section("segments", say("card.segments.title", {}), (say("card.segments.text", {}),), head, tuple(rows))


def _origins(facts: CardFacts, report: Report, say: Say) -> Section:
    head = _head(say, "origin", "customers", "base_rate", "alerts", "precision")
    rows = tuple((facts.days.get(int(share.name), share.name), *_shares(share)) for share in report.by_origin)
    return Section("origins", say("card.origins.title", {}), (say("card.origins.text", {}),), head, rows)


def _shares(share: Share) -> tuple[str, str, str, str]:
    base = share.lost / share.eligible if share.eligible else None
    precision = Estimate(share.hits / share.alerts, share.low, share.high, share.alerts) if share.alerts else Estimate(None, None, None, 0)
    return f"{share.eligible:,}", percent(base), f"{share.alerts:,}", interval(precision)


def _made_of(facts: CardFacts, say: Say) -> Section:
    members = ", ".join(f"{say(f'card.member.{name}', {})} {weight:.2f}" for name, weight in facts.members.items() if weight > 0)
    head = _head(say, "column", "importance")
    rows = tuple((name, _number(size)) for name, size in list(facts.importance.items())[:MOST_COLUMNS])
    return Section(
        "parts", say("card.parts.title", {}), (say("card.parts.text", {"members": members or NONE}),), head if rows else (), rows
    )


def _leaks(facts: CardFacts, say: Say) -> Section:
    title = say("card.leaks.title", {})
    if not facts.findings:
        return Section("leaks", title, (say("card.leaks.clean", {}),))
    head = _head(say, "check", "found", "todo")
    rows = tuple(
        tuple(say(f"leaks.{finding.check.value}.{part}", finding.params) for part in ("title", "text", "todo"))
        for finding in facts.findings
    )
    return Section("leaks", title, (say("card.leaks.found", {"count": len(rows)}),), head, rows)


def _limits(facts: CardFacts, say: Say) -> Section:
    names = ["cause", "season", "treated", "few", "label", "fair"]
    if len(facts.origins) and facts.report is not None and facts.report.chosen.judged < 6:
        names.append("origins")
    return Section("limits", say("card.limits.title", {}), tuple(say(f"card.limits.{name}", {}) for name in names))


def _versions(facts: CardFacts, say: Say) -> Section:
    head = _head(say, "component", "version")
    return Section("versions", say("card.versions.title", {}), (), head, tuple(facts.versions.items()))


def _head(say: Say, *names: str) -> tuple[str, ...]:
    return tuple(say(f"card.head.{name}", {}) for name in names)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
