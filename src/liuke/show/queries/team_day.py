"""The day's list for the hours that people have (BEY-11), with what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from liuke.act.tasks.day import DayOf, day_lists
from liuke.alert.domain.capacity import Efforts, Left
from liuke.alert.domain.recipients import Staff
from liuke.alert.service import staff_of
from liuke.alert.service.capacity import efforts_of
from liuke.alert.store.models import Alert, MemberCapacity
from liuke.score.domain.levels import Level
from liuke.show.api.schemas.team import DayItem, DayOut, DayRow, EffortsOut
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.team_board import known, members_led

LEFT_SHOWN = 10


def day_out(*, reader: Reader, own: bool = False) -> DayOut:
    """Everybody's day whom the reader leads; `own`: the reader's alone."""
    members = [member.pk for member in members_led(reader)]
    if own:
        members = [member for member in members if member == reader.actor.membership_id]
    staff, efforts = staff_of(reader.workspace.pk, reader.today), efforts_of(reader.workspace.pk)
    days = day_lists(workspace=reader.workspace, members=members, staff=staff, now=reader.now)
    named = {one for day in days.values() for one in (*day.listed.chosen, *_largest(day))}
    alerts = Alert.objects.select_related("customer").in_bulk(list(named))
    changed = set(MemberCapacity.objects.filter(member_id__in=members).values_list("member_id", flat=True))
    rows = [_row(reader, member, days[member], alerts, (staff, efforts, changed)) for member in members]
    return DayOut(as_of=reader.now, efforts=efforts_out(efforts), rows=rows)


def efforts_out(efforts: Efforts) -> EffortsOut:
    """Efforts as the API shows them."""
    return EffortsOut(minutes={level.value: minutes for level, minutes in efforts.minutes.items()}, per_day=efforts.per_day)


def _largest(day: DayOf) -> list[int]:
    """Those left out for want of time, as they stand in the list: the largest come first."""
    return [one for one, why in day.listed.left.items() if why is Left.NO_TIME][:LEFT_SHOWN]


def _row(reader: Reader, member: int, day: DayOf, alerts: Mapping[int, Alert], world: tuple[Staff, Efforts, set[int]]) -> DayRow:
    staff, efforts, changed = world
    promised = {one: one in day.promised for one in day.listed.chosen}
    left = sorted((alerts[one] for one in _largest(day) if one in alerts), key=lambda alert: (-alert.expected_loss, alert.pk))
    return DayRow(
        person=known(reader, member),
        away=staff.reader(member) != member,
        minutes=day.minutes,
        own_minutes=member in changed,
        used=day.listed.minutes,
        expected_loss=day.listed.expected_loss,
        chosen=[_item(reader, alerts[one], efforts, promised=promised[one]) for one in day.listed.chosen if one in alerts],
        left=[_item(reader, alert, efforts, why=Left.NO_TIME) for alert in left],
        left_counts=dict(Counter(why.value for why in day.listed.left.values())),
    )


def _item(reader: Reader, alert: Alert, efforts: Efforts, *, promised: bool = False, why: Left | None = None) -> DayItem:
    customer = alert.customer
    return DayItem(
        alert_id=alert.pk, customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        level=word(alert.level), score=alert.score, expected_loss=float(alert.expected_loss), minutes=efforts.minutes[Level(alert.level)],
        promised=promised, reason=reader.top_reason(alert.reasons), why_left=word(why.value) if why else None,
    )  # fmt: skip
