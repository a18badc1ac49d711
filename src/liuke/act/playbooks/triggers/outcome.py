"""A result was registered: 召回 begins where a customer was lost."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    kinds = set(params.texts("kinds"))
    return [
        Occurrence(row.customer_id, f"outcome:{row.outcome_id}", row.at, entry={"outcome": row.kind})
        for row in sources.outcomes()
        if row.kind in kinds
    ]


TRIGGER = TriggerKind(
    name="outcome",
    fields=(Field("kinds", FieldKind.CHOICES, choices=("renewed", "repurchased", "churned", "paused", "unsaveable")),),
    find=_find,
    icon="circle-check",
)
