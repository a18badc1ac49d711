"""A company that may send, with a customer who has agreed to it."""

from __future__ import annotations

import pytest

from tests.act.messages.world import Sender, sender


@pytest.fixture
def shop(db: None) -> Sender:
    """On the real clock, with a mail channel and a customer who wants marketing mails."""
    return sender()
