"""The world of the API's tests."""

from __future__ import annotations

import pytest

from liuke.show.queries.kept import forget
from tests.alert.conftest import acme, stranger
from tests.show.world import World, make_world

__all__ = ["acme", "stranger", "world"]


@pytest.fixture
def world(db: None) -> World:
    """A small company with one of everything."""
    forget()
    return make_world()
