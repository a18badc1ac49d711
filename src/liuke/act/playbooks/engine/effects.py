"""Does what steps ask for, in the transaction that moves their enrolments: each thing is named by enrolment and visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from liuke.accounts.domain.actor import system
from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain import Budget
from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages.service import MessageRequest, messages_send_many
from liuke.act.playbooks.domain.contract import (
    AskApproval,
    AssignTo,
    CallWebhook,
    Effect,
    GiveCoupon,
    GivePoints,
    MakeItem,
    OpenGroup,
    Plain,
    SendMessage,
    SetTag,
)
from liuke.act.playbooks.engine.asking import Asked, approvals_ask
from liuke.act.playbooks.engine.benefits import NO_COUPON, Given, coupon_give, coupons_given, points_give
from liuke.act.playbooks.engine.flows import Flow
from liuke.act.store.models import CustomerMessage
from liuke.act.tasks.handling import customers_assign
from liuke.act.tasks.playbook import ItemAsk, items_for_playbook_many
from liuke.base.times import utc_now
from liuke.jobs.store.models import OutboxMessage
from liuke.segments.service.members import hand_add, hand_remove

CHUNK = 500
WEBHOOK, GROUP = "playbook.webhook", "playbook.group"
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Deed:
    """An effect with whom it is for."""

    enrolment_id: int
    customer_id: int
    seq: int
    effect: Effect

    @property
    def key(self) -> str:
        """The same visit of the same enrolment has one effect, however often it is tried."""
        return f"playbook:{self.enrolment_id}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: whether the way `done` is open, and what history says."""

    allowed: bool
    params: dict[str, Plain]


def questions_answer(workspace: Workspace, flow: Flow, deeds: Sequence[Deed], now: datetime) -> dict[tuple[int, int], Answer]:
    """Send messages and give coupons, and tell what stood against it, by enrolment and seq."""
    budget = Budget(flow.spec.budget.per_head, flow.spec.budget.total)
    asked = [(deed, deed.effect) for deed in deeds if isinstance(deed.effect, SendMessage)]
    given = coupons_given(flow, {deed.enrolment_id for deed, _ in asked}) if flow.needs.coupons and asked else {}
    requests = [_request(flow, deed, send, given.get(deed.enrolment_id, NO_COUPON), budget) for deed, send in asked]
    messages = messages_send_many(workspace=workspace, requests=requests, at=now)
    sent = {(deed.enrolment_id, deed.seq): _answer(message) for (deed, _), message in zip(asked, messages, strict=True)}
    return sent | {(deed.enrolment_id, deed.seq): _coupon(flow, deed, give, now) for deed, give in _of(deeds, GiveCoupon)}


def _request(flow: Flow, deed: Deed, send: SendMessage, coupon: Given, budget: Budget) -> MessageRequest:
    """A coupon fills the words of every message, and is judged as an offer where the message is for marketing."""
    return MessageRequest(
        customer_id=deed.customer_id, channel=send.channel, template_code=send.template, purpose=Purpose(send.purpose), key=deed.key,
        enrolment_id=deed.enrolment_id, playbook_id=flow.playbook.pk, cost=send.cost, budget=budget,
        variables=(*send.variables.items(), *coupon.variables),
        coupon=coupon.offer if send.purpose == Purpose.MARKETING else None,
    )  # fmt: skip


def _coupon(flow: Flow, deed: Deed, give: GiveCoupon, now: datetime) -> Answer:
    given, against = coupon_give(flow=flow, customer_id=deed.customer_id, key=deed.key, asked=give, now=now)
    return Answer(given, {"rule": against})


def _answer(message: CustomerMessage) -> Answer:
    said: dict[str, Plain] = {"message": message.pk, "status": message.status, "rule": message.reason}
    return Answer(message.status != CustomerMessage.Status.REFUSED, said)


def effects_do(workspace: Workspace, flow: Flow, deeds: Sequence[Deed], now: datetime) -> None:
    """Everything but messages, with few statements for each kind."""
    if not deeds:
        return
    _items(workspace, _of(deeds, MakeItem), now)
    _assign(workspace, _of(deeds, AssignTo))
    _tags(workspace, _of(deeds, SetTag), now)
    _outgoing(workspace, flow, deeds)
    asked = [Asked(deed.enrolment_id, deed.seq, deed.customer_id, deed.key, ask) for deed, ask in _of(deeds, AskApproval)]
    approvals_ask(workspace, asked, now)
    points_give(workspace, [(deed.customer_id, deed.key, give) for deed, give in _of(deeds, GivePoints)], now)


def _of(deeds: Sequence[Deed], kind: type[Kind]) -> list[tuple[Deed, Kind]]:
    return [(deed, deed.effect) for deed in deeds if isinstance(deed.effect, kind)]


def _items(workspace: Workspace, asked: Sequence[tuple[Deed, MakeItem]], now: datetime) -> None:
    if asked:
        asks = [
            ItemAsk(deed.customer_id, item.title, deed.key, item.owner_id, item.due_at, item.plan_code, item.note) for deed, item in asked
        ]
        items_for_playbook_many(workspace=workspace, asks=asks, at=now)


def _assign(workspace: Workspace, asked: Sequence[tuple[Deed, AssignTo]]) -> None:
    by_member: defaultdict[int, list[int]] = defaultdict(list)
    for deed, assign in asked:
        by_member[assign.member_id].append(deed.customer_id)
    for member, customers in sorted(by_member.items()):
        customers_assign(actor=system(workspace.pk), customer_ids=customers, owner_id=member)


def _tags(workspace: Workspace, asked: Sequence[tuple[Deed, SetTag]], now: datetime) -> None:
    by_tag: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    for deed, tag in asked:
        by_tag[tag.code, tag.add].append(deed.customer_id)
    for (code, add), customers in by_tag.items():
        if add:
            hand_add(workspace=workspace, code=code, customers=customers, now=now, by=None)
        else:
            hand_remove(workspace=workspace, code=code, customers=customers, now=now)


def _outgoing(workspace: Workspace, flow: Flow, deeds: Sequence[Deed]) -> None:
    rows = []
    for deed in deeds:
        payload: dict[str, Plain] = {"customer": deed.customer_id, "playbook": flow.playbook.pk, "enrolment": deed.enrolment_id}
        if isinstance(deed.effect, CallWebhook):
            payload |= {"channel": deed.effect.way_out, "event": deed.effect.event, "text": deed.effect.text}
            rows.append(OutboxMessage(key=deed.key, topic=WEBHOOK, payload=payload, workspace=workspace, run_at=utc_now()))
        elif isinstance(deed.effect, OpenGroup):
            payload |= {"channel": deed.effect.way_out, "name": deed.effect.name, "text": deed.effect.first_text}
            rows.append(OutboxMessage(key=deed.key, topic=GROUP, payload=payload, workspace=workspace, run_at=utc_now()))
    OutboxMessage.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
