"""Who is in a flow: pages, one customer's way, why not, enrolling by hand, approvals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import parse_qsl

from liuke.act.playbooks.service import (
    Stay,
    approvals_visible,
    customer_history,
    enrol_manual,
    enrolments_visible,
    playbook_get,
    why_not,
)
from liuke.act.store.models import Enrolment, EnrolmentStep, PlaybookApproval
from liuke.base.errors import Invalid
from liuke.facts.store.models import Customer
from liuke.show.api.schemas.common import CustomerRef, Page
from liuke.show.api.schemas.playbooks import (
    ApprovalOut,
    EnrolIn,
    EnrolledOut,
    EnrolmentOut,
    EnrolmentQuery,
    EnrolmentStepOut,
    EntryCheckOut,
    PastRefusalOut,
    StayOut,
    WhyNotOut,
)
from liuke.show.api.schemas.queries import CustomerQuery
from liuke.show.queries.customer_list import CustomerFilter, filtered
from liuke.show.queries.paging import Sort, chosen, cursor_read, limit_of, narrowed, page
from liuke.show.queries.playbook_builder import counted, did_text, rule_text
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.warehouse import warehouse

AT_ONCE = 1_000
"""Customers that one call puts into a flow."""
FILTERS = frozenset(one.name for one in fields(CustomerFilter) if one.type == "str")
NEWEST = Sort("entered_at", "entered_at", descending=True)


def enrolments_page(reader: Reader, playbook_id: int, wanted: EnrolmentQuery) -> Page[EnrolmentOut]:
    """Who is or was in a flow, the newest first. Raises Invalid for an unknown status or arm."""
    reader.require_customers()
    playbook = playbook_get(actor=reader.actor, playbook_id=playbook_id)
    rows = enrolments_visible(reader.actor).filter(playbook=playbook)
    statuses = chosen("status", wanted.status, Enrolment.Status.values)
    arms = chosen("arm", wanted.arm, Enrolment.Arm.values)
    for name, value in (("status__in", statuses), ("arm__in", arms), ("node", wanted.node)):
        rows = rows.filter(**{name: value}) if value else rows
    size, before = limit_of(wanted.limit), cursor_read(wanted.cursor, NEWEST.text)
    matching, total = narrowed(rows, before)
    matching = matching.select_related("playbook", "version", "customer")
    found = page([matching], NEWEST, before, size, total=total)
    items = [enrolment_out(reader, row) for row in found.rows]
    return Page(items=items, next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def enrolment_out(reader: Reader, row: Enrolment) -> EnrolmentOut:
    """One stay."""
    return EnrolmentOut(
        id=row.pk,
        playbook_id=row.playbook_id,
        playbook=row.playbook.name,
        version=row.version.number,
        customer=customer_ref(row.customer),
        arm=word(row.arm),
        status=word(row.status),
        node=row.node,
        node_text=_node_text(reader, row.version.spec, row.node),
        waiting_for=row.waiting_for,
        wake_at=row.wake_at,
        entered_at=row.entered_at,
        ended_at=row.ended_at,
        end_text=reader.text(f"playbooks.end.{row.end_reason}") if row.end_reason else "",
        goal_at=row.goal_at,
    )


def customer_ref(customer: Customer) -> CustomerRef:
    """The customer as lists show it."""
    return CustomerRef(id=customer.pk, key=customer.key, name=customer.name)


def _node_text(reader: Reader, spec: Mapping[str, object], node_id: str) -> str:
    nodes = spec.get("nodes")
    for node in nodes if isinstance(nodes, list) else []:
        if isinstance(node, Mapping) and node.get("id") == node_id:
            params = node.get("params")
            title = str(params.get("title") or params.get("text") or "") if isinstance(params, Mapping) else ""
            return title or reader.text(f"playbooks.nodes.{node.get('kind')}.name")
    return ""


def history_out(reader: Reader, customer_id: int) -> list[StayOut]:
    """One customer's stays with their steps. Raises NotFound("customer_unknown")."""
    reader.require_customers()
    return [_stay(reader, stay) for stay in customer_history(actor=reader.actor, customer_id=customer_id)]


def _stay(reader: Reader, stay: Stay) -> StayOut:
    return StayOut(enrolment=enrolment_out(reader, stay.enrolment), steps=[_step(reader, step) for step in stay.steps])


def _step(reader: Reader, step: EnrolmentStep) -> EnrolmentStepOut:
    text = did_text(reader, str(step.detail.get("key", "")), step.detail.get("params") or {})
    return EnrolmentStepOut(at=step.at, node=step.node, kind=step.kind, text=text or reader.text(f"playbooks.nodes.{step.kind}.name"))


def enrol_out(reader: Reader, playbook_id: int, data: EnrolIn) -> EnrolledOut:
    """Put customers in by hand. Raises Invalid("playbook_enrol_nobody", "playbook_enrol_many"), and what `enrol_manual` raises."""
    reader.require_customers()
    ids = set(data.customer_ids) | set(_of_filter(reader, data.filter))
    if not ids:
        raise Invalid("playbook_enrol_nobody")
    if len(ids) > AT_ONCE:
        raise Invalid("playbook_enrol_many", got=len(ids), most=AT_ONCE)
    found = enrol_manual(actor=reader.actor, warehouse=warehouse(), playbook_id=playbook_id, customer_ids=ids)
    return EnrolledOut(
        treated=len(found.treated), holdout=len(found.holdout), refused=counted(reader, Counter(found.refused.values()))
    )  # fmt: skip


def _of_filter(reader: Reader, text: str) -> list[int]:
    if not text:
        return []
    given = {name: value for name, value in parse_qsl(text.removeprefix("?")) if name in FILTERS}
    if not given:
        raise Invalid("playbook_enrol_filter", got=text[:80])
    wanted = CustomerFilter(**CustomerQuery.model_validate(given).model_dump())
    return list(filtered(reader, wanted).values_list("customer_id", flat=True)[: AT_ONCE + 1])


def why_not_out(reader: Reader, playbook_id: int, customer_id: int) -> WhyNotOut:
    """为什么没有进入, in words."""
    reader.require_customers()
    found = why_not(actor=reader.actor, warehouse=warehouse(), playbook_id=playbook_id, customer_id=customer_id)
    return WhyNotOut(
        playbook=playbook_get(actor=reader.actor, playbook_id=playbook_id).name,
        verdict=found.verdict,
        text=reader.text(f"playbooks.why.{found.verdict}"),
        checks=[
            EntryCheckOut(name=one.name, ok=one.ok, text=reader.text(f"playbooks.{'passed' if one.ok else 'why'}.{one.name}", one.params))
            for one in found.checks
        ],
        refusals=[PastRefusalOut(at=one.at, text=reader.text(f"playbooks.why.{one.reason}", one.params)) for one in found.refusals],
        touches=[
            PastRefusalOut(at=one.at, text=reader.text("playbooks.why.touch_refused", {"rule": rule_text(reader, one.reason)}))
            for one in found.touches
        ],
    )


def approvals_out(reader: Reader) -> list[ApprovalOut]:
    """What waits for this person's word, the most urgent first."""
    reader.require_customers()
    return [approval_out(row) for row in approvals_visible(reader.actor)[:200]]


def approval_out(row: PlaybookApproval) -> ApprovalOut:
    """One of them."""
    enrolment = row.enrolment
    return ApprovalOut(
        id=row.pk, playbook=enrolment.playbook.name, customer=customer_ref(enrolment.customer), text=row.text,
        asked_at=row.asked_at, due_at=row.due_at,
    )  # fmt: skip
