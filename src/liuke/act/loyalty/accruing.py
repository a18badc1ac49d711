"""Nightly: orders become points, levels move, what has come to its end lapses. Safe to repeat from where it stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from liuke.accounts.store.models import Workspace
from liuke.act.loyalty.domain.earning import Earned, Purchase, earned
from liuke.act.loyalty.domain.levels import Standing, level_named, placed
from liuke.act.loyalty.domain.programme import Programme
from liuke.act.loyalty.points import Line, Reason, lines_append, points_lapse
from liuke.act.loyalty.programme import programme_of
from liuke.act.loyalty.referrals import chain_of
from liuke.act.store.models import LoyaltyMark, LoyaltyMember, PointsEntry, Referral
from liuke.base.times import DAY_US, day_start, from_us, local_day, to_us
from liuke.facts.store.models import Customer
from liuke.warehouse import Warehouse
from liuke.warehouse.frames import frame_schema

_CHUNK = 500
_ORDERS = """
    WITH orders AS (
        SELECT customer_id, source, activity_id, ts_us, known_us, value,
               CASE WHEN ts_us - lag(ts_us) OVER by_customer > $silent_us THEN 1 ELSE 0 END AS returns
        FROM activity WHERE kind = 'order.placed' AND ts_us < $now_us
        WINDOW by_customer AS (PARTITION BY customer_id ORDER BY ts_us, activity_id)
    ), spells AS (
        SELECT *, sum(returns) OVER (PARTITION BY customer_id ORDER BY ts_us, activity_id) AS spell FROM orders
    ), numbered AS (
        SELECT *, row_number() OVER (PARTITION BY customer_id, spell ORDER BY ts_us, activity_id) AS place FROM spells
    )
    SELECT customer_id, source, activity_id, ts_us, known_us, coalesce(value, 0) AS value,
           CASE WHEN spell = 0 THEN 0 ELSE place END AS after_silence
    FROM numbered WHERE known_us > $since_us AND known_us <= $now_us AND ts_us >= $start_us ORDER BY ts_us, activity_id
"""
"""Orders that became known since, each with its number after a silence (0 = there was none in all of the past)."""
_CANCELLED = """
    SELECT customer_id, source, activity_id, ts_us, known_us, coalesce(value, 0) AS value FROM activity
    WHERE kind = 'order.cancelled' AND known_us > $since_us AND known_us <= $now_us AND ts_us >= $start_us AND ts_us < $now_us
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a customer when points are reckoned."""

    level: str = ""
    risk: str = "normal"


def loyalty_run(*, workspace: Workspace, warehouse: Warehouse, now: datetime) -> dict[str, int]:
    """Accrue, move levels, write off; counts. Nothing where the programme is off or has not begun."""
    programme = programme_of(workspace.pk)
    if not programme.enabled or programme.starts_on is None or programme.starts_on > local_day(now, workspace.time_zone):
        return {"lines": 0, "levels": 0, "lapsed": 0}
    levels = levels_move(workspace=workspace, warehouse=warehouse, programme=programme, now=now)
    lines = orders_accrue(workspace=workspace, warehouse=warehouse, programme=programme, now=now)
    return {"lines": lines, "levels": levels, "lapsed": points_lapse(workspace=workspace, now=now)}


def levels_move(*, workspace: Workspace, warehouse: Warehouse, programme: Programme, now: datetime) -> int:
    """Everybody's level by the yearly amount of the last scoring; how many changed."""
    if "annual_value" not in frame_schema(warehouse, workspace.pk):
        return 0
    alive = set(Customer.objects.filter(workspace=workspace).values_list("id", flat=True))
    members = {row.customer_id: row for row in LoyaltyMember.objects.filter(workspace=workspace)}
    today, changed = local_day(now, workspace.time_zone), []
    for customer_id, amount in _yearly(workspace, warehouse, alive).items():
        member = members.get(customer_id) or LoyaltyMember(customer_id=customer_id, workspace=workspace)
        before = Standing(member.level, member.since, member.keep_until)
        after = placed(amount, before, programme, today)
        if after == before and (member.pk is None or float(member.yearly) == round(amount, 2)):
            continue
        member.level, member.since, member.keep_until = after.level, after.since, after.keep_until
        member.yearly, member.updated_at = Decimal(str(round(amount, 2))), now
        changed.append(member)
    _levels_write(changed)
    return len(changed)


def _levels_write(members: Sequence[LoyaltyMember]) -> None:
    fresh, known = [row for row in members if row.pk is None], [row for row in members if row.pk is not None]
    with transaction.atomic():
        LoyaltyMember.objects.bulk_create(fresh, ignore_conflicts=True)
        LoyaltyMember.objects.bulk_update(known, ["level", "since", "keep_until", "yearly", "updated_at"], batch_size=_CHUNK)


def _yearly(workspace: Workspace, warehouse: Warehouse, alive: Collection[int]) -> dict[int, float]:
    """The yearly amount of the customers that there still are."""
    rows = warehouse.query(workspace.pk, "SELECT customer_id, annual_value FROM frame").to_pylist()
    return {int(row["customer_id"]): float(row["annual_value"] or 0) for row in rows if int(row["customer_id"]) in alive}


