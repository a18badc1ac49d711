"""Settings come from the environment, with every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from liuke.base.errors import Invalid
from liuke.base.settings import from_environment


def test_without_settings_everything_lies_below_the_data_directory(tmp_path: Path) -> None:
    settings = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/liuke.sqlite3"
    assert settings.warehouse_dir.parent == settings.uploads_dir.parent == tmp_path
    assert settings.public_url == "http://127.0.0.1:8600"


def test_all_faults_are_told_together() -> None:
    with pytest.raises(Invalid) as told:
        from_environment({"LIUKE_DATABASE_URL": "mysql://x", "LIUKE_PORT": "80a", "LIUKE_SMTP_URL": "mail"})
    faults = told.value.params["faults"]
    assert isinstance(faults, list)
    assert len(faults) == 3


def test_backups_lie_below_the_data_directory_unless_told_otherwise(tmp_path: Path) -> None:
    assert from_environment({"LIUKE_DATA_DIR": str(tmp_path)}).backup_dir == tmp_path / "backups"
    told = from_environment({"LIUKE_DATA_DIR": str(tmp_path), "LIUKE_BACKUP_DIR": str(tmp_path / "safe"), "LIUKE_BACKUP_KEEP": "3"})
    assert (told.backup_dir, told.backup_keep) == (tmp_path / "safe", 3)


@pytest.mark.parametrize(
    ("name", "value"), [("LIUKE_WORKERS", "0"), ("LIUKE_WEB_PROCESSES", "many"), ("LIUKE_BACKUP_KEEP", "-1"), ("LIUKE_WORKERS", "65")]
)
def test_a_number_of_processes_or_backups_has_limits(name: str, value: str) -> None:
    with pytest.raises(Invalid) as told:
        from_environment({name: value})
    faults = told.value.params["faults"]
    assert isinstance(faults, list)
    assert name in str(faults[0])


def test_one_web_process_and_one_worker_unless_told_otherwise(tmp_path: Path) -> None:
    plain = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    assert (plain.web_processes, plain.workers) == (1, 1)
    more = from_environment({"LIUKE_DATA_DIR": str(tmp_path), "LIUKE_WEB_PROCESSES": "2", "LIUKE_WORKERS": "3"})
    assert (more.web_processes, more.workers) == (2, 3)
