"""Other tests share the PostgreSQL server, and their transactions are waited for: longer than the product would in one try."""

from __future__ import annotations

import pytest

from liuke.pipeline import erasure_space


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure_space, "PATIENCE_S", 300.0)
