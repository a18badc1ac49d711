"""A date of the customer comes near: a contract's end, an anniversary, a payment's due date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from liuke.act.playbooks.domain.contract import TriggerKind
from liuke.act.playbooks.domain.fields import Field, FieldKind, Params
from liuke.act.playbooks.domain.sources import DayRow, Occurrence, Sources
from liuke.base.times import day_start


def _find(params: Params, sources: Sources) -> Sequence[Occurrence]:
    """`days` after the date, before it where negative: each day of the span stands for the date that lies so far from it."""
    found: list[Occurrence] = []
    for today in sources.days():
        wanted = today - timedelta(days=params.whole("days"))
        for row in _rows(params.text("what"), wanted, sources):
            key = f"{params.text('what')}:{row.key}:{wanted.isoformat()}"
            found.append(Occurrence(row.customer_id, key, day_start(today, sources.zone), entry={"date": wanted.isoformat()}))
    return found


def _rows(what: str, wanted: date, sources: Sources) -> Sequence[DayRow]:
    if what == "contract_ends":
        return sources.contract_ends(wanted, wanted)
    if what == "payment_due":
        return sources.payments_due(wanted, wanted)
    return [row for row in sources.registered() if row.day < wanted and _same_day(row.day, wanted)]


def _same_day(born: date, today: date) -> bool:
    """29 February is kept on the 28th in years without one."""
    if (born.month, born.day) == (today.month, today.day):
        return True
    return (born.month, born.day) == (2, 29) and (today.month, today.day) == (2, 28) and (today + timedelta(days=1)).month == 3


TRIGGER = TriggerKind(
    name="date",
    fields=(
        Field("what", FieldKind.CHOICE, choices=("contract_ends", "anniversary", "payment_due")),
        Field("days", FieldKind.WHOLE, low=-365, high=365, default=0),
    ),
    find=_find,
    icon="calendar-clock",
)
