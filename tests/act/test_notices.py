"""A person's own notices."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered, Failed, OutMessage
from liuke.act.domain.channel_fields import field_faults
from tests.act.targets import target
from tests.alert.world import Company, at, scored

pytestmark = pytest.mark.django_db


def test_everybody_reads_only_their_own_notices(acme: Company, stranger: Company) -> None:
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    wang, supervisor, admin = (acme.actor(who) for who in (acme.wang, acme.supervisor, acme.admin))
    assert [act.notices_unread(actor) for actor in (wang, supervisor, admin, stranger.actor(stranger.admin))] == [1, 1, 0, 0]
    assert act.notices_read(actor=wang) == 1
    assert act.notices_read(actor=wang) == 0
    assert [act.notices_unread(actor) for actor in (wang, supervisor)] == [0, 1]


def test_marking_read_up_to_an_id_leaves_the_newer_ones(acme: Company) -> None:
    customers = [scored(acme.customers[name], 95) for name in ("wang1", "wang2")]
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=customers)
    wang = acme.actor(acme.wang)
    oldest = act.notices_mine(wang).order_by("id").values_list("id", flat=True)[0]
    assert act.notices_read(actor=wang, up_to=oldest) == 1
    assert act.notices_unread(wang) == 1


def test_a_ready_made_text_reaches_in_app_through_the_common_contract(acme: Company) -> None:
    message = OutMessage("k-1", "test", "你好", "正文", "/alerts", str(acme.wang.pk))
    send = KINDS["inapp"].send
    assert [send(message, target({})) for _ in range(2)] == [Delivered(), Delivered()]
    assert act.notices_mine(acme.actor(acme.wang)).get().params == {"text": "你好"}


@pytest.mark.parametrize("to", ["", "0", "wang"])
def test_in_app_to_nobody_fails(acme: Company, to: str) -> None:
    assert KINDS["inapp"].send(OutMessage("k", "test", "s", "t", to=to), target({})) == Failed("channel_recipient")
    assert field_faults(KINDS["inapp"], {"x": 1}, {}, ())
