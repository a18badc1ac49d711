"""Cards and figures: what a scoring run leaves for lists and boards."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.alert.store.models import Alert
from liuke.base.times import to_us
from liuke.facts.store.models import Contract, Customer
from liuke.features.service import Run
from liuke.show.domain.card import next_end, status_of, top_reasons
from liuke.show.domain.figures import Figures, Month, Turnover, from_plain
from liuke.show.domain.spans import moments, month_starts, months_back
from liuke.show.service import cards_refresh, cards_write, figures_write
from liuke.show.store.models import CustomerCard, DayFigures
from tests.factories import make_customer, make_member, make_team, make_workspace

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
REASON = {"signal": "SIG-20", "family": "consumption", "points": 40, "key": "k", "params": {}}


def scored(*rows: dict[str, Any]) -> pa.Table:
    """A scoring's table; absent columns get quiet values."""
    quiet = {
        "score": 20.0, "base": 20.0, "level": "normal", "reasons": "[]", "tier": "low", "annual_value": 100.0, "confidence": 1.0,
        "last_order_us": to_us(NOW - DAY), "last_activity_us": None, "is_lost": False, "main_family": None,
    }  # fmt: skip
    columns = {name: [row.get(name, value) for row in rows] for name, value in quiet.items()}
    return pa.table({"customer_id": [row["customer_id"] for row in rows], **columns})


def stream(*, scores: list[tuple[int, datetime, float]] = (), orders: list[tuple[int, datetime]] = ()) -> Run:  # type: ignore[assignment]
    """A warehouse of two relations in memory."""
    past = pa.table(
        {
            "customer_id": pa.array([row[0] for row in scores], pa.int64()),
            "as_of_us": pa.array([to_us(row[1]) for row in scores], pa.int64()),
            "score": pa.array([row[2] for row in scores], pa.float64()),
        }
    )
    at = pa.array([to_us(row[1]) for row in orders], pa.int64())
    kinds = pa.array(["order.placed"] * len(orders), pa.string())
    done = pa.table(
        {
            "customer_id": pa.array([row[0] for row in orders], pa.int64()),
            "ts_us": at,
            "known_us": at,
            "kind": kinds,
        }
    )

    def run(sql: str) -> pa.Table:
        with duckdb.connect() as connection:
            connection.register("score", past)
            connection.register("activity", done)
            return connection.sql(sql).to_arrow_table()

    return run


@pytest.fixture
def workspace(db: None) -> Workspace:
    """An empty workspace at NOW, in UTC."""
    return make_workspace(simulated_as_of=NOW, time_zone="UTC")


@pytest.mark.django_db
def test_only_changed_cards_are_written(workspace: Workspace) -> None:
    """The same run again writes nothing; one changed score writes one row."""
    one, two = make_customer(workspace), make_customer(workspace)
    first = scored({"customer_id": one.pk}, {"customer_id": two.pk})
    assert cards_write(workspace=workspace, as_of=NOW, scored=first).written == 2
    assert cards_write(workspace=workspace, as_of=NOW, scored=first).written == 0
    changed = scored({"customer_id": one.pk}, {"customer_id": two.pk, "score": 75.0, "level": "medium"})
    assert cards_write(workspace=workspace, as_of=NOW + DAY, scored=changed).written == 1
    assert CustomerCard.objects.get(pk=two.pk).level == "medium"


