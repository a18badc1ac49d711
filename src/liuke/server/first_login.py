"""The first log-in of a fresh installation: printed at every start for as long as its password opens the door."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FirstLogin:
    """Kept in `<data>/first-login.json` (mode 0600). `manager`: an account manager of the sample, with the same password."""

    url: str
    email: str
    password: str
    manager: str
    manager_name: str
    workspace: str

    def keep(self, data_dir: Path) -> None:
        """Write the file, readable by its owner only."""
        handle = os.open(_path(data_dir), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)


def first_login(data_dir: Path) -> FirstLogin | None:
    """What was kept, as long as it is true (`first_login_check` sees to that)."""
    path = _path(data_dir)
    return FirstLogin(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def forget_first_login(data_dir: Path) -> None:
    """The password was changed: nothing is printed any more."""
    _path(data_dir).unlink(missing_ok=True)


def _path(data_dir: Path) -> Path:
    return data_dir / "first-login.json"
