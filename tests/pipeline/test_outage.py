"""BEY-06 and DAT-15 through a whole scoring: a dead connector raises no alarm, and everybody is told what waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.base.times import to_us
from liuke.pipeline.scoring import workspace_score
from liuke.score.store.models import ScoreRun
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.outage import SILENT
from liuke.signals.service.verification import cases_decide
from liuke.signals.store.models import VerificationCase
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_member, make_workspace
from tests.facts.activities import Row, activity
from tests.pipeline.conftest import OPENS, Shop

pytestmark = pytest.mark.django_db
NAMES = ("anna", "bert", "carl")


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Shop]:
    """Three customers who order every third day, until the connector dies: forty days ago."""
    workspace = make_workspace(simulated_as_of=OPENS, time_zone="UTC")
    made = Shop(workspace, LocalWarehouse(tmp_path / "warehouse"), make_member(workspace, Role.MANAGER))
    rows = [made.order(name, 40 + 3 * turn + place) for place, name in enumerate(NAMES) for turn in range(80)]
    made.write("first", rows, NAMES)
    yield made
    made.warehouse.close()


def score(shop: Shop, kind: ReviewKind = ReviewKind.NIGHTLY, days: float = 0) -> ScoreRun:
    """Score everybody, some days after the shop opens."""
    return ScoreRun.objects.get(
        pk=workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS + timedelta(days=days), kind=kind).run.pk
    )


def login(name: str, days_before: float) -> Row:
    """A log-in."""
    at = to_us(OPENS - timedelta(days=days_before))
    return activity(name, customer="busy", kind="login", ts=at, value=None, source="app")


def busy_stops(shop: Shop) -> None:
    """`busy` logs in twenty times a week, and once in the last; in a country without a festival in February."""
    Workspace.objects.filter(pk=shop.workspace.pk).update(country="GB")
    shop.workspace.refresh_from_db()
    usual = [login(f"login{turn}", 7.2 + turn * 0.35) for turn in range(170)]
    shop.write("logins", [*usual, login("last", 1)], ("busy",))


def test_a_dead_connector_raises_no_alarm_and_opens_one_case(silent: Shop) -> None:
    run = score(silent)
    assert not Alert.objects.exists()
    assert set(CustomerCard.objects.values_list("level", flat=True)) == {"normal"}
    case = VerificationCase.objects.get(workspace=silent.workspace, kind="source")
    assert (case.about, case.status) == ("shop", "open")
    assert run.summary["missing"]["SIG-21"] == {SILENT: 3}


def test_when_a_person_says_that_the_source_is_fine_the_silence_counts(silent: Shop) -> None:
    score(silent)
    actor = make_actor(silent.workspace, Role.OPERATIONS)
    ids = list(VerificationCase.objects.values_list("pk", flat=True))
    cases_decide(actor=actor, workspace=silent.workspace, case_ids=ids, decision="wrong", note="", now=OPENS)
    run = score(silent, days=1)
    assert not any(SILENT in why for why in run.summary["missing"].values())


def test_the_case_ends_by_itself_when_rows_come_again(silent: Shop) -> None:
    score(silent)
    silent.write("second", [silent.order(name, -0.5) for name in NAMES])
    run = score(silent, days=1)
    case = VerificationCase.objects.get(kind="source")
    assert (case.status, case.ended_at) == ("gone", OPENS + timedelta(days=1))
    assert SILENT not in run.summary["missing"].get("SIG-21", {})


def test_one_silent_customer_among_others_is_no_dead_connector(shop: Shop) -> None:
    score(shop)
    assert not VerificationCase.objects.filter(kind="source").exists()
    assert CustomerCard.objects.get(key="fading").score >= 50


def test_a_replay_of_the_past_opens_no_cases(silent: Shop) -> None:
    score(silent, ReviewKind.REPLAY)
    assert not VerificationCase.objects.exists()


def test_SIG_06_a_week_at_minus_80_percent_waits_for_a_word_and_adds_no_points(shop: Shop) -> None:
    busy_stops(shop)
    score(shop)
    case = VerificationCase.objects.get(kind="drop")
    assert (case.about, case.customer.key if case.customer else "") == ("SIG-06", "busy")
    assert not any(reason["signal"] == "SIG-06" for card in CustomerCard.objects.all() for reason in card.reasons)


def test_a_confirmed_fall_is_a_line_of_the_next_score(shop: Shop) -> None:
    busy_stops(shop)
    score(shop)
    before = CustomerCard.objects.get(key="busy").score
    actor = make_actor(shop.workspace, Role.OPERATIONS)
    ids = list(VerificationCase.objects.filter(kind="drop").values_list("pk", flat=True))
    cases_decide(actor=actor, workspace=shop.workspace, case_ids=ids, decision="confirmed", note="", now=OPENS)
    score(shop)
    assert CustomerCard.objects.get(key="busy").score == pytest.approx(before + 10, abs=0.01)
