"""交接 and 断线守护 (BEY-15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.store.models import AuditEntry
from liuke.act import service as act
from liuke.act.service import Seen
from liuke.act.store.models import Watch, WorkItem
from liuke.act.watch.domain import Reason, ends_on, mark_due, spread
from liuke.act.watch.following import thin_threads
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.facts.store.models import Customer
from liuke.facts.store.threads import Thread
from tests.act.routed import review
from tests.alert.world import MONDAY, Company, at

DAY = MONDAY.date()


@pytest.mark.parametrize(
    ("days", "reminded", "mark"),
    [(0, -1, 0), (0, 0, None), (29, 0, None), (30, 0, 30), (45, 30, None), (95, 0, 90), (95, 90, None)],
)  # fmt: skip
def test_a_new_owner_is_reminded_on_days_0_30_60_and_90(days: int, reminded: int, mark: int | None) -> None:
    assert mark_due(DAY, DAY + timedelta(days=days), reminded) == mark


@given(
    st.dictionaries(st.integers(1, 200), st.floats(0, 1e6), max_size=60), st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True)
)
def test_customers_are_spread_evenly_each_once(customers: dict[int, float], successors: list[int]) -> None:
    given_to = spread(customers.items(), successors)
    assert set(given_to) == set(customers)
    counts = [list(given_to.values()).count(successor) for successor in successors]
    assert max(counts) - min(counts) <= 1


def test_a_thread_is_thin_where_one_person_holds_it_and_the_customer_matters() -> None:
    threads = [
        Thread(1, 5, 1, "wang", 1, "王小", at(0)),
        Thread(2, 4, 1, "wang", 1, "王小", at(0)),
        Thread(3, 9, 2, "li", 0, "", at(0)),
        Thread(4, 9, 1, "li", 1, "赵总", at(0)),
    ]
    assert thin_threads(Seen(threads=threads, worth={1, 2, 3})) == ({1: {"who": "wang", "n": 5}}, {1: {"who": "王小", "n": 5}})


def hand(acme: Company, *names: str, to: int | None = None) -> int:
    moves = {acme.customers[name].pk: to or acme.li.pk for name in names}
    return act.hand_over(actor=acme.actor(acme.admin), member_id=acme.wang.pk, moves=moves).pk


def follow(acme: Company, day: int, **seen: object) -> dict[str, int]:
    acme.workspace.simulated_as_of = at(day)
    return act.watch_follow(workspace=acme.workspace, as_of=at(day), seen=Seen(**seen))  # type: ignore[arg-type]


def open_reasons() -> list[tuple[str, str]]:
    return sorted(Watch.objects.filter(until=None).values_list("customer__key", "reason"))


@pytest.mark.django_db
class TestHandOver:
    """Customers change hands."""

    def test_alerts_and_work_go_along_and_a_90_day_watch_begins(self, acme: Company) -> None:
        review(acme, at(0), {"wang1": 95})
        hand(acme, "wang1")
        assert {Customer.objects.get(key="wang1").owner, Alert.objects.get().owner, WorkItem.objects.get().owner} == {acme.li}
        watch = Watch.objects.get()
        assert (watch.reason, watch.before, watch.ends_on) == (Reason.HANDED_OVER, acme.wang, ends_on(DAY))
        assert AuditEntry.objects.get(action="handover").detail == {"customers": 1, "successors": [acme.li.pk]}

    def test_it_is_taken_back_where_nobody_moved_the_customer_on(self, acme: Company) -> None:
        review(acme, at(0), {"wang1": 95})
        number = hand(acme, "wang1", "wang2")
        admin = acme.actor(acme.admin)
        act.customers_assign(actor=admin, customer_ids=[acme.customers["wang2"].pk], owner_id=acme.outsider.pk)
        assert act.hand_over_undo(actor=admin, hand_over_id=number) == [acme.customers["wang1"].pk]
        owners = dict(Customer.objects.filter(key__in=("wang1", "wang2")).values_list("key", "owner"))
        assert owners == {"wang1": acme.wang.pk, "wang2": acme.outsider.pk}
        assert Alert.objects.get().owner == acme.wang
        assert open_reasons() == []
        with pytest.raises(NotFound, match="handover_gone"):
            act.hand_over_undo(actor=admin, hand_over_id=number)

    def test_with_the_last_customer_goes_work_on_customers_of_others(self, acme: Company) -> None:
        review(acme, at(0), {"li1": 95})
        act.alerts_assign(actor=acme.actor(acme.admin), alert_ids=[Alert.objects.get().pk], owner_id=acme.wang.pk)
        hand(acme, *(f"wang{n}" for n in range(1, 6)), to=acme.outsider.pk)
        assert (Alert.objects.get().owner, WorkItem.objects.get().owner) == (acme.li, acme.li)
        assert act.holding_of(acme.workspace.pk, acme.wang.pk).is_empty

    def test_somebody_else_s_customers_and_oneself_are_refused_and_nothing_moves(self, acme: Company) -> None:
        admin = acme.actor(acme.admin)
        with pytest.raises(Invalid, match="handover_not_theirs"):
            act.hand_over(actor=admin, member_id=acme.wang.pk, moves={acme.customers["li1"].pk: acme.outsider.pk})
        with pytest.raises(Invalid, match="handover_to_self"):
            act.hand_over(actor=admin, member_id=acme.wang.pk, moves={acme.customers["wang1"].pk: acme.wang.pk})
        with pytest.raises(Forbidden):
            act.hand_over(actor=acme.actor(acme.supervisor), member_id=acme.wang.pk, moves={})
        assert not Watch.objects.exists()

    def test_who_has_left_gets_nothing_back(self, acme: Company) -> None:
        number = hand(acme, "wang1")
        acme.wang.is_active = False
        acme.wang.save()
        with pytest.raises(Conflict, match="handover_person_left"):
            act.hand_over_undo(actor=acme.actor(acme.admin), hand_over_id=number)
        assert [row.pk for row in act.hand_overs_recent(actor=acme.actor(acme.admin))] == [number]


@pytest.mark.django_db
class TestWatch:
    """Each night."""

    def test_BEY_15_the_new_owner_gets_a_first_task_and_one_at_each_mark_without_contact(self, acme: Company) -> None:
        hand(acme, "wang1")
        counts = []
        for day in (0, 1, 30, 31, 60, 90, 91, 92):
            follow(acme, day)
            counts.append(WorkItem.objects.filter(owner=acme.li).count())
        assert counts == [1, 1, 2, 2, 3, 4, 4, 4]
        assert open_reasons() == []
        assert WorkItem.objects.order_by("id")[1].title == "交接后第 30 天仍无联系，请联系客户"

    def test_BEY_15_contact_spares_the_later_marks(self, acme: Company) -> None:
        hand(acme, "wang1")
        follow(acme, 0)
        item = WorkItem.objects.get()
        act.follow_up_record(actor=acme.actor(acme.li), item_id=item.pk, result="reached", request_key="k")
        follow(acme, 30)
        hand(acme, "wang2")
        follow(acme, 60, last_contact={acme.customers["wang2"].pk: at(59)})
        assert WorkItem.objects.filter(customer__key="wang1").count() == 1
        assert WorkItem.objects.filter(customer__key="wang2").count() == 0

    def test_BEY_15_customers_on_a_single_thread_are_found_and_let_go(self, acme: Company) -> None:
        wang1, wang2, li1 = (acme.customers[name].pk for name in ("wang1", "wang2", "li1"))
        threads = [
            Thread(wang1, 9, 1, "wang", 3, "王小", at(0)),
            Thread(wang2, 4, 1, "wang", 1, "王小", at(0)),
            Thread(li1, 9, 2, "li", 1, "赵总", at(0)),
        ]
        seen = {"threads": threads, "worth": {wang1, wang2, li1}, "contact_gone": {wang2}}
        counts = follow(acme, 0, **seen)
        assert open_reasons() == [("li1", "one_contact"), ("wang1", "one_colleague"), ("wang2", "contact_gone")]
        assert (counts["one_contact"], counts["handed_over"]) == (1, 0)
        assert Watch.objects.get(customer_id=li1).detail == {"who": "赵总", "n": 9}
        follow(acme, 1, **seen)
        assert Watch.objects.count() == 3
        follow(acme, 2)
        assert open_reasons() == []

    def test_BEY_15_customers_of_who_has_left_stand_on_the_list(self, acme: Company) -> None:
        acme.outsider.is_active = False
        acme.outsider.save()
        assert follow(acme, 0)["owner_left"] == 5
        act.customers_assign(actor=acme.actor(acme.admin), customer_ids=[acme.customers["outsider1"].pk], owner_id=acme.li.pk)
        assert follow(acme, 1)["owner_left"] == 4

    def test_BEY_15_everybody_sees_the_watches_of_their_own_customers(self, acme: Company) -> None:
        follow(acme, 0, contact_gone={acme.customers[name].pk for name in ("wang1", "li1", "outsider1")})
        seen = [act.watches_visible(acme.actor(who)).count() for who in (acme.admin, acme.supervisor, acme.wang, acme.it)]
        assert seen == [3, 2, 1, 0]
