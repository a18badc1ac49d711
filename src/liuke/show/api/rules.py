"""规则: write, count, try, publish, roll back; who matches; why and why not."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import OkOut, Page
from liuke.show.api.schemas.rules import (
    EnabledIn,
    MatchOut,
    MatchQuery,
    PackOut,
    RuleCatalogueOut,
    RuleCountOut,
    RuleIn,
    RuleOut,
    RuleSaveIn,
    RuleVersionOut,
    WhyOut,
    WhyShortOut,
)
from liuke.show.queries import rule_list
from liuke.show.queries.rule_packs import packs_out
from liuke.show.queries.rule_why import why_out, why_short
from liuke.show.queries.rule_words import catalogue_out
from liuke.signals.service import editing
from liuke.signals.service.adoption import pack_apply
from liuke.signals.service.columns import catalogue_of
from liuke.signals.service.editing import RuleText
from liuke.signals.service.packs import pack_get

router = Router(tags=["rules"])


def _text(data: RuleSaveIn) -> RuleText:
    return RuleText(data.name, data.about, data.rule, data.effects.dict(), data.note, data.seen_at)


@router.get("/w/{slug}/rules/catalogue", response=RuleCatalogueOut)
def rule_catalogue(request: HttpRequest, slug: str) -> RuleCatalogueOut:
    """What conditions may ask about: columns with their ways to compare, and kinds of activity."""
    return catalogue_out(reader_for(request, slug))


@router.post("/w/{slug}/rules/count", response=RuleCountOut)
def rule_count(request: HttpRequest, slug: str, data: RuleIn) -> RuleCountOut:
    """How many customers a rule matches as of the last scoring, with a few of them; nothing is kept."""
    return rule_list.count_out(reader_for(request, slug), data.rule)


@router.get("/w/{slug}/rules", response=list[RuleOut])
def rule_index(request: HttpRequest, slug: str) -> list[RuleOut]:
    """All rules by name, archived ones too."""
    return rule_list.rules_out(reader_for(request, slug))


@router.post("/w/{slug}/rules", response=RuleOut)
def rule_create(request: HttpRequest, slug: str, data: RuleSaveIn) -> RuleOut:
    """A new rule with a draft."""
    reader = reader_for(request, slug)
    space = reader.workspace
    rule = editing.rule_create(actor=reader.actor, workspace=space, text=_text(data), catalogue=catalogue_of(space))
    return rule_list.rule_out(reader, rule)


@router.get("/w/{slug}/rules/packs", response=list[PackOut])
def rule_pack_list(request: HttpRequest, slug: str) -> list[PackOut]:
    """规则包: rules for kinds of customers and industries, and which of them this workspace's data can tell."""
    return packs_out(reader_for(request, slug))


@router.post("/w/{slug}/rules/packs/{code}/apply", response=list[RuleOut])
def rule_pack_apply(request: HttpRequest, slug: str, code: str) -> list[RuleOut]:
    """Takes the rules of a pack that are not here yet, as drafts; all of the pack's rules."""
    reader = reader_for(request, slug)
    space = reader.workspace
    rules = pack_apply(
        actor=reader.actor, workspace=space, pack=pack_get(code), language=reader.language, catalogue=catalogue_of(space)
    )  # fmt: skip
    return rule_list.outs(reader, rules)


@router.get("/w/{slug}/rules/{int:rule_id}", response=RuleOut)
def rule_get(request: HttpRequest, slug: str, rule_id: int) -> RuleOut:
    """One rule."""
    return rule_list.rule_page_of(reader_for(request, slug), rule_id)


@router.put("/w/{slug}/rules/{int:rule_id}/draft", response=RuleOut)
def rule_draft_save(request: HttpRequest, slug: str, rule_id: int, data: RuleSaveIn) -> RuleOut:
    """Keeps a draft; what is live stays. 409 where somebody else changed the rule after `seen_at`."""
    reader = reader_for(request, slug)
    space = reader.workspace
    rule = editing.draft_save(
        actor=reader.actor, workspace=space, rule_id=rule_id, text=_text(data), catalogue=catalogue_of(space), as_of=reader.now
    )
    return rule_list.rule_out(reader, rule)


@router.delete("/w/{slug}/rules/{int:rule_id}/draft", response=RuleOut)
def rule_draft_discard(request: HttpRequest, slug: str, rule_id: int) -> RuleOut:
    """Throws the draft away."""
    reader = reader_for(request, slug)
    rule = editing.draft_discard(actor=reader.actor, workspace=reader.workspace, rule_id=rule_id, as_of=reader.now)
    return rule_list.rule_out(reader, rule)


