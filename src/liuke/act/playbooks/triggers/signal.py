"""A signal fires that did not fire before."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    found = []
    for customer_id, row in sources.rows().items():
        fired = [code for code in params.texts("signals") if row.get(f"signal.{code}") is True]
        if fired:
            key = f"signal:{customer_id}:{sources.until.isoformat()}"
            found.append(Occurrence(customer_id, key, sources.until, entry={"signal": fired[0]}))
    return found


def _columns(params: Params) -> Sequence[str]:
    return [f"signal.{code}" for code in params.texts("signals")]


TRIGGER = TriggerKind(
    name="signal",
    fields=(Field("signals", FieldKind.SIGNALS),),
    find=_find,
    is_state=True,
    columns=_columns,
    icon="activity",
)
