"""A whole file to one batch."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.align.domain.suggest import guess_entity, suggest_mapping
from liuke.align.service.files import AlignedFile, ImportFacts, align_file
from liuke.align.service.preview import preview_file
from liuke.connect.sources.files.rows import detect
from liuke.facts.domain.kinds import Kind

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def facts(**more: object) -> ImportFacts:
    return ImportFacts(**({"batch_id": "b", "zone": "Asia/Shanghai", "currency": "CNY", "now": NOW} | more))  # type: ignore[arg-type]


def aligned(folder: Path, text: str, entity: str = "", encoding: str = "utf-8", **more: object) -> AlignedFile:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    detected = detect(path)
    mapping = suggest_mapping(entity or guess_entity(detected.columns), detected.columns).mapping
    return align_file(path, detected=detected, mapping=mapping, facts=facts(**more), work_dir=folder)


def activities(result: AlignedFile) -> list[dict[str, object]]:
    return [{**row, "attrs": json.loads(row["attrs"])} for path in result.batch.activities for row in pq.read_table(str(path)).to_pylist()]


ORDERS = "订单号,客户编号,下单时间,商品编码,数量,单价\n1,K1,2024-01-05 10:00,A,2,3.5\n1,K1,2024-01-05 10:00,B,1,¥1.00\n2,K2,2024/1/6,A,1,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_order_file_becomes_lines_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    result = aligned(tmp_path, ORDERS, encoding=encoding)
    assert (result.rows_total, result.rows_rejected) == (3, 1)
    assert [(row["customer_key"], row["value"], row["kind"]) for row in activities(result)] == [
        ("K1", 7.0, "order.line"),
        ("K1", 1.0, "order.line"),
    ]
    assert result.newest_us == datetime(2024, 1, 5, 2, tzinfo=UTC).timestamp() * 1e6


def test_rejected_rows_can_be_downloaded_with_line_and_reason(tmp_path: Path) -> None:
    result = aligned(tmp_path, ORDERS)
    assert result.rejects
    header, row = csv.reader(result.rejects.read_text("utf-8-sig").splitlines())
    assert header[:3] == ["被拒行号", "被拒原因", "订单号"]
    assert (row[0], row[2:5]) == ("4", ["2", "K2", "2024/1/6"])
    assert "金额" in row[1]


def test_reasons_name_field_value_and_what_is_accepted_in_the_readers_language(tmp_path: Path) -> None:
    bad = "订单号,客户编号,下单时间,金额\n1,K1,5th of May,10\n2,,2024-01-01,10\n3,K1,2024-01-01,1o\n"
    rejects = aligned(tmp_path, bad, "orders", language="en").rejects
    assert rejects
    reasons = [row[1] for row in csv.reader(rejects.read_text("utf-8-sig").splitlines())][1:]
    assert reasons[0].startswith("“Ordered at” is not a date: 5th of May (write 2011-09-01")
    assert reasons[1] == "“Customer number” is blank"
    assert reasons[2].startswith("“Amount” is not a number: 1o")


def test_a_cell_of_the_rejects_is_not_run_as_a_formula(tmp_path: Path) -> None:
    rejects = aligned(tmp_path, "订单号,客户编号,下单时间,金额\n=1+1,K1,x,-5\n", "orders").rejects
    assert rejects
    assert list(csv.reader(rejects.read_text("utf-8-sig").splitlines()))[1][2:] == ["'=1+1", "K1", "x", "-5"]


def test_a_file_of_rejects_can_be_corrected_and_imported_again(tmp_path: Path) -> None:
    whole = "订单号,客户编号,下单时间,商品名称,金额,仓库\n1,K1,2024-01-05,+甲,9,北\n2,K2,2024-01-06,=乙,8,南\n"
    good = activities(aligned(tmp_path, whole, "orders"))
    rejects = aligned(tmp_path, whole.replace("2024-01-06", "soon").replace("2024-01-05", "late"), "orders").rejects
    assert rejects
    corrected = rejects.read_text("utf-8-sig").replace(",soon,", ",2024-01-06,").replace(",late,", ",2024-01-05,")
    again = aligned(tmp_path, corrected, "orders", batch_id="c")
    assert again.match_rate == 1.0
    assert activities(again) == good


def test_the_same_file_twice_gives_the_same_ids(tmp_path: Path) -> None:
    first = [row["activity_id"] for row in activities(aligned(tmp_path, ORDERS))]
    assert first == [row["activity_id"] for row in activities(aligned(tmp_path, ORDERS, batch_id="c"))]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("12"), st.sampled_from("AB"), st.integers(1, 3)), min_size=1, max_size=12))
def test_identical_lines_are_kept(tmp_path: Path, rows: list[tuple[str, str, int]]) -> None:
    text = "order id,customer id,order date,sku,quantity,price\n" + "".join(f"{a},K,2024-01-01,{b},{c},1\n" for a, b, c in rows)
    ids = [row["activity_id"] for row in activities(aligned(tmp_path, text, "orders"))]
    assert len(set(ids)) == len(rows)


FILES = {
    "activities": "客户编号,时间,行为,时长,页面\nK1,2024-01-05 10:00,login,,首页\n",
    "tickets": "工单号,客户编号,创建时间,关闭时间,标题\nT1,K1,2024-01-05 10:00,2024-01-05 12:30,坏了\n",
    "messages": "客户编号,发送时间,方向,内容\nK1,2024-01-05 10:00,客户,你好\nK1,2024-01-05 10:05,员工,您好\n",
    "surveys": "客户编号,填写时间,评分,问卷\nK1,2024-01-05,9,NPS\n",
    "payments": "账单号,客户编号,应收金额,到期日,回款日期\nP1,K1,100,2024-01-05,2024-01-10\nP2,K1,50,2024-02-05,\nP3,K1,50,2024-04-05,\n",
    "contracts": "合同编号,客户编号,合同金额,开始日期,到期日期\nH1,K1,1.2万,2023-06-01,2024-05-31\n",
    "opportunities": "商机编号,客户编号,阶段,预计金额,更新时间\nO1,K1,报价,5000,2024-02-01\n",
}
KINDS = {
    "activities": ["login"],
    "tickets": ["ticket.opened", "ticket.closed"],
    "messages": ["message.in", "message.out"],
    "surveys": ["survey.answered"],
    "payments": ["payment.received", "payment.overdue", "payment.overdue", "payment.due", "payment.due", "payment.due"],
    "contracts": ["contract.started", "contract.ends"],
    "opportunities": ["opportunity.moved"],
}


@pytest.mark.parametrize("entity", FILES)
def test_DAT_09_every_kind_of_file_becomes_activities_of_the_vocabulary(tmp_path: Path, entity: str) -> None:
    result = aligned(tmp_path, FILES[entity])
    kinds = [row["kind"] for row in activities(result)]
    assert kinds == KINDS[entity]
    assert set(kinds) <= set(Kind)
    assert result.rows_rejected == 0


def test_a_ticket_closed_says_how_long_it_was_open_and_a_kept_column_stays(tmp_path: Path) -> None:
    assert activities(aligned(tmp_path, FILES["tickets"]))[1]["value"] == 2.5
    assert activities(aligned(tmp_path, FILES["activities"]))[0]["attrs"] == {"页面": "首页"}


def test_a_bill_is_overdue_from_the_day_after_it_was_due(tmp_path: Path) -> None:
    late = [row for row in activities(aligned(tmp_path, FILES["payments"])) if row["kind"] == "payment.overdue"]
    assert [row["ts_us"] for row in late] == [datetime(2024, month, 5, 16, tzinfo=UTC).timestamp() * 1e6 for month in (1, 2)]


def test_a_contract_is_a_record_and_its_end_is_known_from_its_start(tmp_path: Path) -> None:
    result = aligned(tmp_path, FILES["contracts"])
    (row,) = result.batch.contracts
    assert (row.key, str(row.amount), row.currency, row.ends_on) == ("H1", "12000.00", "CNY", date(2024, 5, 31))
    started, ends = activities(result)
    assert ends["known_us"] == started["ts_us"]


def test_customers_keep_their_other_columns_as_attributes(tmp_path: Path) -> None:
    (row,) = aligned(tmp_path, "客户编号,客户名称,行业,门店数,负责人邮箱\n00123,甲公司,零售,7,Wang@A.cn\n").batch.customers
    assert (row.key, row.name, row.owner_email) == ("00123", "甲公司", "wang@a.cn")
    assert row.attributes == {"industry": "零售", "门店数": "7"}


def test_names_of_customers_travel_with_their_orders(tmp_path: Path) -> None:
    result = aligned(tmp_path, "订单号,客户编号,客户名称,下单时间,金额\n1,K1,甲公司,2024-01-01,5\n")
    assert [(row.key, row.name) for row in result.batch.customers] == [("K1", "甲公司")]


def test_contacts_without_a_number_are_known_by_address(tmp_path: Path) -> None:
    (row,) = aligned(tmp_path, "客户编号,姓名,邮箱,关键联系人\nK1,王芳,w@a.cn,是\n", "contacts").batch.contacts
    assert (row.key, row.is_key) == ("w@a.cn", True)


def test_a_file_whose_rows_are_all_bad_makes_an_empty_batch(tmp_path: Path) -> None:
    result = aligned(tmp_path, "订单号,客户编号,下单时间,金额\n1,,x,y\n", "orders")
    assert (result.batch.activities, result.rows_rejected) == ([], 1)


def test_an_import_can_be_cancelled_between_chunks(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(ORDERS)
    detected = detect(path)
    mapping = suggest_mapping("orders", detected.columns).mapping

    def stop(fraction: float) -> None:
        raise InterruptedError(fraction)

    with pytest.raises(InterruptedError):
        align_file(path, detected=detected, mapping=mapping, facts=facts(), work_dir=tmp_path, progress=stop)


def test_the_preview_shows_rows_as_they_would_arrive(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(ORDERS, "utf-8")
    detected = detect(path)
    preview = preview_file(path, detected=detected, mapping=suggest_mapping("orders", detected.columns).mapping, facts=facts())
    assert preview.fields[:4] == ["order_id", "customer_key", "ordered_at", "sku"]
    assert preview.rows[0][2] == "2024-01-05 10:00:00"
    assert (preview.checked, preview.rejects[0][0]) == (3, 4)
    assert preview.match_rate == 1.0
