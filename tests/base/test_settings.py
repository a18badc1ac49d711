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
