"""An alert entered its level."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    levels, families = set(params.texts("levels")), set(params.texts("families"))
    return [
        Occurrence(row.customer_id, f"alert:{row.alert_id}:{row.level}", row.since, row.alert_id, {"level": row.level})
        for row in sources.alerts()
        if row.level in levels and (not families or families & row.families)
    ]


TRIGGER = TriggerKind(
    name="alert",
    fields=(
        Field("levels", FieldKind.CHOICES, choices=("early", "medium", "high")),
        Field(
            "families",
            FieldKind.CHOICES,
            required=False,
            choices=("interaction", "consumption", "service", "key_action", "competitor", "payment"),
        ),
    ),
    find=_find,
    icon="bell",
)
