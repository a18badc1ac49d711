"""DAT-13 by the API: what is offered, who uses a metric, previews that show nobody whom the reader may not see."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest

from liuke.base.times import to_us
from liuke.features.domain.builtin import BUILTIN
from liuke.score.store.models import ScoreVersion
from liuke.segments.store.models import Tag
from liuke.show.queries.kept import forget
from liuke.show.queries.metric_uses import columns_in
from liuke.signals.store.models import Rule, RuleVersion
from liuke.warehouse.frames import frame_write
from tests.factories import make_customer
from tests.show.world import NOW, World, activities_write, activity

pytestmark = pytest.mark.django_db
OWN = "my_ticket_30"
DOCUMENT = {"when": {"all": [{"column": OWN, "op": "gt", "value": {"column": "order_n_90", "times": 2}}]}, "exclude": None}


def send(world: World, asker: str, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """Status and body of a call."""
    answer = getattr(world.client(asker), method)(world.url(path), json.dumps(body or {}), content_type="application/json")
    return answer.status_code, answer.json()


def make_rule(world: World, *, status: str = "published", enabled: bool = True) -> Rule:
    """A rule over the own metric."""
    rule = Rule.objects.create(workspace=world.workspace, code="r", name="工单变多", enabled=enabled)
    RuleVersion.objects.create(rule=rule, version=1, status=status, document=DOCUMENT)
    return rule


def by_code(world: World, asker: str = "operations") -> dict[str, dict[str, Any]]:
    """The list as the asker sees it."""
    return {metric["code"]: metric for metric in world.get(asker, "/metrics")["metrics"]}


def test_the_list_has_every_built_in_metric_and_the_own_ones_with_what_they_mean(world: World) -> None:
    found = by_code(world)
    assert list(found) == [*(metric.code for metric in BUILTIN), OWN]
    own = found[OWN]
    assert (own["name"], own["sentence"], own["builtin"], own["missing"]) == ("近30天工单", "近30天“提交工单”的次数", False, None)
    assert own["spec"]["kinds"] == ["ticket.opened"]
    assert found["login_n_30"]["missing"] == "还没有登录的数据"


def test_the_editor_is_offered_kinds_that_the_workspace_has_first_and_its_attributes(world: World) -> None:
    form = world.get("analyst", "/metrics")["form"]
    assert {kind["kind"] for kind in form["kinds"] if kind["seen"]} == {"order.line", "order.placed", "message.in", "ticket.opened"}
    assert [kind["seen"] for kind in form["kinds"]] == sorted((kind["seen"] for kind in form["kinds"]), reverse=True)
    assert [group["by"] for group in form["groups"]] == ["", "tier", "attr.country"]
    assert form["measures"]["rhythm"] == ["days_since"]


def test_signals_rules_and_tags_are_named_as_users_and_drafts_are_told_apart(world: World) -> None:
    make_rule(world, status="draft")
    Tag.objects.create(workspace=world.workspace, code="busy", name="常提工单", kind="behaviour", rule=DOCUMENT)
    found = by_code(world)
    assert [(use["kind"], use["name"], use["live"]) for use in found[OWN]["uses"]] == [
        ("rule", "工单变多", False),
        ("tag", "常提工单", True),
    ]
    assert "rule" in {use["kind"] for use in found["order_n_90"]["uses"]}
    assert "SIG-08" in {use["id"] for use in found["interaction_since"]["uses"]}


def test_a_profile_of_the_live_score_uses_the_metrics_of_its_rule(world: World) -> None:
    live = ScoreVersion.objects.get(workspace=world.workspace, status="published")
    live.config = {**live.config, "profiles": [{"name": "大客户", "when": DOCUMENT}]}
    live.save()
    assert [(use["kind"], use["name"], use["live"]) for use in by_code(world)[OWN]["uses"]] == [("score", "大客户", True)]
    assert send(world, "operations", "delete", f"/metrics/{OWN}")[0] == 409


def test_columns_are_found_at_any_depth_of_a_rule() -> None:
    nested = {"when": {"any": [{"all": [{"column": "a", "op": "lt", "value": {"column": "b"}}]}, {"follow": {"first": ["c"]}}]}}
    assert set(columns_in(nested)) == {"a", "b"}
    assert list(columns_in(None)) == []


def test_a_metric_that_a_live_rule_reads_is_not_put_away(world: World) -> None:
    rule = make_rule(world)
    status, body = send(world, "operations", "delete", f"/metrics/{OWN}")
    assert (status, body["code"]) == (409, "metric_in_use")
    assert "工单变多" in body["message"]
    Rule.objects.filter(pk=rule.pk).update(enabled=False)
    assert send(world, "operations", "delete", f"/metrics/{OWN}")[0] == 200
    page = world.get("operations", "/metrics")
    assert OWN not in {metric["code"] for metric in page["metrics"]}
    assert [metric["code"] for metric in page["archived"]] == [OWN]
    assert send(world, "operations", "post", f"/metrics/{OWN}/unarchive")[1]["archived"] is False


def test_a_metric_is_made_changed_and_previewed(world: World) -> None:
    spec = {"kinds": ["message.in", "ticket.opened"], "measure": "count", "days": 30}
    status, made = send(world, "operations", "post", "/metrics", {"name": "Contact 30", "spec": spec})
    assert (status, made["code"], made["created_by"] is not None) == (200, "my_contact_30", True)
    assert (
        send(world, "operations", "put", "/metrics/my_contact_30", {"name": "联系", "unit": "number", "spec": spec})[1]["unit"] == "number"
    )
    found = world.get("operations", "/metrics/my_contact_30/preview")
    assert (found["customers"], found["median"], found["unit"]) == (1, 2.0, "number")
    assert found["sample"] == [{"customer": found["sample"][0]["customer"], "value": 2.0}]
    assert found["sample"][0]["customer"]["name"] == "华东灯具"
    assert "SELECT" in found["sql"]


def test_nothing_at_or_after_the_workspace_clock_is_counted(world: World) -> None:
    spec = {"kinds": ["message.in"], "measure": "count"}
    status, found = send(world, "operations", "post", "/metrics/preview", {"spec": spec})
    assert (status, found["highest"]) == (200, 1.0)


def test_faults_name_their_places_in_the_readers_language(world: World) -> None:
    status, body = send(world, "operations", "post", "/metrics/preview", {"spec": {"kinds": ["nonsense"], "days": 0}, "unit": "miles"})
    assert (status, body["code"]) == (422, "metric")
    assert [fault["where"] for fault in body["faults"]] == ["spec.kinds.0", "spec.days", "unit"]
    assert body["faults"][1]["message"] == "须为1到3660之间的整数"
    assert body["message"] == "指标有3处需要修改"


def test_a_preview_shows_a_manager_only_own_customers_and_no_sql(world: World) -> None:
    other = make_customer(world.workspace, name="别人的客户")
    activities_write(world.warehouse, world.workspace, [activity(other.pk, 90, NOW - timedelta(days=1), "ticket.opened")], batch="b9")
    forget()
    assert world.get("operations", f"/metrics/{OWN}/preview")["customers"] == 2
    seen = world.get("manager", f"/metrics/{OWN}/preview")
    assert (seen["customers"], seen["sql"]) == (1, "")
    assert [line["customer"]["name"] for line in seen["sample"]] == ["华东灯具"]
    nobody = world.get("other_manager", f"/metrics/{OWN}/preview")
    assert (nobody["customers"], nobody["median"], nobody["sample"], nobody["bins"]) == (0, None, [], [])


def test_customers_are_compared_with_those_of_their_country(world: World) -> None:
    rows = []
    for number in range(1, 6):
        customer = make_customer(world.workspace, name=f"C{number}", attributes={"country": "CN"})
        rows += [activity(customer.pk, 100 * number + at, NOW - timedelta(days=2), "ticket.opened") for at in range(number)]
    activities_write(world.warehouse, world.workspace, rows, batch="b8")
    forget()
    spec = {"kinds": ["ticket.opened"], "measure": "count", "shape": "peers", "by": "attr.country"}
    _, found = send(world, "operations", "post", "/metrics/preview", {"spec": spec})
    assert (found["customers"], found["missing"], found["unit"]) == (6, 0, "ratio")
    assert found["median"] == pytest.approx(1.0)
    assert found["sentence"] == "全部历史里“提交工单”的次数，除以country相同的客户的中位数"


def test_DAT_13_customers_are_compared_with_those_of_their_value_tier_at_the_last_scoring(world: World) -> None:
    spec = {"kinds": ["ticket.opened"], "measure": "count", "shape": "peers", "by": "tier"}
    _, before = send(world, "operations", "post", "/metrics/preview", {"spec": spec})
    assert before["missing"] == before["customers"], "nobody has a tier before the first scoring"
    rows, customers = [], [make_customer(world.workspace, name=f"C{number}") for number in range(1, 11)]
    for number, customer in enumerate(customers, start=1):
        rows += [activity(customer.pk, 100 * number + at, NOW - timedelta(days=2), "ticket.opened") for at in range(number)]
    activities_write(world.warehouse, world.workspace, rows, batch="b9")
    tiers = {"customer_id": pa.array([one.pk for one in customers], pa.int64()), "tier": ["high"] * 5 + ["low"] * 5}
    frame_write(world.warehouse, world.workspace.pk, as_of_us=to_us(NOW), frame=pa.table(tiers))
    forget()
    _, found = send(world, "operations", "post", "/metrics/preview", {"spec": spec})
    values = {one["customer"]["name"]: one["value"] for one in found["sample"]}
    assert values["C10"] == pytest.approx(10 / 8)
    assert values["C5"] == pytest.approx(5 / 3)
    assert "价值层级" in found["sentence"]


def test_an_unknown_metric_is_not_found(world: World) -> None:
    status, body = send(world, "operations", "put", "/metrics/my_nothing", {"name": "x", "spec": {}})
    assert (status, body["code"]) == (404, "metric_not_found")
    assert world.client("operations").get(world.url("/metrics/my_nothing/preview")).status_code == 404
