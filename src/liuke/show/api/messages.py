"""触达模板 and messages to customers."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.domain.roles import Permission
from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages import templates
from liuke.act.messages.byhand import ByHand, message_by_hand
from liuke.act.messages.domain import Template
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.messages import (
    ArchivedIn,
    MessageIn,
    MessageOut,
    MessagePreviewOut,
    MessageSendIn,
    MessageTemplateIn,
    MessageTemplateOut,
    MessageTemplateTryIn,
    MessageTemplateTryOut,
    MessageTemplateVersionOut,
    NewMessageTemplateIn,
)
from liuke.show.api.schemas.queries import PageQuery
from liuke.show.queries import messages as queries

router = Router(tags=["messages"])


@router.get("/w/{slug}/message-templates", response=list[MessageTemplateOut])
def message_template_list(request: HttpRequest, slug: str, archived: bool = False) -> list[MessageTemplateOut]:
    """Every template; with `archived` also those that were put away."""
    return queries.templates_out(reader=reader_for(request, slug), archived=archived)


@router.post("/w/{slug}/message-templates", response=MessageTemplateOut)
def message_template_create(request: HttpRequest, slug: str, data: NewMessageTemplateIn) -> MessageTemplateOut:
    """A template of the workspace's own."""
    reader = reader_for(request, slug)
    template = templates.template_save(actor=reader.actor, template=_template(data.code, data), based_on=0, note=data.note, new=True)
    return queries.template_out(reader, template)


@router.post("/w/{slug}/message-templates/preview", response=MessageTemplateTryOut)
def message_template_try(request: HttpRequest, slug: str, data: MessageTemplateTryIn) -> MessageTemplateTryOut:
    """How a template of the editor reads, for a customer where one is given, and what carriers may refuse."""
    reader = reader_for(request, slug)
    template = _template(data.template.code, data.template)
    return queries.template_tried(reader=reader, template=template, customer_id=data.customer_id)


@router.get("/w/{slug}/message-templates/{code}", response=MessageTemplateOut)
def message_template_get(request: HttpRequest, slug: str, code: str) -> MessageTemplateOut:
    """One template."""
    return queries.template_one(reader=reader_for(request, slug), code=code)


@router.put("/w/{slug}/message-templates/{code}", response=MessageTemplateOut)
def message_template_save(request: HttpRequest, slug: str, code: str, data: MessageTemplateIn) -> MessageTemplateOut:
    """A new version, in use at once. 409 where somebody saved in between; 422 with every fault."""
    reader = reader_for(request, slug)
    template = templates.template_save(actor=reader.actor, template=_template(code, data), based_on=data.based_on, note=data.note)
    return queries.template_out(reader, template)


@router.post("/w/{slug}/message-templates/{code}/archived", response=MessageTemplateOut)
def message_template_archive(request: HttpRequest, slug: str, code: str, data: ArchivedIn) -> MessageTemplateOut:
    """Puts a template away, or brings it back."""
    reader = reader_for(request, slug)
    return queries.template_out(reader, templates.template_archive(actor=reader.actor, code=code, archived=data.archived))


@router.get("/w/{slug}/message-templates/{code}/versions", response=list[MessageTemplateVersionOut])
def message_template_versions(request: HttpRequest, slug: str, code: str) -> list[MessageTemplateVersionOut]:
    """The workspace's versions, the newest first."""
    return queries.template_versions_out(reader=reader_for(request, slug), code=code)


@router.post("/w/{slug}/message-templates/{code}/versions/{number}/restore", response=MessageTemplateOut)
def message_template_restore(request: HttpRequest, slug: str, code: str, number: int) -> MessageTemplateOut:
    """The contents of an older version as a new one; 0 = as shipped."""
    reader = reader_for(request, slug)
    return queries.template_out(reader, templates.template_restore(actor=reader.actor, code=code, number=number))


@router.get("/w/{slug}/customers/{customer_id}/messages", response=Page[MessageOut])
def customer_message_list(request: HttpRequest, slug: str, customer_id: int, wanted: Query[PageQuery]) -> Page[MessageOut]:
    """A page of the messages to a customer, the newest first."""
    reader = reader_for(request, slug)
    return queries.message_page(reader=reader, customer_id=customer_id, cursor=wanted.cursor, limit=wanted.limit)


@router.post("/w/{slug}/customers/{customer_id}/messages/preview", response=MessagePreviewOut)
def customer_message_preview(request: HttpRequest, slug: str, customer_id: int, data: MessageIn) -> MessagePreviewOut:
    """How a message would read and what the governor says. Writes nothing."""
    reader = reader_for(request, slug)
    return queries.preview_out(reader=reader, wanted=_by_hand(customer_id, data))


@router.post("/w/{slug}/customers/{customer_id}/messages", response=MessageOut)
def customer_message_send(request: HttpRequest, slug: str, customer_id: int, data: MessageSendIn) -> MessageOut:
    """发消息: judged, then on its way. Idempotent by request_key; what is refused is a row as well."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.HANDLE)
    row = message_by_hand(actor=reader.actor, wanted=_by_hand(customer_id, data), request_key=data.request_key)
    return queries.message_one(reader=reader, message_id=row.pk)


def _template(code: str, data: MessageTemplateIn) -> Template:
    return Template(
        code, data.name.strip(), Purpose(data.purpose), tuple(dict.fromkeys(data.media)), data.subject.strip(), data.body.strip(),
        data.sms_template.strip(), data.about.strip(), data.open_pixel,
    )  # fmt: skip


def _by_hand(customer_id: int, data: MessageIn) -> ByHand:
    return ByHand(customer_id, data.channel, data.template, tuple(data.variables.items()))
