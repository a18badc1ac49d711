"""What mining found, in a reader's words; and a candidate that becomes a draft."""

from __future__ import annotations

import pytest

from liuke.learn.store.models import MiningRun
from liuke.signals.store.models import Rule, RuleVersion
from tests.show.world import World

pytestmark = pytest.mark.django_db


def _shown(world: World, kind: str, result: dict[str, object]) -> dict[str, object]:
    run = MiningRun.objects.create(workspace=world.workspace, kind=kind, result=result)
    answer = world.client("analyst").get(world.url(f"/mining/{run.pk}"))
    assert answer.status_code == 200, answer.content
    found = answer.json()[kind]
    assert isinstance(found, dict)
    return found


def test_kinds_of_leavers_are_named_in_words(world: World) -> None:
    cluster = {
        "name": ["order_amount_365.high", "order_days_30.low"], "customers": 30, "share": 0.3, "money": 9000.0,
        "deviations": [{"column": "order_amount_365", "deviation": 1.2, "median": 900.0, "all_median": 100.0}],
        "signals": [{"signal": "SIG-05", "share": 0.8, "all_share": 0.4}], "examples": [],
    }  # fmt: skip
    found = _shown(world, "clusters", {"clusters": [cluster], "silhouette": 0.4, "customers": 100})
    (first,) = found["clusters"]  # type: ignore[misc, attr-defined]
    assert first["name"] == "高额突停型"
    assert first["signals"] == ["互动连续下降（80%，全部流失客户中 40%）"]


def test_associations_are_sentences(world: World) -> None:
    link = {
        "items": ["bought:茶壶", "did:order.cancelled"], "n": 40, "lost": 28, "support": 0.1, "confidence": 0.7, "low": 0.55, "high": 0.82,
        "base": 0.3, "lift": 2.3, "adjusted": 0.01,
    }  # fmt: skip
    found = _shown(world, "links", {"links": [link], "tested": 5, "customers": 400})
    text = found["links"][0]["text"]  # type: ignore[index]
    assert text.startswith("买过「茶壶」并且有过「")
    assert text.endswith("的客户：40 家中 70% 流失（全部客户 30%）")


def test_missed_losses_name_only_customers_whom_the_reader_sees(world: World) -> None:
    seen = {
        "customer_id": world.ids["customer"], "lost_at_us": 1_760_000_000_000_000, "annual_value": 5.0, "score": 40.0, "score_at_us": 1,
        "more_alerts": 3, "signals": [{"signal": "SIG-05", "strength": 0.4, "more_alerts": 2}],
    }  # fmt: skip
    result = {
        "losses": 2, "alerted": 0, "silent": 0, "money": 5.0, "replayed": True, "watch_score": 50.0,
        "listed": [seen, {**seen, "customer_id": 987654}], "by_signal": [], "by_score": [],
    }  # fmt: skip
    found = _shown(world, "missed", result)
    assert [loss["customer_id"] for loss in found["listed"]] == [world.ids["customer"]]  # type: ignore[attr-defined]


def test_an_adopted_candidate_is_a_draft_with_the_same_condition(world: World) -> None:
    client, path = world.client("operations"), world.url(f"/mining/{world.ids['mining']}/adopt")
    answer = client.post(path, {"nth": 0, "name": ""}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    version = RuleVersion.objects.get(rule=answer.json()["rule_id"])
    assert version.document["when"]["all"][0]["column"] == "order_since"
    assert Rule.objects.get(pk=answer.json()["rule_id"]).name
    assert client.post(path, {"nth": 9}, content_type="application/json").status_code == 404


def test_the_report_may_do_nothing_but_show_itself_and_masks_names(world: World) -> None:
    answer = world.client("analyst").get(world.url(f"/checkups/{world.ids['checkup']}/report.html?mask=true"))
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "王小明" not in answer.content.decode()
