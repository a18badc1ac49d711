"""Waking: who is due is stepped as far as it goes, once, whatever happens around it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.act.playbooks import service
from liuke.act.playbooks.engine import waking
from liuke.act.store.models import Channel, CustomerMessage, Enrolment, EnrolmentStep, PlaybookApproval, WorkItem
from liuke.base.errors import Conflict, NotFound
from liuke.facts.store.models import Contact, Customer
from liuke.jobs.store.models import OutboxMessage
from liuke.segments.service.tags import tags_all
from liuke.segments.store.models import Tag, TagMembership
from tests.act.playbooks.world import OPENS, Fleet, document, node, path, stays

pytestmark = pytest.mark.django_db
WAITING = [node("w", "wait", {"done": "e"}, days=2), node("e", "end")]


def test_a_customer_waits_and_then_goes_on(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(WAITING))
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    asleep = stays(playbook)[0]
    assert (asleep.status, asleep.wake_at, asleep.node) == ("waiting", OPENS + timedelta(days=2), "w")
    fleet.later(days=1).wake()
    assert path(asleep) == []
    fleet.later(days=1).wake()
    over = stays(playbook)[0]
    assert (over.status, over.end_reason, over.wake_at, over.ended_at) == ("done", "end", None, fleet.now)
    assert path(over) == [("w", "done"), ("e", "")]


def test_waking_twice_at_the_same_moment_does_nothing_the_second_time(fleet: Fleet) -> None:
    playbook = fleet.playbook(document([node("i", "work_item", {"done": "e"}, title="Call"), node("e", "end")]))
    fleet.enrol(playbook)
    assert fleet.wake().enrolments == 3
    assert fleet.wake().enrolments == 0
    assert WorkItem.objects.filter(workspace=fleet.workspace).count() == 3


def test_a_wait_until_working_hours_ends_when_people_work(fleet: Fleet) -> None:
    spec = document([node("w", "wait", {"done": "e"}, days=5, working_hours=True), node("e", "end")])
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    assert stays(playbook)[0].wake_at == OPENS + timedelta(days=7), "Saturday becomes Monday morning"


def test_a_branch_reads_the_last_scorings_frame_and_unknown_is_no(fleet: Fleet) -> None:
    rule = {"column": "score", "op": "ge", "value": 70}
    playbook = fleet.playbook(document([node("b", "branch", {"yes": "y", "no": "n"}, when=rule), node("y", "end"), node("n", "end")]))
    high, low, unknown = fleet.customers
    fleet.frame({high.pk: {"score": 90.0}, low.pk: {"score": 20.0}})
    fleet.enrol(playbook)
    fleet.wake()
    ways = {stay.customer_id: path(stay)[0][1] for stay in stays(playbook)}
    assert ways == {high.pk: "yes", low.pk: "no", unknown.pk: "no"}


def test_wait_for_takes_the_way_of_what_happened_or_of_the_time(fleet: Fleet) -> None:
    spec = document([node("f", "wait_for", {"yes": "y", "timeout": "t"}, what=["order"], days=3), node("y", "end"), node("t", "end")])
    playbook = fleet.playbook(spec)
    buyer, silent, early = fleet.customers
    fleet.happens(early, "order.placed", OPENS - timedelta(hours=1))
    fleet.enrol(playbook)
    fleet.wake()
    fleet.later(days=1)
    fleet.happens(buyer, "order.placed")
    assert fleet.watch().woken == 1
    fleet.wake()
    assert path(stays(playbook)[0])[0] == ("f", "yes")
    fleet.later(days=3).wake()
    assert [path(stay)[0][1] for stay in stays(playbook)] == ["yes", "timeout", "timeout"], (silent.pk, early.pk)


def test_wait_date_sleeps_until_some_days_before_the_date(fleet: Fleet) -> None:
    ends = OPENS + timedelta(days=30)
    spec = document(
        [node("d", "wait_date", {"done": "e", "none": "x"}, column="contract.ends_on", days=-10), node("e", "end"), node("x", "end")]
    )
    playbook = fleet.playbook(spec)
    dated, undated, _ = fleet.customers
    fleet.frame({dated.pk: {"contract.ends_on": int(ends.timestamp() * 1_000_000)}, undated.pk: {"contract.ends_on": None}})
    fleet.enrol(playbook, [dated, undated])
    fleet.wake()
    first, second = stays(playbook)
    assert first.wake_at == ends - timedelta(days=10)
    assert path(second)[0] == ("d", "none")


def test_a_work_item_goes_to_the_owner_with_a_due_date_in_working_hours(fleet: Fleet) -> None:
    playbook = fleet.playbook(document([node("i", "work_item", {"done": "e"}, title="回访", due_days=5, note="问近况"), node("e", "end")]))
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    item = WorkItem.objects.get(workspace=fleet.workspace)
    assert (item.title, item.owner_id, item.note, item.due_at) == ("回访", fleet.manager.pk, "问近况", OPENS + timedelta(days=7))


def test_assign_gives_the_customer_and_its_work_to_a_dedicated_manager(fleet: Fleet) -> None:
    spec = document([node("a", "assign", {"done": "e"}, member=fleet.admin.pk), node("e", "end")])
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    assert Customer.objects.get(pk=fleet.customers[0].pk).owner_id == fleet.admin.pk


def test_tags_are_put_on_and_taken_off(fleet: Fleet) -> None:
    tags_all(fleet.workspace)
    code = Tag.objects.create(workspace=fleet.workspace, code="vip_care", name="VIP", kind="attribute").code
    on = fleet.playbook(document([node("t", "tag", {"done": "e"}, tag=code, action="add"), node("e", "end")]))
    off = fleet.playbook(document([node("t", "tag", {"done": "e"}, tag=code, action="remove"), node("e", "end")]), name="off")
    fleet.enrol(on, fleet.customers[:2])
    fleet.wake()
    inside = TagMembership.objects.filter(tag__code=code, until__isnull=True)
    assert inside.count() == 2
    fleet.later(days=1)
    fleet.enrol(off, fleet.customers[:1])
    fleet.wake()
    assert list(inside.values_list("customer_id", flat=True)) == [fleet.customers[1].pk]


def test_a_webhook_and_a_group_leave_by_the_outbox_once(fleet: Fleet) -> None:
    way = Channel.objects.create(workspace=fleet.workspace, kind="webhook", name="CRM", config={}).pk
    spec = document(
        [
            node("h", "webhook", {"done": "g"}, way_out=way, event="voice_call"),
            node("g", "group_chat", {"done": "e"}, way_out=way, name="高危"),
            node("e", "end"),
        ]
    )
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    rows = OutboxMessage.objects.filter(workspace=fleet.workspace).order_by("pk")
    assert [(row.topic, row.payload["customer"]) for row in rows] == [
        ("playbook.webhook", fleet.customers[0].pk),
        ("playbook.group", fleet.customers[0].pk),
    ]


def test_an_approval_is_asked_once_and_its_word_decides_the_way(fleet: Fleet) -> None:
    spec = document(
        [
            node("a", "approval", {"approved": "y", "declined": "n", "timeout": "t"}, text="8折?", days=2),
            node("y", "end"), node("n", "end"), node("t", "end"),
        ]
    )  # fmt: skip
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook)
    fleet.wake()
    fleet.later(hours=1).wake()
    asked = list(PlaybookApproval.objects.order_by("enrolment_id"))
    assert len(asked) == 3
    service.approval_decide(actor=fleet.actor, approval_id=asked[0].pk, approved=True)
    service.approval_decide(actor=fleet.actor, approval_id=asked[1].pk, approved=False)
    with pytest.raises(Conflict):
        service.approval_decide(actor=fleet.actor, approval_id=asked[1].pk, approved=True)
    fleet.wake()
    fleet.later(days=2).wake()
    assert [path(stay)[0][1] for stay in stays(playbook)] == ["approved", "declined", "timeout"]
    assert PlaybookApproval.objects.count() == 3


def test_a_message_without_an_address_is_refused_and_takes_the_way_refused(fleet: Fleet) -> None:
    spec = document(
        [
            node("m", "message", {"done": "e", "refused": "i"}, channel="email", template="care_checkin", purpose="service"),
            node("i", "work_item", {"done": "e"}, title="打电话"),
            node("e", "end"),
        ]
    )
    playbook = fleet.playbook(spec)
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    stay = stays(playbook)[0]
    message = CustomerMessage.objects.get(enrolment_id=stay.pk)
    assert message.status == "refused"
    assert path(stay) == [("m", "refused"), ("i", "done"), ("e", "")]


def test_a_refused_message_without_a_way_of_its_own_goes_on(fleet: Fleet) -> None:
    Channel.objects.create(workspace=fleet.workspace, kind="email", name="邮件")
    spec = document([node("m", "message", {"done": "e"}, channel="email", template="care_checkin", purpose="service"), node("e", "end")])
    playbook = fleet.playbook(spec)
    Contact.objects.create(customer=fleet.customers[0], key="c", name="王总", email="wang@shop.example", is_key=True)
    fleet.enrol(playbook, fleet.customers[:2])
    fleet.wake()
    assert [path(stay) for stay in stays(playbook)] == [[("m", "done"), ("e", "")], [("m", "refused"), ("e", "")]]


def test_pausing_keeps_everybodys_place_and_resuming_loses_nobody(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(WAITING))
    fleet.enrol(playbook)
    fleet.wake()
    service.playbook_pause(actor=fleet.actor, playbook_id=playbook.pk)
    assert fleet.later(days=30).wake().enrolments == 0
    assert {stay.node for stay in stays(playbook)} == {"w"}
    service.playbook_resume(actor=fleet.actor, playbook_id=playbook.pk)
    assert fleet.wake().enrolments == 3
    assert {stay.status for stay in stays(playbook)} == {"done"}


def test_stopping_ends_everybody_and_switches_off(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(WAITING))
    fleet.enrol(playbook)
    service.playbook_stop(actor=fleet.actor, playbook_id=playbook.pk)
    assert {(stay.status, stay.wake_at) for stay in stays(playbook)} == {("stopped", None)}
    playbook.refresh_from_db()
    assert not playbook.enabled
    with pytest.raises(Conflict):
        fleet.enrol(playbook)


def test_who_is_inside_finishes_on_the_version_that_they_entered(fleet: Fleet) -> None:
    playbook = fleet.playbook(document(WAITING))
    fleet.enrol(playbook, fleet.customers[:1])
    fleet.wake()
    newer = document([node("w", "wait", {"done": "i"}, days=2), node("i", "work_item", {"done": "e"}, title="New"), node("e", "end")])
    text = service.PlaybookText("flow", "", "winback", newer)
    service.playbook_update_draft(actor=fleet.actor, playbook_id=playbook.pk, text=text)
    service.playbook_publish(actor=fleet.actor, playbook_id=playbook.pk)
    fleet.enrol(playbook, fleet.customers[1:2])
    fleet.later(days=2).wake()
    fleet.later(days=2).wake()
    assert [[name for name, _ in path(stay)] for stay in stays(playbook)] == [["w", "e"], ["w", "i", "e"]]


def test_one_that_cannot_be_done_fails_alone(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    playbook = fleet.playbook(document([node("i", "work_item", {"done": "e"}, title="Call"), node("e", "end")]))
    fleet.enrol(playbook)
    unlucky, real = fleet.customers[1].pk, waking.effects_do

    def broken(workspace: object, flow: object, deeds: list[object], now: object) -> None:
        if any(deed.customer_id == unlucky for deed in deeds):
            raise NotFound("plan_not_found", plan="x")
        real(workspace, flow, deeds, now)

    monkeypatch.setattr(waking, "effects_do", broken)
    fleet.wake()
    assert [(stay.status, stay.end_reason) for stay in stays(playbook)] == [("done", "end"), ("failed", "plan_not_found"), ("done", "end")]
    assert WorkItem.objects.filter(workspace=fleet.workspace).count() == 2


def test_a_flow_that_lost_its_column_waits_until_it_is_mended(fleet: Fleet) -> None:
    rule = {"column": "score", "op": "ge", "value": 70}
    playbook = fleet.playbook(document([node("b", "branch", {"yes": "e", "no": "e"}, when=rule), node("e", "end")]))
    fleet.enrol(playbook, fleet.customers[:1])
    version = playbook.versions.get(status="published")
    version.spec["nodes"][0]["params"]["when"]["column"] = "gone"
    version.save()
    assert fleet.wake().enrolments == 0
    version.spec["nodes"][0]["params"]["when"]["column"] = "score"
    version.save()
    assert fleet.wake().enrolments == 1


def test_an_adaptive_way_gives_up_below_its_threshold_with_its_figures_in_history(fleet: Fleet) -> None:
    spec = document(
        [node("x", "adaptive", {"a": "e", "b": "f"}, threshold=0.5, min_n=10, last=20), node("e", "end"), node("f", "end")],
        goal={"kind": "order", "within_days": 5},
    )
    playbook = fleet.playbook(spec)
    version = playbook.versions.get(status="published")
    past = [
        Enrolment(
            workspace=fleet.workspace, playbook=playbook, version=version, customer=fleet.customers[0], entry_key=f"past{n}", arm="treated",
            status="done", node="e", since=OPENS, entered_at=OPENS, goal_until=OPENS, goal_at=OPENS if n < 3 else None,
        )
        for n in range(12)
    ]  # fmt: skip
    rows = Enrolment.objects.bulk_create(past)
    EnrolmentStep.objects.bulk_create(
        [EnrolmentStep(enrolment=row, seq=0, node="x", kind="adaptive", outlet="a", at=OPENS) for row in rows]
    )
    fleet.enrol(playbook, fleet.customers[1:2])
    fleet.wake()
    step = EnrolmentStep.objects.get(enrolment__customer=fleet.customers[1], node="x")
    assert step.outlet == "b"
    said = step.detail["params"]
    assert (said["rate"], said["n"]) == (0.25, 12)
    assert 0 < said["low"] < 0.25 < said["high"] < 0.6
