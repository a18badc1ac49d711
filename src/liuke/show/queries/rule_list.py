"""规则: the rules of a workspace with what is live, what is being edited, and how they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, QuerySet

from liuke.accounts.domain.roles import Scope
from liuke.alert.domain.verdicts import SignalPrecision
from liuke.alert.service import rule_precision
from liuke.base.errors import Invalid
from liuke.facts.service import customers_visible
from liuke.facts.store.models import Customer
from liuke.rules.jsonlogic import to_jsonlogic
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Rule as Tree
from liuke.show.api.errors import fault_row
from liuke.show.api.schemas.common import Fault, Page
from liuke.show.api.schemas.rules import EffectsOut, MatchOut, RuleCountOut, RuleOut, RuleVersionOut, SentenceOut, ShareOut
from liuke.show.queries import rule_frame
from liuke.show.queries.customer_list import cards_visible
from liuke.show.queries.paging import cursor_read, limit_of, narrowed, page, sort_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.signals.domain.active import HIGHEST
from liuke.signals.service.rules import rule_get, rules_of, version_draft, version_live
from liuke.signals.store.models import Rule, RuleHit, RuleVersion
from liuke.stats.proportion import wilson

JUDGED = timedelta(days=365)
RECENT = timedelta(days=30)
SORTS = {"score": "score", "name": "name", "annual_value": "annual_value"}


@dataclass(frozen=True, slots=True)
class _Figures:
    """Counts by version (now) and by rule (30 days, verdicts), of the customers and alerts that the reader sees."""

    now: Mapping[int, int] = field(default_factory=dict)
    recent: Mapping[int, int] = field(default_factory=dict)
    judged: Mapping[int, SignalPrecision] = field(default_factory=dict)


def rules_out(reader: Reader) -> list[RuleOut]:
    """All rules, archived ones too, by name."""
    reader.require_customers()
    return outs(reader, rules_of(reader.workspace))


def outs(reader: Reader, rules: Iterable[Rule]) -> list[RuleOut]:
    """Some rules, loaded with their versions."""
    book, figures = rule_book(reader), _figures(reader)
    return [_rule_out(reader, rule, book, figures) for rule in rules]


def rule_out(reader: Reader, rule: Rule) -> RuleOut:
    """One rule."""
    return _rule_out(reader, rule, rule_book(reader), _figures(reader))


def rule_page_of(reader: Reader, rule_id: int) -> RuleOut:
    """One rule by id. Raises NotFound("rule_unknown")."""
    reader.require_customers()
    return rule_out(reader, rule_get(workspace=reader.workspace, rule_id=rule_id))


def versions_out(reader: Reader, rule_id: int) -> list[RuleVersionOut]:
    """All versions of a rule, newest first."""
    reader.require_customers()
    book = rule_book(reader)
    return [_version_out(version, book) for version in versions_of(rule_get(workspace=reader.workspace, rule_id=rule_id))]


def count_out(reader: Reader, document: Mapping[str, object]) -> RuleCountOut:
    """How many customers a rule matches, kept or not. Raises Invalid("rule") with every fault at once."""
    reader.require_customers()
    book = rule_book(reader)
    rule = rule_from_plain(document, book.catalogue, highest=HIGHEST)
    found = rule_frame.count(reader, rule)
    heads = {row.pk: row for row in Customer.objects.filter(workspace=reader.workspace, pk__in=[pk for pk, _, _ in found.sample])}
    sample = [
        MatchOut(
            customer_id=pk, key=heads[pk].key, name=heads[pk].name, owner=reader.person(heads[pk].owner_id), score=score, level=word(level)
        )
        for pk, score, level in found.sample
        if pk in heads
    ]
    return RuleCountOut(
        matched=found.matched, total=found.total, excluded=found.excluded, sample=sample, sentences=book.lines(rule),
        json_logic=_json_logic(rule, reader.workspace.time_zone), as_of=found.as_of,
    )  # fmt: skip


def _json_logic(rule: Tree, zone: str) -> dict[str, object] | None:
    try:
        return to_jsonlogic(rule, zone=zone)
    except Invalid:
        return None


def matching_page(reader: Reader, rule_id: int, *, sort: str, cursor: str, limit: int) -> Page[MatchOut]:
    """Who matches the rule since its last scoring, among the reader's customers: the live version, else the one on trial."""
    reader.require_customers()
    rule = rule_get(workspace=reader.workspace, rule_id=rule_id)
    order, size = sort_of(sort, SORTS), limit_of(limit)
    before = cursor_read(cursor, order.text)
    hits = RuleHit.objects.filter(version_id=_shown(versions_of(rule)), until__isnull=True)
    matching, total = narrowed(cards_visible(reader.actor).filter(customer_id__in=hits.values("customer_id")), before)
    found = page([matching], order, before, size, total=total)
    since = dict(hits.filter(customer_id__in=[card.customer_id for card in found.rows]).values_list("customer_id", "since"))
    items = [
        MatchOut(
            customer_id=card.customer_id, key=card.key, name=card.name, owner=reader.person(card.owner_id), score=card.score,
            level=word(card.level), since=since.get(card.customer_id),
        )
        for card in found.rows
    ]  # fmt: skip
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def versions_of(rule: Rule) -> list[RuleVersion]:
    """The versions that `rules_of` and `rule_get` loaded with a rule, newest first."""
    versions: list[RuleVersion] = getattr(rule, "versions", [])
    return versions


