"""Customers, tags, mass tasks, moves and behaviour (integrations §9, item 2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.vendors.answers import Rejected
from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.behaviour import behaviour_of
from liuke.vendors.wecom.customers import contact, contact_ids, contacts_of, tags_mark
from liuke.vendors.wecom.mass import MassLink, mass_create, mass_list, mass_members, mass_results, moment_create
from liuke.vendors.wecom.transfer import Moved, transfer, transfer_states
from tests.simulators.wecom_customers import WeComCustomers


def test_contacts_come_over_all_pages(app: App) -> None:
    found = [(each.follow_info.userid, each.external_contact.external_userid) for each in contacts_of(app, ["zhangwei", "lina"])]
    assert found == [("zhangwei", "wm1"), ("zhangwei", "wm2"), ("zhangwei", "wm3"), ("lina", "wm2")]


def test_a_colleague_without_customers_has_none(app: App) -> None:
    assert contact_ids(app, "nobody") == ()


def test_a_customer_shows_everybody_who_has_them(wecom: WeComCustomers, app: App) -> None:
    customer, follows = contact(app, "wm2")
    assert (customer.name, [each.userid for each in follows]) == ("客户wm2", ["lina", "zhangwei"])
    with pytest.raises(Rejected) as refused:
        contact(app, "wm9")
    assert refused.value.code == "40096"
    wecom.unlicensed_contacts = frozenset({"wm2"})
    with pytest.raises(Rejected) as refused:
        contact(app, "wm2")
    assert refused.value.code == "701008"


def test_tags_are_marked_only_on_ones_own_contact(wecom: WeComCustomers, app: App) -> None:
    tags_mark(app, user="lina", external_id="wm2", add=["t1", "t2"])
    tags_mark(app, user="lina", external_id="wm2", remove=["t1"])
    assert wecom.tags["lina", "wm2"] == {"t2"}
    asked = len(wecom.log)
    tags_mark(app, user="lina", external_id="wm2")
    assert len(wecom.log) == asked
    with pytest.raises(Rejected) as refused:
        tags_mark(app, user="lina", external_id="wm1", add=["t1"])
    assert refused.value.code == "84061"


def test_a_mass_task_waits_for_the_colleague(wecom: WeComCustomers, app: App) -> None:
    task, unreachable = mass_create(app, sender="zhangwei", to=["wm1", "wm2", "wm9"], text="您好", link=MassLink("看", "https://x.example"))
    assert unreachable == {"wm9"}
    assert [each.status for each in mass_members(app, task)] == [0]
    assert {each.status for each in mass_results(app, task, "zhangwei")} == {0}
    wecom.confirm_mass(task, deleted=frozenset({"wm2"}))
    assert [(each.userid, each.status) for each in mass_members(app, task)] == [("zhangwei", 2)]
    assert {each.external_userid: each.status for each in mass_results(app, task, "zhangwei")} == {"wm1": 1, "wm2": 2}
    assert [each.msgid for each in mass_list(app, since=0, until=10)] == [task]


def test_a_moment_is_a_job(app: App) -> None:
    assert moment_create(app, text="新品", users=["lina"], link=MassLink("看", "https://x.example")) == "job1"


def test_a_move_settles_after_a_day_unless_it_is_refused(wecom: WeComCustomers, app: App) -> None:
    wecom.refusing = frozenset({"wm3"})
    begun = transfer(app, giver="zhangwei", taker="lina", customers=["wm1", "wm3", "wm9"], notice="您好")
    assert [each.errcode for each in begun] == [0, 0, 40096]
    assert {each.external_userid: Moved(each.status) for each in transfer_states(app, giver="zhangwei", taker="lina")} == {
        "wm1": Moved.WAITING, "wm3": Moved.REFUSED,
    }  # fmt: skip
    wecom.clock.move(hours=24)
    assert {each.external_userid: Moved(each.status) for each in transfer_states(app, giver="zhangwei", taker="lina")} == {
        "wm1": Moved.DONE, "wm3": Moved.REFUSED,
    }  # fmt: skip


def test_behaviour_is_asked_for_one_colleague_and_at_most_thirty_days(wecom: WeComCustomers, app: App) -> None:
    until = wecom.clock()
    days = behaviour_of(app, "lina", since=until - timedelta(days=30), until=until)
    assert [(day.chat_cnt, day.reply_percentage) for day in days] == [(10, 66.5), (0, None)]
    assert wecom.asked("/cgi-bin/externalcontact/get_user_behavior_data")[0].json["userid"] == ["lina"]
    with pytest.raises(Rejected):
        behaviour_of(app, "lina", since=until - timedelta(days=31), until=until)
