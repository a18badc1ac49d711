"""kill -9 of every process at random moments under load: 0 accepted rows lost or doubled, healthy within 30 s."""

from __future__ import annotations

import time

import pytest

from tests.faults.house import HEALTHY_WITHIN, House, Load, at_random, nothing_lost_nothing_doubled

pytestmark = pytest.mark.slow
VICTIMS = ("web", "live", "warehouse", "worker", "everything")


def test_killed_under_load_nothing_is_lost_or_doubled_and_it_works_again_within_half_a_minute(house: House) -> None:
    """DAT-12, architecture decision 3. Each victim dies in the middle of batches that it accepts, applies or writes."""
    moment, took = at_random(11), []
    with Load(house, "kill") as load:
        load.wait_for(5)
        for number, victim in enumerate(VICTIMS):
            time.sleep(moment())
            killed = time.monotonic()
            if victim == "everything":
                house.server.kill()
                house.server.restart()
            else:
                house.server.kill_child(victim)
            house.works_again(f"probe-kill-{number}")
            took.append((victim, time.monotonic() - killed))
            load.wait_for(2)
    assert max(seconds for _, seconds in took) < HEALTHY_WITHIN, took
    nothing_lost_nothing_doubled(house)
    assert not {status for status in load.refusals if status < 500}
