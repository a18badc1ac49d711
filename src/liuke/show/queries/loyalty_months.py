"""权益: accrued benefits of the programme beside losses, by local month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import TruncMonth

from liuke.act.loyalty.domain.programme import Programme
from liuke.act.store.models import CouponCode, LoyaltyMember, PointsEntry
from liuke.base.times import day_start
from liuke.facts.service import customers_visible
from liuke.learn.store.models import Outcome
from liuke.show.api.schemas.loyalty import LoyaltyMonth
from liuke.show.domain.spans import months_back
from liuke.show.queries.reader import Reader

MONTHS = 12
LOST = (Outcome.Kind.CHURNED, Outcome.Kind.UNSAVEABLE)


def months_out(reader: Reader, programme: Programme) -> list[LoyaltyMonth]:
    """The last twelve months. Side by side, not cause and effect: only a hold-out tells what points do."""
    months = months_back(reader.today, MONTHS)
    start = day_start(months[0], reader.workspace.time_zone)
    visible = customers_visible(reader.actor)
    month = TruncMonth("at", tzinfo=reader.zone)
    points: defaultdict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    lines = PointsEntry.objects.filter(customer__in=visible, at__gte=start, at__lt=reader.now)
    for moment, reason, total in lines.annotate(month=month).values_list("month", "reason").annotate(total=Sum("points")):
        name = reason if reason in {"redeem", "lapse"} else "granted"
        points[moment.astimezone(reader.zone).date()][name] += float(total) * programme.worth
    used = CouponCode.objects.filter(customer__in=visible, redeemed_at__gte=start, redeemed_at__lt=reader.now)
    for moment, cost in (
        used.annotate(month=TruncMonth("redeemed_at", tzinfo=reader.zone)).values_list("month").annotate(cost=Sum("kind__cost"))
    ):
        points[moment.astimezone(reader.zone).date()]["coupons"] += float(cost)
    lost = _lost(reader, months[0])
    return [
        LoyaltyMonth(
            month=day, granted=round(points[day]["granted"], 2), redeemed=round(-points[day]["redeem"], 2),
            lapsed=round(-points[day]["lapse"], 2), coupons=points[day]["coupons"], lost=lost[day][0], lost_value=round(lost[day][1], 2),
        )
        for day in months
    ]  # fmt: skip


def _lost(reader: Reader, first: date) -> defaultdict[date, tuple[int, float]]:
    """Members registered as lost, by month of the loss, with their yearly amount as it last stood."""
    member = LoyaltyMember.objects.filter(customer=OuterRef("customer"))
    rows = Outcome.objects.filter(
        Exists(member), customer__in=customers_visible(reader.actor), kind__in=LOST, occurred_on__gte=first, occurred_on__lte=reader.today,
        reverted_at=None,
    ).values_list("occurred_on", "customer__loyaltymember__yearly")  # fmt: skip
    found: defaultdict[date, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for day, yearly in rows:
        count, value = found[day.replace(day=1)]
        found[day.replace(day=1)] = (count + 1, value + float(yearly or 0))
    return found
