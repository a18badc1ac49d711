"""Settings of a 云星空 source: all faults at once, and the field names that they make."""

from __future__ import annotations

import pytest

from liuke.base.errors import Invalid
from liuke.connect.sources.kingdee.settings import settings_of
from liuke.connect.sources.kingdee.streams import CHOICES, STREAMS
from liuke.vendors.kingdee.client import Password
from liuke.vendors.kingdee.signing import AppKeys

GOOD: dict[str, object] = {"base_url": "https://erp.example.com/k3cloud/", "account": "acct", "user": "liuke", "app_id": "200001_x"}


def faults(**changes: object) -> list[str]:
    with pytest.raises(Invalid, match="source_settings") as caught:
        settings_of(GOOD | changes)
    found = caught.value.params["faults"]
    assert isinstance(found, list)
    return [str(fault["field"]) for fault in found]


def test_the_least_that_is_needed_reads_everything_in_local_money() -> None:
    made = settings_of(GOOD)
    assert (made.base_url, made.chosen, made.amounts, made.organisation) == ("https://erp.example.com/k3cloud", CHOICES, "local", "0")
    assert isinstance(made.who("s"), AppKeys)
    assert isinstance(settings_of(GOOD | {"auth": "password"}).who("s"), Password)


@pytest.mark.parametrize(
    "address", ["", "erp.example.com", "ftp://x/k3cloud", "https://user@x/k3cloud", "https://x/k3cloud?y=1", "https:///k3"]
)
def test_an_address_is_one_without_a_user_in_it(address: str) -> None:
    assert faults(base_url=address) == ["base_url"]


def test_all_faults_come_at_once() -> None:
    found = faults(account="", user="", auth="magic", amounts="all", since="yesterday", streams=["orders", "wages"], secret="x")
    assert found == ["secret", "auth", "amounts", "account", "user", "streams", "since"]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"wages": {}}, "fields.wages"),
        ({"orders": {"colour": "FX"}}, "fields.orders.colour"),
        ({"orders": {"sku": ""}}, "fields.orders.sku"),
        ({"orders": {"actor": "F1; DROP"}}, "fields.orders.actor"),
        ({"orders": {"actor": 7}}, "fields.orders.actor"),
    ],
)
def test_a_field_name_is_one_or_is_refused(fields: dict[str, object], at: str) -> None:
    assert faults(fields=fields) == [at]


def test_own_names_replace_the_standard_ones_and_blank_ones_leave_a_field_out() -> None:
    made = settings_of(GOOD | {"fields": {"orders": {"channel": "F_PAEZ_Shop", "actor": ""}}})
    keys = made.keys(STREAMS["orders"])
    assert (keys["channel"], "actor" in keys, keys["amount"]) == ("F_PAEZ_Shop", False, "FAllAmount_LC")


def test_the_currency_of_the_document_takes_its_own_amount() -> None:
    keys = settings_of(GOOD | {"amounts": "document"}).keys(STREAMS["orders"])
    assert (keys["amount"], keys["currency"]) == ("FAllAmount", "FSettleCurrId.FNumber")


def test_nothing_chosen_is_a_fault_as_stock_alone_is() -> None:
    assert faults(streams=["stock"]) == ["streams"]
    assert faults(streams=[]) == ["streams"]


@pytest.mark.parametrize("name", list(STREAMS))
def test_every_stream_names_what_reading_needs(name: str) -> None:
    keys = settings_of(GOOD).keys(STREAMS[name])
    assert {"id", "changed", "document_status", "organisation"} <= set(keys)
