"""Cards are written in bulk: few rows or many, new or replaced, the table holds the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DataError, connection, transaction

from liuke.accounts.store.models import Workspace
from liuke.facts.store.models import Customer
from liuke.show.domain.card import Card
from liuke.show.store import repository
from liuke.show.store.models import CustomerCard
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
WORDS = '制表\t换行\n反斜\\ "引号" \\N'


def _cards(workspace: Workspace, count: int, score: float) -> list[tuple[Card, str]]:
    customers = Customer.objects.filter(workspace=workspace).order_by("pk")[:count]
    return [(_card(customer, score), f"digest-{score}") for customer in customers]


def _card(customer: Customer, score: float) -> Card:
    return Card(
        customer_id=customer.pk, key=customer.key, name=WORDS, owner_id=None, team_id=None, status="active", score=score,
        delta_30d=None, reasons=[{"key": WORDS}], history=[1.5, score], last_order_at=AT, contract_ends_on=date(2026, 4, 1),
    )  # fmt: skip


@pytest.mark.parametrize("many", [1, 10_000], ids=["every write counts as many", "every write counts as few"])
def test_new_and_replaced_cards_hold_what_was_given(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "_MANY", many)
    workspace = make_workspace()
    Customer.objects.bulk_create([Customer(workspace=workspace, key=f"C-{number}", name="x") for number in range(30)])
    with transaction.atomic():
        repository.upsert(workspace.pk, _cards(workspace, 20, 40.0), AT)
        repository.upsert(workspace.pk, _cards(workspace, 30, 70.0)[10:], AT)
    kept = CustomerCard.objects.filter(workspace=workspace).order_by("customer_id")
    assert [card.score for card in kept] == [40.0] * 10 + [70.0] * 20
    assert {card.digest for card in kept} == {"digest-40.0", "digest-70.0"}
    told = kept[25]
    assert (told.name, told.reasons, told.history) == (WORDS, [{"key": WORDS}], [1.5, 70.0])
    assert (told.delta_30d, told.last_order_at, told.last_activity_at) == (None, AT, None)
    assert (told.contract_ends_on, told.scored_at) == (date(2026, 4, 1), AT)


def test_what_postgresql_refuses_in_a_copy_is_a_fault_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("needs PostgreSQL: LIUKE_TEST_DATABASE=postgresql")
    monkeypatch.setattr(repository, "_MANY", 1)
    workspace = make_workspace()
    customer = Customer.objects.create(workspace=workspace, key="C", name="x")
    card = replace(_card(customer, 1.0), key="longer than its column" * 10)
    with pytest.raises(DataError), transaction.atomic():
        repository.upsert(workspace.pk, [(card, "")], AT)
    assert not CustomerCard.objects.exists()
