"""预警看板: how many, why, and whom to call first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count, Q

from liuke.accounts.store.models import Membership
from liuke.act.store.models import Channel, FollowUp
from liuke.alert.store.models import Verdict
from liuke.base.errors import Invalid
from liuke.connect.store.models import Batch
from liuke.score.store.models import ScoreVersion
from liuke.show.api.schemas.insight import ChecklistItem, DashboardOut, HeatCell, HeatMapOut, HistogramBin, KpiOut, TrendPoint
from liuke.show.domain.figures import BINS, Figures, Turnover
from liuke.show.queries import alert_list
from liuke.show.queries.boards import Past, past_of, segments_of
from liuke.show.queries.config import config_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.sources import stale_sources
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.reason import Family

PERIODS = {"7d": 7, "30d": 30, "quarter": 91}
SPARK = 12
TOP = 5


def dashboard(*, reader: Reader, period: str, segment: str, scope: str) -> DashboardOut:
    """The board for a period, a segment and a scope. Raises Invalid for an unknown period."""
    reader.require_customers()
    if period not in PERIODS:
        raise Invalid("filter_unknown", filter="period", got=period, allowed=", ".join(PERIODS))
    past = past_of(reader, scope, segment)
    wanted = alert_list.AlertFilter(scope=scope, segment=segment)
    open_alerts = alert_list.filtered(reader, wanted)
    counts = open_alerts.aggregate(open=Count("pk"), stock=Count("pk", filter=Q(origin="stock", pushed_at__isnull=True)))
    top = alert_list.loaded(open_alerts).order_by("-expected_loss", "-pk")[:TOP]
    return DashboardOut(
        as_of=reader.now,
        customers=past.now.customers,
        kpis=kpis(reader, past, PERIODS[period], counts["open"]),
        trend=trend(past.now),
        levels=word(levels_of(past.now)),
        histogram=histogram(reader, past.now.histogram),
        heat_map=heat_map(past.now),
        top=alert_list.alert_rows(reader, list(top)),
        checklist=checklist(reader),
        segments=list(segments_of(reader)),
        stock_open=counts["stock"],
        stale_sources=stale_sources(reader.workspace, reader.now),
    )


def levels_of(figures: Figures) -> dict[str, int]:
    """Customers per level, every level named."""
    return {name: figures.levels.get(name, 0) for name in ("normal", "early", "medium", "high")}


def kpis(reader: Reader, past: Past, days: int, open_alerts: int) -> list[KpiOut]:
    """The five figures; the two rates only where the slice's past is kept."""
    found = [
        _count(reader, past, days, key=key, unit=unit, value=value, read=read)
        for key, unit, value, read in (
            ("high_risk_customers", "customers", past.now.levels.get("high", 0), _high),
            ("open_alerts", "alerts", open_alerts, _open),
            ("value_at_high_risk", "money", past.now.high_value, _value),
        )
    ]
    turnover = past.now.periods.get(days)
    if turnover is None:
        return found
    complete = [month.turnover for month in past.now.months if month.complete]
    rates = (("churn_rate", "down", _churn), ("retention_rate", "up", _retention))
    return found + [_rate(reader, turnover, complete, days, key=key, good=good, read=read) for key, good, read in rates]


def _churn(turnover: Turnover) -> float | None:
    return turnover.churn_rate


def _retention(turnover: Turnover) -> float | None:
    return turnover.retention_rate


def _high(figures: Figures) -> float:
    return figures.levels.get("high", 0)


def _open(figures: Figures) -> float:
    return figures.open_alerts


def _value(figures: Figures) -> float:
    return figures.high_value


