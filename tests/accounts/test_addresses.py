"""Colleagues' ids in messengers: by hand, from a roster, and by whom they are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.addresses import address_folded, address_is_fine
from liuke.accounts.service.addresses import (
    roster_apply,
    roster_preview,
    staff_address,
    staff_addresses_list,
    staff_addresses_set,
    staff_by_address,
)
from liuke.accounts.store.models import AuditEntry
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from tests.alert.world import Company, company

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme() -> Company:
    return company()


def bind(acme: Company, **addresses: str) -> None:
    staff_addresses_set(actor=acme.actor(acme.admin), membership_id=acme.wang.pk, addresses=addresses)


def test_an_id_is_set_found_and_removed(acme: Company) -> None:
    bind(acme, wecom="ZhangWei", feishu="ou_1")
    assert staff_address(acme.wang.pk, "wecom") == "ZhangWei"
    assert staff_by_address(workspace_id=acme.workspace.pk, kind="wecom", address="zhangwei") == acme.wang
    assert staff_by_address(workspace_id=acme.workspace.pk, kind="feishu", address="OU_1") is None
    bind(acme, wecom="")
    assert staff_addresses_list(actor=acme.actor(acme.admin)) == {acme.wang.pk: {"feishu": "ou_1"}}
    assert AuditEntry.objects.filter(action="staff_addresses").count() == 2


def test_one_id_belongs_to_one_member_of_a_workspace(acme: Company) -> None:
    bind(acme, wecom="zhangwei")
    with pytest.raises(Conflict):
        staff_addresses_set(actor=acme.actor(acme.admin), membership_id=acme.li.pk, addresses={"wecom": "ZHANGWEI"})
    other = company("other")
    staff_addresses_set(actor=other.actor(other.admin), membership_id=other.li.pk, addresses={"wecom": "zhangwei"})
    assert staff_by_address(workspace_id=acme.workspace.pk, kind="wecom", address="zhangwei") == acme.wang


@pytest.mark.parametrize("who", ["wang", "supervisor", "it", "analyst"])
def test_only_who_keeps_people_sets_ids(acme: Company, who: str) -> None:
    actor = acme.actor(getattr(acme, who))
    with pytest.raises(Forbidden):
        staff_addresses_set(actor=actor, membership_id=acme.wang.pk, addresses={"wecom": "x"})
    with pytest.raises(Forbidden):
        roster_preview(actor=actor, text="email,wecom\n")


def test_strangers_and_bad_ids_are_refused(acme: Company) -> None:
    other = company("other")
    with pytest.raises(NotFound):
        staff_addresses_set(actor=other.actor(other.admin), membership_id=acme.wang.pk, addresses={"wecom": "x"})
    with pytest.raises(Invalid) as refused:
        bind(acme, wecom="a|b", slack="x")
    assert [fault["field"] for fault in refused.value.params["faults"]] == ["wecom", "slack"]  # type: ignore[attr-defined]


def test_who_has_left_is_found_no_more(acme: Company) -> None:
    bind(acme, wecom="zhangwei")
    acme.wang.is_active = False
    acme.wang.save()
    assert staff_by_address(workspace_id=acme.workspace.pk, kind="wecom", address="zhangwei") is None


ROSTER = """\ufeff邮箱,企业微信,钉钉
wang@acme.example,ZhangWei,d1
nobody@acme.example,x,
LI@acme.example,zhangwei,
li@acme.example,LiNa,
li@acme.example,LiNa2,
outsider@acme.example,,

supervisor@acme.example,has space,
"""


def test_a_roster_is_shown_before_it_is_applied(acme: Company) -> None:
    actor = acme.actor(acme.admin)
    seen = roster_preview(actor=actor, text=ROSTER)
    assert [(line.line, line.name, dict(line.changes)) for line in seen.lines] == [
        (2, "wang", {"wecom": "ZhangWei", "dingtalk": "d1"}), (5, "li", {"wecom": "LiNa"}),
    ]  # fmt: skip
    assert [(reject.line, reject.code) for reject in seen.rejects] == [
        (3, "roster_unknown"), (4, "staff_address_taken"), (6, "roster_twice"), (7, "roster_empty"), (9, "staff_address"),
    ]  # fmt: skip
    assert staff_addresses_list(actor=actor) == {}
    assert roster_apply(actor=actor, text=ROSTER) == seen
    assert staff_address(acme.li.pk, "wecom") == "LiNa"
    again = roster_preview(actor=actor, text=ROSTER)
    assert (again.lines, again.same) == ((), 2)


def test_two_members_may_be_swapped_in_two_steps_and_a_swap_in_one_is_refused(acme: Company) -> None:
    bind(acme, wecom="a")
    seen = roster_preview(actor=acme.actor(acme.admin), text="email,wecom\nli@acme.example,a\n")
    assert [reject.code for reject in seen.rejects] == ["staff_address_taken"]


@pytest.mark.parametrize("text", ["", "name,wecom\n", "email\n", "email,phone\n"])
def test_a_roster_without_its_columns_is_refused(acme: Company, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        roster_preview(actor=acme.actor(acme.admin), text=text)
    assert refused.value.code == "roster_header"


def test_a_roster_has_an_end(acme: Company) -> None:
    with pytest.raises(Invalid) as refused:
        roster_preview(actor=acme.actor(acme.admin), text="email,wecom\n" + "a@b.example,x\n" * 5001)
    assert refused.value.code == "roster_long"


@given(st.text(max_size=70))
def test_a_fine_id_is_safe_in_every_call(address: str) -> None:
    if address_is_fine(address):
        assert 0 < len(address) <= 64
        assert not set(address) & set(" |@,\r\n\t")
        assert address_folded("wecom", address) == address_folded("wecom", address.upper())
