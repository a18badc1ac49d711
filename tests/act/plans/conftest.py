"""The same small company as in the alert tests."""

from __future__ import annotations

from tests.alert.conftest import acme, stranger

__all__ = ["acme", "stranger"]
