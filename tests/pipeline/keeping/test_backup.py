"""A backup: what is in it, what is not, and that only a whole one counts (issue 7: keeping)."""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from django.db import connection

from liuke.accounts.store.models import Workspace
from liuke.base.backups import MANIFEST, Manifest, Reason, backups_listed, damages, manifest_read, secret_check
from liuke.base.errors import Conflict
from liuke.base.sealed import unlock
from liuke.base.settings import Settings, from_environment
from liuke.connect.store.models import Batch
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.pipeline.handlers import HANDLERS
from liuke.pipeline.keeping import backup as backup_module
from liuke.pipeline.keeping.backup import Made, backup_make
from liuke.pipeline.keeping.runs import backup_run, backups_enqueue
from tests.factories import make_customer, make_workspace
from tests.pipeline.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SECRET = bytes(range(32))


@pytest.fixture
def settings_here(tmp_path: Path) -> Settings:
    """An installation around the shop's warehouse, with a secret."""
    (tmp_path / "secret").write_bytes(SECRET)
    (tmp_path / "uploads").mkdir()
    return replace(from_environment({"LIUKE_DATA_DIR": str(tmp_path)}), backup_to=tmp_path.parent / f"{tmp_path.name}-backups")


def _make(settings: Settings, shop: Shop, *, at: datetime = NIGHT, keep: int = 7, reason: Reason = Reason.NIGHTLY) -> Made:
    return backup_make(settings=settings, warehouse=shop.warehouse, context=PlainContext(), now=at, reason=reason, keep=keep)


