# ruff: noqa: E501
"""Automatic mapping (DAT-02)."""

from __future__ import annotations

import pytest

from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.suggest import guess_entity, suggest_mapping
from liuke.connect.domain.detected import Column


def columns(**named: list[str]) -> list[Column]:
    return [Column(name, place, tuple(samples)) for place, (name, samples) in enumerate(named.items())]


CHINESE_ORDERS = {
    "单据编号": ["XS001", "XS002"], "单据日期": ["2024/1/5", "2024/1/6"], "购货单位代码": ["K001", "K002"], "购货单位": ["甲公司", "乙公司"],
    "物料编码": ["01.001", "01.002"], "物料名称": ["轴承", "螺丝"], "实发数量": ["10", "20"], "含税单价": ["3.5", "4"], "价税合计": ["35", "80"],
    "业务员": ["张三", "李四"],
}  # fmt: skip


def test_DAT_02_a_chinese_erp_export_is_mapped_above_98_percent() -> None:
    found = columns(**CHINESE_ORDERS)
    suggestion = suggest_mapping(guess_entity(found), found)
    assert suggestion.mapping.entity == "orders"
    assert suggestion.match_rate > 0.98
    assert dict(suggestion.mapping.columns) == {
        "单据编号": "order_id", "单据日期": "ordered_at", "购货单位代码": "customer_key", "购货单位": "customer_name", "物料编码": "sku",
        "物料名称": "description", "实发数量": "quantity", "含税单价": "price", "价税合计": "amount", "业务员": "actor",
    }  # fmt: skip


@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_template_header_is_recognised_as_its_own_field(entity: str, language: str) -> None:
    headers = {}
    for field in ENTITIES[entity].fields:
        names = [name for name in field.synonyms if name.isascii() == (language == "en")]
        header = next(name for name in names if name not in headers)
        headers[header] = field.name
    suggestion = suggest_mapping(entity, columns(**{header: [] for header in headers}))
    assert suggestion.missing == []
    wrong = {match.name: (match.field, headers[match.name]) for match in suggestion.columns if match.field != headers[match.name]}
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("entity", ENTITIES)
def test_an_entity_is_recognised_by_its_own_field_names(entity: str) -> None:
    assert guess_entity(columns(**{field.name: [] for field in ENTITIES[entity].fields})) == entity


def test_values_that_cannot_be_read_keep_a_header_from_being_believed() -> None:
    found = columns(
        date=["yesterday", "soon"],
        **{"order time": ["2011-09-01", "2011-09-02"], "order id": ["1", "2"], "customer": ["a", "b"], "total": ["1", "2"]},
    )
    assert suggest_mapping("orders", found).mapping.columns["order time"] == "ordered_at"


def test_a_header_that_names_a_field_outright_keeps_it_where_no_other_column_could() -> None:
    assert suggest_mapping("orders", columns(**{"下单时间": ["x", "y"]})).mapping.columns["下单时间"] == "ordered_at"


def test_missing_required_fields_are_named_and_undecided_dates_too() -> None:
    suggestion = suggest_mapping("orders", columns(**{"订单号": ["1"], "日期": ["01/02/2011"]}))
    assert set(suggestion.missing) == {"customer_key", "amount"}
    assert suggestion.undecided_dates == ["日期"]


def test_a_unit_in_brackets_does_not_hide_a_header() -> None:
    assert suggest_mapping("orders", columns(**{"金额(元)": ["1"]})).mapping.columns["金额(元)"] == "amount"


def test_unreadable_values_lower_the_match_rate() -> None:
    found = columns(**{**CHINESE_ORDERS, "价税合计": ["35", "x", "y", "80", "1", "2", "3", "4", "5", "6"]})
    assert suggest_mapping("orders", found).match_rate == pytest.approx(1 - 0.2 / 10)


def test_a_word_inside_another_word_means_nothing() -> None:
    suggestion = suggest_mapping("orders", columns(countryCode=["391", "406"], tranAmount=["1", "2"]))
    assert dict(suggestion.mapping.columns) == {"countryCode": "attr", "tranAmount": "amount"}


REAL = {
    "payments": ("invoices.csv", ["countryCode", "customerID", "invoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmount", "SettledDate"]),
    "opportunities": (
        "sales_pipeline.csv",
        ["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_value"],
    ),
    "contracts": ("subscriptions.csv", ["subscription_id", "account_id", "start_date", "end_date", "plan_tier", "seats", "arr_amount"]),
    "tickets": ("support_tickets.csv", ["ticket_id", "account_id", "submitted_at", "closed_at", "priority", "satisfaction_score"]),
    "customers": ("accounts.csv", ["account_id", "account_name", "industry", "country", "signup_date", "plan_tier"]),
    "orders": ("transactions.csv", ["customer_id", "trans_date", "tran_amount"]),
}


@pytest.mark.parametrize("entity", REAL)
def test_DAT_02_headers_of_published_data_sets_are_recognised(entity: str) -> None:
    name, headers = REAL[entity]
    found = columns(**{header: [] for header in headers})
    assert guess_entity(found, name) == entity
    assert suggest_mapping(entity, found).missing == []
