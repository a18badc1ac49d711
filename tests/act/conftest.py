"""Fixtures of work-item, renewal, notice and channel tests: the same small company as in the alert tests."""

from __future__ import annotations

from tests.alert.conftest import acme, stranger

__all__ = ["acme", "stranger"]
