"""What counts as lost (SCR-10), per workspace."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChurnDefinition:
    """A customer is lost after `days` without any of `kinds`; SaaS: 90 d without login, e-commerce: 180 d without an order."""

    kinds: Collection[str] = ("order.placed",)
    days: int = 180
