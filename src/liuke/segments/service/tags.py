"""Which tags a workspace has, and the enabled ones with their rules read."""

from __future__ import annotations

from dataclasses import dataclass

from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid, NotFound
from liuke.base.words import render
from liuke.rules.columns import Catalogue
from liuke.segments.domain.active import ActiveTag, tag_rule
from liuke.segments.domain.builtin import BUILT_IN
from liuke.segments.domain.tag import TagKind
from liuke.segments.store.models import Tag


@dataclass(frozen=True, slots=True)
class TagsRead:
    """The tags that a scoring can use, and the codes of those whose rule no longer reads (a column is gone), with the faults."""

    active: tuple[ActiveTag, ...]
    broken: dict[str, Invalid]


def tags_ensure(workspace: Workspace) -> None:
    """The built-in tags exist. One query where they do; safe to repeat and to race."""
    known = set(Tag.objects.filter(workspace=workspace, built_in=True).values_list("code", flat=True))
    Tag.objects.bulk_create(
        [
            Tag(
                workspace=workspace,
                code=tag.code,
                kind=tag.kind.value,
                colour=tag.colour,
                rule=tag.rule and dict(tag.rule),
                weight=tag.weight,
                built_in=True,
            )
            for tag in BUILT_IN
            if tag.code not in known
        ],
        ignore_conflicts=True,
    )


def tags_all(workspace: Workspace, *, archived: bool = False) -> list[Tag]:
    """The workspace's tags, built-in ones first, then by age."""
    tags_ensure(workspace)
    return list(Tag.objects.filter(workspace=workspace, archived_at__isnull=not archived).order_by("-built_in", "pk"))


def tag_get(*, workspace: Workspace, tag_id: int) -> Tag:
    """One tag, archived ones too. Raises NotFound("tag_unknown")."""
    found = Tag.objects.select_related("updated_by__user").filter(workspace=workspace, pk=tag_id).first()
    if found is None:
        raise NotFound("tag_unknown", tag=tag_id)
    return found


def tag_name(tag: Tag, language: str) -> str:
    """Its name as a reader of the language sees it."""
    return tag.name or render(f"tags.{tag.code}.name", {}, language=language)


def tag_about(tag: Tag, language: str) -> str:
    """What it means, as a reader of the language sees it."""
    return tag.about or (render(f"tags.{tag.code}.about", {}, language=language) if tag.built_in and not tag.name else "")


def tags_read(workspace: Workspace, catalogue: Catalogue) -> TagsRead:
    """The enabled tags with their rules, and those whose rule names something that is gone."""
    tags_ensure(workspace)
    active: list[ActiveTag] = []
    broken: dict[str, Invalid] = {}
    for tag in Tag.objects.filter(workspace=workspace, enabled=True, archived_at__isnull=True).order_by("pk"):
        kind = TagKind(tag.kind)
        try:
            rule = None if tag.rule is None else tag_rule(tag.rule, kind, catalogue)
        except Invalid as fault:
            broken[tag.code] = fault
            continue
        active.append(ActiveTag(tag.code, tag_name(tag, workspace.locale), kind, tag.weight, rule))
    return TagsRead(tuple(active), broken)


def tags_active(workspace: Workspace, catalogue: Catalogue) -> list[ActiveTag]:
    """The enabled tags as a scoring needs them, in a steady order. A tag whose rule no longer reads is left out."""
    return list(tags_read(workspace, catalogue).active)