@router.post("/w/{slug}/rules/{int:rule_id}/trial", response=RuleOut)
def rule_trial(request: HttpRequest, slug: str, rule_id: int) -> RuleOut:
    """试运行: evaluated and logged from the next scoring on, without effects."""
    reader = reader_for(request, slug)
    return rule_list.rule_out(reader, editing.rule_try(actor=reader.actor, workspace=reader.workspace, rule_id=rule_id))


@router.post("/w/{slug}/rules/{int:rule_id}/publish", response=RuleOut)
def rule_publish(request: HttpRequest, slug: str, rule_id: int) -> RuleOut:
    """Makes the draft live; the next scoring acts by it."""
    reader = reader_for(request, slug)
    space = reader.workspace
    rule = editing.rule_publish(
        actor=reader.actor, workspace=space, rule_id=rule_id, catalogue=catalogue_of(space), as_of=reader.now
    )  # fmt: skip
    return rule_list.rule_out(reader, rule)


@router.post("/w/{slug}/rules/{int:rule_id}/enabled", response=RuleOut)
def rule_enable(request: HttpRequest, slug: str, rule_id: int, data: EnabledIn) -> RuleOut:
    """启用 / 停用, apart from versions."""
    reader = reader_for(request, slug)
    rule = editing.rule_enable(actor=reader.actor, workspace=reader.workspace, rule_id=rule_id, enabled=data.enabled)
    return rule_list.rule_out(reader, rule)


@router.get("/w/{slug}/rules/{int:rule_id}/versions", response=list[RuleVersionOut])
def rule_version_list(request: HttpRequest, slug: str, rule_id: int) -> list[RuleVersionOut]:
    """All versions, newest first."""
    return rule_list.versions_out(reader_for(request, slug), rule_id)


@router.post("/w/{slug}/rules/{int:rule_id}/versions/{int:version}/restore", response=RuleOut)
def rule_version_restore(request: HttpRequest, slug: str, rule_id: int, version: int) -> RuleOut:
    """Makes a draft of an older version."""
    reader = reader_for(request, slug)
    rule = editing.version_restore(actor=reader.actor, workspace=reader.workspace, rule_id=rule_id, version=version, as_of=reader.now)
    return rule_list.rule_out(reader, rule)


@router.delete("/w/{slug}/rules/{int:rule_id}", response=OkOut)
def rule_archive(request: HttpRequest, slug: str, rule_id: int) -> OkOut:
    """Puts the rule away; `unarchive` takes it out again."""
    reader = reader_for(request, slug)
    editing.rule_archive(actor=reader.actor, workspace=reader.workspace, rule_id=rule_id, archived=True)
    return OkOut()


@router.post("/w/{slug}/rules/{int:rule_id}/unarchive", response=RuleOut)
def rule_unarchive(request: HttpRequest, slug: str, rule_id: int) -> RuleOut:
    """Takes an archived rule out again."""
    reader = reader_for(request, slug)
    rule = editing.rule_archive(actor=reader.actor, workspace=reader.workspace, rule_id=rule_id, archived=False)
    return rule_list.rule_out(reader, rule)


@router.get("/w/{slug}/rules/{int:rule_id}/customers", response=Page[MatchOut])
def rule_customers(request: HttpRequest, slug: str, rule_id: int, wanted: Query[MatchQuery]) -> Page[MatchOut]:
    """Who matches the rule now. sort: score, name, annual_value with `-` for descending."""
    return rule_list.matching_page(reader_for(request, slug), rule_id, sort=wanted.sort, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/rules/{int:rule_id}/why/{int:customer_id}", response=WhyOut)
def rule_why(request: HttpRequest, slug: str, rule_id: int, customer_id: int) -> WhyOut:
    """为什么 / 为什么没有: each condition with what it saw, when and from which activities; and what became of the alert."""
    return why_out(reader_for(request, slug), rule_id, customer_id)


@router.get("/w/{slug}/customers/{int:customer_id}/why", response=list[WhyShortOut])
def customer_why(request: HttpRequest, slug: str, customer_id: int) -> list[WhyShortOut]:
    """All live rules about one customer, in a line each."""
    return why_short(reader_for(request, slug), customer_id)
