"""触达模板 and messages to customers, as the API shows them."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.governor.domain import Deferred, Refused
from liuke.act.governor.policies import policy_of
from liuke.act.governor.words import rule_text
from liuke.act.messages.byhand import ByHand, message_try, messages_visible
from liuke.act.messages.domain import GIVEN_VARIABLES, Filled, MessageRequest, Missing, Template, fill, template_faults
from liuke.act.messages.domain_lint import lint
from liuke.act.messages.preparing import Preparation
from liuke.act.messages.preview import Previewed
from liuke.act.messages.templates import shipped, template_get, template_versions, templates_of
from liuke.act.outgoing.sealing import open_text
from liuke.act.store.models import CustomerMessage
from liuke.base.errors import NotFound
from liuke.base.words import catalogue
from liuke.facts.service import customer_get
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.messages import (
    LintOut,
    MessageOut,
    MessagePreviewOut,
    MessageTemplateOut,
    MessageTemplateTryOut,
    MessageTemplateVersionOut,
    TouchVerdictOut,
)
from liuke.show.queries.governor import NEWEST, ref, template_names
from liuke.show.queries.paging import cursor_read, limit_of, narrowed, page
from liuke.show.queries.reader import Reader, word


def templates_out(*, reader: Reader, archived: bool) -> list[MessageTemplateOut]:
    """Every template."""
    reader.require_customers()
    return [template_out(reader, each) for each in templates_of(reader.workspace, archived=archived)]


def template_one(*, reader: Reader, code: str) -> MessageTemplateOut:
    """One template. Raises NotFound."""
    reader.require_customers()
    return template_out(reader, template_get(reader.workspace, code))


def template_out(reader: Reader, template: Template) -> MessageTemplateOut:
    """A template as the API shows it."""
    return MessageTemplateOut(
        code=template.code,
        name=template.name,
        purpose=word(template.purpose.value),
        media=[word(medium) for medium in template.media],
        subject=template.subject,
        body=template.body,
        sms_template=template.sms_template,
        about=template.about,
        open_pixel=template.open_pixel,
        number=template.number,
        shipped=template.code in shipped(),
        archived=template.archived,
        variables=list(template.variables()),
        warnings=warnings_out(reader, template),
    )


def warnings_out(reader: Reader, template: Template) -> list[LintOut]:
    """What carriers may refuse, in words."""
    return [LintOut(code=each.code, text=reader.text(f"lint.{each.code}", each.params)) for each in lint(template)]


def template_versions_out(*, reader: Reader, code: str) -> list[MessageTemplateVersionOut]:
    """The workspace's versions of a template."""
    template_one(reader=reader, code=code)
    return [
        MessageTemplateVersionOut(
            number=row.number,
            note=row.note,
            by=reader.person(row.by_id),
            at=row.at,
            subject=str(row.content.get("subject", "")),
            body=str(row.content.get("body", "")),
        )
        for row in template_versions(reader.workspace, code)[:200]
    ]


def template_tried(*, reader: Reader, template: Template, customer_id: int | None) -> MessageTemplateTryOut:
    """A template of the editor: its warnings and faults, filled for a visible customer where one is given."""
    reader.require_customers()
    faults = [f"{fault['field']}: {fault['allowed']}" for fault in template_faults(template)]
    subject, text, missing = template.subject, template.body, [n for n in template.variables() if n not in GIVEN_VARIABLES]
    if customer_id is not None:
        filled = _filled(reader, template, customer_id, missing)
        if isinstance(filled, Filled):
            subject, text = filled.subject, filled.text if reader.sees_personal else reader.written(filled.text)
        else:
            missing = [*missing, *filled.names]
    return MessageTemplateTryOut(warnings=warnings_out(reader, template), faults=faults, subject=subject, text=text, missing=missing)


def _filled(reader: Reader, template: Template, customer_id: int, unknown: Sequence[str]) -> Filled | Missing:
    """The template for a visible customer; variables that nobody can know yet stand there in brackets."""
    customer_get(actor=reader.actor, customer_id=customer_id)
    channel = template.media[0] if template.media else "email"
    request = MessageRequest(customer_id, channel, template.code, template.purpose, "try")
    values = Preparation(reader.workspace, [request], reader.now).values_for(request)
    return fill(template, {**{name: f"〔{name}〕" for name in unknown}, **{k: v for k, v in values.items() if v}})


