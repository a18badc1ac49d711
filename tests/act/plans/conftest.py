"""The same small company as in the alert tests, with one alert of wang's and its item."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from liuke.act.store.models import WorkItem
from tests.alert.conftest import acme, stranger
from tests.alert.world import Company, at, scored

__all__ = ["acme", "item", "stranger"]


@pytest.fixture
def item(acme: Company) -> WorkItem:
    """The item of the alert on wang's first customer."""
    act.customers_review(workspace=acme.workspace, as_of=at(0), kind="nightly", scored=[scored(acme.customers["wang1"], 95)])
    return WorkItem.objects.get()
