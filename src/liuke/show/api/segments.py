"""分群标签: tags, who carries them, and who came and went."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router

from liuke.base.times import utc_now
from liuke.jobs.service import job_enqueue
from liuke.segments.service import editing
from liuke.segments.service.tags import tag_get as tag_find
from liuke.segments.store.models import Tag
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import Page, UndoOut
from liuke.show.api.schemas.queries import MemberQuery, PageQuery
from liuke.show.api.schemas.rules import EnabledIn, RuleCountOut
from liuke.show.api.schemas.segments import TagIn, TagMember, TagMembersIn, TagOut, TagRuleIn, TagStay
from liuke.show.queries import segments
from liuke.show.queries.reader import Reader
from liuke.show.queries.rule_words import RuleBook, rule_book
from liuke.show.queries.tag_matches import members_refresh

router = Router(tags=["segments"])


def draft_of(data: TagIn) -> editing.TagDraft:
    """What the person typed."""
    return editing.TagDraft(data.name, data.about, data.kind, data.rule, data.weight, data.colour)


def score_again(reader: Reader) -> None:
    """A weight or a member has changed that the score knows: everybody is scored anew."""
    key = f"score:{reader.workspace.pk}:tags:{utc_now().timestamp()}"
    job_enqueue(kind="score", key=key, payload={}, workspace_id=reader.workspace.pk, created_by=reader.actor.membership_id)


def saved(reader: Reader, tag: Tag, book: RuleBook, weight_before: int) -> TagOut:
    """The tag with its members as of now; scored anew where its weight, or only a scoring, tells who belongs to it."""
    known = members_refresh(reader, tag, book)
    if not known or tag.weight or weight_before:
        score_again(reader)
    tag.refresh_from_db()
    return segments.tag_out(reader, tag, book)


@router.get("/w/{slug}/tags", response=list[TagOut])
def tag_list(request: HttpRequest, slug: str, archived: bool = False) -> list[TagOut]:
    """All tags with their counts, built-in ones first."""
    return segments.tag_list(reader=reader_for(request, slug), archived=archived)


@router.post("/w/{slug}/tags", response=TagOut)
def tag_create(request: HttpRequest, slug: str, data: TagIn) -> TagOut:
    """A new tag; its members are known at once."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        book = rule_book(reader)
        tag = editing.tag_create(actor=reader.actor, workspace=reader.workspace, draft=draft_of(data), catalogue=book.catalogue)
        return saved(reader, tag, book, 0)


@router.post("/w/{slug}/tags/count", response=RuleCountOut)
def tag_count(request: HttpRequest, slug: str, data: TagRuleIn) -> RuleCountOut:
    """How many customers a tag's rule names, and a few of them, before it is kept."""
    return segments.rule_count(reader=reader_for(request, slug), kind=data.kind, document=data.rule)


@router.get("/w/{slug}/tags/{tag_id}", response=TagOut)
def tag_get(request: HttpRequest, slug: str, tag_id: int) -> TagOut:
    """One tag, archived ones too."""
    reader = reader_for(request, slug)
    reader.require_customers()
    return segments.tag_out(reader, tag_find(workspace=reader.workspace, tag_id=tag_id))


@router.put("/w/{slug}/tags/{tag_id}", response=TagOut)
def tag_edit(request: HttpRequest, slug: str, tag_id: int, data: TagIn) -> TagOut:
    """Name, rule, weight, colour; members and counts follow at once."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        book, before = rule_book(reader), tag_find(workspace=reader.workspace, tag_id=tag_id).weight
        draft = draft_of(data)
        tag = editing.tag_edit(
            actor=reader.actor, workspace=reader.workspace, tag_id=tag_id, draft=draft, catalogue=book.catalogue
        )  # fmt: skip
        return saved(reader, tag, book, before)


@router.post("/w/{slug}/tags/{tag_id}/enabled", response=TagOut)
def tag_enable(request: HttpRequest, slug: str, tag_id: int, data: EnabledIn) -> TagOut:
    """启用 or 停用."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        tag = editing.tag_enable(actor=reader.actor, workspace=reader.workspace, tag_id=tag_id, enabled=data.enabled)
        if tag.weight:
            score_again(reader)
    return segments.tag_out(reader, tag)


@router.delete("/w/{slug}/tags/{tag_id}", response=TagOut)
def tag_archive(request: HttpRequest, slug: str, tag_id: int) -> TagOut:
    """Puts the tag away; `unarchive` takes it back."""
    return _archived(reader_for(request, slug), tag_id, archived=True)


@router.post("/w/{slug}/tags/{tag_id}/unarchive", response=TagOut)
def tag_unarchive(request: HttpRequest, slug: str, tag_id: int) -> TagOut:
    """Takes an archived tag out again."""
    return _archived(reader_for(request, slug), tag_id, archived=False)


def _archived(reader: Reader, tag_id: int, *, archived: bool) -> TagOut:
    with transaction.atomic():
        tag = editing.tag_archive(actor=reader.actor, workspace=reader.workspace, tag_id=tag_id, archived=archived, now=utc_now())
        if tag.weight:
            score_again(reader)
    return segments.tag_out(reader, tag)


@router.get("/w/{slug}/tags/{tag_id}/members", response=Page[TagMember])
def tag_members(request: HttpRequest, slug: str, tag_id: int, wanted: Query[MemberQuery]) -> Page[TagMember]:
    """A page of the members whom the reader sees. scope: mine, team, all; sort as in 客户."""
    return segments.member_page(
        reader=reader_for(request, slug), tag_id=tag_id, scope=wanted.scope, sort=wanted.sort, cursor=wanted.cursor, limit=wanted.limit
    )


@router.post("/w/{slug}/tags/{tag_id}/members", response=UndoOut)
def tag_members_add(request: HttpRequest, slug: str, tag_id: int, data: TagMembersIn) -> UndoOut:
    """Puts customers in by hand; `remove` takes them out again."""
    reader = reader_for(request, slug)
    added = editing.members_add(
        actor=reader.actor, workspace=reader.workspace, tag_id=tag_id, customer_ids=data.customer_ids, now=reader.now
    )  # fmt: skip
    return UndoOut(changed=len(added), undo_token=None)


@router.post("/w/{slug}/tags/{tag_id}/members/remove", response=UndoOut)
def tag_members_remove(request: HttpRequest, slug: str, tag_id: int, data: TagMembersIn) -> UndoOut:
    """Takes out customers whom people put in."""
    reader = reader_for(request, slug)
    removed = editing.members_remove(
        actor=reader.actor, workspace=reader.workspace, tag_id=tag_id, customer_ids=data.customer_ids, now=reader.now
    )  # fmt: skip
    return UndoOut(changed=len(removed), undo_token=None)


@router.get("/w/{slug}/tags/{tag_id}/history", response=Page[TagStay])
def tag_history(request: HttpRequest, slug: str, tag_id: int, wanted: Query[PageQuery]) -> Page[TagStay]:
    """Who came and who went, the newest change first."""
    return segments.history_page(reader=reader_for(request, slug), tag_id=tag_id, cursor=wanted.cursor, limit=wanted.limit)
