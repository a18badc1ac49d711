"""Nobody enters by itself: people put customers in."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Params
from liuke.act.playbooks.domain.sources import Occurrence, Sources


def _find(_params: Params, _sources: Sources) -> Sequence[Occurrence]:
    return ()


TRIGGER = TriggerKind(name="manual", fields=(), find=_find, icon="hand")
