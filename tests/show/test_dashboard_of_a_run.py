"""The board after a real scoring: its figures are those of the customers that were scored."""

from __future__ import annotations

import pytest

from liuke.accounts.domain.roles import Role
from liuke.alert.domain.changes import ReviewKind
from liuke.pipeline.scoring import workspace_score
from liuke.show.api.schemas.insight import DashboardOut
from liuke.show.queries.dashboard import dashboard
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard
from tests.factories import actor_of, make_member
from tests.pipeline.conftest import OPENS, Shop, shop

__all__ = ["shop"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def board(shop: Shop) -> DashboardOut:
    """The shop's board in the morning of a Monday, the second of March."""
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=ReviewKind.NIGHTLY)
    admin = make_member(shop.workspace, Role.ADMIN)
    return dashboard(reader=Reader(actor_of(admin), shop.workspace, OPENS, "zh-CN"), period="30d", segment="", scope="all")


def test_the_lost_customer_is_in_no_figure_of_the_present(board: DashboardOut) -> None:
    """`gone` stopped 300 days ago; the churn definition says 180."""
    assert board.customers == sum(board.levels.values()) == sum(bin_.count for bin_ in board.histogram) == 2
    value = {kpi.key: kpi.value for kpi in board.kpis}
    cards = CustomerCard.objects.filter(level="high", status="active")
    assert value["high_risk_customers"] == cards.count()
    assert value["value_at_high_risk"] == pytest.approx(sum(card.annual_value for card in cards), abs=0.01)
    assert value["open_alerts"] == len(board.top)
    assert "gone" not in {row.customer.key for row in board.top}


def test_SCR_10_the_month_in_which_a_customer_crossed_the_churn_definition_counts_it_as_lost(board: DashboardOut) -> None:
    """`gone` bought last on 6 May 2025: 180 days later it is November. Only the running month is incomplete."""
    lost = {point.day.isoformat()[:7]: point.lost for point in board.trend}
    assert {month: count for month, count in lost.items() if count} == {"2025-11": 1}
    november = next(point for point in board.trend if point.lost)
    assert november.churn_rate == pytest.approx(100 / november.opening, abs=0.01)
    assert [point.complete for point in board.trend] == [True] * 12 + [False]
    assert board.trend[-1].day.isoformat() == "2026-03-01"


def test_orders_after_the_clock_are_in_no_month(board: DashboardOut) -> None:
    """`steady` goes on buying for twelve weeks after the shop opens: the running month has one order, of the day before."""
    assert board.trend[-1].orders == 1
    assert all(point.active_customers <= 3 for point in board.trend)
