"""The score rose over a threshold, or by so many points within a week."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources

COLUMNS = {"over": "score", "rise": "score_change_7d"}


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    column, points = COLUMNS[params.text("how")], params.number("points")
    found = []
    for customer_id, row in sources.rows().items():
        value = row.get(column)
        if isinstance(value, int | float) and value >= points:
            key = f"score:{customer_id}:{sources.until.isoformat()}"
            found.append(Occurrence(customer_id, key, sources.until, entry={column: round(float(value), 1)}))
    return found


TRIGGER = TriggerKind(
    name="score_change",
    fields=(
        Field("how", FieldKind.CHOICE, choices=tuple(COLUMNS), default="over"),
        Field("points", FieldKind.NUMBER, low=1, high=100),
    ),
    find=_find,
    is_state=True,
    columns=lambda params: [COLUMNS[params.text("how")]],
    icon="trending-up",
)
