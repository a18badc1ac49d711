"""From requests to rows: judged, reserved and put into the outbox in one transaction, under the workspace's lock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain import NO_BUDGET, Allowed, Budget, CouponOffer, Decision, Deferred, Refused
from liuke.act.governor.domain_policy import Purpose
from liuke.act.governor.pasts import governor_lock
from liuke.act.messages.domain import MessageRequest
from liuke.act.messages.links import links_tracked
from liuke.act.messages.preparing import Preparation, Prepared
from liuke.act.outgoing.sealing import seal_text
from liuke.act.store.models import CustomerMessage, GovernorDecision
from liuke.base.errors import Invalid, NotFound
from liuke.jobs.store.models import OutboxMessage

Status = CustomerMessage.Status
Verdict = GovernorDecision.Verdict
CHUNK = 500
TOPIC = "customer."


def message_send(
    *,
    workspace: Workspace,
    customer_id: int,
    channel: str,
    template_code: str,
    purpose: str,
    key: str,
    at: datetime,
    enrolment_id: int | None = None,
    playbook_id: int | None = None,
    cost: Decimal = Decimal(0),
    variables: Mapping[str, str] | None = None,
    coupon: CouponOffer | None = None,
    budget: Budget = NO_BUDGET,
    by: int | None = None,
) -> CustomerMessage:
    """One message, judged and on its way (or refused, deferred, suppressed); the same `key` is the same message.

    `at` is the workspace's present. Call it in the transaction of its cause. Raises Invalid for a purpose that there is not,
    NotFound for a customer of another workspace.
    """
    if purpose not in list(Purpose):
        raise Invalid("message_purpose", got=purpose, allowed=" | ".join(Purpose))
    request = MessageRequest(
        customer_id, channel, template_code, Purpose(purpose), key, enrolment_id, playbook_id, cost,
        tuple((variables or {}).items()), coupon, budget, by,
    )  # fmt: skip
    return messages_send_many(workspace=workspace, requests=[request], at=at)[0]


def messages_send_many(*, workspace: Workspace, requests: Sequence[MessageRequest], at: datetime) -> list[CustomerMessage]:
    """Many messages, in the order of the requests, with few statements whatever their number.

    Earlier requests use up the caps that later ones find. Raises NotFound("customer_unknown") for a customer of another workspace.
    """
    if not requests:
        return []
    with transaction.atomic():
        governor_lock(workspace.pk)
        known = {row.key: row for row in CustomerMessage.objects.filter(workspace=workspace, key__in=[each.key for each in requests])}
        fresh = {each.key: each for each in requests if each.key not in known}
        if fresh:
            known |= {row.key: row for row in _stored(workspace, list(fresh.values()), at)}
        return [known[each.key] for each in requests]


def _stored(workspace: Workspace, requests: Sequence[MessageRequest], at: datetime) -> list[CustomerMessage]:
    preparation = Preparation(workspace, requests, at)
    strangers = {each.customer_id for each in requests} - set(preparation.book.customers)
    if strangers:
        raise NotFound("customer_unknown", customer_id=min(strangers))
    rows: list[CustomerMessage] = []
    words: list[GovernorDecision] = []
    for request in requests:
        prepared = preparation.prepared(request)
        word = preparation.judged(prepared)
        if not isinstance(word, tuple):
            preparation.pasts.reserve(prepared.touch, word, at)
        row = _row(workspace, prepared, word, preparation, at)
        rows.append(row)
        words += _words(row, word, at)
    CustomerMessage.objects.bulk_create(rows, batch_size=CHUNK)
    GovernorDecision.objects.bulk_create(words, batch_size=CHUNK)
    links_tracked([row for row in rows if row.counts])
    leaving = [row for row in rows if row.status in {Status.QUEUED, Status.DEFERRED}]
    OutboxMessage.objects.bulk_create([outbox_row(row) for row in leaving], batch_size=CHUNK)
    return rows


def outbox_row(row: CustomerMessage, *, again: int = 0) -> OutboxMessage:
    """What carries a message out at `planned_at`. `again`: how often it has been put off after it had come up for delivery."""
    key = f"customer:{row.pk}" + (f":{again}" if again else "")
    payload = {"message": row.pk, "again": again}
    return OutboxMessage(key=key, topic=f"{TOPIC}{row.channel}", payload=payload, workspace_id=row.workspace_id, run_at=row.planned_at)


def _row(
    workspace: Workspace, prepared: Prepared, word: Decision | tuple[str, dict[str, str]], preparation: Preparation, at: datetime
) -> CustomerMessage:
    request, way, filled = prepared.request, prepared.way, prepared.text_of()
    status, reason = _status(word, preparation, workspace)
    counts = isinstance(word, Allowed | Deferred)
    row = CustomerMessage(
        workspace=workspace, customer_id=request.customer_id, contact_id=way.contact_id if way else None,
        channel=prepared.kind or prepared.medium, medium=prepared.medium, purpose=request.purpose.value,
        template_code=request.template_code[:60], key=request.key, status=status, reason=reason,
        address=seal_text(way.address) if way and counts else None, digest=way.digest if way else "", subject=filled.subject,
        text=filled.text, params=dict(filled.params), token=secrets.token_urlsafe(32), counts=counts, dry=preparation.pasts.dry,
        planned_at=word.until if isinstance(word, Deferred) else at,
        cost=preparation.pasts.policy.cost(prepared.medium, request.cost) if counts else Decimal(0),
        playbook_id=request.playbook_id, enrolment_id=request.enrolment_id, by_id=request.by, created_at=at,
    )  # fmt: skip
    if prepared.template:
        row.template_number, row.sms_template = prepared.template.number, prepared.template.sms_template
    if request.coupon:
        offer = request.coupon
        row.offer, row.offer_segment, row.offer_reason = offer.offer[:60], offer.segment[:60], offer.reason[:200]
    return row


def _status(word: Decision | tuple[str, dict[str, str]], preparation: Preparation, workspace: Workspace) -> tuple[str, str]:
    if isinstance(word, tuple):
        return Status.REFUSED, word[0]
    if isinstance(word, Refused):
        return Status.REFUSED, word.rule.value
    if preparation.pasts.dry:
        return Status.SUPPRESSED, held_by(workspace)
    return (Status.DEFERRED, word.rule.value) if isinstance(word, Deferred) else (Status.QUEUED, "")


def held_by(workspace: Workspace) -> str:
    """Why nothing leaves a workspace that only rehearses."""
    return "simulated" if workspace.simulated_as_of is not None else "dry_run"


def _words(row: CustomerMessage, word: Decision | tuple[str, dict[str, str]], at: datetime) -> list[GovernorDecision]:
    """What people can read afterwards: nothing for a message that simply leaves."""
    found: list[GovernorDecision] = []
    if isinstance(word, tuple):
        found.append(decision_row(row, Verdict.REFUSED, word[0], at, params=word[1]))
    elif isinstance(word, Refused):
        found.append(decision_row(row, Verdict.REFUSED, word.rule.value, at, params=word.params))
    elif isinstance(word, Deferred):
        found.append(decision_row(row, Verdict.DEFERRED, word.rule.value, at, until=word.until))
    if row.status == Status.SUPPRESSED:
        found.append(decision_row(row, Verdict.HELD, row.reason, at))
    return found


def decision_row(
    row: CustomerMessage,
    verdict: str,
    rule: str,
    at: datetime,
    *,
    params: Mapping[str, object] | None = None,
    until: datetime | None = None,
) -> GovernorDecision:
    """A line of the refusals log, not yet stored."""
    return GovernorDecision(
        workspace_id=row.workspace_id, customer_id=row.customer_id, message=row, verdict=verdict, rule=rule, params=dict(params or {}),
        channel=row.channel, purpose=row.purpose, playbook_id=row.playbook_id, at=at, until=until,
    )  # fmt: skip
