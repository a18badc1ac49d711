"""The activities behind one condition of a rule, as of the scoring that it was read at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.base.times import from_us
from liuke.facts.service import activity_counts_read, evidence_read
from liuke.features.domain.moment import Moment
from liuke.features.service.metrics import metrics_of
from liuke.rules.syntax import Condition, Demand, Node
from liuke.score.domain.measured import LAST_INTERACTION, LAST_ORDER
from liuke.show.api.schemas.customers import TimelineItem
from liuke.show.domain.windows import EVER, Behind, behind_demand, behind_metric
from liuke.show.queries.config import config_of
from liuke.show.queries.reader import Reader
from liuke.show.queries.timeline import activity_item
from liuke.show.queries.warehouse import warehouse
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.service import evidence

SIGNAL = "signal."
ROWS = 5
"""Rows shown of one condition, the newest."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The newest activities behind something, of `total`, since `start`."""

    items: list[TimelineItem]
    total: int
    start: datetime | None


NO_ROWS = Rows([], 0, None)


class Proofs:
    """Reads the rows behind conditions for one customer; what does not come from activities has none."""

    def __init__(self, reader: Reader, customer_id: int, as_of: datetime) -> None:
        self.reader, self.customer_id = reader, customer_id
        self.moment = Moment(as_of, reader.workspace.time_zone)
        self.metrics = {metric.code: metric.declared for metric in metrics_of(reader.workspace)}
        self.signals = config_of(reader.workspace).signals

    def of(self, node: Node, *, limit: int = ROWS) -> Rows:
        """The rows behind a single condition, the newest first."""
        if isinstance(node, Condition):
            return self._condition(node, limit)
        if isinstance(node, Demand):
            return self._read(behind_demand(node), limit)
        return NO_ROWS

    def _condition(self, node: Condition, limit: int) -> Rows:
        name = node.column
        if name.startswith(SIGNAL) and name.removeprefix(SIGNAL) in BY_CODE:
            return self._signal(name.removeprefix(SIGNAL), limit)
        behind = _FIXED.get(name) or behind_metric(self.metrics.get(name, ()))
        return NO_ROWS if behind is None else self._read(behind, limit)

    def _signal(self, code: str, limit: int) -> Rows:
        setting = self.signals.get(code)
        moment = self.moment
        window = evidence(signal=code, params=setting.params if setting else None, as_of=moment.as_of, zone=moment.zone)
        return self._rows(window.kinds, window.but, window.since_us, min(window.newest or limit, limit), window.texts)

    def _read(self, behind: Behind, limit: int) -> Rows:
        return self._rows(behind.kinds, behind.but, self.moment.back_us(behind.days), limit)

    def _rows(
        self, kinds: Collection[str], but: Collection[str], since_us: int, limit: int, texts: Sequence[tuple[str, float]] = ()
    ) -> Rows:
        reader, who, stream = self.reader, self.customer_id, warehouse()
        if not kinds:
            counts = activity_counts_read(actor=reader.actor, customer_id=who, warehouse=stream)
            kinds = [kind for kind in counts if kind not in but]
        found = evidence_read(
            actor=reader.actor, customer_id=who, warehouse=stream, kinds=kinds, from_us=since_us, until_us=self.moment.us, limit=limit,
            texts=texts,
        )  # fmt: skip
        return Rows([activity_item(reader, row) for row in found.activities], found.total, from_us(since_us))


_FIXED = {
    "last_order_at": Behind(LAST_ORDER.kinds, (), EVER),
    "last_interaction_at": Behind((), LAST_INTERACTION.but, EVER),
    "annual_value": Behind(LAST_ORDER.kinds, (), 365),
}
