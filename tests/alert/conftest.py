"""Fixtures of alert tests."""

from __future__ import annotations

import pytest

from tests.alert.world import Company, company


@pytest.fixture
def acme(db: None) -> Company:
    """A company with its people and customers, its clock simulated on a Monday."""
    return company(simulated=True)


@pytest.fixture
def stranger(db: None) -> Company:
    """Another company in the same installation."""
    return company("other", simulated=True)
