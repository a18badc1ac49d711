"""The world of the API's tests, and passwords that cost nothing."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from liuke.show.queries.kept import forget
from tests.show.world import World, make_world


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """A small company with one of everything; password hashes are cheap here, nobody logs in with one."""
    forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_world()
