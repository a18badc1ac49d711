"""From SQLite to PostgreSQL: everything or nothing, proved equal, the source as it was (issue 7: PostgreSQL mode)."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from liuke.base.backups import sha256_of
from liuke.pipeline.keeping.rows import _plain, models_in_order
from tests.postgres import Cluster, create_database
from tests.running import ROOT, Installation, wait_until

OLD = Path(__file__).parents[2] / "server" / "installations" / "warehouse-version-1.tar.xz"
MOVE = "import sys; sys.argv = ['liuke', 'migrate-database', *sys.argv[1:]]; from liuke.cli.entry import main; main()"
HOLD = """
import sys, time, pathlib
from liuke.server.supervisor import only_one
with only_one(pathlib.Path(sys.argv[1])):
    print('held', flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server; the run's own where it has one."""
    if own := os.environ.get("LIUKE_DATABASE_URL"):
        yield own
        return
    started = Cluster()
    yield started.url()
    started.stop()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation of forty customers on SQLite, up to date, with what the two databases tell differently."""
    folder = tmp_path_factory.mktemp("embedded")
    with tarfile.open(OLD) as archive:
        archive.extractall(folder, filter="data")
    made = Installation(folder, database_url=f"sqlite:///{folder}/liuke.sqlite3")
    made.script("from liuke.server.upgrade import upgrade; from liuke.server.settings import LIUKE; upgrade(LIUKE)")
    with closing(sqlite3.connect(folder / "liuke.sqlite3")) as file, file:
        odd = json.dumps({"big": 1e16, "tiny": 1.5e-9, "whole": 3.0, "minus": -0.0, "text": "留客 \u2028 '\\\t\n", "list": [None, True]})
        file.execute("UPDATE jobs_job SET payload = ?", [odd])
        file.execute(
            "INSERT INTO jobs_job (kind, key, payload, status, run_at, worker, attempts, faults, progress, stage, cancel_requested,"
            " request_id, created_at, changed_at) VALUES ('k', 'odd', ?, 'queued', '2026-01-01 00:00:00', '', 0, 0, 0.1, 'null', 0, '', "
            "'2026-03-29 01:30:00.000001', '2026-01-01 00:00:00')",
            [odd],
        )
        file.execute("UPDATE sqlite_sequence SET seq = 5000 WHERE name = 'facts_customer'")  # the newest were deleted
    return made


def _move(embedded: Installation, url: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MOVE, url, "--json", *options]
    return subprocess.run(command, env=embedded.environment, cwd=ROOT, capture_output=True, text=True, check=False)


def _tables(url: str) -> int:
    with psycopg.connect(url) as server:
        found = server.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").fetchone()
    return found[0] if found else -1


def _fresh(cluster: str) -> str:
    return create_database(cluster, f"moved_{os.getpid()}_{time.monotonic_ns()}")


@pytest.mark.slow
def test_everything_arrives_equal_numbers_go_on_and_the_source_stays(embedded: Installation, cluster: str) -> None:
    url, before = _fresh(cluster), sha256_of(embedded.data_dir / "liuke.sqlite3")
    done = _move(embedded, url)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["kept"]
    assert told["tables"]["facts_customer"]["rows"] == 40
    assert all(len(one["sha256"]) == 64 for one in told["tables"].values())
    with closing(sqlite3.connect(embedded.data_dir / "liuke.sqlite3")) as file, psycopg.connect(url) as server:
        for table, one in told["tables"].items():
            count = server.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            assert count == file.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (one["rows"],), table
        assert server.execute("SELECT nextval('facts_customer_id_seq')").fetchone() == (5001,)
        # what a person can read in both, without our own comparison between
        mine = file.execute("SELECT key, name, attributes FROM facts_customer ORDER BY id").fetchall()
        theirs = server.execute("SELECT key, name, attributes FROM facts_customer ORDER BY id").fetchall()
        assert [(key, name, json.loads(attributes)) for key, name, attributes in mine] == theirs
        odd = server.execute("SELECT payload, created_at, stage FROM jobs_job WHERE key = 'odd'").fetchone()
        assert odd is not None
        assert (odd[0]["big"], odd[0]["tiny"], odd[0]["text"]) == (1e16, 1.5e-9, "留客 \u2028 '\\\t\n")
        assert odd[1].isoformat() == "2026-03-29T01:30:00.000001+00:00"
    assert sha256_of(embedded.data_dir / "liuke.sqlite3") == before
    again = _move(embedded, url)
    assert again.returncode == 2
    assert json.loads(again.stdout)["error"]["code"] == "move_not_empty"


@pytest.mark.slow
def test_a_dry_run_and_a_killed_move_leave_an_empty_database(embedded: Installation, cluster: str) -> None:
    url = _fresh(cluster)
    killed = subprocess.Popen(
        [sys.executable, "-c", MOVE, url], env=embedded.environment, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert killed.stderr is not None
    for line in killed.stderr:
        if line.startswith("facts_customer:"):  # in the middle of the rows
            break
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    wait_until(lambda: _tables(url) == 0, "PostgreSQL to take everything back")
    dry = _move(embedded, url, "--dry-run")
    assert dry.returncode == 0, dry.stdout + dry.stderr
    told = json.loads(dry.stdout)
    assert (told["kept"], told["tables"]["facts_customer"]["rows"]) == (False, 40)
    assert _tables(url) == 0


def test_it_waits_for_nobody_who_serves(embedded: Installation, cluster: str) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(embedded.data_dir)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        refused = _move(embedded, cluster)
    finally:
        holder.kill()
        holder.wait()
    assert refused.returncode == 2
    assert json.loads(refused.stdout)["error"]["code"] == "already_running"


def test_only_sqlite_moves_and_only_to_postgresql(embedded: Installation, cluster: str) -> None:
    assert json.loads(_move(embedded, "sqlite:///other").stdout)["error"]["code"] == "move_target"
    moved = Installation(embedded.data_dir, database_url="postgresql://u:secret@h/db")
    refused = _move(moved, cluster)
    assert json.loads(refused.stdout)["error"]["code"] == "move_source"
    assert "secret" not in refused.stdout + refused.stderr


def test_tables_come_after_those_that_they_must_refer_to() -> None:
    order = [model._meta.db_table for model in models_in_order()]
    assert len(order) == len(set(order))
    for earlier, later in (
        ("accounts_workspace", "facts_customer"),
        ("facts_customer", "show_customercard"),
        ("accounts_user", "accounts_membership"),
        ("facts_customer", "act_workitem"),
    ):
        assert order.index(earlier) < order.index(later)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1e16, 10**16),
        (3.0, 3),
        (-0.0, 0),
        ({"b": [1.0, None], "a": "x"}, {"a": "x", "b": (1, None)}),
        (b"\1", memoryview(b"\1")),
        (1e300, 10**300),
    ],
)
def test_what_both_databases_mean_alike_is_told_alike(one: object, other: object) -> None:
    assert json.dumps(_plain(one), sort_keys=True) == json.dumps(_plain(other), sort_keys=True)


@pytest.mark.parametrize(("one", "other"), [(1, True), (0.1, 0.10000000000000002), ("1", 1), (None, ""), (2**53, 2**53 + 2)])
def test_what_differs_is_told_apart(one: object, other: object) -> None:
    assert json.dumps(_plain(one)) != json.dumps(_plain(other))