@pytest.mark.django_db
def test_a_card_knows_its_past_its_contract_and_its_loss(workspace: Workspace) -> None:
    """Changes in 7 and 30 days, the spark line, the next contract end that has begun, expected loss = value × score."""
    team = make_team(workspace)
    owner = make_member(workspace, Role.MANAGER, team=team)
    customer = make_customer(workspace, owner=owner, attributes={"country": "UK"})
    for key, start, end in (("1", date(2026, 1, 1), date(2026, 12, 31)), ("2", date(2027, 1, 1), date(2027, 6, 1))):
        Contract.objects.create(customer=customer, key=key, name=key, starts_on=start, ends_on=end, amount=Decimal(1), currency="CNY")
    run = stream(scores=[(customer.pk, NOW - 35 * DAY, 30.0), (customer.pk, NOW - 8 * DAY, 50.0), (customer.pk, NOW + DAY, 99.0)])
    row = {"customer_id": customer.pk, "score": 80.0, "annual_value": 1000.0, "reasons": json.dumps([REASON]), "main_family": "consumption"}
    cards_write(workspace=workspace, as_of=NOW, scored=scored(row), run=run)
    card = CustomerCard.objects.get(pk=customer.pk)
    assert (card.delta_7d, card.delta_30d, card.history) == (30.0, 50.0, [30.0, 50.0, 80.0])
    assert (card.owner_id, card.team_id, card.segment) == (owner.pk, team.pk, "UK")
    assert (card.contract_ends_on, card.expected_loss) == (date(2026, 12, 31), 800.0)
    assert card.reasons == [REASON]


@pytest.mark.django_db
def test_a_change_by_hand_shows_at_once_and_keeps_the_score(workspace: Workspace) -> None:
    """Owner and status follow without a scoring; lost by definition stays lost when the registered status is active."""
    customer = make_customer(workspace)
    cards_write(workspace=workspace, as_of=NOW, scored=scored({"customer_id": customer.pk, "score": 88.0, "is_lost": True}))
    owner = make_member(workspace, Role.MANAGER)
    Customer.objects.filter(pk=customer.pk).update(owner=owner, status="paused")
    cards_refresh(workspace=workspace, customer_ids=[customer.pk])
    card = CustomerCard.objects.get(pk=customer.pk)
    assert (card.owner_id, card.status, card.score) == (owner.pk, "paused", 88.0)
    Customer.objects.filter(pk=customer.pk).update(status="active")
    cards_refresh(workspace=workspace, customer_ids=[customer.pk])
    assert CustomerCard.objects.get(pk=customer.pk).status == "lost"


@pytest.mark.django_db
def test_churn_rate_is_lost_divided_by_opening_SCR_10(workspace: Workspace) -> None:
    """Four customers had ordered within 180 days a month ago; one has been silent for 180 days since. A new one is no opening."""
    ids = [make_customer(workspace).pk for _ in range(5)]
    kept = [(pk, NOW - 100 * DAY) for pk in ids[:3]]
    run = stream(orders=[*kept, (ids[3], NOW - 190 * DAY), (ids[4], NOW - 5 * DAY), (ids[0], NOW)])
    rows = [{"customer_id": pk, "is_lost": pk == ids[3]} for pk in ids]
    cards_write(workspace=workspace, as_of=NOW, scored=scored(*rows))
    figures_write(workspace=workspace, as_of=NOW, run=run)
    found = from_plain(DayFigures.objects.get(workspace=workspace, slice="").figures)
    now, before = found.periods[30]
    assert (now.opening, now.lost, now.churn_rate) == (4, 1, 25.0)
    assert (before.lost, before.churn_rate, before.retention_rate) == (0, 0.0, 100.0)
    assert found.customers == 4
    assert [month.orders for month in found.months][-1] == 1
    assert not found.months[-1].complete