def orders_accrue(*, workspace: Workspace, warehouse: Warehouse, programme: Programme, now: datetime) -> int:
    """Points for orders that became known since the last run; an order that changed is corrected by its difference."""
    start = day_start(programme.starts_on, workspace.time_zone) if programme.starts_on else now
    mark = LoyaltyMark.objects.filter(workspace=workspace).first()
    since = mark.accrued_until if mark else start - timedelta(days=1)
    if since >= now:
        return 0
    bounds = {"since_us": to_us(since) if mark else 0, "now_us": to_us(now), "start_us": to_us(start)}
    orders = warehouse.query(workspace.pk, _ORDERS, {**bounds, "silent_us": programme.winback.silent_days * DAY_US}).to_pylist()
    cancelled = warehouse.query(workspace.pk, _CANCELLED, bounds).to_pylist()
    known = _known(workspace, warehouse)
    lines = 0
    with transaction.atomic():
        for begin in range(0, len(orders), _CHUNK):
            lines += lines_append(workspace.pk, _order_lines(workspace, orders[begin : begin + _CHUNK], known, programme))
        lines += lines_append(workspace.pk, _cancel_lines(workspace, cancelled, programme))
        lines += lines_append(workspace.pk, _referral_lines(workspace, orders, programme))
        LoyaltyMark.objects.update_or_create(workspace=workspace, defaults={"accrued_until": now})
    return lines


def _known(workspace: Workspace, warehouse: Warehouse) -> Mapping[int, _Known]:
    risks: dict[int, str] = {}
    if "level" in frame_schema(warehouse, workspace.pk):
        for row in warehouse.query(workspace.pk, "SELECT customer_id, level FROM frame").to_pylist():
            risks[int(row["customer_id"])] = str(row["level"])
    levels = dict(LoyaltyMember.objects.filter(workspace=workspace).values_list("customer_id", "level"))
    return {customer: _Known(levels.get(customer, ""), risks.get(customer, "normal")) for customer in risks.keys() | levels.keys()}


def _order_lines(
    workspace: Workspace, orders: Sequence[Mapping[str, object]], known: Mapping[int, _Known], programme: Programme
) -> list[Line]:
    refs = [_ref(row) for row in orders]
    booked = _booked(workspace, refs)
    lines = []
    for ref, row in zip(refs, orders, strict=True):
        customer_id, at = _whole(row["customer_id"]), from_us(_whole(row["ts_us"]))
        about = known.get(customer_id, _Known())
        purchase = Purchase(_amount(row["value"]), local_day(at, workspace.time_zone), _whole(row["after_silence"]))
        gained: Earned = earned(purchase, level=level_named(about.level, programme), risk=about.risk, programme=programme)
        first, expires_at = ref not in booked, at + timedelta(days=programme.expire_days)
        difference = gained.points - booked.get(ref, 0)
        if difference:
            reason = Reason.CORRECTION if not first else Reason.WINBACK if gained.winback else Reason.ORDER
            key = ref if first else f"{ref}:{row['known_us']}"
            lines.append(
                Line(customer_id, difference, reason, key, at, expires_at if difference > 0 else None, ref=ref, note=_note(gained))
            )
    return lines


def _note(gained: Earned) -> str:
    """How the points came about, for whoever explains them: `×1.5 ×2 +200`."""
    factors = (gained.level_factor, gained.risk_factor, gained.day_factor)
    parts = [f"×{factor:g}" for factor in factors if factor != 1]
    return " ".join([*parts, *([f"+{gained.winback}"] if gained.winback else [])])


def _booked(workspace: Workspace, refs: Sequence[str]) -> dict[str, int]:
    rows = PointsEntry.objects.filter(workspace=workspace, ref__in=refs).values_list("ref").annotate(points=Sum("points"))
    return dict(rows)


def _cancel_lines(workspace: Workspace, rows: Sequence[Mapping[str, object]], programme: Programme) -> list[Line]:
    """A cancellation takes back what its amount earned, without factors and never more than is there."""
    there = dict(LoyaltyMember.objects.filter(workspace=workspace).values_list("customer_id", "balance"))
    lines = []
    for row in rows:
        customer_id, ref = _whole(row["customer_id"]), f"cancel:{_ref(row)}"
        points = min(int(_amount(row["value"]) * programme.per_money), max(there.get(customer_id, 0), 0))
        there[customer_id] = there.get(customer_id, 0) - points
        lines.append(Line(customer_id, -points, Reason.CORRECTION, ref, from_us(_whole(row["ts_us"])), ref=ref))
    return lines


def _referral_lines(workspace: Workspace, orders: Sequence[Mapping[str, object]], programme: Programme) -> list[Line]:
    """For the first orders of customers who were brought: points to both, and a share up the chain."""
    rule = programme.referral
    if not (rule.referrer or rule.referred) or not orders:
        return []
    first: dict[int, datetime] = {}
    for row in orders:
        first.setdefault(_whole(row["customer_id"]), from_us(_whole(row["ts_us"])))
    waiting = Referral.objects.filter(workspace=workspace, rewarded_at=None, referred_id__in=_few(first))
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for referral in waiting.select_for_update():
        at = first[referral.referred_id]
        expires_at = at + timedelta(days=programme.expire_days)
        gains = [(referral.referred_id, rule.referred), (referral.referrer_id, rule.referrer)]
        gains += [(above, int(rule.referrer * rule.share)) for above in chain_of(referral.referrer_id, rule.depth - 1)]
        for place, (customer_id, points) in enumerate(gains):
            lines[referral.pk].append(Line(customer_id, points, Reason.REFERRAL, f"referral:{referral.pk}:{place}", at, expires_at))
        Referral.objects.filter(pk=referral.pk).update(rewarded_at=at)
    return [line for group in lines.values() for line in group]


def _few(first: Mapping[int, datetime]) -> list[int]:
    """Those among them who were brought: few, however many bought."""
    brought = Referral.objects.filter(rewarded_at=None).values_list("referred_id", flat=True)
    return [customer for customer in brought if customer in first]


def _ref(row: Mapping[str, object]) -> str:
    return f"order:{row['source']}:{row['activity_id']}"


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _amount(value: object) -> float:
    return abs(float(value)) if isinstance(value, int | float) else 0.0