def message_page(*, reader: Reader, customer_id: int, cursor: str, limit: int) -> Page[MessageOut]:
    """A page of the messages to a visible customer."""
    reader.require_customers()
    customer_get(actor=reader.actor, customer_id=customer_id)
    before, size = cursor_read(cursor, NEWEST.text), limit_of(limit)
    rows, total = narrowed(messages_visible(reader.actor).filter(customer_id=customer_id), before)
    found = page([rows.select_related("customer")], NEWEST, before, size, total=total)
    return Page(items=messages_out(reader, found.rows), next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def messages_out(reader: Reader, rows: Sequence[CustomerMessage]) -> list[MessageOut]:
    """Messages as the API shows them."""
    names = template_names(reader)
    return [_message(reader, row, names.get(row.template_code, row.template_code)) for row in rows]


def message_one(*, reader: Reader, message_id: int) -> MessageOut:
    """One visible message. Raises NotFound("message_not_found")."""
    row = messages_visible(reader.actor).select_related("customer").filter(pk=message_id).first()
    if row is None:
        raise NotFound("message_not_found", message=message_id)
    return messages_out(reader, [row])[0]


def _message(reader: Reader, row: CustomerMessage, name: str) -> MessageOut:
    progress = row.progress
    return MessageOut(
        id=row.pk,
        customer=ref(row.customer),
        channel=row.channel,
        medium=word(row.medium),
        purpose=word(row.purpose),
        template=row.template_code,
        template_name=name,
        status=word(row.status),
        reason=_reason(reader, row),
        subject=row.subject if reader.sees_personal else reader.written(row.subject),
        text=reader.written(row.text),
        address=_address(reader, row.medium, open_text(row.address)) if row.address else "",
        at=row.created_at,
        planned_at=row.planned_at,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        opened_at=row.opened_at,
        clicked_at=row.clicked_at,
        replied_at=row.replied_at,
        cost=float(row.cost),
        by=reader.person(row.by_id),
        playbook_id=row.playbook_id,
        confirmed=f"{progress['confirmed']}/{progress['of']}" if {"confirmed", "of"} <= set(progress) else "",
    )


def _address(reader: Reader, medium: str, address: str) -> str:
    if medium == "email":
        return reader.email(address)
    return reader.phone(address) if medium == "sms" else reader.person_name(address)


def _reason(reader: Reader, row: CustomerMessage) -> str:
    if not row.reason:
        return ""
    if row.error:
        return reader.text(f"errors.{row.error['code']}", row.error["params"])
    said = row.governordecision_set.order_by("-pk").first()
    params = said.params if said is not None and said.rule == row.reason else {}
    if f"governor.{row.reason}" in catalogue("zh-CN"):
        return rule_text(row.reason, {"medium": row.medium, **params}, reader.language)
    return reader.text(f"errors.{row.reason}")


def preview_out(*, reader: Reader, wanted: ByHand) -> MessagePreviewOut:
    """A message by hand before it is sent."""
    seen = message_try(actor=reader.actor, wanted=wanted)
    prepared = seen.prepared
    filled = prepared.text_of()
    way = prepared.way
    return MessagePreviewOut(
        subject=reader.written(filled.subject),
        text=reader.written(filled.text),
        contact=reader.person_name(way.name) if way else "",
        address=_address(reader, prepared.medium, way.address) if way else "",
        channel=prepared.kind or prepared.medium,
        missing=list(prepared.filled.names) if isinstance(prepared.filled, Missing) else [],
        verdict=_verdict(reader, seen),
    )


def _verdict(reader: Reader, seen: Previewed) -> TouchVerdictOut:
    holds = None
    if seen.dry:
        holds = "simulated" if reader.workspace.simulated_as_of else "dry_run" if policy_of(reader.workspace).dry_run else None
    if seen.unfit is not None:
        rule, params = seen.unfit
        return TouchVerdictOut(verdict="refused", rule=rule, text=rule_text(rule, params, reader.language), until=None, holds=holds)
    if isinstance(seen.decision, Refused):
        rule = seen.decision.rule.value
        text = rule_text(rule, seen.decision.params, reader.language)
        return TouchVerdictOut(verdict="refused", rule=rule, text=text, until=None, holds=holds)
    if isinstance(seen.decision, Deferred):
        rule, until = seen.decision.rule.value, seen.decision.until
        return TouchVerdictOut(verdict="deferred", rule=rule, text=rule_text(rule, {}, reader.language), until=until, holds=holds)
    return TouchVerdictOut(verdict="allowed", rule="", text="", until=None, holds=holds)
