"""Clean rows to records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa

from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.rows import RowFacts, contact_rows, contract_rows, customer_rows, money, named_customers, opportunity_rows

NOW = datetime(2024, 1, 1, tzinfo=UTC)
FACTS = RowFacts(currency="CNY", now=NOW)


def table(entity: str, *rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist([{"customer_key": "K"} | row for row in rows], schema=ENTITIES[entity].schema)


def test_blank_fields_of_a_customer_leave_what_is_known_unchanged() -> None:
    (row,) = customer_rows(table("customers", {"name": None, "city": None, "country": "CN"}), FACTS)
    assert (row.name, row.owner_email, row.registered_at, dict(row.attributes)) == ("", "", None, {"country": "CN"})


def test_kept_columns_of_a_customer_are_attributes_under_their_own_header() -> None:
    rows = table("customers", {"name": "甲"}).append_column("attr:门店", pa.array(["7"]))
    assert dict(customer_rows(rows, FACTS)[0].attributes) == {"门店": "7"}


def test_a_contact_is_known_by_number_address_phone_or_name() -> None:
    given = ({"contact_id": "1", "email": "a@b"}, {"email": "a@b", "phone": "1"}, {"phone": "138"}, {})
    rows = contact_rows(table("contacts", *({"name": "Ann"} | each for each in given)), FACTS)
    assert [row.key for row in rows] == ["1", "a@b", "138", "Ann"]


def test_a_contract_without_name_or_currency_takes_its_number_and_the_workspaces() -> None:
    day = date(2024, 5, 31)
    (row,) = contract_rows(table("contracts", {"contract_id": "H1", "ends_on": day, "amount": 1234.565}), FACTS)
    assert (row.name, row.currency, row.amount, row.ends_on, row.is_sample) == ("H1", "CNY", money(1234.565), day, False)
    (other,) = contract_rows(table("contracts", {"contract_id": "H1", "ends_on": day, "amount": 1.0, "currency": "gbp"}), FACTS)
    assert other.currency == "GBP"


def test_an_opportunity_without_a_time_of_change_changed_now() -> None:
    (row,) = opportunity_rows(table("opportunities", {"opportunity_id": "O1", "stage": "报价"}), FACTS)
    assert (row.updated_at, row.amount, row.name) == (NOW, None, "O1")


def test_sample_facts_mark_their_records() -> None:
    facts = RowFacts(currency="GBP", now=NOW, sample_fields=("name",))
    assert contact_rows(table("contacts", {"name": "Ann"}), facts)[0].is_sample
    assert customer_rows(table("customers", {"name": "Swan"}), facts)[0].sample_fields == ("name",)


def test_the_last_name_given_for_a_customer_wins() -> None:
    rows = table("orders", {"customer_name": "old"}, {"customer_name": None}, {"customer_name": "new"})
    assert named_customers(rows) == {"K": "new"}


def test_money_has_two_decimals_and_no_float_dust() -> None:
    assert money(0.1 + 0.2) == Decimal("0.30")
    assert money(12000.0) == Decimal("12000.00")
