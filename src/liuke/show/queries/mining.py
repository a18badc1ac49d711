"""Mining, as the API shows it: figures for those who see everybody, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import msgspec

from liuke.base.times import from_us, local_day
from liuke.base.words import catalogue as texts
from liuke.facts.domain.kinds import Kind
from liuke.facts.service import customers_visible
from liuke.features.service.wording import kind_name
from liuke.learn.domain.mining_clusters import Cluster, Clusters
from liuke.learn.domain.mining_links import Link, Links
from liuke.learn.domain.mining_missed import Missed, MissedLoss
from liuke.learn.service.mining import RuleFound, RulesFound
from liuke.learn.service.mining_runs import minings_visible
from liuke.learn.store.models import MiningRun
from liuke.rules.read import rule_from_plain
from liuke.show.api.schemas.backtests import FiguresOut
from liuke.show.api.schemas.mining import (
    ClusterOut,
    ClustersOut,
    LinkOut,
    LinksOut,
    MinedRuleOut,
    MinedRulesOut,
    MiningOut,
    MiningStarted,
    MissedLossOut,
    MissedOut,
    SignalMissedOut,
    SpokeOut,
    ThresholdOut,
    TraitOut,
)
from liuke.show.queries.jobs import job_out, stored_error
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.signals.domain.active import HIGHEST

LISTED, SHOWN = 30, 200
_KINDS = frozenset(Kind)


def started_out(reader: Reader, run: MiningRun) -> MiningStarted:
    """The answer to asking for one."""
    assert run.job is not None  # noqa: S101 - made in the same transaction
    return MiningStarted(id=run.pk, job=job_out(run.job, reader.language))


def mining_list(reader: Reader, kind: str | None) -> list[MiningOut]:
    """The newest ones, without what they found."""
    runs = minings_visible(reader.actor)
    return [_plain(reader, run) for run in (runs.filter(kind=kind) if kind else runs)[:LISTED]]


def mining_out(reader: Reader, run: MiningRun) -> MiningOut:
    """One of them with what it found."""
    out = _plain(reader, run)
    if run.result is None:
        return out
    match run.kind:
        case MiningRun.Kind.RULES:
            out.rules = _rules(reader, msgspec.convert(run.result, RulesFound))
        case MiningRun.Kind.MISSED:
            out.missed = _missed(reader, msgspec.convert(run.result, Missed))
        case MiningRun.Kind.CLUSTERS:
            out.clusters = _clusters(reader, msgspec.convert(run.result, Clusters))
        case MiningRun.Kind.LINKS:
            out.links = _links(reader, msgspec.convert(run.result, Links))
    return out


def rule_found(run: MiningRun, nth: int) -> RuleFound | None:
    """A candidate of a finished search for rules."""
    if run.kind != MiningRun.Kind.RULES or run.result is None:
        return None
    found = msgspec.convert(run.result, RulesFound).rules
    return found[nth] if 0 <= nth < len(found) else None


def rule_sentence(reader: Reader, found: RuleFound) -> str:
    """A candidate in one line."""
    book = rule_book(reader)
    lines = [line.text for line in book.lines(rule_from_plain(found.document, book.catalogue, highest=HIGHEST)) if line.text]
    return " ".join(lines)[:80]


def _plain(reader: Reader, run: MiningRun) -> MiningOut:
    job = run.job
    return MiningOut(
        id=run.pk,
        kind=word(run.kind),
        status=word("done" if run.result else job.status if job else "failed"),
        progress=1.0 if run.result else job.progress if job else 0.0,
        job=job_out(job, reader.language) if job else None,
        error=stored_error(job.error, reader.language) if job and not run.result else None,
        file=str(run.asked.get("file", "")),
        created_at=run.created_at,
        finished_at=run.finished_at,
    )


def _rules(reader: Reader, found: RulesFound) -> MinedRulesOut:
    book = rule_book(reader)
    plain = {name: getattr(found, name) for name in ("tested", "found_rows", "proof_rows", "horizon_days", "found_until", "proof_from")}
    return MinedRulesOut(rules=[_rule(book, one) for one in found.rules], **plain)


def _rule(book: RuleBook, one: RuleFound) -> MinedRuleOut:
    rule = rule_from_plain(one.document, book.catalogue, highest=HIGHEST)
    figures = {name: value for name, value in asdict(one.rule).items() if name != "cuts"}
    backtest = None if one.backtest is None else FiguresOut(**asdict(one.backtest), alerts_per_owner_week=None)
    return MinedRuleOut(sentences=book.lines(rule), document=one.document, backtest=backtest, **figures)


def _missed(reader: Reader, found: Missed) -> MissedOut:
    people = _people(reader, (loss.customer_id for loss in found.listed))
    return MissedOut(
        losses=found.losses,
        alerted=found.alerted,
        silent=found.silent,
        money=found.money,
        replayed=found.replayed,
        watch_score=found.watch_score,
        listed=[_loss(reader, loss, *people[loss.customer_id]) for loss in found.listed if loss.customer_id in people][:SHOWN],
        by_signal=[
            SignalMissedOut(
                signal=one.signal,
                name=_signal(reader, one.signal),
                spoke=one.spoke,
                thresholds=[ThresholdOut(at=step.strength, caught=step.caught, more_alerts=step.more_alerts) for step in one.thresholds],
            )
            for one in found.by_signal
        ],
        by_score=[ThresholdOut(at=step.score, caught=step.caught, more_alerts=step.more_alerts) for step in found.by_score],
    )


def _loss(reader: Reader, loss: MissedLoss, key: str, name: str) -> MissedLossOut:
    return MissedLossOut(
        customer_id=loss.customer_id,
        key=key,
        name=name,
        lost_on=local_day(from_us(loss.lost_at_us), reader.workspace.time_zone),
        annual_value=loss.annual_value,
        score=loss.score,
        more_alerts=loss.more_alerts,
        signals=[
            SpokeOut(signal=one.signal, name=_signal(reader, one.signal), strength=one.strength, more_alerts=one.more_alerts)
            for one in loss.signals
        ],
    )


def _clusters(reader: Reader, found: Clusters) -> ClustersOut:
    people = _people(reader, (customer for cluster in found.clusters for customer in cluster.examples))
    return ClustersOut(
        clusters=[_cluster(reader, cluster, people) for cluster in found.clusters], silhouette=found.silhouette, customers=found.customers
    )


def _cluster(reader: Reader, cluster: Cluster, people: dict[int, tuple[str, str]]) -> ClusterOut:
    name = "".join(_trait(reader, part) for part in cluster.name)
    return ClusterOut(
        name=reader.text("mining.cluster", {"name": name}),
        customers=cluster.customers,
        share=cluster.share,
        money=cluster.money,
        traits=[TraitOut(label=_column(reader, one.column), **asdict(one)) for one in cluster.deviations],
        signals=[
            reader.text("mining.signal_share", {"name": _signal(reader, one.signal), "share": one.share, "all": one.all_share})
            for one in cluster.signals
        ],
        examples=[{"id": each, "key": people[each][0], "name": people[each][1]} for each in cluster.examples if each in people],
    )


def _trait(reader: Reader, part: str) -> str:
    """`order_amount_365.high` in a word or two: by the column's beginning, else by its label."""
    column, _, side = part.rpartition(".")
    known = texts(reader.language)
    for length in range(len(column.split("_")), 0, -1):
        key = f"mining.trait.{'_'.join(column.split('_')[:length])}.{side}"
        if key in known:
            return known[key]
    return reader.text(f"mining.trait.{side}", {"column": _column(reader, column)})


