"""What people do to alerts: the work items move along, everything is audited, strangers get nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.store.models import BulkChange, Notice, WorkItem
from liuke.alert.service import alert_get, alerts_visible, signal_precision
from liuke.alert.store.models import Alert
from liuke.base.errors import Forbidden, Invalid, LiukeError, NotFound, TooLarge
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def alerts(acme: Company) -> dict[str, int]:
    """Open alerts of wang, li and the outsider, by customer."""
    names = ["wang1", "wang2", "li1", "outsider1"]
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers[name], 95) for name in names])
    return dict(Alert.objects.values_list("customer__key", "id"))


def state(alert_id: int) -> tuple[str, str, str]:
    """(alert status, close reason, item status)."""
    alert = Alert.objects.get(pk=alert_id)
    return alert.status, alert.close_reason, WorkItem.objects.get(alert=alert).status


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", {"wang1", "wang2", "li1", "outsider1"}), ("analyst", {"wang1", "wang2", "li1", "outsider1"}),
        ("supervisor", {"wang1", "wang2", "li1"}), ("wang", {"wang1", "wang2"}), ("outsider", {"outsider1"}), ("it", set()),
    ],
)  # fmt: skip
def test_everybody_sees_the_alerts_and_items_of_their_scope(acme: Company, alerts: dict[str, int], who: str, seen: set[str]) -> None:
    actor = acme.actor(getattr(acme, who))
    assert set(alerts_visible(actor).values_list("customer__key", flat=True)) == seen
    assert set(act.work_items_visible(actor).values_list("customer__key", flat=True)) == seen


def test_a_stranger_finds_nothing(acme: Company, stranger: Company, alerts: dict[str, int]) -> None:
    actor = stranger.actor(stranger.admin)
    one = alerts["wang1"]
    item = WorkItem.objects.get(alert_id=one).pk
    calls: list[Any] = [
        lambda: alert_get(actor=actor, alert_id=one),
        lambda: act.alerts_assign(actor=actor, alert_ids=[one], owner_id=stranger.wang.pk),
        lambda: act.alerts_snooze(actor=actor, alert_ids=[one], until=at(3)),
        lambda: act.alerts_close(actor=actor, alert_ids=[one], reason="handled"),
        lambda: act.alerts_claim(actor=actor, alert_ids=[one]),
        lambda: act.alert_verdict(actor=actor, alert_id=one, verdict="valid"),
        lambda: act.verdict_undo(actor=actor, alert_id=one),
        lambda: act.follow_up_record(actor=actor, item_id=item, result="reached", request_key="k"),
        lambda: act.work_item_complete(actor=actor, item_id=item),
        lambda: act.work_item_claim(actor=actor, item_id=item),
        lambda: act.work_item_reopen(actor=actor, item_id=item),
        lambda: act.work_item_assign(actor=actor, item_id=item, owner_id=stranger.wang.pk),
        lambda: act.work_item_update(actor=actor, item_id=item, note="x"),
        lambda: act.work_item_create(actor=actor, customer_id=acme.customers["wang1"].pk, title="x"),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert state(one) == ("open", "", "todo")


@pytest.mark.parametrize("who", ["analyst", "it"])
def test_who_may_not_handle_is_refused(acme: Company, alerts: dict[str, int], who: str) -> None:
    actor = acme.actor(getattr(acme, who))
    with pytest.raises(Forbidden):
        act.alerts_close(actor=actor, alert_ids=[alerts["wang1"]], reason="handled")
    with pytest.raises(Forbidden):
        act.alert_verdict(actor=actor, alert_id=alerts["wang1"], verdict="valid")


def test_a_manager_may_not_assign_and_a_supervisor_only_within_the_team(acme: Company, alerts: dict[str, int]) -> None:
    with pytest.raises(Forbidden):
        act.alerts_assign(actor=acme.actor(acme.wang), alert_ids=[alerts["wang1"]], owner_id=acme.li.pk)
    for wrong in (acme.outsider, acme.it, acme.analyst):
        with pytest.raises(Invalid):
            act.alerts_assign(actor=acme.actor(acme.supervisor), alert_ids=[alerts["wang1"]], owner_id=wrong.pk)


def test_assigning_moves_the_items_tells_the_person_and_can_be_undone(acme: Company, alerts: dict[str, int]) -> None:
    supervisor = acme.actor(acme.supervisor)
    ids = [alerts["wang1"], alerts["wang2"]]
    changed = act.alerts_assign(actor=supervisor, alert_ids=ids, owner_id=acme.li.pk)
    assert changed.changed == 2
    assert set(WorkItem.objects.filter(alert_id__in=ids).values_list("owner", flat=True)) == {acme.li.pk}
    assert Notice.objects.get(key="notices.assigned").recipient == acme.li
    assert changed.undo_token is not None
    assert act.bulk_undo(actor=supervisor, token=changed.undo_token) == 2
    assert set(WorkItem.objects.filter(alert_id__in=ids).values_list("owner", flat=True)) == {acme.wang.pk}
    assert set(Alert.objects.filter(pk__in=ids).values_list("owner", flat=True)) == {acme.wang.pk}


def test_one_invisible_alert_refuses_the_whole_bulk(acme: Company, alerts: dict[str, int]) -> None:
    with pytest.raises(NotFound):
        act.alerts_close(actor=acme.actor(acme.wang), alert_ids=[alerts["wang1"], alerts["li1"]], reason="handled")
    assert state(alerts["wang1"])[0] == "open"


def test_more_than_five_hundred_at_once_are_refused(acme: Company) -> None:
    with pytest.raises(TooLarge):
        act.alerts_close(actor=acme.actor(acme.admin), alert_ids=range(501), reason="handled")


def test_snoozing_hides_until_a_moment_and_dates_the_item(acme: Company, alerts: dict[str, int]) -> None:
    actor = acme.actor(acme.wang)
    changed = act.alerts_snooze(actor=actor, alert_ids=[alerts["wang1"]], until=at(10))
    assert state(alerts["wang1"])[0] == "snoozed"
    assert WorkItem.objects.get(alert_id=alerts["wang1"]).due_at == at(10)
    assert changed.undo_token is not None
    act.bulk_undo(actor=actor, token=changed.undo_token)
    assert state(alerts["wang1"])[0] == "open"
    assert WorkItem.objects.get(alert_id=alerts["wang1"]).due_at == at(0) + timedelta(hours=24)


@pytest.mark.parametrize("until", [at(0), at(-1), at(91)])
def test_snoozing_into_the_past_or_beyond_ninety_days_is_refused(acme: Company, alerts: dict[str, int], until: Any) -> None:
    with pytest.raises(Invalid):
        act.alerts_snooze(actor=acme.actor(acme.wang), alert_ids=[alerts["wang1"]], until=until)


def test_closing_can_be_undone_unless_a_newer_alert_is_open(acme: Company, alerts: dict[str, int]) -> None:
    actor = acme.actor(acme.wang)
    ids = [alerts["wang1"], alerts["wang2"]]
    changed = act.alerts_close(actor=actor, alert_ids=ids, reason="handled", note="电话已沟通")
    assert state(ids[0]) == ("closed", "handled", "cancelled")
    newer = Alert.objects.get(pk=ids[1])
    newer.pk, newer.status = None, "open"
    newer.save()
    assert changed.undo_token is not None
    assert act.bulk_undo(actor=actor, token=changed.undo_token) == 1
    assert state(ids[0]) == ("open", "", "todo")
    assert state(ids[1]) == ("closed", "handled", "cancelled")


def test_an_undo_works_once_for_its_maker_and_ten_minutes(acme: Company, alerts: dict[str, int]) -> None:
    actor = acme.actor(acme.wang)
    token = act.alerts_close(actor=actor, alert_ids=[alerts["wang1"]], reason="handled").undo_token or ""
    with pytest.raises(NotFound):
        act.bulk_undo(actor=acme.actor(acme.admin), token=token)
    act.bulk_undo(actor=actor, token=token)
    with pytest.raises(NotFound):
        act.bulk_undo(actor=actor, token=token)
    late = act.alerts_close(actor=actor, alert_ids=[alerts["wang1"]], reason="handled").undo_token or ""
    change = BulkChange.objects.get(token=late)
    change.at -= timedelta(minutes=11)
    change.save()
    with pytest.raises(NotFound):
        act.bulk_undo(actor=actor, token=late)


def test_claiming_takes_in_hand_and_undo_puts_back(acme: Company, alerts: dict[str, int]) -> None:
    actor = acme.actor(acme.wang)
    changed = act.alerts_claim(actor=actor, alert_ids=[alerts["wang1"]])
    assert state(alerts["wang1"])[2] == "doing"
    assert act.alerts_claim(actor=actor, alert_ids=[alerts["wang1"]]).undo_token is None
    act.bulk_undo(actor=actor, token=changed.undo_token or "")
    assert state(alerts["wang1"])[2] == "todo"


@pytest.mark.parametrize(
    ("given", "after"),
    [
        ({"verdict": "valid"}, ("open", "", "todo")),
        ({"verdict": "too_late"}, ("open", "", "todo")),
        ({"verdict": "false_alarm", "reason": "seasonal"}, ("closed", "false_alarm", "cancelled")),
        ({"verdict": "known", "until": at(30), "signal": "SIG-20"}, ("closed", "known", "cancelled")),
    ],
)
def test_BEY_03_a_verdict_and_its_undo_move_alert_and_item(
    acme: Company, alerts: dict[str, int], given: dict[str, Any], after: tuple[str, str, str]
) -> None:
    actor = acme.actor(acme.wang)
    act.alert_verdict(actor=actor, alert_id=alerts["wang1"], **given)
    assert state(alerts["wang1"]) == after
    act.verdict_undo(actor=actor, alert_id=alerts["wang1"])
    assert state(alerts["wang1"]) == ("open", "", "todo")
    assert Alert.objects.get(pk=alerts["wang1"]).muted == []
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"alert_verdict", "verdict_undo"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"verdict": "wrong"}, "verdict_unknown"),
        ({"verdict": "false_alarm"}, "verdict_reason"),
        ({"verdict": "known", "signal": "SIG-20"}, "verdict_until"),
        ({"verdict": "known", "until": at(-1)}, "verdict_until"),
        ({"verdict": "known", "until": at(400)}, "verdict_until"),
        ({"verdict": "known", "until": at(5), "signal": "SIG-99"}, "verdict_signal"),
    ],
)
def test_BEY_03_a_verdict_without_what_it_asks_is_refused(acme: Company, alerts: dict[str, int], given: dict[str, Any], code: str) -> None:
    with pytest.raises(LiukeError) as caught:
        act.alert_verdict(actor=acme.actor(acme.wang), alert_id=alerts["wang1"], **given)
    assert caught.value.code == code
    assert state(alerts["wang1"])[0] == "open"


def test_BEY_03_a_changed_verdict_replaces_the_first_and_known_is_no_false_alarm(acme: Company, alerts: dict[str, int]) -> None:
    wang, admin = acme.actor(acme.wang), acme.actor(acme.admin)
    act.alert_verdict(actor=wang, alert_id=alerts["wang1"], verdict="false_alarm", reason="project")
    act.alert_verdict(actor=wang, alert_id=alerts["wang1"], verdict="valid")
    act.alert_verdict(actor=wang, alert_id=alerts["wang2"], verdict="known", until=at(9))
    act.alert_verdict(actor=admin, alert_id=alerts["li1"], verdict="false_alarm", reason="bad_data")
    everything = signal_precision(actor=admin, since=at(0), until=at(1))
    own = signal_precision(actor=wang, since=at(0), until=at(1))
    assert [(line.signal, line.valid, line.false_alarm, line.known, line.precision) for line in everything] == [("SIG-20", 1, 1, 1, 0.5)]
    assert [(line.judged, line.precision) for line in own] == [(1, 1.0)]
    assert state(alerts["wang1"]) == ("open", "", "todo")


def test_a_customer_given_away_takes_alert_and_item_along(acme: Company, alerts: dict[str, int]) -> None:
    act.customers_assign(actor=acme.actor(acme.admin), customer_ids=[acme.customers["wang1"].pk], owner_id=acme.li.pk)
    assert Alert.objects.get(pk=alerts["wang1"]).owner == acme.li
    assert WorkItem.objects.get(alert_id=alerts["wang1"]).owner == acme.li
    assert set(alerts_visible(acme.actor(acme.wang)).values_list("id", flat=True)) == {alerts["wang2"]}