@pytest.mark.django_db
def test_figures_are_kept_for_every_slice_that_a_board_asks_for(workspace: Workspace) -> None:
    """All, segment, team and owner; the alert counts where its customer and owner are."""
    team = make_team(workspace)
    owner = make_member(workspace, Role.MANAGER, team=team)
    customer = make_customer(workspace, owner=owner, attributes={"country": "UK"})
    other = make_customer(workspace, attributes={"country": "DE"})
    high = {"customer_id": customer.pk, "score": 95.0, "level": "high", "annual_value": 500.0, "main_family": "payment"}
    cards_write(workspace=workspace, as_of=NOW, scored=scored(high, {"customer_id": other.pk}))
    worth: dict[str, Any] = {"level": "high", "score": 95, "peak_score": 95, "origin": "stock"}
    dates = {"opened_at": NOW, "updated_at": NOW, "level_since": NOW}
    Alert.objects.create(workspace=workspace, customer=customer, owner=owner, **worth, **dates)
    figures_write(workspace=workspace, as_of=NOW, run=stream())
    found = {row.slice: from_plain(row.figures) for row in DayFigures.objects.filter(workspace=workspace)}
    assert set(found) == {"", "segment:UK", "segment:DE", f"team:{team.pk}", f"owner:{owner.pk}"}
    for name in ("", "segment:UK", f"team:{team.pk}", f"owner:{owner.pk}"):
        assert (found[name].high_value, found[name].open_alerts, found[name].stock_open) == (500.0, 1, 1)
        assert found[name].heat == {"UK": {"payment": 1}}
    assert found["segment:DE"].open_alerts == 0
    assert found[""].histogram[9] == 1
    assert sum(found[""].histogram) == found[""].customers == sum(found[""].levels.values()) == 2


@pytest.mark.django_db
def test_a_replay_writes_figures_without_touching_cards(workspace: Workspace) -> None:
    """Levels come from the scored table, and the same day again replaces its figures."""
    customer = make_customer(workspace)
    table = scored({"customer_id": customer.pk, "score": 60.0, "level": "early"})
    for _ in range(2):
        figures_write(workspace=workspace, as_of=NOW - 7 * DAY, run=stream(), scored=table)
    row = DayFigures.objects.get(workspace=workspace, slice="")
    assert (row.day, from_plain(row.figures).levels["early"]) == (date(2026, 11, 15), 1)
    assert not CustomerCard.objects.filter(workspace=workspace).exists()


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_months_back_are_consecutive_first_days(day: date, count: int) -> None:
    """Over years' ends too."""
    months = months_back(day, count)
    assert len(months) == count
    assert months[-1] == day.replace(day=1)
    assert all(month.day == 1 for month in months)
    assert all(28 <= (after - before).days <= 31 for before, after in pairwise(months))


def test_moments_are_local_calendar_days_across_the_change_of_clocks() -> None:
    """180 days before a British summer midnight is a winter midnight: an hour more than 180 × 24 h."""
    as_of = datetime(2011, 9, 9, 23, tzinfo=UTC)
    now = moments(as_of, "Europe/London", 180)[len(month_starts(as_of, "Europe/London"))]
    assert now.at_us == to_us(as_of)
    assert now.low_us == to_us(datetime(2011, 3, 14, tzinfo=UTC))


def test_figures_survive_their_plain_form() -> None:
    """As the table keeps them."""
    figures = Figures(
        3,
        {"high": 1},
        (1,) * 10,
        5.5,
        2,
        1,
        {"UK": {"payment": 1}},
        {7: (Turnover(3, 1), Turnover(0, 0))},
        (Month(date(2026, 1, 1), 3, 1, 2, 9, True),),
    )
    assert from_plain(json.loads(json.dumps(figures.to_plain()))) == figures
    assert Turnover(0, 0).churn_rate is None


def test_the_small_rules_of_a_card() -> None:
    """Next contract end, shown status, top reasons without lowering lines and clipping."""
    today = date(2026, 11, 22)
    assert next_end([date(2026, 1, 1), date(2026, 11, 22), date(2027, 1, 1)], today) == today
    assert next_end([date(2026, 1, 1), date(2026, 2, 1)], today) == date(2026, 2, 1)
    assert next_end([], today) is None
    assert (status_of("active", True), status_of("paused", True), status_of("active", False)) == ("lost", "paused", "active")
    lines = [
        REASON | {"points": points, "signal": name} for name, points in (("a", 5), ("b", -9), ("c", 30), ("clip", 7), ("d", 8), ("e", 1))
    ]
    assert [line["signal"] for line in top_reasons(json.dumps(lines))] == ["c", "d", "a"]