def _count(reader: Reader, past: Past, days: int, *, key: str, unit: str, value: float, read: Callable[[Figures], float]) -> KpiOut:
    before = past.before(days)
    earlier = read(before) if before else None
    series = [read(figures) for figures in past.days.values()]
    step = max(1, len(series) // SPARK)
    return KpiOut(
        key=word(key),
        value=value,
        unit=word(unit),
        delta=round((value - earlier) / earlier, 4) if earlier else None,
        good="down",
        spark=[round(point, 2) for point in series[::-1][::step][:SPARK][::-1]],
        basis=reader.text(f"show.basis.{key}", {"money": reader.workspace.money_basis}),
    )


def _rate(
    reader: Reader,
    turnover: tuple[Turnover, Turnover],
    complete: Sequence[Turnover],
    days: int,
    *,
    key: str,
    good: str,
    read: Callable[[Turnover], float | None],
) -> KpiOut:
    """A rate of the period (the first turnover) against the one before; `complete` are the months of its spark line."""
    now, before = turnover
    value, earlier = read(now), read(before)
    return KpiOut(
        key=word(key),
        value=round(value or 0.0, 2),
        unit="percent",
        delta=None if value is None or earlier is None else round(value - earlier, 2),
        good=word(good),
        spark=[round(read(month) or 0.0, 2) for month in complete][-SPARK:],
        basis=reader.text(f"show.basis.{key}", {"days": days, "opening": now.opening, "lost": now.lost}),
        note="" if now.opening else reader.text("show.basis.no_opening"),
    )


def trend(figures: Figures) -> list[TrendPoint]:
    """The months, oldest first; the running one is marked."""
    points = []
    for month in figures.months:
        churn, retention = month.turnover.churn_rate, month.turnover.retention_rate
        points.append(
            TrendPoint(
                day=month.day,
                churn_rate=None if churn is None else round(churn, 2),
                retention_rate=None if retention is None else round(retention, 2),
                active_customers=month.active,
                orders=month.orders,
                lost=month.lost,
                opening=month.opening,
                complete=month.complete,
            )
        )
    return points


def histogram(reader: Reader, counts: Sequence[int]) -> list[HistogramBin]:
    """Bins of ten points; a bin has the level of its middle, by the workspace's own bands."""
    bands = config_of(reader.workspace).bands
    return [
        HistogramBin(start=place * BINS, count=count, level=word(bands.level_of(place * BINS + BINS / 2).value))
        for place, count in enumerate(counts)
    ]


def heat_map(figures: Figures) -> HeatMapOut:
    """Of a segment's customers at risk, the share whose main reason is of a family; largest segments first."""
    families = [family.value for family in Family if any(family.value in row for row in figures.heat.values())]
    sizes = {segment: sum(row.values()) for segment, row in figures.heat.items()}
    segments = sorted(sizes, key=lambda name: (-sizes[name], name))
    cells = [
        HeatCell(
            family=family,
            segment=segment,
            share=round(figures.heat[segment].get(family, 0) / sizes[segment], 4) if sizes[segment] else 0.0,
            count=figures.heat[segment].get(family, 0),
            of=sizes[segment],
        )
        for family in families
        for segment in segments
    ]
    return HeatMapOut(families=families, segments=segments, cells=cells)


def checklist(reader: Reader) -> list[ChecklistItem]:
    """The first five minutes, with live status."""
    space = reader.workspace
    handled = FollowUp.objects.filter(work_item__workspace=space).exists() or Verdict.objects.filter(alert__workspace=space).exists()
    steps = (
        ("sample", CustomerCard.objects.filter(workspace=space).exists(), "/dashboard"),
        ("first_alert", handled, "/alerts"),
        ("import", Batch.objects.filter(workspace=space, status=Batch.Status.DONE).exclude(source__kind="sample").exists(), "/data/import"),
        ("scoring", ScoreVersion.objects.filter(workspace=space, version__gt=1).exclude(status="draft").exists(), "/scoring"),
        ("channel", Channel.objects.filter(workspace=space).exists(), "/settings/channels"),
        ("people", Membership.objects.filter(workspace=space).count() > 1, "/settings/people"),
    )
    return [ChecklistItem(key=word(key), done=done, link=link) for key, done, link in steps]
