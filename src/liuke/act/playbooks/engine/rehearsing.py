"""The governor's word for a rehearsal: asked without writing, remembering what it allowed before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.governor.domain import Budget, Decision, Deferred, Refused, Touch
from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages.service import governor_preview
from liuke.act.playbooks.domain.rehearsal import Asked, Governor, Ruled
from liuke.act.playbooks.engine.flows import Flow


def governor_of(workspace: Workspace, flow: Flow, now: datetime) -> Governor:
    """Judges messages of a rehearsal that began at `now`."""
    budget = Budget(flow.spec.budget.per_head, flow.spec.budget.total)
    past: list[Touch] = []

    def judge(asked: Sequence[Asked]) -> Sequence[Ruled]:
        new = [
            Touch(
                one.customer_id,
                one.send.channel,
                Purpose(one.send.purpose),
                "",
                one.send.cost,
                None,
                flow.playbook.pk,
                one.at,
                budget=budget,
            )
            for one in asked
        ]
        words = governor_preview(workspace=workspace, touches=[*past, *new], now=now)[len(past) :]
        past.extend(touch for touch, word in zip(new, words, strict=True) if not isinstance(word, Refused))
        return [_ruled(one, word) for one, word in zip(asked, words, strict=True)]

    return judge


def _ruled(asked: Asked, word: Decision) -> Ruled:
    if isinstance(word, Refused):
        return Ruled(False, word.rule.value)
    return Ruled(True, word.rule.value if isinstance(word, Deferred) else "", asked.send.cost)
