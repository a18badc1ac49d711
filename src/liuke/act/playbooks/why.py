"""「为什么没有触发」: for any customer and flow, what was looked at and what stood against it (BEY-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.act.store.models import Enrolment
from liuke.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `playbooks.why.<name>` says what it means where `ok` is false."""

    name: str
    ok: bool
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PastRefusal:
    """An occurrence that led to no entry."""

    at: datetime
    reason: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`verdict`: `entered`, `holdout`, or the name of the first check that fails. `enrolment`: the newest stay, if there is one."""

    verdict: str
    checks: Sequence[Check]
    refusals: Sequence[PastRefusal]
    enrolment: Enrolment | None
    touches: Sequence[PastRefusal]
    """Messages of this flow to the customer that the governor refused or deferred."""


def why_not(*, actor: Actor, warehouse: Warehouse, playbook_id: int, customer_id: int) -> WhyNot:
    """The answer for one visible customer, as of the workspace clock. Raises NotFound."""
    raise NotImplementedError
