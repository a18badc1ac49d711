"""DAT-15: every kind of activity has an import that brings it."""

from __future__ import annotations

import pytest

from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.origins import entities_of, entity_of
from liuke.facts.domain.kinds import Kind


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_every_kind_comes_with_an_entity_that_can_be_imported(kind: Kind) -> None:
    assert entity_of(kind.value) in ENTITIES


def test_a_kind_of_the_users_own_comes_with_rows_of_activities() -> None:
    assert entity_of("warranty.claimed") == "activities"


def test_entities_are_named_once_in_the_order_of_the_kinds() -> None:
    assert entities_of(["ticket.opened", "order.placed", "order.line", "login"]) == ("tickets", "orders", "activities")


def test_what_an_import_of_orders_makes_is_said_to_come_from_orders() -> None:
    assert {entity_of(kind) for kind in ("order.placed", "order.line", "order.cancelled")} == {"orders"}
