"""流失体检 (BEY-13) on small order lists whose truth is known."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from typer.testing import CliRunner

from liuke.base.errors import Invalid
from liuke.base.times import to_us
from liuke.cli.main import app
from liuke.learn.domain.checkup import Checkup, Habits, checkup_from_plain, checkup_to_plain, masked, reasons_of, with_masked_names
from liuke.learn.service.checkup import CheckupAsked, checkup_file
from liuke.learn.service.order_file import read_orders
from liuke.score.model import Recipe
from liuke.show.reports.checkup import checkup_html

START = datetime(2021, 1, 1, tzinfo=UTC)
NOW = to_us(datetime(2024, 1, 1, tzinfo=UTC))
ASKED = CheckupAsked(zone="UTC", churn_days=60, recipe=Recipe(members=("linear",), folds=2, threads=1))
HEADERS = ["单号", "购货单位代码", "客户名称", "单据日期", "金额"]


def _orders(days: int = 730, customers: int = 120) -> list[list[object]]:
    """Every customer has a rhythm and a day after which nothing comes; some orders are given back."""
    random, rows = np.random.default_rng(9), []
    for customer in range(customers):
        gap, stop, at = random.uniform(6, 30), random.uniform(100, 1400), random.uniform(0, 30)
        while at < min(stop, days):
            day = (START + timedelta(days=at)).strftime("%Y/%m/%d %H:%M")
            rows.append([f"D{len(rows)}", f"C{customer:03}", f"<b>商贸{customer}</b>", day, round(random.uniform(50, 900), 2)])
            if random.random() < 0.05:
                rows.append([f"R{len(rows)}", f"C{customer:03}", f"<b>商贸{customer}</b>", day, -50.0])
            at += random.exponential(gap)
    return rows


def _csv(path: Path, rows: list[list[object]], headers: list[str] = HEADERS, encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows([headers, *rows])
    return path


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _csv(tmp_path_factory.mktemp("orders") / "订单.csv", _orders(), encoding="gb18030")


@pytest.fixture(scope="module")
def found(orders: Path) -> Checkup:
    return checkup_file(orders, ASKED, now_us=NOW)


def test_an_order_list_in_gb18030_is_examined_without_a_word_about_its_columns(found: Checkup) -> None:
    assert found.facts.columns["customer_key"] == "购货单位代码"
    assert found.facts.rejected == 0
    assert found.facts.cancelled > 0
    assert found.facts.customers == 120


def test_losses_of_the_last_year_are_those_whose_silence_became_long_enough_in_it(found: Checkup) -> None:
    last: dict[str, datetime] = {}
    for _, customer, _, day, amount in _orders():
        if float(str(amount)) > 0:
            moment = datetime.strptime(str(day), "%Y/%m/%d %H:%M").replace(tzinfo=UTC)
            last[str(customer)] = max(moment, last.get(str(customer), moment))
    end = max(last.values())
    lost = [who for who, at in last.items() if end - timedelta(days=365) < at + timedelta(days=60) <= end]
    assert found.losses.lost == len(lost)
    assert sum(month.customers for month in found.losses.months) == len(lost)
    assert sum(month.money for month in found.losses.months) == pytest.approx(found.losses.money)


def test_what_could_have_been_seen_is_measured_forward_in_time_beside_recency(found: Checkup) -> None:
    measured = found.measured
    assert measured is not None
    assert measured.precision.value is not None
    assert measured.base_rate.value is not None
    assert measured.precision.value > 1.3 * measured.base_rate.value
    assert measured.lead_days.value is not None
    assert measured.recency_auc > 0.6
    assert measured.start < measured.end <= found.facts.last - timedelta(days=60)


def test_whom_to_call_are_customers_not_lost_yet_with_reasons(found: Checkup) -> None:
    assert 0 < len(found.calls) <= 20
    assert all(call.silent_days <= 60 and call.reasons for call in found.calls)
    stakes = [call.chance * call.annual_value for call in found.calls]
    assert stakes == sorted(stakes, reverse=True)


def test_the_page_asks_nothing_of_the_outside_and_shows_no_markup_of_the_file(found: Checkup) -> None:
    page = checkup_html(found)
    assert not re.search(r"""(src|href)\s*=|https?://|@import|url\(|<script""", page)
    assert "<b>商贸" not in page
    assert "&lt;b&gt;商贸" in page
    assert "周一先给这些客户打电话" in page
    assert "导致" not in page


def test_masked_pages_and_documents_name_nobody(found: Checkup) -> None:
    page, plain = checkup_html(found, mask=True), json.dumps(checkup_to_plain(with_masked_names(found)))
    for call in found.calls:
        assert call.key not in page
        assert call.key not in plain
        assert call.name not in page


