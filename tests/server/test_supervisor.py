"""`liuke serve` as a whole: what dies comes back, what must stop stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import httpx
import pytest

from liuke.server.backoff import LONGEST, STEADY, Deaths
from tests.running import Installation, RunningServer, alive, wait_until

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("round_", range(2))
@pytest.mark.parametrize("child", ["web", "worker", "warehouse"])
def test_a_killed_child_comes_back(running_server: RunningServer, child: str, round_: int) -> None:
    before = running_server.children()
    old = running_server.kill_child(child)
    running_server.wait_ready()
    after = running_server.children()
    assert after[child] != old
    assert {name: pid for name, pid in after.items() if name != child} == {name: pid for name, pid in before.items() if name != child}


@pytest.mark.parametrize("round_", range(2))
def test_children_die_with_a_killed_supervisor_and_a_new_one_starts_at_once(running_server: RunningServer, round_: int) -> None:
    children = running_server.kill()
    wait_until(lambda: not any(alive(pid) for pid in children.values()), "the children to die", 10)
    running_server.restart()
    running_server.wait_ready()


def test_a_second_start_on_the_same_data_is_refused(running_server: RunningServer) -> None:
    second = running_server.installation.start("-m", "liuke.server.supervisor")
    out, problem = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "already running" in problem
    assert str(running_server.process.pid) in problem
    assert "Traceback" not in out + problem


def test_a_busy_port_is_named(running_server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Installation(tmp_path_factory.mktemp("other"), port=running_server.installation.port)
    started = other.start("-m", "liuke.server.supervisor")
    _, problem = started.communicate(timeout=60)
    assert started.returncode == 1
    assert f"Port {other.port}" in problem
    assert "LIUKE_PORT" in problem
    assert "Traceback" not in problem


def test_faults_of_the_settings_are_told_together(installed: Installation) -> None:
    environment = installed.environment | {"LIUKE_PORT": "0", "LIUKE_SMTP_URL": "http://x"}
    command = [sys.executable, "-m", "liuke.server.supervisor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "LIUKE_PORT" in done.stderr
    assert "LIUKE_SMTP_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_takes_less_than_five_seconds_and_leaves_nothing(running_server: RunningServer, number: int) -> None:
    children = running_server.children()
    with httpx.stream("GET", f"{running_server.url}/"):
        start = time.monotonic()
        os.kill(running_server.process.pid, number)
        assert running_server.process.wait(20) == 0
        assert time.monotonic() - start < 5
    assert not any(alive(pid) for pid in children.values())
    running_server.restart()
    running_server.wait_ready()


def test_pauses_grow_with_deaths_in_a_row_and_are_forgotten_after_a_steady_life() -> None:
    deaths = Deaths()
    pauses = []
    for _ in range(10):
        deaths = deaths.after(1.0)
        pauses.append(deaths.pause)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0.1, LONGEST)
    assert deaths.after(STEADY).pause == 0.1
