"""kill -9 of workers that send: nothing lost, nothing doubled, and at most one message in doubt per kill."""

from __future__ import annotations

import pytest

from tests.act import kill9
from tests.running import Installation

pytestmark = pytest.mark.slow
KILLS = 6


def test_killed_workers_lose_nothing_and_double_no_sms(installed: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIUKE_WEBHOOK_ALLOW", "127.0.0.1")
    figures = kill9.run(installed, kill9.Load(messages=600, kills=KILLS, most=0.3, per_second=100, answers_after=0.004))
    assert (figures.lost, figures.doubled_deduping, figures.doubled_sms) == (0, 0, 0)
    assert figures.unknown_deduping == 0
    assert figures.kills_mid_sms >= 1, "the kills came too late to show anything"
    assert figures.unknown_sms <= KILLS
    assert figures.unknown_after_asking <= figures.unknown_sms
