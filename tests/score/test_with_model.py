"""SCR-01, ML-04: one score from signals and a learned model, on customers from the stream."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from liuke.base.words import catalogue, render
from liuke.rules.columns import Column, ColumnType, Stratum
from liuke.rules.read import rule_from_plain
from liuke.score.domain.basis import basis_from_plain
from liuke.score.domain.model_metrics import MODEL_METRICS
from liuke.score.domain.modelled_words import OWN_PAST
from liuke.score.domain.override import Override
from liuke.score.domain.seasons import Season
from liuke.score.domain.table import MODELLED
from liuke.score.domain.templates import default
from liuke.score.service import score_run
from liuke.score.service.frame import Asked, Frame, RuleAsked, Then, frame_at
from liuke.score.service.scoring import Scored
from liuke.segments.domain.active import ActiveTag
from liuke.segments.domain.tag import TagKind
from liuke.signals.domain.reason import Family
from tests.features.stream import AS_OF, NOW
from tests.score.live import CHURN, SIZE, fitted, live, source, table_at

Row = dict[str, object]


def scored(**changes: object) -> Scored:
    """The shop as the model scores it."""
    settings = {"source": source(), "as_of": AS_OF, "zone": "UTC", "config": default("retail"), "churn": CHURN, "model": live()} | changes
    return score_run(**settings)  # type: ignore[arg-type]  # the arguments of score_run


@cache
def usual() -> Scored:
    return scored()


def rows(table: pa.Table) -> list[Row]:
    return [line | {"reasons": json.loads(str(line["reasons"]))} for line in table.to_pylist()]


def frame(asked: Asked, then: Then | None = None, **changes: object) -> Frame:
    config = changes.pop("config", default("retail"))
    return frame_at(source=source(), as_of=AS_OF, zone="UTC", config=config, churn=CHURN, asked=asked, then=then or Then(), **changes)  # type: ignore[arg-type]


def test_SCR_01_base_lines_and_clipping_add_up_to_the_score_and_parts_to_their_line() -> None:
    found = rows(usual().table)
    assert len(found) == SIZE
    for line in found:
        assert line["base"] + sum(reason["points"] for reason in line["reasons"]) == line["score"]
        assert 0 <= line["score"] <= 100
        for reason in line["reasons"]:
            assert reason["signal"] == "clip" or sum(part["points"] for part in reason["parts"]) == reason["points"]
            assert reason["points"] == int(reason["points"])


def test_every_family_has_one_line_and_it_belongs_to_the_six() -> None:
    for line in rows(usual().table):
        families = [reason["family"] for reason in line["reasons"] if reason["signal"] != "clip"]
        assert len(families) == len(set(families))
        assert set(families) <= {family.value for family in Family}
        assert line["main_family"] in {None, *families}


def test_ML_04_who_is_likelier_to_be_lost_never_has_the_lower_score() -> None:
    table = usual().table
    order = np.argsort(np.asarray(table["probability"]), kind="stable")
    assert (np.diff(np.asarray(table["score"])[order]) >= 0).all()
    assert len(set(table["level"].to_pylist())) > 1


def test_the_probability_the_curve_and_the_money_hang_together() -> None:
    for line in rows(usual().table):
        curve = json.loads(str(line["churn_curve"]))
        assert [day for day, _ in curve] == [0, 30, 60, 90]
        assert curve[0][1] == pytest.approx(line["probability"], abs=1e-4)
        assert all(one[1] <= other[1] for one, other in pairwise(curve))
        assert line["money_at_risk"] == pytest.approx(line["probability"] * line["at_stake"], abs=0.02)
        assert line["model"] == 3


def test_a_fired_signal_speaks_for_its_family_and_otherwise_a_number_beside_the_own_past() -> None:
    spoken = [reason for line in rows(usual().table) for reason in line["reasons"] if reason["signal"] != "clip"]
    signals = [reason for reason in spoken if not reason["signal"].startswith("model:")]
    numbers = [reason for reason in spoken if reason["signal"].startswith("model:")]
    assert signals
    assert numbers
    for reason in spoken:
        for language in ("zh-CN", "en"):
            text = render(reason["key"], reason["params"], language=language)
            assert text != reason["key"]
            assert "nan" not in text
            assert "—" not in text
            assert "导致" not in text
            assert "cause" not in text.lower()


def test_every_number_of_the_model_has_its_words_in_both_languages() -> None:
    for language in ("zh-CN", "en"):
        known = catalogue(language)
        for metric in MODEL_METRICS:
            assert {f"model.column.{metric.code}", f"model.is.{metric.code}"} <= known.keys()
        for code, past in OWN_PAST.items():
            wanted = {f"model.usual.{code}"} if past.silence else {f"model.fell.{code}", f"model.rose.{code}"}
            assert wanted <= known.keys()


def test_a_fall_is_told_with_the_usual_and_the_present() -> None:
    text = render("model.fell.interaction_n_30", {"now": 3, "usual": 8, "by": 0.62}, language="zh-CN")
    assert text == "近30天互动下降62%（平时每月 8 次，现 3 次）"


def test_without_a_model_the_scoring_is_what_it_was_and_has_empty_columns_more() -> None:
    plain = scored(model=None).table
    assert all(plain[name].null_count == plain.num_rows for name in MODELLED)
    assert "worth" not in scored(model=None).basis.to_plain()
    assert all("parts" not in reason for line in rows(plain) for reason in line["reasons"])


def test_lost_customers_confidence_and_what_is_unknown_do_not_depend_on_who_scores() -> None:
    with_model, plain = usual().table, scored(model=None).table
    for name in ("is_lost", "confidence", "not_computable", "tier", "annual_value", "off_baseline"):
        assert with_model[name].equals(plain[name])


def test_a_slice_scores_exactly_as_the_run_over_all() -> None:
    whole = usual()
    basis = basis_from_plain(json.loads(json.dumps(whole.basis.to_plain())))
    some = scored(customers=[5, 17, 150], basis=basis).table
    expected = whole.table.filter(pa.array([customer in {5, 17, 150} for customer in whole.table["customer_id"].to_pylist()]))
    assert some.to_pylist() == expected.to_pylist()


BUYS = rule_from_plain(
    {"when": {"column": "annual_value", "op": "ge", "value": 1}, "exclude": None},
    {"annual_value": Column("annual_value", ColumnType.NUMBER, Stratum.METRIC)},
    highest=Stratum.PREDICTION,
)
LIKELY = rule_from_plain(
    {"when": {"column": "probability", "op": "ge", "value": 0.6}, "exclude": None},
    {"probability": Column("probability", ColumnType.NUMBER, Stratum.SCORE)},
    highest=Stratum.PREDICTION,
)


def test_tags_rules_and_people_have_their_lines_beside_the_models() -> None:
    asked = Asked(tags=[ActiveTag("buyer", "常购", TagKind.BEHAVIOUR, -5, BUYS)], rules=[RuleAsked(1, 7, "规则", BUYS, 9.0)], model=live())
    found = frame(asked, Then(overrides={2: Override(fixed=True, value=77, reason="谈过")}))
    by_id = {line["customer_id"]: line for line in rows(found.scored.table)}
    plain = {line["customer_id"]: line for line in rows(usual().table)}
    assert by_id[2]["score"] == 77
    assert by_id[2]["reasons"][0]["signal"] == "override"
    some = next(one for one in plain.values() if 10 < one["score"] < 80 and one["annual_value"] and one["customer_id"] != 2)
    mine = by_id[some["customer_id"]]
    assert mine["score"] == some["score"] - 5 + 9
    assert {"tag:buyer", "rule:7"} <= {reason["signal"] for reason in mine["reasons"]}
    assert mine["base"] + sum(reason["points"] for reason in mine["reasons"]) == mine["score"]


def test_a_season_is_a_line_of_its_own_and_the_models_points_stay() -> None:
    season = Season("旺季", {"consumption": 1.5}, "01-01", "12-31")
    busy = {line["customer_id"]: line for line in rows(scored(config=replace(default("retail"), seasons=(season,))).table)}
    changed = 0
    for line in rows(usual().table):
        mine = busy[line["customer_id"]]
        own = {reason["family"]: reason["points"] for reason in mine["reasons"]}
        usually = {reason["family"]: reason["points"] for reason in line["reasons"]}
        assert own.get("consumption") == usually.get("consumption")
        assert mine["base"] + sum(reason["points"] for reason in mine["reasons"]) == mine["score"]
        changed += "season" in own
    assert changed


def test_rules_may_ask_for_the_probability_and_the_contract_says_what_is_at_stake() -> None:
    people = pa.table(
        {
            "customer_id": [1, 2, 3],
            "contract.amount": [9000.0, 8000.0, None],
            "contract.ends_on": pa.array([NOW + 1, NOW - 1, None], pa.int64()),
        }
    )
    found = frame(Asked(rules=[RuleAsked(1, 7, "可能流失", LIKELY, before_score=False)], model=live()), Then(people))
    likely = np.asarray(found.scored.table["probability"]) >= 0.6
    assert (found.rules[1] == likely).all()
    assert likely.any()
    stake = found.scored.table["at_stake"].to_pylist()
    assert stake[0] == 9000.0
    assert stake[1] != 8000.0
    assert found.table["money_at_risk"].equals(found.scored.table["money_at_risk"])


@pytest.mark.parametrize("more", [0.3, 5.0, 200.0])
def test_ML_04_a_number_that_was_declared_to_raise_the_risk_never_lowers_the_total(more: float) -> None:
    table, model = table_at(), live(fitted=fitted(("shallow",)))
    before = model.modelled(table, AS_OF.date())[0].total
    for column in (one for one in model.fitted.columns if one.monotone):
        moved = table.with_columns([column], {column.name: table.number(column.name) + column.monotone * more})
        assert (model.modelled(moved, AS_OF.date())[0].total >= before).all(), column.name
