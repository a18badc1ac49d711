"""An installation that older code made: backed up, migrated in both databases, scored by today's code (issue 7: keeping).

`installations/warehouse-version-1.tar.xz` was made by the code of 23 November 2026, 02:56 (before scores kept a model's columns): forty
made-up customers with 630 orders, scored once. It is never made again: it stands for what people have.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from liuke.base.backups import Reason, backups_listed, damages
from liuke.warehouse.copies import copy_figures
from liuke.warehouse.domain.schema import MIGRATIONS
from tests.running import ROOT, Installation

pytestmark = pytest.mark.slow
OLD = Path(__file__).parent / "installations" / "warehouse-version-1.tar.xz"
UPGRADE = """
import json
from liuke.server.settings import LIUKE
from liuke.server.upgrade import upgrade
first, second = upgrade(LIUKE), upgrade(LIUKE)
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.alert.domain.changes import ReviewKind
from liuke.pipeline.scoring import workspace_score
from liuke.warehouse import open_warehouse
from liuke.warehouse.scores import scores_at
workspace, warehouse = Workspace.objects.get(), open_warehouse(LIUKE)
now = workspace_now(workspace)
before = scores_at(warehouse, workspace.pk, as_of=now)
workspace_score(workspace=workspace, warehouse=warehouse, as_of=now, kind=ReviewKind.NIGHTLY)
after = scores_at(warehouse, workspace.pk, as_of=now)
print(json.dumps({"first": first, "second": second, "before": before["score"].to_pylist(), "after": after["score"].to_pylist(),
    "models": before["model"].null_count, "customers": before["customer_id"].to_pylist() == after["customer_id"].to_pylist()}))
"""


@pytest.fixture
def old(tmp_path: Path) -> Installation:
    """The old installation, unpacked."""
    with tarfile.open(OLD) as archive:
        archive.extractall(tmp_path, filter="data")
    return Installation(tmp_path)


def test_an_old_installation_is_backed_up_then_migrated_and_scores(old: Installation) -> None:
    told = json.loads(old.script(UPGRADE).strip().splitlines()[-1])
    assert "warehouse.1" in told["first"]
    assert any(name.startswith("learn.") for name in told["first"])
    assert told["second"] == []
    assert told["customers"]
    assert len(told["before"]) == len(told["after"]) == told["models"] == 40
    ranks = [sorted(range(40), key=scores.__getitem__) for scores in (told["before"], told["after"])]
    assert len(set(ranks[0][-10:]) & set(ranks[1][-10:])) >= 5  # the same people are in danger as before
    (backup,) = backups_listed(old.data_dir / "backups")
    assert backup.manifest.reason is Reason.UPGRADE
    assert backup.manifest.warehouse["1"] == {"version": 1, "activity": 630, "score": 40}
    assert list(damages(backup.folder, backup.manifest)) == []
    with closing(sqlite3.connect(backup.folder / "app.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM facts_customer").fetchone() == (40,)
        applied = {f"{app}.{name}" for app, name in copy.execute("SELECT app, name FROM django_migrations")}
    assert not applied & set(told["first"])  # it was taken before anything was migrated
    assert copy_figures(old.data_dir / "warehouse" / "1.duckdb")["version"] == len(MIGRATIONS)


def _refused(old: Installation) -> str:
    """What `liuke serve` says instead of starting."""
    done = subprocess.run(
        [sys.executable, "-m", "liuke.server.supervisor"],
        env=old.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (old.data_dir / "backups").exists()
    return done.stderr


def test_an_application_database_of_a_newer_release_is_refused_in_one_line(old: Installation) -> None:
    with closing(sqlite3.connect(old.data_dir / "liuke.sqlite3")) as file, file:
        file.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('score', '0999_from_the_future', '2030-01-01')")
    said = _refused(old)
    assert "score.0999_from_the_future" in said
    assert "newer release" in said


def test_a_warehouse_of_a_newer_release_is_refused_before_the_application_database_changes(old: Installation) -> None:
    with duckdb.connect(old.data_dir / "warehouse" / "1.duckdb") as file:
        file.execute("INSERT INTO schema_version VALUES (999, 0)")
    said = _refused(old)
    assert "999" in said
    with closing(sqlite3.connect(old.data_dir / "liuke.sqlite3")) as file:
        assert file.execute("SELECT count(*) FROM django_migrations WHERE app = 'accounts'").fetchone() == (2,)
