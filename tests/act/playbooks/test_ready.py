"""Ready playbooks: every file reads in every kind of workspace, asks only for what it says, and is taken once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.act.messages.templates import shipped
from liuke.act.playbooks.ready import GROUPS, ReadyPlaybook, ready_all, ready_apply, ready_coupons, ready_get
from liuke.act.playbooks.service import playbook_archive, playbook_problems, playbook_simulate
from liuke.act.store.models import Channel, CouponKind, Enrolment, Playbook, PlaybookVersion
from liuke.base.errors import NotFound
from liuke.score.domain.templates import TEMPLATES
from tests.act.playbooks.world import Fleet
from tests.factories import actor_of, make_member, make_workspace

READY = ready_all()
SERVED = {
    "PLY-01": "tier-high", "PLY-02": "tier-mid", "PLY-03": "tier-low", "PLY-06": "complaint-48h", "PLY-12": "self-adjusting",
    "PLY-15": "ai-voice", "PLY-16": "recall", "SIG-61": "payment-due", "SIG-40": "contract-60", "SIG-22": "contract-15",
    "SIG-41": "trial-day7", "SIG-42": "silent-180", "SIG-04": "learning", "SIG-12": "low-activity",
}  # fmt: skip
FROM_MEMORY = ("客户名", "联系人", "客户经理", "经理电话", "公司", "今天", "合同到期日")
FROM_COUPON = ("优惠", "优惠券码", "优惠到期")


def nodes_of(ready: ReadyPlaybook, kind: str) -> list[dict[str, object]]:
    nodes = ready.spec("zh-CN")["nodes"]
    assert isinstance(nodes, list)
    return [node["params"] for node in nodes if node["kind"] == kind]


def follows_coupon(ready: ReadyPlaybook, message: dict[str, object]) -> bool:
    """Whether one comes to this message only by the way `done` of a coupon."""
    nodes: Any = ready.spec("zh-CN")["nodes"]
    place = next(node["id"] for node in nodes if node["params"] == message)
    before = [(node["kind"], outlet) for node in nodes for outlet, to in node["next"].items() if to == place]
    return bool(before) and set(before) == {("coupon", "done")}


@pytest.fixture
def publisher(db: None) -> Actor:
    return actor_of(make_member(make_workspace(), role=Role.OPERATIONS))


@pytest.mark.django_db
@pytest.mark.parametrize("industry", sorted(TEMPLATES))
def test_every_ready_playbook_is_without_faults_in_every_kind_of_workspace(industry: str) -> None:
    workspace = make_workspace(industry=industry)
    for ready in READY:
        ready_coupons(ready, workspace.pk, "zh-CN")
        for language in ("zh-CN", "en"):
            found = [fault["at"] for fault in playbook_problems(workspace, ready.spec(language))]
            assert found == list(ready.asks), ready.code


@pytest.mark.parametrize("row", sorted(SERVED))
def test_the_requirement_has_its_ready_playbook(row: str) -> None:
    """PLY-01 … SIG-12: the file that the row names says so itself."""
    assert row in ready_get(SERVED[row]).rows


def test_PLY_04_PLY_05_there_is_one_for_each_level_and_for_price_and_service() -> None:
    assert {one.code for one in READY if "PLY-04" in one.rows} == {"level-early", "level-medium", "level-high"}
    assert {one.code for one in READY if "PLY-05" in one.rows} == {"cause-price", "cause-service"}
    assert {one.code for one in READY if "PLY-13" in one.rows} == {"frequent-small", "rare-large"}


@pytest.mark.parametrize("ready", READY, ids=lambda one: one.code)
def test_its_messages_need_no_word_that_nobody_gives(ready: ReadyPlaybook) -> None:
    """A template with a variable of its own would be refused at every send."""
    for params in nodes_of(ready, "message"):
        template = shipped()[str(params["template"])]
        assert set(template.variables()) <= {*FROM_MEMORY, *(FROM_COUPON if follows_coupon(ready, params) else ())}
        assert params["channel"] in template.media
        assert template.purpose.value == params["purpose"]


@pytest.mark.parametrize("ready", READY, ids=lambda one: one.code)
def test_BEY_02_it_keeps_a_hold_out_and_has_a_goal(ready: ReadyPlaybook) -> None:
    spec = ready.spec("en")
    assert spec["holdout"] == {"share": 0.1}
    assert spec["goal"]
    assert ready.group in GROUPS


def test_PLY_03_the_pack_for_small_customers_costs_less_than_five_a_head() -> None:
    spec = ready_get("tier-low").spec("zh-CN")
    assert spec["budget"] == {"per_head": 5, "total": 2000}
    assert sum(float(str(params.get("cost", 0))) for params in nodes_of(ready_get("tier-low"), "message")) < 5


def test_its_texts_are_in_one_language() -> None:
    said = str(ready_get("tier-high").spec("en"))
    assert "Arrange an executive visit" in said
    assert "zh-CN" not in said
    assert "安排高层拜访" in str(ready_get("tier-high").spec("fr"))


@pytest.mark.django_db
def test_it_is_taken_once_as_a_draft_that_is_off(publisher: Actor) -> None:
    taken = ready_apply(actor=publisher, code="recall", language="zh-CN")
    assert (taken.name, taken.kind, taken.enabled) == ("流失客户召回", "recall", False)
    version = PlaybookVersion.objects.get(playbook=taken)
    assert (version.status, version.spec) == ("draft", ready_get("recall").spec("zh-CN"))
    assert ready_apply(actor=publisher, code="recall", language="en").pk == taken.pk


@pytest.mark.django_db
def test_one_that_was_put_away_is_taken_anew(publisher: Actor) -> None:
    first = ready_apply(actor=publisher, code="tier-low", language="en")
    playbook_archive(actor=publisher, playbook_id=first.pk)
    second = ready_apply(actor=publisher, code="tier-low", language="en")
    assert sorted(Playbook.objects.values_list("code", flat=True)) == ["tier-low", "tier-low-2"]
    assert ready_apply(actor=publisher, code="tier-low", language="en").pk == second.pk


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["tier-mid", "low-activity"])
def test_PLY_02_its_72_hour_coupon_of_20_off_is_made_with_it_and_is_the_workspaces_own_from_then_on(publisher: Actor, code: str) -> None:
    first = ready_apply(actor=publisher, code=code, language="zh-CN")
    kind = CouponKind.objects.get(workspace_id=publisher.workspace_id)
    assert (kind.name, kind.form, kind.value, kind.valid_days) == ("72小时8折券", "percent", 20, 3)
    assert (kind.offer_class, kind.per_customer, kind.enabled) == ("8折", 1, True)
    assert {params["coupon"] for params in nodes_of(ready_get(code), "coupon")} == {kind.code}
    CouponKind.objects.update(value=10, name="9折券")
    playbook_archive(actor=publisher, playbook_id=first.pk)
    ready_apply(actor=publisher, code=code, language="en")
    assert CouponKind.objects.get(workspace_id=publisher.workspace_id).name == "9折券"


@pytest.mark.django_db
def test_what_is_not_there_is_said(publisher: Actor) -> None:
    with pytest.raises(NotFound, match="playbook_pack_unknown"):
        ready_apply(actor=publisher, code="nope", language="en")


@pytest.mark.django_db
@pytest.mark.parametrize("ready", READY, ids=lambda one: one.code)
def test_it_can_be_tried_before_it_is_published(ready: ReadyPlaybook, fleet: Fleet) -> None:
    """Once what it asks for is filled in, its trial run walks it to an end of days, and nothing is written."""
    channel = Channel.objects.create(workspace=fleet.workspace, kind="webhook", name="外呼")
    ready_coupons(ready, fleet.workspace.pk, "zh-CN")
    spec = _filled(ready, channel.pk) | {"trigger": {"kind": "manual"}, "audience": None, "holdout": {"share": 0, "why_none": "test"}}
    found = playbook_simulate(workspace=fleet.workspace, warehouse=fleet.warehouse, spec=spec, days=90)
    nodes = {str(node["id"]) for node in spec["nodes"]}
    assert (found.candidates, found.entered) == (3, 3)
    assert set(found.by_node) <= nodes
    assert found.by_node[str(spec["start"])] == 3
    assert sum(day.total for day in found.days) == sum(found.by_node.values())
    assert not Enrolment.objects.exists()


def _filled(ready: ReadyPlaybook, channel: int) -> dict[str, Any]:
    """The flow with an answer to each of its questions; today the only one is the address of a webhook."""
    spec: dict[str, Any] = json.loads(json.dumps(ready.spec("zh-CN")))
    for place in ready.asks:
        _, name, *_, field = place.split(".")
        node = next(one for one in spec["nodes"] if one["id"] == name)
        node["params"][field] = channel
    return spec
