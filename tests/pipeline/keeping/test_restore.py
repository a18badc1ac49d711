"""The way back: into an empty directory, both databases speaking of the same, nothing half-done taken for whole (issue 7: keeping)."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import duckdb
import psycopg
import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import connection

from liuke.alert.domain.changes import ReviewKind
from liuke.base.backups import UNFINISHED, Reason, manifest_read
from liuke.base.errors import Conflict, Invalid
from liuke.base.settings import Settings, from_environment
from liuke.base.times import utc_now
from liuke.connect.service import batch_ingest
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.service import outbox_add
from liuke.pipeline.keeping.backup import backup_make
from liuke.pipeline.scoring import workspace_score
from liuke.server import restoring
from liuke.server.restoring import ERASURES, Wanted, restore
from tests.factories import make_actor
from tests.pipeline.conftest import OPENS, Shop
from tests.postgres import create_database
from tests.running import ROOT, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@dataclass(slots=True)
class Later(PlainContext):
    """What happens after the application database was copied: a new customer buys."""

    shop: Shop | None = None

    def progress(self, fraction: float, stage_key: str, **params: object) -> None:
        """Writes between the two databases."""
        assert fraction <= 1
        if stage_key == "stages.backup_files" and self.shop is not None:
            self.shop.write("import-99", [self.shop.order("late", 1), self.shop.order("steady", -0.1)], ("late",))


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation and one backup of it."""

    settings: Settings
    backup: Path
    secret: bytes

    def wanted(self, into: Path, **fields: object) -> Wanted:
        """Into an empty directory, and an empty database where the backup is of PostgreSQL."""
        plain = Wanted(self.backup, into, _empty_database(), secret_file=self.settings.data_dir / "secret")
        return replace(plain, **fields)  # type: ignore[arg-type]


def _empty_database() -> str:
    if connection.vendor == "sqlite":
        return ""
    return create_database(os.environ["LIUKE_DATABASE_URL"], f"restored_{os.getpid()}_{time.monotonic_ns()}")


def _told(wanted: Wanted, sql: str) -> list[tuple[object, ...]]:
    """What the restored application database says."""
    if wanted.database_url:
        with psycopg.connect(wanted.database_url) as server:
            return server.execute(sql).fetchall()
    with closing(sqlite3.connect(wanted.into / "liuke.sqlite3")) as file:
        return file.execute(sql).fetchall()


@pytest.fixture
def installed(shop: Shop, tmp_path: Path) -> Installed:
    """The shop, scored; a batch that waits, a message due and one for next year; then a backup while a new customer buys."""
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=ReviewKind.NIGHTLY)
    order = {"activity_id": "w1", "customer_key": "fading", "ts": (OPENS - timedelta(hours=3)).isoformat()}
    order |= {"kind": "order.placed", "value": 20.0}
    batch_ingest(actor=make_actor(shop.workspace), source="till", rows=[order])
    outbox_add(key="due", topic="mail", payload={}, workspace_id=shop.workspace.pk, run_at=utc_now() - timedelta(hours=1))
    outbox_add(key="next", topic="mail", payload={}, workspace_id=shop.workspace.pk, run_at=utc_now() + timedelta(days=365))
    Session.objects.create(session_key="open", session_data="x", expire_date=utc_now() + timedelta(days=9))
    (tmp_path / "secret").write_bytes(secret := (django_settings.LIUKE.data_dir / "secret").read_bytes())
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "visit").write_bytes(b"picture")
    settings = replace(from_environment({"LIUKE_DATA_DIR": str(tmp_path)}), backup_to=tmp_path.parent / f"{tmp_path.name}-backups")
    made = backup_make(settings=settings, warehouse=shop.warehouse, context=Later(shop=shop), now=utc_now(), reason=Reason.MANUAL)
    return Installed(settings, made.folder, secret)


