"""One switch for the database: `LIUKE_TEST_DATABASE=postgresql`; without it a SQLite file of the run's own.

The environment is set before Django reads it. Under pytest-xdist the controller starts the one cluster, workers inherit its
address and make a database each.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.core.cache import cache
from django.db import connection

from tests.postgres import Cluster
from tests.running import Installation, RunningServer, forget_pattern, installation, running

_run: dict[str, Cluster | Path] = {}


def _prepare() -> None:
    _run["data"] = Path(tempfile.mkdtemp(prefix="liuke-test-"))
    os.environ["LIUKE_DATA_DIR"] = str(_run["data"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "liuke.server.settings"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    os.environ.pop("LIUKE_DATABASE_URL", None)
    if os.environ.get("LIUKE_TEST_DATABASE") == "postgresql":
        _run["cluster"] = cluster = Cluster()
        os.environ["LIUKE_DATABASE_URL"] = cluster.url()


_prepare()
django.setup()  # here, not by pytest-django's option: that one reads the settings before this file sets the environment
del os.environ["DJANGO_SETTINGS_MODULE"]  # nor may a worker of pytest-xdist inherit it: it would share our data directory


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: at the end of a run no worker waits for another's kill test."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_unconfigure() -> None:
    """Nothing of the run stays behind."""
    cluster, data = _run.get("cluster"), _run.get("data")
    if isinstance(cluster, Cluster):
        cluster.stop()
    if isinstance(data, Path):
        shutil.rmtree(data, ignore_errors=True)
    forget_pattern()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite tests run on a file, as the product does: threads and a second process see the same rows."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["LIUKE_DATA_DIR"]) / "test.sqlite3")


@pytest.fixture(autouse=True)
def _no_leftovers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rate limits counted by one test do not stop the next."""
    yield
    if {"db", "transactional_db"} & set(request.fixturenames):
        cache.clear()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A migrated installation of the module's own, nothing running."""
    with installation(tmp_path_factory.mktemp("data")) as made:
        yield made


@pytest.fixture(scope="module")
def running_server(installed: Installation) -> Iterator[RunningServer]:
    """The real `liuke serve` on a data directory and port of the module's own. It may be killed: restart and wait_ready."""
    with running(installed) as server:
        yield server
