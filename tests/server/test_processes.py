"""Several web processes behind one port, several workers beside one warehouse (issue 7: PostgreSQL mode)."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import httpx
import pytest

from liuke.base.settings import from_environment
from liuke.server.supervisor import Supervisor
from tests.running import Installation, RunningServer, alive, installation, wait_until

pytestmark = pytest.mark.slow
CUT = 0


@dataclass
class Larger(Installation):
    """Two web processes and three workers."""

    @property
    def environment(self) -> dict[str, str]:
        """As its own, with the numbers."""
        return super().environment | {"LIUKE_WEB_PROCESSES": "2", "LIUKE_WORKERS": "3"}


def _running(server: RunningServer) -> dict[str, list[int]]:
    """Ids of the children by what they do."""
    found: dict[str, list[int]] = {}
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    for pid in children:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        name = next((word.rsplit(".", 1)[1] for word in words if word.startswith("liuke.server.children.")), "")
        if name and alive(int(pid)):
            found.setdefault(name, []).append(int(pid))
    return found


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The larger installation, serving."""
    with installation(tmp_path_factory.mktemp("larger")) as made:
        server = RunningServer(Larger(made.data_dir, made.database_url, made.port))
        try:
            server.wait_ready()
            yield server
        finally:
            server.stop()


def _counts(server: RunningServer) -> dict[str, int]:
    return {name: len(pids) for name, pids in _running(server).items()}


def test_as_many_as_asked_for_come_up_and_report_to_one_health_page(larger: RunningServer) -> None:
    wait_until(lambda: _counts(larger) == {"web": 2, "worker": 3, "live": 1, "warehouse": 1}, "all processes")
    wait_until(lambda: httpx.get(f"{larger.url}/healthz", timeout=10).json()["workers"] == 4, "three workers and the live one to show life")


def _answer(server: RunningServer) -> int:
    """A connection that waited at the killed process's door goes with it."""
    try:
        return httpx.get(f"{server.url}/healthz", timeout=30).status_code
    except httpx.ReadError:
        return CUT


def test_a_killed_web_process_leaves_the_site_up_and_comes_back(larger: RunningServer) -> None:
    wait_until(lambda: _counts(larger).get("web") == 2, "both web processes")
    first, second = _running(larger)["web"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not alive(first), "it to be dead")
    answers = Counter(_answer(larger) for _ in range(10))
    assert answers.keys() <= {200, CUT}
    assert answers[200] >= 8
    wait_until(lambda: len(set(_running(larger)["web"]) - {first, second}) == 1, "a new one")


def test_workers_have_names_of_their_own_that_outlive_a_restart(tmp_path: Path) -> None:
    made = [Supervisor(from_environment({"LIUKE_DATA_DIR": str(tmp_path), "LIUKE_WORKERS": "3"}), Event()) for _ in range(2)]
    names = [[worker.name for worker in supervisor.workers] for supervisor in made]
    assert names[0] == names[1]
    assert len(set(names[0])) == 4  # three and the live one
    assert [len(supervisor.webs) for supervisor in made] == [1, 1]
