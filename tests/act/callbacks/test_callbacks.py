"""Callbacks in the product: who may call, and that what is told often happens once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from liuke.accounts.store.models import AuditEntry, StaffAddress
from liuke.act.outgoing import callbacks
from liuke.act.outgoing.callbacks import KEPT, callbacks_sweep
from liuke.act.outgoing.sealing import open_text
from liuke.act.outgoing.targets import callback_url
from liuke.act.store.models import CallbackEvent, Channel, Notice, Suppression, WorkItem
from liuke.alert.store.models import Alert, Verdict
from liuke.base.times import utc_now
from liuke.connect.store.models import Batch
from liuke.jobs.store.models import OutboxMessage
from tests.act.callbacks.conftest import Desk
from tests.connect.kept import activities_in
from tests.simulators import wecom as world

pytestmark = pytest.mark.django_db


def shown(desk: Desk) -> object:
    (card,) = desk.wecom.cards.values()
    return card.get("updated")


def test_ALT_01_a_press_on_claim_takes_the_alert_in_hand_as_the_person_who_pressed(desk: Desk) -> None:
    assert desk.tell(desk.wecom.click(desk.card(), "claim")) == 200
    assert WorkItem.objects.get().status == WorkItem.Status.TODO
    assert desk.work() == 2
    item = WorkItem.objects.get()
    assert (item.status, item.owner_id) == (WorkItem.Status.DOING, desk.company.wang.pk)
    assert shown(desk) == {"replace_name": "wang 跟进中"}
    assert AuditEntry.objects.get(action="work_claim").actor == f"user:{desk.company.wang.user_id}"


def test_BEY_09_an_event_told_three_times_has_one_effect(desk: Desk) -> None:
    told = desk.wecom.click(desk.card(), "claim")
    assert [desk.tell(told) for _ in range(3)] == [200, 200, 200]
    desk.work()
    assert desk.tell(told) == 200
    assert desk.work() == 0
    assert CallbackEvent.objects.count() == 1
    assert AuditEntry.objects.filter(action="work_claim").count() == 1


class Killed(BaseException):
    """kill -9: nothing of the process runs any more."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_has_done_nothing_and_the_next_one_does_it_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.tell(desk.wecom.click(desk.card(), "claim"))
    done = callbacks.click_done

    def dies(*given: object) -> tuple[str, str]:
        done(*given)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(callbacks, "click_done", dies)
    with pytest.raises(Killed):
        desk.work()
    assert WorkItem.objects.get().status == WorkItem.Status.TODO
    assert CallbackEvent.objects.get().handled_at is None
    monkeypatch.setattr(callbacks, "click_done", done)
    row = OutboxMessage.objects.get(topic="callback")
    desk.deliver(row)
    desk.deliver(row)
    desk.work()
    assert WorkItem.objects.get().status == WorkItem.Status.DOING
    assert AuditEntry.objects.filter(action="work_claim").count() == 1
    assert len(desk.wecom.asked("/cgi-bin/message/update_template_card")) == 1


def test_snooze_and_verdict_from_the_card(desk: Desk) -> None:
    card = desk.card()
    desk.tell(desk.wecom.click(card, "verdict:valid"))
    desk.work()
    assert Verdict.objects.get().verdict == "valid"
    assert shown(desk) == {"replace_name": "wang 判为有效"}
    desk.wecom.clock.move(seconds=1)
    desk.tell(desk.wecom.click(card, "snooze:3"))
    desk.work()
    assert Alert.objects.get().status == Alert.Status.SNOOZED
    assert shown(desk) == {"replace_name": "wang：3 天后再提醒"}


def test_a_false_alarm_needs_its_reason_which_a_card_cannot_ask_for(desk: Desk) -> None:
    desk.tell(desk.wecom.click(desk.card(), "verdict:false_alarm"))
    desk.work()
    assert not Verdict.objects.exists()
    assert shown(desk) == {"replace_name": "误报须选原因：请打开留客填写"}


def test_somebody_whom_nobody_bound_is_told_so_and_nothing_is_done(desk: Desk) -> None:
    desk.tell(desk.wecom.click(desk.card(), "claim", user="lina"))
    desk.work()
    assert WorkItem.objects.get().status == WorkItem.Status.TODO
    assert CallbackEvent.objects.get().error == "click_unbound"
    assert "lina" in str(shown(desk))