def _column(reader: Reader, name: str) -> str:
    known = texts(reader.language)
    return next((known[key] for key in (f"model.columns.{name}", f"metrics.{name}") if key in known), name)


def _signal(reader: Reader, code: str) -> str:
    return reader.text(f"signals.{code}.name")


def _links(reader: Reader, found: Links) -> LinksOut:
    return LinksOut(links=[_link(reader, link) for link in found.links], tested=found.tested, customers=found.customers)


def _link(reader: Reader, link: Link) -> LinkOut:
    parts = [_item(reader, item) for item in link.items]
    plain = {name: value for name, value in asdict(link).items() if name != "items"}
    said = {"parts": reader.text("mining.and").join(parts), "n": link.n, "rate": link.confidence, "base": link.base}
    text = reader.text("mining.link", said)
    return LinkOut(text=text, items=parts, **plain)


def _item(reader: Reader, item: str) -> str:
    what, _, name = item.partition(":")
    if what == "did":
        name = kind_name(name, reader.language) if name in _KINDS else name
    return reader.text(f"mining.item.{what}", {"name": name})


def _people(reader: Reader, wanted: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Key and name of those customers whom the reader sees."""
    found = customers_visible(reader.actor).filter(pk__in=list(wanted)).values_list("pk", "key", "name")
    return {pk: (key, name) for pk, key, name in found}