def _shown(versions: Iterable[RuleVersion]) -> int:
    """The version whose matches stand for the rule: the live one, else the one on trial."""
    versions = list(versions)
    shown = version_live(versions) or version_draft(versions)
    return shown.pk if shown else 0


def _hits(reader: Reader) -> QuerySet[RuleHit]:
    hits = RuleHit.objects.filter(rule__workspace=reader.workspace)
    return hits if reader.actor.scope is Scope.ALL else hits.filter(customer_id__in=customers_visible(reader.actor).values("pk"))


def _figures(reader: Reader) -> _Figures:
    hits = _hits(reader)
    now = hits.filter(until__isnull=True).values_list("version_id").annotate(n=Count("pk"))
    recent = hits.filter(since__gte=reader.now - RECENT).exclude(version__status=RuleVersion.Status.TRIAL)
    judged = rule_precision(actor=reader.actor, since=reader.now - JUDGED, until=reader.now)
    return _Figures(dict(now), dict(recent.values_list("rule_id").annotate(n=Count("pk"))), judged)


def _rule_out(reader: Reader, rule: Rule, book: RuleBook, figures: _Figures) -> RuleOut:
    versions = versions_of(rule)
    live, draft = version_live(versions), version_draft(versions)
    shown = live or draft
    outs = {version.pk: _version_out(version, book) for version in (live, draft) if version}
    return RuleOut(
        id=rule.pk,
        name=rule.name,
        about=rule.about,
        pack=rule.pack,
        enabled=rule.enabled,
        archived=rule.archived_at is not None,
        live=outs[live.pk] if live else None,
        draft=outs[draft.pk] if draft else None,
        matched_now=figures.now.get(_shown(versions), 0),
        hits_30d=figures.recent.get(rule.pk, 0),
        precision=_share(figures.judged.get(rule.pk)),
        updated_at=rule.updated_at,
        updated_by=rule.updated_by.user.name if rule.updated_by else None,
        sentences=outs[shown.pk].sentences if shown else [],
        faults=_faults(reader, shown, book) if shown else [],
    )


def _version_out(version: RuleVersion, book: RuleBook) -> RuleVersionOut:
    return RuleVersionOut(
        version=version.version,
        status=word(version.status),
        rule=version.document,
        effects=EffectsOut(**version.effects),
        note=version.note,
        created_by=version.created_by.user.name if version.created_by else None,
        created_at=version.created_at,
        published_at=version.published_at,
        sentences=_lines(version, book),
    )


def tree_of(version: RuleVersion, book: RuleBook) -> Tree:
    """A kept version's rule. Raises Invalid("rule") where what it asks about is gone."""
    return rule_from_plain(version.document, book.catalogue, highest=HIGHEST)


def _lines(version: RuleVersion, book: RuleBook) -> list[SentenceOut]:
    try:
        return book.lines(tree_of(version, book))
    except Invalid:
        return []


def _faults(reader: Reader, version: RuleVersion, book: RuleBook) -> list[Fault]:
    try:
        tree_of(version, book)
    except Invalid as fault:
        found = fault.params.get("faults")
        return [Fault(**fault_row(one, reader.language)) for one in (found if isinstance(found, list | tuple) else [])]
    return []


def _share(found: SignalPrecision | None) -> ShareOut | None:
    if found is None or found.precision is None:
        return None
    low, high = wilson(found.valid + found.too_late, found.judged)
    return ShareOut(value=found.precision, low=low, high=high, n=found.judged)
