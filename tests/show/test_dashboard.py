"""预警看板: every figure with how it is counted and against what, the running month marked, the heat map in shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.store.models import Channel
from liuke.alert.store.models import Alert, Verdict
from liuke.base.errors import Forbidden, Invalid
from liuke.connect.store.models import Batch, Source
from liuke.score.domain.templates import TEMPLATES
from liuke.score.store.models import ScoreVersion
from liuke.show.api.schemas.insight import DashboardOut, KpiOut
from liuke.show.domain.figures import Figures, Month, Turnover
from liuke.show.queries.dashboard import dashboard
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard, DayFigures
from tests.factories import actor_of, make_customer, make_member, make_team, make_workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
TODAY = date(2026, 11, 22)
FIGURES = Figures(
    customers=100,
    levels={"normal": 60, "early": 20, "medium": 12, "high": 8},
    histogram=(10, 20, 30, 20, 10, 5, 0, 2, 2, 1),
    high_value=12_000.0,
    open_alerts=9,
    heat={"CN": {"consumption": 3, "service": 1}, "US": {"service": 6}},
    periods={7: (Turnover(200, 4), Turnover(200, 6)), 30: (Turnover(300, 30), Turnover(250, 20)), 91: (Turnover(0, 0), Turnover(0, 0))},
    months=(
        Month(date(2026, 9, 1), 200, 10, 90, 400, complete=True),
        Month(date(2026, 10, 1), 0, 0, 0, 0, complete=True),
        Month(date(2026, 11, 1), 190, 2, 50, 120, complete=False),
    ),
)


@pytest.fixture
def workspace(db: None) -> Workspace:
    """A workspace whose amounts are before tax."""
    return make_workspace(simulated_as_of=NOW, time_zone="Asia/Shanghai", money_basis="不含税·发货")


@pytest.fixture
def admin(workspace: Workspace) -> Membership:
    """Who sees all."""
    return make_member(workspace, Role.ADMIN)


def keep(workspace: Workspace, figures: Figures = FIGURES, *, days_ago: int = 0, name: str = "") -> None:
    """The figures of a scored day."""
    DayFigures.objects.create(workspace=workspace, day=TODAY - timedelta(days=days_ago), slice=name, figures=figures.to_plain())


def card(workspace: Workspace, owner: Membership | None = None, **fields: Any) -> CustomerCard:
    """One customer as the last run saw it."""
    customer = make_customer(workspace, owner=owner)
    given = {"key": customer.key, "name": customer.name, "status": "active", "tier": "low", "level": "high", "score": 90.0}
    team = owner.team if owner else None
    return CustomerCard.objects.create(customer=customer, workspace=workspace, owner=owner, team=team, **(given | fields))


def alert(customer: CustomerCard, loss: float = 0, **fields: Any) -> Alert:
    """An open alert of the customer."""
    stamps = {"opened_at": NOW, "updated_at": NOW, "level_since": NOW}
    given = {"level": "high", "score": 90, "peak_score": 90, "expected_loss": loss} | fields
    return Alert.objects.create(workspace=customer.workspace, customer=customer.customer, owner=customer.owner, **stamps, **given)


def board(member: Membership, *, period: str = "30d", segment: str = "", scope: str = "all", language: str = "zh-CN") -> DashboardOut:
    """The member's board."""
    reader = Reader(actor_of(member), member.workspace, NOW, language)
    return dashboard(reader=reader, period=period, segment=segment, scope=scope)


def kpis(found: DashboardOut) -> dict[str, KpiOut]:
    """The figures by key."""
    return {kpi.key: kpi for kpi in found.kpis}


def test_every_figure_says_how_it_is_counted(workspace: Workspace, admin: Membership) -> None:
    """Two KPIs with one name and different countings were the complaint of every product that was compared."""
    keep(workspace)
    found = kpis(board(admin))
    assert {key: kpi.basis for key, kpi in found.items()} == {
        "high_risk_customers": "风险分高于高危线的客户;不含已流失",
        "open_alerts": "未关闭、未暂缓的预警",
        "value_at_high_risk": "高危预警客户近365天消费额(不含税·发货)",
        "churn_rate": "近30天流失 30 ÷ 期初 300",
        "retention_rate": "近30天:期初 300 中留下的比例",
    }
    assert "Lost in the last 30 days 30 ÷ opening 300" in {kpi.basis for kpi in board(admin, language="en").kpis}


