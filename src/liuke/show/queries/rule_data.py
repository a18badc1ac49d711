"""What about the data and the calendar may have kept a rule's signals quiet: a silent source, holidays and shutdowns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from liuke.accounts.service.calendar import calendar_of
from liuke.base.times import to_us
from liuke.rules.evaluate import ExplainedNode
from liuke.rules.syntax import Condition
from liuke.show.queries.kept import kept
from liuke.show.queries.reader import Reader
from liuke.show.queries.stamps import MINUTE_US
from liuke.show.queries.warehouse import runner
from liuke.signals.service.anomalies import signals_held
from liuke.signals.service.verification import sources_trusted

SIGNAL = "signal."
LATELY = 30
"""Days within which tolerant days are told."""


def signals_of(node: ExplainedNode) -> frozenset[str]:
    """Codes of the signals that a rule asks about."""
    return frozenset(_signals(node))


def held_of(reader: Reader, signals: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Those of `signals` that wait for a silent source (BEY-06), and the silent sources. Kept for a minute: it reads the stream."""
    if not signals:
        return frozenset(), ()
    workspace, now = reader.workspace, reader.now
    held, silent = kept(
        ("held", workspace.pk, to_us(now) // MINUTE_US),
        lambda: signals_held(runner(workspace), now, trusted=sources_trusted(workspace)),
    )
    found = held & signals
    return found, tuple(one.name for one in silent) if found else ()


def tolerant_days(reader: Reader) -> int:
    """How many of the last 30 days the calendar tolerates: holidays, campaigns and shutdowns lengthen what counts as silence."""
    calendar = calendar_of(reader.workspace, year=reader.today.year)
    return sum(calendar.is_tolerant(reader.today - timedelta(days=ago)) for ago in range(LATELY))


def _signals(node: ExplainedNode) -> Iterator[str]:
    if isinstance(node.node, Condition) and node.node.column.startswith(SIGNAL):
        yield node.node.column.removeprefix(SIGNAL)
    for part in node.parts:
        yield from _signals(part)