def _rows(made: Made, table: str) -> int:
    """Rows of a table as the backup's own files tell them, not its manifest."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(made.folder / "app.sqlite3")) as copy:
            return int(copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    return made.manifest.tables[table]


def test_it_holds_every_row_of_both_databases_and_says_how_many(shop: Shop, settings_here: Settings) -> None:
    made = _make(settings_here, shop)
    stored = shop.warehouse.query(shop.workspace.pk, "SELECT count(*) AS n FROM activity")["n"][0].as_py()
    assert made.manifest.tables["facts_customer"] == _rows(made, "facts_customer") == Customer.objects.count() == 3
    with duckdb.connect(made.folder / "warehouse" / f"{shop.workspace.pk}.duckdb", read_only=True) as copy:
        assert copy.execute("SELECT count(*) FROM activity").fetchone() == (stored,)
    assert made.manifest.warehouse[str(shop.workspace.pk)]["activity"] == stored
    assert manifest_read(made.folder) == made.manifest
    assert list(damages(made.folder, made.manifest)) == []
    listed = {file.path for file in made.manifest.files} | {MANIFEST}
    assert {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()} == listed


def test_the_secret_is_left_out_unless_a_passphrase_seals_it(shop: Shop, settings_here: Settings) -> None:
    plain = _make(settings_here, shop)
    assert plain.manifest.secret == "left_out"
    assert plain.manifest.secret_check == secret_check(SECRET)
    assert not any(SECRET in path.read_bytes() for path in plain.folder.rglob("*") if path.is_file())
    sealed = _make(replace(settings_here, backup_passphrase="open sesame"), shop, at=NIGHT + timedelta(days=1))
    assert sealed.manifest.secret == "sealed"
    assert unlock((sealed.folder / "secret.sealed").read_bytes(), passphrase="open sesame") == SECRET


def test_uploads_that_wait_and_files_that_people_keep_are_in_it(shop: Shop, settings_here: Settings) -> None:
    for name, status in (("waits.bin", "queued"), ("done.bin", "done"), ("gone.bin", "ready")):
        Batch.objects.create(workspace=shop.workspace, entity="orders", stored_name=name, status=status)
        (settings_here.uploads_dir / name).write_text(name, "utf-8")
    (settings_here.uploads_dir / "gone.bin").unlink()
    for folder in ("photos", "lake", "run"):
        (settings_here.data_dir / folder).mkdir()
        (settings_here.data_dir / folder / "one").write_text(folder, "utf-8")
    made = _make(settings_here, shop)
    paths = {file.path for file in made.manifest.files}
    assert {path for path in paths if path.startswith("uploads/")} == {"uploads/waits.bin"}
    assert {path for path in paths if path.startswith("kept/")} == {"kept/photos/one"}


def test_others_may_read_none_of_it(shop: Shop, settings_here: Settings) -> None:
    made = _make(settings_here, shop)
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.folder.rglob("*") if path.is_file())
    assert made.folder.stat().st_mode & 0o077 == 0


def test_the_oldest_of_the_same_reason_go_and_no_other(shop: Shop, settings_here: Settings) -> None:
    by_hand = _make(settings_here, shop, at=NIGHT - timedelta(days=30), reason=Reason.MANUAL)
    nights = [_make(settings_here, shop, at=NIGHT + timedelta(days=day), keep=2) for day in range(3)]
    assert nights[2].removed == (nights[0].folder.name,)
    kept = {one.name for one in backups_listed(settings_here.backup_dir)}
    assert kept == {by_hand.folder.name, nights[1].folder.name, nights[2].folder.name}


def test_without_room_nothing_is_written(shop: Shop, settings_here: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(settings_here.data_dir)
    monkeypatch.setattr(backup_module.shutil, "disk_usage", lambda _folder: usage._replace(free=10))
    with pytest.raises(Conflict, match="backup_no_room"):
        _make(settings_here, shop)
    assert [path.name for path in settings_here.backup_dir.iterdir()] == [".lock"]


def test_two_backups_at_once_are_refused(shop: Shop, settings_here: Settings) -> None:
    settings_here.backup_dir.mkdir()
    with (settings_here.backup_dir / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="backup_running"):
            _make(settings_here, shop)
    assert _make(settings_here, shop).folder.exists()


@dataclass(slots=True)
class Ends(PlainContext):
    """Stops the backup at a stage, as a cancel or a kill would."""

    at: str = ""
    done: list[str] = field(default_factory=list)

    def progress(self, fraction: float, stage_key: str, **params: object) -> None:
        """Raises Cancelled at the stage."""
        assert not self.done or fraction >= 0
        self.done.append(stage_key)
        if stage_key == self.at:
            raise Cancelled


@pytest.mark.parametrize("stage", ["stages.backup_database", "stages.backup_files", "stages.backup_warehouse", "stages.backup_sums"])
def test_one_that_ends_half_way_is_none_and_the_next_clears_it_away(shop: Shop, settings_here: Settings, stage: str) -> None:
    with pytest.raises(Cancelled):
        backup_make(settings=settings_here, warehouse=shop.warehouse, context=Ends(at=stage), now=NIGHT, reason=Reason.NIGHTLY)
    assert backups_listed(settings_here.backup_dir) == []
    made = _make(settings_here, shop, at=NIGHT + timedelta(hours=1))
    assert sorted(path.name for path in settings_here.backup_dir.iterdir()) == [".lock", made.folder.name]


@dataclass(slots=True)
class Writes(PlainContext):
    """Something is written while the backup runs: a customer after the application database was taken, and its orders."""

    shop: Shop | None = None

    def progress(self, fraction: float, stage_key: str, **params: object) -> None:
        """Writes once, between the two databases."""
        if stage_key == "stages.backup_files" and self.shop is not None:
            self.shop.write("late", [self.shop.order("late", 1)], ("late",))


def test_the_application_database_comes_first(shop: Shop, settings_here: Settings) -> None:
    made = backup_make(settings=settings_here, warehouse=shop.warehouse, context=Writes(shop=shop), now=NIGHT, reason=Reason.MANUAL)
    assert made.manifest.tables["facts_customer"] == 3
    assert Customer.objects.count() == 4
    with duckdb.connect(made.folder / "warehouse" / f"{shop.workspace.pk}.duckdb", read_only=True) as copy:
        found = copy.execute("SELECT count(*) FROM activity WHERE activity_id LIKE 'late:%'").fetchone()
    assert found == (1,)


def test_a_job_makes_one_and_tells_its_size(shop: Shop, settings_here: Settings) -> None:
    context = PlainContext(payload={"reason": "manual"})
    told: Mapping[str, object] = backup_run(settings=settings_here, warehouse=shop.warehouse, context=context)
    (listed,) = backups_listed(settings_here.backup_dir)
    assert (told["name"], told["bytes"]) == (listed.name, listed.manifest.bytes)
    assert listed.manifest.reason is Reason.MANUAL
    assert [step[0] for step in context.steps] == sorted(step[0] for step in context.steps)


def test_one_backup_is_due_each_night_and_made_up_for_later(settings_here: Settings) -> None:
    assert backups_enqueue(settings=settings_here, now=NIGHT) == 0  # nobody lives here
    _lived_in_since(make_workspace(time_zone="Asia/Shanghai"), datetime(2026, 11, 20, tzinfo=UTC))
    evening = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    assert backups_enqueue(settings=settings_here, now=evening) == 0
    assert backups_enqueue(settings=settings_here, now=evening + timedelta(hours=9)) == 1
    backups_enqueue(settings=settings_here, now=evening + timedelta(hours=10))
    assert list(Job.objects.filter(kind="backup").values_list("key", flat=True)) == ["backup:2026-11-23"]
    backups_enqueue(settings=settings_here, now=evening + timedelta(days=1, hours=9))
    assert Job.objects.filter(kind="backup").count() == 2
    assert "backup" in HANDLERS


def test_a_night_before_there_was_a_workspace_is_not_made_up_for(settings_here: Settings) -> None:
    _lived_in_since(make_workspace(time_zone="UTC"), NIGHT + timedelta(hours=8))
    assert backups_enqueue(settings=settings_here, now=NIGHT + timedelta(hours=9)) == 0
    assert backups_enqueue(settings=settings_here, now=NIGHT + timedelta(days=1, hours=9)) == 1


def _lived_in_since(workspace: Workspace, at: datetime) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(created_at=at)


def test_no_night_makes_one_where_none_is_to_be_kept(settings_here: Settings) -> None:
    _lived_in_since(make_workspace(time_zone="UTC"), datetime(2026, 11, 20, tzinfo=UTC))
    assert backups_enqueue(settings=replace(settings_here, backup_keep=0), now=NIGHT + timedelta(hours=3)) == 0
    assert not Job.objects.exists()


def test_numbers_of_rows_are_of_the_copy_and_not_of_later(shop: Shop, settings_here: Settings) -> None:
    made = _make(settings_here, shop)
    for _ in range(4):
        make_customer(shop.workspace)
    told: Manifest = manifest_read(made.folder)
    assert told.tables["facts_customer"] == 3
    assert json.loads((made.folder / MANIFEST).read_text("utf-8"))["format"] == 1
