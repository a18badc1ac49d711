"""Reviews against the database."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.alert.domain.changes import ReviewKind
from liuke.alert.service import alert_verdict, alerts_review
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from tests.alert.world import MONDAY, Company, at, money, reason, scored

pytestmark = pytest.mark.django_db


def review(acme: Company, day: int, scores: dict[str, float], kind: str = "nightly", value: float = 1000, **more: bool) -> object:
    """A review of these customers by name."""
    customers = [scored(acme.customers[name], score, value=value, **more) for name, score in scores.items()]
    return alerts_review(workspace=acme.workspace, as_of=at(day), kind=kind, scored=customers)


def test_ALT_12_the_first_scoring_makes_a_stock_list_and_tells_nobody(acme: Company) -> None:
    names = list(acme.customers)
    changes = alerts_review(
        workspace=acme.workspace, as_of=at(0), kind="first", scored=[scored(acme.customers[name], 95) for name in names]
    )
    assert len(changes.raised) == len(names)
    assert not changes.pushed
    assert not changes.released
    assert set(Alert.objects.values_list("origin", "pushed_at", "released_at")) == {("stock", None, None)}


def test_ALT_12_the_stock_is_released_three_per_owner_and_working_day(acme: Company) -> None:
    everybody = [scored(customer, 95) for customer in acme.customers.values()]
    alerts_review(workspace=acme.workspace, as_of=at(0), kind=ReviewKind.FIRST, scored=everybody)
    first = alerts_review(workspace=acme.workspace, as_of=at(1), kind="nightly", scored=everybody)
    second = alerts_review(workspace=acme.workspace, as_of=at(2), kind="nightly", scored=everybody)
    assert not first.pushed
    assert Counter(ref.owner_id for ref in first.released) == {acme.wang.pk: 3, acme.li.pk: 3, acme.outsider.pk: 3}
    assert Counter(ref.owner_id for ref in second.released) == {acme.wang.pk: 2, acme.li.pk: 2, acme.outsider.pk: 2}


def test_ALT_12_two_pushes_a_day_by_expected_loss_and_the_rest_in_the_digest(acme: Company) -> None:
    customers = [scored(acme.customers[f"wang{n}"], 80, value=1000 * n) for n in range(1, 5)]
    changes = alerts_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=customers)
    assert [ref.expected_loss for ref in changes.pushed] == [3200, 2400]
    assert len(changes.digest) == 2
    assert Alert.objects.filter(pushed_at=at(0), told_to=acme.wang).count() == 2


def test_an_alert_keeps_what_was_known_when_it_was_raised(acme: Company) -> None:
    review(acme, 0, {"wang1": 75})
    alert = Alert.objects.get()
    assert (alert.level, alert.score, alert.owner, alert.expected_loss) == ("medium", 75, acme.wang, money(750))
    assert alert.reasons == [reason()]
    assert (alert.opened_at, alert.level_since, alert.status) == (at(0), at(0), "open")


def test_running_a_day_again_changes_nothing(acme: Company) -> None:
    scores = {"wang1": 75.0, "wang2": 95.0, "wang3": 80.0, "li1": 55.0}
    review(acme, 0, scores)
    before = list(Alert.objects.order_by("id").values())
    again = alerts_review(
        workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers[n], s) for n, s in scores.items()]
    )
    assert again.is_empty
    assert list(Alert.objects.order_by("id").values()) == before


def test_a_second_review_of_the_same_day_shares_the_budget(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "wang2": 95})
    later = alerts_review(
        workspace=acme.workspace, as_of=at(0, hours=9), kind="nightly", scored=[scored(acme.customers["wang3"], 99, value=1e6)]
    )
    assert len(later.raised) == 1
    assert not later.pushed


def test_a_reassigned_push_still_counts_for_the_one_who_was_told(acme: Company) -> None:
    review(acme, 0, {"wang1": 95, "wang2": 95})
    Alert.objects.update(owner=acme.li)
    later = alerts_review(workspace=acme.workspace, as_of=at(0, hours=9), kind="nightly", scored=[scored(acme.customers["wang3"], 99)])
    assert not later.pushed


def test_a_replay_lives_through_history_without_telling_anybody(acme: Company) -> None:
    for day in range(12):
        review(acme, day, {"wang1": 95 if day < 3 else 20}, kind="replay")
    alert = Alert.objects.get()
    assert (alert.status, alert.close_reason, alert.opened_at, alert.closed_at) == ("closed", "calmed", at(0), at(6))
    assert alert.pushed_at is None
    assert alert.peak_score == 95


def test_a_replay_does_not_know_today_s_outcome(acme: Company) -> None:
    customer = acme.customers["wang1"]
    customer.status = "lost"
    customer.save()
    review(acme, 0, {"wang1": 95}, kind="replay")
    assert Alert.objects.count() == 1
    review(acme, 1, {"wang1": 95})
    assert Alert.objects.get().close_reason == "outcome"


def test_a_lost_customer_is_not_alerted_and_an_open_alert_closes(acme: Company) -> None:
    review(acme, 0, {"wang1": 95})
    review(acme, 1, {"wang1": 95, "wang2": 95}, lost=True)
    assert list(Alert.objects.values_list("status", "close_reason")) == [("closed", "lost")]


def test_customers_that_are_not_scored_keep_their_alerts(acme: Company) -> None:
    review(acme, 0, {"wang1": 95})
    review(acme, 9, {"wang2": 95})
    assert Alert.objects.filter(status="open").count() == 2


def test_a_customer_of_another_workspace_is_never_alerted_here(acme: Company, stranger: Company) -> None:
    foreign = scored(stranger.customers["wang1"], 95)
    changes = alerts_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[foreign])
    assert changes.is_empty
    assert not Alert.objects.exists()


def test_BEY_03_a_known_reason_stays_silent_through_reviews_until_it_worsens(acme: Company) -> None:
    review(acme, 0, {"wang1": 75})
    alert_verdict(actor=acme.actor(acme.wang), alert_id=Alert.objects.get().pk, verdict="known", signal="SIG-20", until=at(60))
    review(acme, 20, {"wang1": 75})
    assert Alert.objects.count() == 1
    worse = scored(acme.customers["wang1"], 80, reasons=[reason(points=28)])
    changes = alerts_review(workspace=acme.workspace, as_of=at(21), kind="nightly", scored=[worse])
    assert len(changes.raised) == 1


def test_a_faulty_policy_is_refused_before_anything_is_written(acme: Company) -> None:
    acme.workspace.alert_policy = {"close_after_days": 0}
    with pytest.raises(Invalid):
        review(acme, 0, {"wang1": 95})
    assert not Alert.objects.exists()


days = st.lists(st.dictionaries(st.sampled_from(["wang1", "wang2", "wang3", "wang4", "li1"]), st.floats(0, 100), max_size=5), max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days)
def test_whatever_the_scores_one_open_alert_per_customer_and_no_push_over_the_budget(acme: Company, series: list[dict[str, float]]) -> None:
    Alert.objects.all().delete()
    for day, scores in enumerate(series):
        review(acme, day, scores, kind="first" if day == 0 else "nightly")
        opened = Alert.objects.exclude(status="closed").values_list("customer_id", flat=True)
        assert len(opened) == len(set(opened))
        today = Alert.objects.filter(pushed_at__gte=at(day), pushed_at__lt=at(day) + timedelta(days=1))
        counts = Counter(today.values_list("told_to_id", flat=True))
        assert all(count <= 2 for count in counts.values())
        assert not counts or (MONDAY + timedelta(days=day)).weekday() < 5
        assert alerts_review(
            workspace=acme.workspace, as_of=at(day), kind="first" if day == 0 else "nightly",
            scored=[scored(acme.customers[name], score) for name, score in scores.items()],
        ).is_empty  # fmt: skip
