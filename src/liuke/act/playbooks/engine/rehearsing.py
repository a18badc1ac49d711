"""The word on messages and coupons of a rehearsal: asked without writing, remembering what was allowed before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain import Budget, Decision, Deferred, Refused, Touch
from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages.service import governor_preview
from liuke.act.playbooks.domain.contract import GiveCoupon, SendMessage
from liuke.act.playbooks.domain.rehearsal import Asked, Governor, Ruled
from liuke.act.playbooks.engine.flows import Flow
from liuke.act.playbooks.engine.rehearsing_coupons import CouponDesk


def governor_of(workspace: Workspace, flow: Flow, now: datetime) -> Governor:
    """Judges messages and coupons of a rehearsal that began at `now`."""
    budget = Budget(flow.spec.budget.per_head, flow.spec.budget.total)
    desk = CouponDesk(flow, now)
    past: list[Touch] = []

    def touch(one: Asked, send: SendMessage) -> Touch:
        offer = desk.offer_of(one.customer_id) if send.purpose == Purpose.MARKETING else None
        return Touch(
            one.customer_id, send.channel, Purpose(send.purpose), "", send.cost, offer, flow.playbook.pk, one.at, budget=budget
        )  # fmt: skip

    def messages(asked: Sequence[tuple[Asked, SendMessage]]) -> list[Ruled]:
        new = [touch(one, send) for one, send in asked]
        words = governor_preview(workspace=workspace, touches=[*past, *new], now=now)[len(past) :]
        past.extend(one for one, word in zip(new, words, strict=True) if not isinstance(word, Refused))
        ruled = [_ruled(send, word) for (_, send), word in zip(asked, words, strict=True)]
        for (one, _), word in zip(asked, ruled, strict=True):
            desk.spend(one.customer_id, word.cost)
        return ruled

    def judge(asked: Sequence[Asked]) -> Sequence[Ruled]:
        sends = iter(messages([(one, one.effect) for one in asked if isinstance(one.effect, SendMessage)]))
        return [desk.give(one.customer_id, one.effect, one.at) if isinstance(one.effect, GiveCoupon) else next(sends) for one in asked]

    return judge


def _ruled(send: SendMessage, word: Decision) -> Ruled:
    if isinstance(word, Refused):
        return Ruled(False, word.rule.value)
    return Ruled(True, word.rule.value if isinstance(word, Deferred) else "", send.cost)
