"""Bulk reading and writing of entities grows with the rows, not with their square."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liuke.facts.store import entities
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db


class Counted(list[str]):
    """Keys that refuse to be searched one by one."""

    def __contains__(self, key: object) -> bool:
        raise AssertionError("a list was searched")


def test_many_keys_are_found_in_one_reading_and_never_searched_in_a_list() -> None:
    workspace = make_workspace()
    keys = [f"C{number}" for number in range(entities.MANY)]
    made = entities.customers_create(workspace.pk, keys)
    with CaptureQueriesContext(connection) as told:
        assert entities.customer_ids(workspace.pk, Counted([*keys, "unknown"])) == made
    assert len(told) == 1
    assert entities.customer_ids(workspace.pk, keys[:3]) == {key: made[key] for key in keys[:3]}
    assert entities.customer_ids(workspace.pk, []) == {}
    assert entities.customers_create(workspace.pk, keys[:2]) == {key: made[key] for key in keys[:2]}
