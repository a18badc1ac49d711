"""The installation's settings, read once from the environment. All faults are reported together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liuke.base.errors import Invalid


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lies, which database, which address; `from_environment` documents each variable."""

    data_dir: Path
    database_url: str
    host: str
    port: int
    public_url: str
    smtp_url: str
    mail_from: str
    webhook_allow: tuple[str, ...] = ()
    """Hosts and networks inside the own network that webhooks may reach; every other private address is refused."""

    supervised: bool = False
    """This process is a child of `liuke serve`: the warehouse daemon is, or soon will be, there."""

    watch_dir: Path | None = None
    """Folders inside it (and SQLite files) may be data sources; None = none may."""

    @property
    def warehouse_dir(self) -> Path:
        """One DuckDB file per workspace lies here."""
        return self.data_dir / "warehouse"

    @property
    def uploads_dir(self) -> Path:
        """Accepted files, kept until their import is done and 30 days longer."""
        return self.data_dir / "uploads"


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from `LIUKE_*` variables.

    LIUKE_DATA_DIR (default `./data`), LIUKE_DATABASE_URL (`sqlite:///<data>/liuke.sqlite3` or `postgresql://…`),
    LIUKE_HOST (127.0.0.1), LIUKE_PORT (8600), LIUKE_PUBLIC_URL (`http://host:port`), LIUKE_SMTP_URL
    (`smtp://user:password@host:25`, empty = e-mail off), LIUKE_MAIL_FROM, LIUKE_WEBHOOK_ALLOW (host names, addresses and
    networks of the own network that webhooks may reach, comma-separated; empty = public addresses only), LIUKE_WATCH_DIR (folders inside it may be watched, SQLite files inside it read).

    Raises Invalid("settings", faults=[...]) with every fault at once.
    """
    env = os.environ if env is None else env
    faults: list[str] = []
    data_dir = Path(env.get("LIUKE_DATA_DIR") or "data").resolve()
    database_url = env.get("LIUKE_DATABASE_URL") or f"sqlite:///{data_dir / 'liuke.sqlite3'}"
    if not database_url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        faults.append("LIUKE_DATABASE_URL must start with sqlite:/// or postgresql://")
    host = env.get("LIUKE_HOST") or "127.0.0.1"
    port_text = env.get("LIUKE_PORT") or "8600"
    port = int(port_text) if port_text.isdigit() else 0
    if not 0 < port < 65536:
        faults.append(f"LIUKE_PORT must be 1-65535, not {port_text!r}")
    smtp_url = env.get("LIUKE_SMTP_URL") or ""
    if smtp_url and not smtp_url.startswith(("smtp://", "smtps://")):
        faults.append("LIUKE_SMTP_URL must start with smtp:// or smtps://")
    if faults:
        raise Invalid("settings", faults=faults)
    public_url = env.get("LIUKE_PUBLIC_URL") or f"http://{host}:{port}"
    return Settings(
        data_dir,
        database_url,
        host,
        port,
        public_url.rstrip("/"),
        smtp_url,
        env.get("LIUKE_MAIL_FROM") or "liuke@localhost",
        tuple(part.strip() for part in (env.get("LIUKE_WEBHOOK_ALLOW") or "").split(",") if part.strip()),
        env.get("LIUKE_SUPERVISED") == "1",
        Path(env["LIUKE_WATCH_DIR"]).resolve() if env.get("LIUKE_WATCH_DIR") else None,
    )
