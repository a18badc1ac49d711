"""An activity of a kind became known."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.happenings import kinds_meant
from liuke.act.playbooks.domain.sources import Occurrence, Sources


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    least = params.number("at_least")
    return [
        Occurrence(row.customer_id, f"event:{row.source}:{row.activity_id}"[:120], row.ts, entry={"kind": row.kind})
        for row in sources.activities(sorted(kinds_meant(params.texts("kinds"))))
        if not least or (row.value is not None and row.value >= least)
    ]


TRIGGER = TriggerKind(
    name="event",
    fields=(
        Field("kinds", FieldKind.KINDS),
        Field("at_least", FieldKind.NUMBER, required=False, low=0, high=1_000_000_000),
    ),
    find=_find,
    icon="zap",
)
