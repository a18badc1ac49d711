"""The installation's settings, read once from the environment. All faults are reported together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liuke.base.errors import Invalid
from liuke.base.plain import comma_separated
from liuke.base.settings_spark import EMBEDDED, SparkSettings, spark_from


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

    metrics_token: str = ""
    """Opens `/metrics` to a scraper on another machine; empty = only this machine may read it."""

    log_json: bool = False
    """Log lines are JSON objects."""

    backup_to: Path | None = None
    """Where backups go; None = `<data>/backups`."""

    backup_keep: int = 7
    """Nightly backups that are kept; 0 = none is made by itself."""

    backup_passphrase: str = ""
    """Seals the installation's secret into each backup; empty = the secret is not in them."""

    restoring: bool = False
    """This process is the second half of a restore: it may open a data directory that is not whole yet."""

    web_processes: int = 1
    workers: int = 1
    spark: SparkSettings = EMBEDDED

    @property
    def lake_dir(self) -> Path:
        """The Parquet lake that Spark reads, a folder per workspace."""
        return self.spark.lake or self.data_dir / "lake"

    @property
    def backup_dir(self) -> Path:
        """Backups lie here, one folder each."""
        return self.backup_to or self.data_dir / "backups"

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
    networks of the own network that webhooks may reach, comma-separated; empty = public addresses only), LIUKE_WATCH_DIR
    (folders inside it may be watched, SQLite files inside it read), LIUKE_METRICS_TOKEN (bearer token for `/metrics`; empty = this
    machine only), LIUKE_LOG (`json` = one JSON object a log line), LIUKE_BACKUP_DIR (`<data>/backups`),
    LIUKE_BACKUP_KEEP (nightly backups kept, 7; 0 = none is made by itself), LIUKE_BACKUP_PASSPHRASE (seals the installation's secret
    into backups; empty = the secret is left out), LIUKE_WEB_PROCESSES (1) and LIUKE_WORKERS (1): how many `liuke serve` starts,
    and those of `settings_spark.spark_from`. An empty variable counts as absent.

    Raises Invalid("settings", faults=[...]) with every fault at once.
    """
    given = {name: value for name, value in (os.environ if env is None else env).items() if value}
    data_dir = Path(given.get("LIUKE_DATA_DIR", "data")).resolve()
    database_url = given.get("LIUKE_DATABASE_URL", f"sqlite:///{data_dir / 'liuke.sqlite3'}")
    port, smtp_url = given.get("LIUKE_PORT", "8600"), given.get("LIUKE_SMTP_URL", "")
    log = given.get("LIUKE_LOG", "text")
    spark, spark_faults = spark_from(given)
    checked = (
        _database_fault(database_url),
        _port_fault(port),
        _smtp_fault(smtp_url),
        _log_fault(log),
        *_count_faults(given),
        *spark_faults,
    )
    faults = [fault for fault in checked if fault]
    if faults:
        raise Invalid("settings", faults=faults)
    host = given.get("LIUKE_HOST", "127.0.0.1")
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        host=host,
        port=int(port),
        public_url=given.get("LIUKE_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
        smtp_url=smtp_url,
        mail_from=given.get("LIUKE_MAIL_FROM", "liuke@localhost"),
        webhook_allow=tuple(comma_separated(given.get("LIUKE_WEBHOOK_ALLOW", ""))),
        supervised=given.get("LIUKE_SUPERVISED") == "1",
        restoring=given.get("LIUKE_RESTORING") == "1",
        watch_dir=_folder(given, "LIUKE_WATCH_DIR"),
        metrics_token=given.get("LIUKE_METRICS_TOKEN", ""),
        log_json=log == "json",
        backup_to=_folder(given, "LIUKE_BACKUP_DIR"),
        backup_passphrase=given.get("LIUKE_BACKUP_PASSPHRASE", ""),
        spark=spark,
        **{field: int(given.get(name, default)) for name, (field, default, _least, _most) in _COUNTS.items()},
    )


_COUNTS = {
    "LIUKE_BACKUP_KEEP": ("backup_keep", 7, 0, 365),
    "LIUKE_WEB_PROCESSES": ("web_processes", 1, 1, 64),
    "LIUKE_WORKERS": ("workers", 1, 1, 64),
}
"""Variable → field, default, least, most."""


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    return Path(given[name]).resolve() if name in given else None


def _count_faults(given: Mapping[str, str]) -> list[str]:
    return [
        f"{name} must be {least}-{most}, not {given[name]!r}"
        for name, (_field, _default, least, most) in _COUNTS.items()
        if name in given and not (given[name].isdigit() and least <= int(given[name]) <= most)
    ]


def _database_fault(url: str) -> str:
    known = url.startswith(("sqlite:///", "postgresql://", "postgres://"))
    return "" if known else "LIUKE_DATABASE_URL must start with sqlite:/// or postgresql://"


def _port_fault(text: str) -> str:
    return "" if text.isdigit() and 0 < int(text) < 65536 else f"LIUKE_PORT must be 1-65535, not {text!r}"


def _smtp_fault(url: str) -> str:
    return "" if not url or url.startswith(("smtp://", "smtps://")) else "LIUKE_SMTP_URL must start with smtp:// or smtps://"


def _log_fault(form: str) -> str:
    return "" if form in {"text", "json"} else f"LIUKE_LOG must be text or json, not {form!r}"