def test_a_report_that_was_kept_is_the_same_again(found: Checkup) -> None:
    assert checkup_from_plain(json.loads(json.dumps(checkup_to_plain(found), default=str))) == found


def test_the_page_speaks_english_too(found: Checkup) -> None:
    assert "Call these on Monday" in checkup_html(found, language="en")


def test_order_lines_are_added_up_and_excel_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Invoice", "StockCode", "Quantity", "InvoiceDate", "Price", "Customer ID"])
    for customer in range(12):
        for order in range(4):
            for line in (1, 2):
                at = datetime(2022, 1 + order, 1 + customer)  # noqa: DTZ001
                sheet.append([f"{customer}-{order}", f"S{line}", 2, at, 5.0 * line, 17000.0 + customer])
    sheet.append(["C1", "S1", -2, datetime(2022, 5, 1), 5.0, 17000.0])  # noqa: DTZ001
    book.save(tmp_path / "lines.xlsx")
    file = read_orders(tmp_path / "lines.xlsx", zone="UTC", now_us=NOW)
    placed = [row for row in file.orders.to_pylist() if row["kind"] == "order.placed"]
    assert len(placed) == 48
    assert {row["value"] for row in placed} == {30.0}
    assert {row["customer"] for row in placed} == {str(17000 + customer) for customer in range(12)}
    assert [row["value"] for row in file.orders.to_pylist() if row["kind"] == "order.cancelled"] == [10.0]


def test_a_history_too_short_to_be_judged_gives_a_list_by_rhythm_and_says_so(tmp_path: Path) -> None:
    path = _csv(tmp_path / "short.csv", _orders(days=70))
    short = checkup_file(path, CheckupAsked(zone="UTC", recipe=ASKED.recipe), now_us=NOW)
    assert short.measured is None
    assert short.why_not_measured == "log_short"
    assert all(0 <= call.chance <= 1 for call in short.calls)
    assert "不够先学习" in checkup_html(short)


@pytest.mark.parametrize(
    ("headers", "rows", "code"),
    [
        (["名称", "备注"], [["a", "b"]] * 40, "checkup_columns"),
        (HEADERS, [["D1", "C1", "x", "2022-01-01", 5]] * 40, "checkup_small"),
        (HEADERS, [[f"D{n}", f"C{n}", "x", "someday", 5] for n in range(60)], "checkup_small"),
    ],
)
def test_a_file_that_is_no_order_list_is_refused_with_the_reason(
    tmp_path: Path, headers: list[str], rows: list[list[object]], code: str
) -> None:
    with pytest.raises(Invalid) as fault:
        checkup_file(_csv(tmp_path / "file.csv", rows, headers), ASKED, now_us=NOW)
    assert fault.value.code == code


def test_the_command_writes_one_file_and_a_document(orders: Path, found: Checkup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liuke.cli.checkup.checkup_file", lambda *_, **__: found)
    out = tmp_path / "report.html"
    ran = CliRunner().invoke(app, ["checkup", str(orders), "--out", str(out), "--mask", "--json"])
    assert ran.exit_code == 0, ran.output
    plain = json.loads(ran.stdout)
    assert plain["losses"]["lost"] == found.losses.lost
    assert all("*" in call["key"] for call in plain["calls"])
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert CliRunner().invoke(app, ["checkup", str(orders), "--out", str(tmp_path / "no" / "x.html")]).exit_code == 2


def test_reasons_say_what_stands_out_and_silence_where_nothing_does() -> None:
    def habits(**given: float) -> Habits:
        plain = dict.fromkeys(Habits.__dataclass_fields__, 0.0) | {"gap": np.nan} | given
        return Habits(**{name: np.array([value]) for name, value in plain.items()})

    assert [reason.code for reason in reasons_of(habits(since=20), 0)] == ["silent"]
    late = reasons_of(habits(since=40, gap=10, now=1, before=4, last_year=2, cancelled=3), 0)
    assert [reason.code for reason in late] == ["overdue", "fewer", "season"]
    assert [reason.code for reason in reasons_of(habits(since=3, money_now=10, money_before=100), 0)] == ["less"]


@pytest.mark.parametrize("text", ["王小明", "12345", "上海某某贸易有限公司", "a", "AB"])
def test_masked_texts_show_their_beginning_only(text: str) -> None:
    assert masked(text) != text
    assert masked(text).count("*") >= 2
    assert masked(text).rstrip("*") == text[: len(masked(text).rstrip("*"))]