def test_SCR_10_churn_and_retention_are_shares_of_the_opening_and_change_in_percentage_points(
    workspace: Workspace, admin: Membership
) -> None:
    keep(workspace)
    found = kpis(board(admin))
    churn, retention = found["churn_rate"], found["retention_rate"]
    assert (churn.value, churn.delta, churn.good) == (10.0, 2.0, "down")
    assert (retention.value, retention.delta, retention.good) == (90.0, -2.0, "up")
    week = kpis(board(admin, period="7d"))["churn_rate"]
    assert (week.value, week.delta, week.note) == (2.0, -1.0, "")


def test_a_rate_without_opening_customers_is_said_to_be_none(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    churn = kpis(board(admin, period="quarter"))["churn_rate"]
    assert (churn.delta, churn.note) == (None, "期初没有客户,无法计算")


def test_the_spark_of_a_rate_leaves_the_running_month_out(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    assert kpis(board(admin))["churn_rate"].spark == [5.0, 0.0]


def test_counts_and_money_are_compared_with_the_day_a_period_ago(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    keep(workspace, replace(FIGURES, levels=dict(FIGURES.levels) | {"high": 10}, high_value=9_600.0), days_ago=7)
    keep(workspace, replace(FIGURES, levels=dict(FIGURES.levels) | {"high": 4}, high_value=24_000.0), days_ago=33)
    week, month = kpis(board(admin, period="7d")), kpis(board(admin))
    assert (week["high_risk_customers"].delta, week["value_at_high_risk"].delta) == (-0.2, 0.25)
    assert (month["high_risk_customers"].delta, month["value_at_high_risk"].delta) == (1.0, -0.5)
    assert month["high_risk_customers"].spark == [4, 10, 8]


def test_without_a_day_near_the_one_before_or_with_nothing_then_there_is_no_delta(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    keep(workspace, replace(FIGURES, high_value=0.0), days_ago=7)
    keep(workspace, days_ago=38)
    assert kpis(board(admin))["high_risk_customers"].delta is None
    assert kpis(board(admin, period="7d"))["value_at_high_risk"].delta is None


def test_figures_after_the_clock_are_not_shown(workspace: Workspace, admin: Membership) -> None:
    """A clock that was set back, or a day still to come in the sample."""
    keep(workspace, replace(FIGURES, customers=999), days_ago=-1)
    keep(workspace)
    assert board(admin).customers == 100


def test_the_trend_marks_the_running_month_and_leaves_rates_open_without_opening(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    trend = board(admin).trend
    assert [(point.day.month, point.complete, point.churn_rate, point.retention_rate) for point in trend] == [
        (9, True, 5.0, 95.0),
        (10, True, None, None),
        (11, False, 1.05, 98.95),
    ]
    assert (trend[0].active_customers, trend[0].orders, trend[0].lost, trend[0].opening) == (90, 400, 10, 200)


def test_the_heat_map_tells_shares_of_a_segments_customers_at_risk_which_add_up_to_one(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    heat = board(admin).heat_map
    assert heat.segments == ["US", "CN"]
    assert set(heat.families) == {"consumption", "service"}
    cells = {(cell.segment, cell.family): (cell.share, cell.count, cell.of) for cell in heat.cells}
    assert cells == {
        ("CN", "consumption"): (0.75, 3, 4),
        ("CN", "service"): (0.25, 1, 4),
        ("US", "consumption"): (0.0, 0, 6),
        ("US", "service"): (1.0, 6, 6),
    }


def test_levels_and_histogram_count_the_same_customers_each_bin_in_its_band(workspace: Workspace, admin: Membership) -> None:
    keep(workspace)
    found, bands = board(admin), TEMPLATES["ecommerce"].config.bands
    assert sum(found.levels.values()) == sum(bin_.count for bin_ in found.histogram) == found.customers
    assert [bin_.start for bin_ in found.histogram] == list(range(0, 100, 10))
    assert all(bin_.level == bands.level_of(bin_.start + 5).value for bin_ in found.histogram)


def test_the_five_alerts_of_the_greatest_loss_come_first_and_the_stock_is_counted_apart(workspace: Workspace, admin: Membership) -> None:
    for loss in (300, 700, 100, 600, 200, 500, 400):
        alert(card(workspace), loss)
    alert(card(workspace), 50, origin="stock")
    alert(card(workspace), 60, origin="stock", pushed_at=NOW)
    alert(card(workspace), 9_999, status="closed")
    found = board(admin)
    assert [row.expected_loss for row in found.top] == [700, 600, 500, 400, 300]
    assert (kpis(found)["open_alerts"].value, found.stock_open) == (9, 1)


def test_a_board_shows_the_customers_of_the_scope_and_nobody_elses(workspace: Workspace, admin: Membership) -> None:
    team = make_team(workspace)
    manager, supervisor = make_member(workspace, Role.MANAGER, team=team), make_member(workspace, Role.SUPERVISOR, team=team)
    keep(workspace)
    keep(workspace, replace(FIGURES, customers=7), name=f"owner:{manager.pk}")
    keep(workspace, replace(FIGURES, customers=30), name=f"team:{team.pk}")
    alert(card(workspace, manager))
    alert(card(workspace))
    assert [board(who).customers for who in (admin, supervisor, manager)] == [100, 30, 7]
    assert [kpis(board(who))["open_alerts"].value for who in (admin, supervisor, manager)] == [2, 1, 1]
    stranger = make_member(make_workspace(simulated_as_of=NOW), Role.ADMIN)
    assert (board(stranger).customers, board(stranger).top) == (0, [])


def test_a_segment_within_a_scope_is_counted_from_the_cards_and_has_no_turnover(workspace: Workspace, admin: Membership) -> None:
    manager = make_member(workspace, Role.MANAGER)
    card(workspace, manager, segment="CN", annual_value=1_000, main_family="service")
    card(workspace, manager, segment="CN", level="early", score=45.0, annual_value=5_000, main_family="consumption")
    card(workspace, manager, segment="CN", level="normal", score=0.0)
    card(workspace, manager, segment="CN", status="lost", annual_value=9_000)
    card(workspace, manager, segment="US")
    card(workspace, segment="CN")
    keep(workspace)
    found = board(manager, segment="CN")
    assert found.customers == 3
    assert found.levels == {"normal": 1, "early": 1, "medium": 0, "high": 1}
    assert {bin_.start: bin_.count for bin_ in found.histogram if bin_.count} == {0: 1, 40: 1, 90: 1}
    assert set(kpis(found)) == {"high_risk_customers", "open_alerts", "value_at_high_risk"}
    assert kpis(found)["value_at_high_risk"].value == 1_000
    assert {(cell.segment, cell.family, cell.count) for cell in found.heat_map.cells} == {("CN", "service", 1), ("CN", "consumption", 1)}


def test_the_segments_on_offer_are_those_of_the_last_scoring(workspace: Workspace, admin: Membership) -> None:
    for name in ("", "segment:US", "segment:CN", "team:1"):
        keep(workspace, name=name)
    keep(workspace, days_ago=1)
    keep(workspace, days_ago=1, name="segment:FR")
    assert board(admin).segments == ["CN", "US"]


def done(member: Membership) -> set[str]:
    """Steps of the checklist that are done."""
    return {step.key for step in board(member).checklist if step.done}


def test_a_step_of_the_checklist_is_done_by_what_was_really_done(workspace: Workspace, admin: Membership) -> None:
    assert done(admin) == set()
    raised = alert(card(workspace))
    assert done(admin) == {"sample"}
    Verdict.objects.create(alert=raised, verdict="valid", signal="SIG-20", by=admin, at=NOW)
    Channel.objects.create(workspace=workspace, kind="webhook", name="hook", config={})
    make_member(workspace, Role.MANAGER)
    assert done(admin) == {"sample", "first_alert", "channel", "people"}


def test_neither_the_sample_nor_a_failed_file_nor_a_draft_ticks_a_step(workspace: Workspace, admin: Membership) -> None:
    sample = Source.objects.create(workspace=workspace, kind="sample", name="示例", entity="orders", config={})
    Batch.objects.create(workspace=workspace, source=sample, entity="orders", status="done")
    own = Batch.objects.create(workspace=workspace, entity="orders", status="failed")
    config = TEMPLATES["ecommerce"].config.to_plain()
    ScoreVersion.objects.create(workspace=workspace, version=1, status="published", config=config)
    draft = ScoreVersion.objects.create(workspace=workspace, version=2, status="draft", config=config)
    assert done(admin) == set()
    Batch.objects.filter(pk=own.pk).update(status="done")
    ScoreVersion.objects.filter(version=1, workspace=workspace).update(status="retired")
    ScoreVersion.objects.filter(pk=draft.pk).update(status="published")
    assert done(admin) == {"import", "scoring"}


@pytest.mark.parametrize(("wanted", "name"), [({"period": "5d"}, "period"), ({"scope": "us"}, "scope")])
def test_an_unknown_period_or_scope_is_refused_with_what_there_is(admin: Membership, wanted: dict[str, str], name: str) -> None:
    with pytest.raises(Invalid, match="filter_unknown") as caught:
        board(admin, **wanted)
    assert caught.value.params["filter"] == name
    assert caught.value.params["allowed"]


def test_who_sees_no_customers_is_told_so(workspace: Workspace) -> None:
    with pytest.raises(Forbidden, match="no_customers_for_role"):
        board(make_member(workspace, Role.IT))