def test_a_colleague_of_the_other_team_does_nothing_to_an_alert_that_is_hidden_from_them(desk: Desk) -> None:
    outsider = desk.company.outsider
    StaffAddress.objects.create(workspace=desk.company.workspace, membership=outsider, kind="wecom", address="out", folded="out")
    desk.tell(desk.wecom.click(desk.card(), "claim", user="out"))
    desk.work()
    assert WorkItem.objects.get().owner_id == desk.company.wang.pk
    assert WorkItem.objects.get().status == WorkItem.Status.TODO
    assert CallbackEvent.objects.get().error == "alert_not_found"


@pytest.mark.parametrize("button", ["", "approve", "snooze:", "snooze:99", "verdict:nonsense", "claim:1:2;drop"])
def test_buttons_that_we_never_drew_do_no_harm(desk: Desk, button: str) -> None:
    desk.tell(desk.wecom.click(desk.card(), button))
    desk.work()
    assert not Verdict.objects.exists()
    assert Alert.objects.get().status != Alert.Status.SNOOZED


def test_a_deactivated_person_acts_no_more(desk: Desk) -> None:
    card = desk.card()
    desk.company.wang.is_active = False
    desk.company.wang.save()
    desk.tell(desk.wecom.click(card, "claim"))
    desk.work()
    assert CallbackEvent.objects.get().error == "click_unbound"


def test_SIG_54_a_customer_who_removes_a_colleague_becomes_an_activity_and_gets_no_more_marketing(desk: Desk) -> None:
    customer = desk.company.customers["wang1"]
    customer.attributes = {"wecom_external_userid": "wm1"}
    customer.save()
    told = desk.wecom.customer_deletes("wm1", "zhangwei")
    for _ in range(2):
        desk.tell(told)
    desk.work()
    (row,) = activities_in(Batch.objects.get())
    assert (row["kind"], row["customer_key"], row["actor"]) == ("wecom.contact_deleted", customer.key, "zhangwei")
    assert Suppression.objects.get().reason == "contact_deleted"


def test_a_customer_whom_we_do_not_know_is_noted(desk: Desk) -> None:
    desk.tell(desk.wecom.customer_deletes("wm1", "zhangwei"))
    desk.work()
    assert CallbackEvent.objects.get().error == "callback_no_customer"
    assert not Batch.objects.exists()


def test_the_warning_of_low_activity_reaches_the_administrators(desk: Desk) -> None:
    before = Notice.objects.count()
    desk.tell(desk.wecom.event("sys", Event="low_active_alert", EffectTime="1"))
    desk.work()
    told = set(Notice.objects.order_by("pk")[before:].values_list("recipient_id", flat=True))
    assert told == {desk.company.admin.pk, desk.company.it.pk}


def test_strangers_learn_nothing(desk: Desk) -> None:
    told, own = desk.wecom.click(desk.card(), "claim"), callback_url(desk.channel).removeprefix("https://liuke.example")
    wrong = own[:-1] + ("0" if own[-1] != "0" else "1")
    assert desk.tell(told, path=wrong) == 404
    assert desk.tell(told, path="/api/callbacks/999999/" + own.rpartition("/")[2]) == 404
    forged = replace(told, query=told.query | {"msg_signature": "0" * 40})
    assert desk.tell(forged) == 401
    Channel.objects.update(enabled=False)
    assert desk.tell(told) == 404
    assert not CallbackEvent.objects.exists()


def test_the_vendor_proves_the_address_by_get(desk: Desk) -> None:
    path = callback_url(desk.channel).removeprefix("https://liuke.example")
    answer = Client().get(path, world.echo("1616140317555161061", 1))
    assert (answer.status_code, answer.content) == (200, b"1616140317555161061")
    assert Channel.objects.get().last_callback_at is not None
    assert Client().put(path).status_code == 405


def test_a_body_without_end_is_refused(desk: Desk) -> None:
    told = desk.wecom.click(desk.card(), "claim")
    assert desk.tell(replace(told, body=b"x" * 300_000)) == 413


def test_what_is_kept_is_sealed_and_goes_after_thirty_days(desk: Desk) -> None:
    desk.tell(desk.wecom.click(desk.card(), "claim"))
    row = CallbackEvent.objects.get()
    assert b"ZhangWei" not in bytes(row.sealed)
    assert "ZhangWei" in open_text(row.sealed)
    assert callbacks_sweep(utc_now()) == 0
    assert callbacks_sweep(utc_now() + KEPT + timedelta(minutes=1)) == 1