def test_a_restored_installation_scores_as_the_original_and_knows_nobody_from_later(
    shop: Shop, installed: Installed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One restore, everything that must hold of it: starting another process twice would take the time of ten tests."""
    wanted = installed.wanted(tmp_path_factory.mktemp("restored"))
    told = restore(wanted, compare=True)
    # also of `fading`, whose waiting order is counted by both: the job that brought it in scored its customer
    assert told["compared"] == [{"workspace": shop.workspace.slug, "customers": 3, "differ": 0, "examples": [], "skipped": ""}]
    assert (told["customers"], told["cut"], told["replayed"], told["held"]) == (3, 1, 1, 1)
    # the stranger's rows are gone, the known customer's later row and the waiting batch are there
    with duckdb.connect(wanted.into / "warehouse" / f"{shop.workspace.pk}.duckdb", read_only=True) as file:
        ids = {str(row[0]) for row in file.execute("SELECT DISTINCT customer_id FROM activity").fetchall()}
        waited = file.execute("SELECT count(*) FROM activity WHERE source = 'till'").fetchone()
        batches = {row[0] for row in file.execute("SELECT batch_id FROM batch_done").fetchall()}
    assert ids == {str(row[0]) for row in _told(wanted, "SELECT id FROM facts_customer")}
    assert waited == (1,)
    assert "import-99" not in batches  # else a new batch 99 would be taken for done
    assert "first" in batches
    # nobody is logged in, nothing leaves twice, what was planned for later still will
    assert _told(wanted, "SELECT count(*) FROM django_session") == [(0,)]
    assert _told(wanted, "SELECT key, status FROM jobs_outboxmessage WHERE key IN ('due', 'next') ORDER BY key") == [
        ("due", "unknown"),
        ("next", "pending"),
    ]
    assert (wanted.into / "secret").read_bytes() == installed.secret
    assert (wanted.into / "secret").stat().st_mode & 0o077 == 0
    assert (wanted.into / "photos" / "visit").read_bytes() == b"picture"
    assert not (wanted.into / UNFINISHED).exists()
    # once there, it is not overwritten
    with pytest.raises(Conflict, match="restore_not_empty"):
        restore(wanted)


def test_a_killed_restore_is_never_taken_for_whole_and_the_next_one_ends_it(
    installed: Installed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted = installed.wanted(tmp_path_factory.mktemp("killed"))
    code = "import sys; sys.argv = ['liuke', 'restore', *sys.argv[1:]]; from liuke.cli.entry import main; main()"
    command = [sys.executable, "-c", code, str(wanted.backup), "--into", str(wanted.into), "--secret", str(wanted.secret_file)]
    environment = os.environ | {"LIUKE_DATABASE_URL": wanted.database_url, "LIUKE_DATA_DIR": str(wanted.into), "PYTHONPATH": str(ROOT)}
    killed = subprocess.Popen(
        command, env=environment, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_until((wanted.into / "secret").exists, "the files to lie there")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert (wanted.into / UNFINISHED).exists()
    started = subprocess.run(
        [sys.executable, "-m", "liuke.server.supervisor"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert started.returncode == 1
    assert "liuke restore" in started.stderr
    assert "Traceback" not in started.stderr
    told: Mapping[str, object] = restore(replace(wanted, database_url=_empty_database()) if wanted.database_url else wanted)
    assert told["customers"] == 3
    assert not (wanted.into / UNFINISHED).exists()


def test_a_damaged_backup_is_refused_by_the_file_before_anything_is_written(
    installed: Installed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    into = tmp_path_factory.mktemp("none") / "data"
    name = manifest_read(installed.backup).files[0].path
    with (installed.backup / name).open("r+b") as file:
        first = file.read(1)
        file.seek(0)
        file.write(bytes([first[0] ^ 1]))
    with pytest.raises(Invalid, match=f"backup_damaged.*{name}"):
        restore(installed.wanted(into))
    assert not into.exists()


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"secret_file": None}, "restore_secret"),
        ({"secret_file": Path("/dev/null")}, "restore_wrong_secret"),
        ({"secret_file": None, "passphrase": "x"}, "restore_secret"),
    ],
)
def test_without_the_right_secret_it_stops_before_anything_is_written(
    installed: Installed, tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object], fault: str
) -> None:
    into = tmp_path_factory.mktemp("none") / "data"
    with pytest.raises(Invalid, match=fault):
        restore(installed.wanted(into, **fields))
    assert not into.exists()


def test_a_backup_goes_back_into_the_kind_of_database_that_it_is_of(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> None:
    into = tmp_path_factory.mktemp("none") / "data"
    other = "postgresql://nobody@127.0.0.1:1/none" if connection.vendor == "sqlite" else ""
    with pytest.raises(Invalid, match="restore_database"):
        restore(installed.wanted(into, database_url=other))
    assert not into.exists()


def test_a_directory_with_anything_in_it_is_left_alone(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> None:
    into = tmp_path_factory.mktemp("full")
    (into / "letter").write_text("mine", "utf-8")
    with pytest.raises(Conflict, match="restore_not_empty"):
        restore(installed.wanted(into))
    assert [path.name for path in into.iterdir()] == ["letter"]


def test_lists_of_erased_people_are_gathered_from_later_backups_and_the_old_directory(
    installed: Installed, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_second_half", lambda _wanted, *, compare: {"compare": compare})
    into, own = tmp_path_factory.mktemp("gathered"), tmp_path_factory.mktemp("own") / "tombstones.jsonl"
    own.write_text("from the old directory\n", "utf-8")
    erased = installed.backup / "kept" / ERASURES
    erased.parent.mkdir(parents=True)
    erased.write_text("from the backup\nfrom the old directory\n", "utf-8")
    restore(installed.wanted(into, erasures=(own, own.with_name("absent"))))
    assert (into / ERASURES).read_text("utf-8").splitlines() == ["from the backup", "from the old directory"]
