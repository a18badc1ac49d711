"""People put customers into a flow by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from liuke.accounts.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How it went: entered and to be acted on, entered and held out, and why the others are not in, by customer."""

    treated: tuple[int, ...]
    holdout: tuple[int, ...]
    refused: Mapping[int, str]


def enrol_manual(*, actor: Actor, playbook_id: int, customer_ids: Collection[int]) -> Enrolled:
    """Put visible customers into a live flow, whatever its trigger: audience, re-entry, budget and hold-out hold for them too.

    Needs `handle`. Raises NotFound("customer_unknown"), Conflict("playbook_off") where the flow is off, paused or not published.
    """
    raise NotImplementedError
