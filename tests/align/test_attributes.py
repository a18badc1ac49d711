"""What files say beside the fields, in the names and values that signals read; and how they come out of whole files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.align.domain.attributes import EXTRA, is_open, kept_attributes, satisfaction
from liuke.align.domain.kinds import VOCABULARY, canonical_kinds
from liuke.align.domain.suggest import suggest_mapping
from liuke.align.service.imports import known_us
from liuke.align.service.preview import preview_file
from liuke.connect.sources.files.rows import detect
from liuke.facts.domain.kinds import Kind
from tests.align.test_files import activities, aligned, facts


def kept(**columns: list[str | None]) -> dict[str, list[object]]:
    table = pa.table({EXTRA + name: pa.array(values, pa.string()) for name, values in columns.items()})
    return {name: values.to_pylist() for name, values in kept_attributes(table).items()}


def test_a_header_that_signals_know_gets_its_name_and_others_stay() -> None:
    assert kept(**{"是否核心功能": ["是", "否", None], "页面": ["首页", "", "a"]}) == {
        "core": [True, False, None],
        "页面": ["首页", "", "a"],
    }
    assert kept(**{"Is Key?": ["yes", "0"]}) == {"key": [True, False]}


def test_a_flag_with_words_that_are_no_flag_stays_text() -> None:
    assert kept(**{"投诉": ["是", "物流"]}) == {"complaint": ["是", "物流"]}


def test_two_columns_of_one_meaning_keep_apart() -> None:
    assert kept(**{"话题": ["a"], "主题分类": ["b"]}) == {"topic": ["a"], "主题分类": ["b"]}


@pytest.mark.parametrize(
    ("scale", "score", "mark"),
    [
        ("nps", 0, 0),
        ("nps", 10, 100),
        ("csat", 1, 0),
        ("csat", 5, 100),
        ("csat", 3, 50),
        ("nps", 11, None),
        ("csat", 0, None),
        ("ces", 4, None),
        (None, 4, None),
    ],
)
def test_ratings_come_on_one_scale_where_theirs_is_known(scale: str | None, score: float, mark: float | None) -> None:
    assert satisfaction(pa.array([score], pa.float64()), pa.array([scale], pa.string())).to_pylist() == [mark]


def test_a_deal_is_open_until_its_stage_says_otherwise() -> None:
    assert is_open(pa.array(["报价", "赢单", "Closed Won", "won", "wonder", None])).to_pylist() == [True, False, False, False, True, None]


def test_the_vocabulary_of_files_is_the_one_of_facts() -> None:
    assert set(Kind) - {Kind.TAKEN_BACK} == VOCABULARY


def test_kinds_that_signals_need_have_words_people_use() -> None:
    assert canonical_kinds(pa.array(["到店", "del_follow_user", "API调用", "试用激活", "拒绝续约"])).to_pylist() == [
        "store.visited", "wecom.contact_deleted", "api.called", "trial.started", "renewal.refused",
    ]  # fmt: skip


def test_SIG_41_a_file_of_uses_says_which_features_are_core(tmp_path: Path) -> None:
    text = "客户编号,时间,行为,功能名称,是否核心功能\nK1,2024-01-05 10:00,使用功能,报表,是\nK1,2024-01-06 10:00,使用功能,皮肤,否\n"
    rows = activities(aligned(tmp_path, text, "activities"))
    assert [row["attrs"] for row in rows] == [{"feature": "报表", "core": True}, {"feature": "皮肤", "core": False}]


def test_SIG_31_surveys_and_ratings_bring_satisfaction(tmp_path: Path) -> None:
    surveys = activities(aligned(tmp_path, "客户编号,填写时间,评分,问卷\nK1,2024-01-05,9,NPS\nK1,2024-01-06,4,CSAT\nK1,2024-01-07,4,CES\n"))
    assert [row["attrs"].get("satisfaction") for row in surveys] == [90, 75, None]
    stars = activities(aligned(tmp_path, "客户编号,时间,行为,值\nK1,2024-01-05 10:00,评分,2\nK1,2024-01-05 10:00,登录,2\n", "activities"))
    assert [row["attrs"] for row in stars] == [{"satisfaction": 25}, {}]


BILLS = (
    "账单号,客户编号,应收金额,账单日期,到期日,回款日期\n"
    "P1,K1,100,2023-12-06,2024-01-05,2023-12-20\nP2,K1,50,2024-02-10,2024-03-03,\nP3,K1,70,,2024-03-09,\n"
)


def test_SIG_61_a_bill_is_known_ahead_and_a_payment_before_its_day_undoes_it(tmp_path: Path) -> None:
    rows = [row for row in activities(aligned(tmp_path, BILLS)) if row["kind"] in {"payment.due", "payment.settled"}]
    days = {(row["kind"], row["value"]): (day(row["ts_us"]), day(row["known_us"])) for row in rows}
    assert days == {
        ("payment.due", 100.0): ("2024-01-05", "2023-12-06"),
        ("payment.due", 50.0): ("2024-03-03", "2024-02-10"),
        ("payment.due", 70.0): ("2024-03-09", "2024-03-01"),
        ("payment.settled", 100.0): ("2024-01-05", "2023-12-20"),
    }


def day(us: object) -> str:
    """The local day in Shanghai."""
    return str(datetime.fromtimestamp((int(str(us)) + 8 * 3_600_000_000) / 1e6, UTC).date())


def test_SIG_44_the_days_to_pay_count_from_the_bill(tmp_path: Path) -> None:
    paid = [row for row in activities(aligned(tmp_path, BILLS)) if row["kind"] == "payment.received"]
    assert [row["attrs"]["days"] for row in paid] == [14]


def test_SIG_44_a_stage_says_whether_a_deal_is_open(tmp_path: Path) -> None:
    text = "商机编号,客户编号,阶段,更新时间\nO1,K1,报价,2024-02-01\nO2,K1,赢单,2024-02-01\n"
    assert [row["attrs"]["open"] for row in activities(aligned(tmp_path, text))] == [True, False]


def test_kinds_of_ones_own_are_accepted_and_listed(tmp_path: Path) -> None:
    text = "客户编号,时间,行为\nK1,2024-01-05 10:00,参加沙龙\nK1,2024-01-06 10:00,登录\n"
    rows = activities(aligned(tmp_path, text, "activities"))
    assert [row["kind"] for row in rows] == ["参加沙龙", "login"]
    path = tmp_path / "file.csv"
    detected = detect(path)
    preview = preview_file(path, detected=detected, mapping=suggest_mapping("activities", detected.columns).mapping, facts=facts())
    assert preview.own_kinds == ["参加沙龙"]
    orders = tmp_path / "orders.csv"
    orders.write_text("订单号,客户编号,下单时间,金额\n1,K1,2024-01-05,9\n", "utf-8")
    columns = detect(orders)
    assert not preview_file(orders, detected=columns, mapping=suggest_mapping("orders", columns.columns).mapping, facts=facts()).own_kinds


def test_an_activity_by_api_that_lies_ahead_is_known_on_arrival() -> None:
    assert known_us(2000, 1000) == 1000
    assert known_us(0, 10**15) == 0
