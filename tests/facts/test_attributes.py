"""BEY-01: what a customer was on a past day, from the intervals and nothing later."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from liuke.accounts.store.models import Workspace
from liuke.base.times import to_us
from liuke.facts.service.attributes import attribute_types, attributes_at
from liuke.facts.store.models import AttributeVersion, Contract, Customer
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = (datetime(2026, month, 1, tzinfo=UTC) for month in (5, 6, 7))


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace(time_zone="UTC")


def customer(workspace: Workspace, key: str, **attributes: object) -> Customer:
    return Customer.objects.create(workspace=workspace, key=key, name=key, attributes=attributes)


def test_a_value_with_intervals_is_the_one_of_the_day_and_none_before_the_first(workspace: Workspace) -> None:
    one = customer(workspace, "C1", country="FR")
    AttributeVersion.objects.create(customer=one, name="country", value="UK", valid_from=MAY, valid_to=JUNE)
    AttributeVersion.objects.create(customer=one, name="country", value="FR", valid_from=JUNE)
    seen = [attributes_at(workspace, moment).table["attr.country"].to_pylist() for moment in (datetime(2026, 4, 1, tzinfo=UTC), MAY, JULY)]
    assert seen == [[None], ["UK"], ["FR"]]


def test_a_value_without_any_interval_is_todays_and_is_named(workspace: Workspace) -> None:
    one = customer(workspace, "C1", country="FR", size=3)
    AttributeVersion.objects.create(customer=one, name="country", value="FR", valid_from=MAY)
    found = attributes_at(workspace, JUNE)
    assert found.table["attr.size"].to_pylist() == [3.0]
    assert found.without_history == ("attr.size", "owner")


def test_an_attribute_is_a_number_only_where_every_value_is(workspace: Workspace) -> None:
    customer(workspace, "C1", size=3, grade="A", empty="")
    customer(workspace, "C2", size=4.5, grade=7)
    assert attribute_types(workspace) == {"grade": "text", "size": "number"}
    table = attributes_at(workspace, JUNE, names=["grade"]).table
    assert table["attr.grade"].to_pylist() == ["A", "7"]
    assert "attr.size" not in table.column_names


def test_the_contract_that_ends_next_counts_and_one_not_begun_does_not(workspace: Workspace) -> None:
    one = customer(workspace, "C1")
    ends = [(date(2026, 5, 20), None, 1), (date(2026, 6, 30), None, 2), (date(2027, 6, 30), date(2026, 6, 2), 3)]
    for number, (end, start, amount) in enumerate(ends):
        Contract.objects.create(
            customer=one, key=f"K{number}", name="K", ends_on=end, starts_on=start, amount=Decimal(amount), currency="CNY"
        )  # fmt: skip
    table = attributes_at(workspace, JUNE).table
    assert table["contract.amount"].to_pylist() == [2.0]
    assert table["contract.ends_on"].to_pylist() == [to_us(datetime(2026, 6, 30, tzinfo=UTC))]
    late = attributes_at(workspace, datetime(2028, 1, 1, tzinfo=UTC)).table
    assert late["contract.amount"].to_pylist() == [3.0]


def test_customers_of_another_workspace_are_not_there(workspace: Workspace) -> None:
    customer(make_workspace(), "X1", country="DE")
    assert attributes_at(workspace, JUNE).table.num_rows == 0
