"""A customer came into a tag."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    tag = params.text("tag")
    return [Occurrence(row.customer_id, f"entered:{row.stay_id}", row.at, entry={"tag": tag}) for row in sources.entered(tag)]


TRIGGER = TriggerKind(name="segment_entered", fields=(Field("tag", FieldKind.TAG),), find=_find, icon="users")
