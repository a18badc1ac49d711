"""Rules by the API: live count, lists in the asker's scope, why and why not (RUL-01..05, BEY-07)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import CalendarPeriod, Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.alert.store.models import Alert
from liuke.facts.store.models import Customer
from liuke.pipeline.scoring import workspace_score
from liuke.score.store.models import ScoreRun
from liuke.show.queries.kept import forget
from liuke.signals.store.models import Rule, RuleVersion
from tests.show.world import NOW, World, activities_write, activity

pytestmark = pytest.mark.django_db

JSON = {"content_type": "application/json"}
NO_PUSHES = {"pushes_per_owner_and_day": 0}
ORDERED = {"column": "order_amount_90", "op": "gt", "value": 100}
NEVER = {"column": "order_amount_90", "op": "gt", "value": 1_000_000}
UNKNOWN = {"column": "signal.SIG-60", "op": "is_true"}
QUOTED = {"follow": {"first": ["message.in"], "then": ["order.placed"], "within_days": 5, "happens": False, "last_days": 30}}


def rule(*parts: dict[str, Any], exclude: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"when": {"all": list(parts)}, "exclude": exclude}


@pytest.fixture
def scored(world: World) -> World:
    """The world after a scoring: the frame is there, one customer has ordered for 120."""
    ScoreRun.objects.all().delete()
    activities_write(world.warehouse, world.workspace, [activity(world.ids["unowned"], 100, NOW - timedelta(days=3), "login")], "b2")
    night(world)
    return world


def night(world: World) -> None:
    workspace_score(workspace=world.workspace, warehouse=world.warehouse, as_of=NOW, kind=ReviewKind.NIGHTLY)


def count(world: World, asker: str, document: dict[str, Any], status: int = 200) -> Any:
    answer = world.client(asker).post(world.url("/rules/count"), {"rule": document}, **JSON)
    assert answer.status_code == status, answer.content
    return answer.json()


def publish(world: World, document: dict[str, Any], effects: dict[str, Any] | None = None, name: str = "测试规则") -> int:
    client = world.client("operations")
    body = {"name": name, "rule": document, "effects": effects or {"level": "high"}}
    made = client.post(world.url("/rules"), body, **JSON).json()
    assert client.post(world.url(f"/rules/{made['id']}/publish"), **JSON).status_code == 200
    return int(made["id"])


# the catalogue


def test_RUL_02_the_catalogue_names_every_column_in_the_reader_s_language_with_what_it_may_be_compared_with(world: World) -> None:
    found = world.get("analyst", "/rules/catalogue")
    columns = {column["name"]: column for column in found["columns"]}
    assert columns["tier"]["choices"][0] == {"value": "high", "label": "高价值"}
    assert columns["attr.country"]["type"] == "text"
    assert (columns["order_amount_90"]["unit"], columns["order_amount_90"]["stratum"]) == ("money", 1)
    assert all(column["label"] and not column["label"].startswith("show.") for column in found["columns"])
    assert {op["op"]: op["operand"] for op in found["ops"]["moment"]}["within_next"] == "days"
    assert all(not op["label"].startswith("show.") for ops in found["ops"].values() for op in ops)
    assert "order.placed" in {kind["kind"] for kind in found["kinds"]}


# the live count


def test_before_the_first_scoring_nobody_is_counted(world: World) -> None:
    found = count(world, "operations", rule(ORDERED))
    assert (found["matched"], found["total"], found["as_of"]) == (0, 0, None)
    assert [line["place"] for line in found["sentences"]] == ["when", "when.all.0"]


def test_RUL_02_the_count_is_of_the_last_scoring_with_a_sample(scored: World) -> None:
    found = count(scored, "operations", rule(ORDERED))
    assert (found["matched"], found["excluded"], found["total"]) == (1, 0, 2)
    assert [row["name"] for row in found["sample"]] == ["华东灯具"]
    assert found["as_of"].startswith("2026-11-22")


def test_RUL_01_who_is_excluded_is_counted_apart(scored: World) -> None:
    found = count(scored, "operations", rule(ORDERED, exclude={"column": "attr.country", "op": "eq", "value": "CN"}))
    assert (found["matched"], found["excluded"]) == (0, 1)


def test_an_asker_counts_their_own_customers_only(scored: World) -> None:
    assert count(scored, "manager", rule(ORDERED))["total"] == 1
    other = count(scored, "other_manager", rule(ORDERED))
    assert (other["matched"], other["total"], other["sample"]) == (0, 0, [])


def test_a_sequence_that_no_scoring_knew_is_computed_on_the_spot(scored: World) -> None:
    assert count(scored, "operations", rule(QUOTED))["matched"] == 1
    happened = {"follow": {**QUOTED["follow"], "happens": True}}
    assert count(scored, "operations", rule(happened))["matched"] == 0
    assert count(scored, "manager", rule(ORDERED, QUOTED))["sample"][0]["name"] == "华东灯具"


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"column": "turnover", "op": "gt", "value": 1}, "when.all.0.column"),
        ({"column": "tier", "op": "gt", "value": 1}, "when.all.0.op"),
        ({"column": "order_amount_90", "op": "gt", "value": "viel"}, "when.all.0.value"),
    ],
)
def test_a_faulty_rule_is_answered_with_the_place_and_what_is_allowed(world: World, part: dict[str, Any], place: str) -> None:
    fault = count(world, "operations", rule(part), 422)
    assert [row["where"] for row in fault["faults"]] == [place]
    assert fault["faults"][0]["message"].startswith(place)


# lists


def test_the_list_counts_what_the_asker_sees(scored: World) -> None:
    made = publish(scored, rule(ORDERED))
    night(scored)
    shown = {asker: next(row for row in scored.get(asker, "/rules") if row["id"] == made) for asker in ("operations", "other_manager")}
    assert (shown["operations"]["matched_now"], shown["operations"]["hits_30d"]) == (1, 1)
    assert (shown["other_manager"]["matched_now"], shown["other_manager"]["hits_30d"]) == (0, 0)
    assert shown["operations"]["sentences"][1]["text"]
    assert shown["operations"]["live"]["effects"]["level"] == "high"


def test_who_matches_now_comes_by_pages_in_the_asker_s_scope(scored: World) -> None:
    made = publish(scored, rule({"column": "score", "op": "ge", "value": 0}))
    night(scored)
    first = scored.get("operations", f"/rules/{made}/customers", limit=1)
    assert (len(first["items"]), first["total"]) == (1, 2)
    rest = scored.get("operations", f"/rules/{made}/customers", limit=1, cursor=first["next_cursor"])
    assert {first["items"][0]["name"], rest["items"][0]["name"]} == {"华东灯具", "无主客户"}
    assert rest["items"][0]["since"].startswith("2026-11-22")
    assert [row["name"] for row in scored.get("manager", f"/rules/{made}/customers")["items"]] == ["华东灯具"]
    assert scored.get("other_manager", f"/rules/{made}/customers")["items"] == []


def test_a_rule_whose_metric_is_gone_shows_its_faults(world: World) -> None:
    RuleVersion.objects.filter(rule_id=world.ids["rule"], status="published").update(document=rule({**ORDERED, "column": "my_gone"}))
    shown = world.get("operations", "/rules/{rule}")
    assert [fault["where"] for fault in shown["faults"]] == ["when.all.0.column"]
    assert shown["sentences"] == []


def test_a_change_by_somebody_else_is_a_conflict(world: World) -> None:
    client, url = world.client("operations"), world.url("/rules/{rule}")
    seen = client.get(url).json()["updated_at"]
    body = {"name": "A", "rule": rule(ORDERED), "seen_at": seen}
    assert client.put(f"{url}/draft", body, **JSON).status_code == 200
    late = client.put(f"{url}/draft", body | {"name": "B"}, **JSON)
    assert (late.status_code, late.json()["code"]) == (409, "rule_changed")


def test_RUL_04_rolled_back_by_the_api(world: World) -> None:
    client, url = world.client("operations"), world.url("/rules/{rule}")
    client.post(f"{url}/publish", **JSON)
    client.post(f"{url}/versions/1/restore", **JSON)
    shown = client.post(f"{url}/publish", **JSON).json()
    assert (shown["live"]["version"], shown["live"]["effects"]["level"], shown["draft"]) == (3, "medium", None)
    assert [row["status"] for row in client.get(f"{url}/versions").json()] == ["published", "retired", "retired"]


# packs


def test_RUL_04_a_pack_brings_drafts_once_and_what_was_changed_stays(world: World) -> None:
    shown = {pack["code"]: pack for pack in world.get("operations", "/rules/packs")}
    assert all(line["text"] for pack in shown.values() for one in pack["rules"] for line in one["sentences"])
    lacking = [one for pack in shown.values() for one in pack["rules"] if not one["computable"]]
    assert lacking
    assert all(one["missing"] and not one["missing"][0].startswith(("missing.", "kinds.")) for one in lacking)
    client, url = world.client("operations"), world.url("/rules/packs/vip/apply")
    made = client.post(url, **JSON).json()
    assert {row["name"] for row in made} == {one["name"] for one in shown["vip"]["rules"]}
    assert all(row["draft"] and not row["live"] and row["pack"] == "vip" for row in made)
    client.delete(world.url(f"/rules/{made[0]['id']}"))
    again = client.post(url, **JSON).json()
    assert [row["id"] for row in again] == [row["id"] for row in made]
    assert client.post(world.url("/rules/packs/nichts/apply"), **JSON).status_code == 404


# why and why not


def why(world: World, made: int, asker: str = "operations") -> Any:
    return world.get(asker, f"/rules/{made}/why/{{customer}}")


def steps(found: Any) -> dict[str, bool]:
    return {step["key"]: step["ok"] for step in found["alert"]["steps"]}


def test_BEY_07_each_condition_shows_what_it_saw_when_and_from_which_rows(scored: World) -> None:
    found = why(scored, publish(scored, rule(ORDERED, QUOTED)))
    assert (found["verdict"], found["tree"]["kind"], found["tree"]["result"]) == ("matched", "all", "true")
    ordered, quoted = found["tree"]["parts"]
    assert (ordered["result"], ordered["value_text"]) == ("true", "¥120")
    assert [row["kind"] for row in ordered["evidence"]] == ["order.placed"]
    assert ordered["seen_at"].startswith("2026-11-22")
    assert (quoted["kind"], quoted["result"], [row["kind"] for row in quoted["evidence"]]) == ("follow", "true", ["message.in"])
    assert all(step["text"] and not step["text"].startswith("show.") for step in found["alert"]["steps"])


def test_BEY_07_nothing_after_the_clock_is_evidence(scored: World) -> None:
    found = why(scored, publish(scored, rule(QUOTED, {"column": "last_interaction_at", "op": "within_last", "value": 30})))
    assert found["tree"]["parts"][1]["evidence"]
    assert "FUTURE" not in str(found)


def test_BEY_07_not_matched_excluded_and_unknown_are_told_apart(scored: World) -> None:
    cases = {
        "not_matched": rule(ORDERED, NEVER),
        "excluded": rule(ORDERED, exclude={"column": "attr.country", "op": "eq", "value": "CN"}),
        "unknown": rule(ORDERED, UNKNOWN),
    }
    for verdict, document in cases.items():
        found = why(scored, publish(scored, document))
        assert found["verdict"] == verdict
        first = next(step["key"] for step in found["alert"]["steps"] if not step["ok"])
        assert first == ("excluded" if verdict == "excluded" else "matched")
        assert found["alert"]["raised"] is False
    assert found["tree"]["parts"][1]["result"] == "unknown"
    assert found["tree"]["parts"][1]["value_text"] == "没有数据"


def test_BEY_07_an_alert_that_a_rule_raised_is_its_alert(scored: World) -> None:
    made = publish(scored, rule(ORDERED))
    night(scored)
    found = why(scored, made)
    assert found["alert"]["raised"]
    told = steps(found)
    assert {key: told[key] for key in ("matched", "published", "level")} == {"matched": True, "published": True, "level": True}
    assert not told["clock"]


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda world, made: Rule.objects.filter(pk=made).update(enabled=False), "enabled"),
        (lambda world, made: RuleVersion.objects.filter(rule_id=made).update(effects={}), "level"),
        (lambda world, made: Customer.objects.filter(pk=world.customer.pk).update(status="paused"), "active"),
        (lambda world, made: Customer.objects.filter(pk=world.customer.pk).update(owner=None), "owner"),
        (
            lambda world, made: Workspace.objects.filter(pk=world.workspace.pk).update(alert_policy={"pushes_per_owner_and_day": 0}),
            "budget",
        ),
    ],
)
def test_BEY_07_what_stood_in_the_way_of_an_alert_is_named(scored: World, change: Any, step: str) -> None:
    made = publish(scored, rule(ORDERED), {"level": "high"})
    assert steps(why(scored, made))[step]
    change(scored, made)
    assert not steps(why(scored, made))[step]


def test_BEY_06_a_signal_that_waits_for_a_silent_source_is_told(scored: World) -> None:
    who = scored.customer.pk
    answers = [activity(who, 200 + ago, NOW - timedelta(days=ago), "survey.answered", 8.0) for ago in range(40, 10, -1)]
    rows = [answer | {"source": "nps"} for answer in answers]
    activities_write(scored.warehouse, scored.workspace, rows, "b3")
    night(scored)
    forget()
    made = publish(scored, rule({"column": "signal.SIG-31", "op": "is_true"}))
    step = next(step for step in why(scored, made)["alert"]["steps"] if step["key"] == "held")
    assert not step["ok"]
    assert "nps" in step["text"]
    plain = publish(scored, rule(ORDERED))
    assert "held" not in steps(why(scored, plain))


def test_SCR_07_days_that_the_calendar_tolerates_are_told(scored: World) -> None:
    made = publish(scored, rule({"column": "signal.SIG-08", "op": "is_true"}))
    before = next(step for step in why(scored, made)["alert"]["steps"] if step["key"] == "tolerance")
    days = {"starts_on": NOW.date() - timedelta(days=9), "ends_on": NOW.date() - timedelta(days=5)}
    CalendarPeriod.objects.create(workspace=scored.workspace, kind="shutdown", name="停工", tolerant=True, **days)
    found = next(step for step in why(scored, made)["alert"]["steps"] if step["key"] == "tolerance")
    assert not found["ok"]
    assert found["text"] != before["text"]


def test_a_draft_on_trial_says_so(scored: World) -> None:
    client = scored.client("operations")
    made = client.post(scored.url("/rules"), {"name": "T", "rule": rule(ORDERED)}, **JSON).json()["id"]
    client.post(scored.url(f"/rules/{made}/trial"), **JSON)
    found = why(scored, made)
    assert (found["verdict"], steps(found)["published"]) == ("matched", False)
    assert "试运行" in next(step["text"] for step in found["alert"]["steps"] if step["key"] == "published")


def test_BEY_07_all_rules_of_one_customer_in_a_line_each(scored: World) -> None:
    Rule.objects.all().delete()
    matching, not_matching = publish(scored, rule(ORDERED), name="甲"), publish(scored, rule(ORDERED, NEVER), name="乙")
    found = {row["rule_id"]: (row["verdict"], row["text"]) for row in scored.get("manager", "/customers/{customer}/why")}
    assert found[matching][0] == "matched"
    assert found[not_matching][0] == "not_matched"
    assert "¥1,000,000" in found[not_matching][1]


def test_before_the_first_scoring_there_is_nothing_to_explain(world: World) -> None:
    answer = world.client("operations").get(world.url("/rules/{rule}/why/{customer}"))
    assert (answer.status_code, answer.json()["code"]) == (404, "rule_not_scored")
    assert world.get("operations", "/customers/{customer}/why") == []


# where a rule's line shows


def test_the_line_of_a_rule_shows_on_the_card_the_alert_and_with_its_rows(scored: World) -> None:
    Alert.objects.all().delete()
    made = publish(scored, rule(ORDERED), {"level": "high", "title": "回访"}, name="大单客户")
    night(scored)
    row = next(row for row in scored.get("manager", "/customers", status="all")["items"] if row["id"] == scored.customer.pk)
    assert row["top_reason"] == "命中规则「大单客户」"
    opened = Alert.objects.get(customer=scored.customer)
    alert = scored.get("manager", f"/alerts/{opened.pk}")
    assert (alert["level"], alert["top_reason"]) == ("high", "命中规则「大单客户」")
    assert alert["base"] + sum(line["points"] for line in alert["reasons"]) == pytest.approx(alert["score"], abs=0.05)
    line = alert["reasons"][0]
    assert (line["signal"], line["points"], line["has_evidence"]) == (f"rule:{made}", 0, True)
    found = scored.get("manager", f"/customers/{{customer}}/evidence/rule:{made}")
    assert [one["kind"] for one in found["rows"]] == ["order.placed"]
    assert "同时满足" in found["explanation"]
    assert scored.client("other_manager").get(scored.url(f"/customers/{{customer}}/evidence/rule:{made}")).status_code == 404


def test_a_rule_that_is_no_reason_of_the_customer_has_no_rows_to_show(scored: World) -> None:
    made = publish(scored, rule(NEVER))
    answer = scored.client("operations").get(scored.url(f"/customers/{{customer}}/evidence/rule:{made}"))
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_reason")


def test_verdicts_on_its_alerts_are_a_rule_s_precision_with_interval_and_n(scored: World) -> None:
    Alert.objects.all().delete()
    made = publish(scored, rule(ORDERED))
    night(scored)
    opened = Alert.objects.get(customer=scored.customer)
    answer = scored.client("manager").post(scored.url(f"/alerts/{opened.pk}/verdict"), {"verdict": "valid"}, **JSON)
    assert answer.status_code == 200
    later = NOW + timedelta(hours=1)
    Workspace.objects.filter(pk=scored.workspace.pk).update(simulated_as_of=later)
    share = scored.get("operations", f"/rules/{made}")["precision"]
    assert (share["value"], share["n"]) == (1.0, 1)
    assert 0 < share["low"] < 0.5 < share["high"] <= 1
