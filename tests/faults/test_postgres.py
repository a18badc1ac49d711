"""kill -9 of PostgreSQL itself under load: it recovers, the product finds it again, and nothing accepted is gone."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import HEALTHY_WITHIN, PREPARE, House, Load, nothing_lost_nothing_doubled
from tests.postgres import Cluster
from tests.running import Installation, running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One that answers a commit only when it is written down: the quick one of the other tests may forget the last moment."""
    made = Cluster(synchronous_commit="on")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def house_on_postgres(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation on it."""
    cluster.run("createdb", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "liuke", "faults")
    made = Installation(Path(tmp_path_factory.mktemp("pg")), cluster.url("faults"))
    made.script("from liuke.server.upgrade import upgrade; from liuke.server.settings import LIUKE; upgrade(LIUKE)")
    key = json.loads(made.script(PREPARE))["key"]
    with running(made) as server:
        yield House(server, key)


def test_postgresql_killed_under_load_loses_and_doubles_nothing(house_on_postgres: House, cluster: Cluster) -> None:
    house = house_on_postgres
    with Load(house, "pg") as load:
        for number in range(2):
            load.wait_for(4)
            os.kill(cluster.server.pid, signal.SIGKILL)
            cluster.server.wait()
            time.sleep(1)
            killed = time.monotonic()
            cluster.start()
            house.works_again(f"probe-pg-{number}")
            assert time.monotonic() - killed < HEALTHY_WITHIN
        load.wait_for(2)
    nothing_lost_nothing_doubled(house)
    assert house.server.children().keys() >= {"web", "worker", "warehouse"}
