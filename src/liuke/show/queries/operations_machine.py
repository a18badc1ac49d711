"""What is measured of the installation: its processes, disk, databases and backups."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.models import Min

from liuke.accounts.store.models import User
from liuke.base.backups import backups_listed
from liuke.base.settings import Settings
from liuke.jobs.store.models import Heartbeat
from liuke.show.domain.operations import Process
from liuke.warehouse import daemon_vitals


@dataclass(frozen=True, slots=True)
class Store:
    """Something that lies on disk: `database`, `warehouse` or `uploads`."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Machine:
    """The installation as it is at one moment. Sizes in bytes."""

    processes: tuple[Process, ...]
    stores: tuple[Store, ...]
    disk_free: int
    disk_total: int
    backup_at: datetime | None
    began: datetime | None
    """When the installation's first person came."""
    beats: Mapping[str, Mapping[str, object]]
    """The vitals of each process, by name, as it told them."""


def machine(settings: Settings, now: datetime) -> Machine:
    """Look at everything; the warehouse daemon is given a second to answer."""
    beats = {beat.name: (beat.at, beat.detail) for beat in Heartbeat.objects.order_by("name")}
    daemon = daemon_vitals(settings)
    if daemon is not None:
        beats["warehouse"] = (now, daemon)
    usage = shutil.disk_usage(settings.data_dir)
    listed = backups_listed(settings.backup_dir)
    return Machine(
        processes=tuple(_process(name, seen, told) for name, (seen, told) in beats.items()),
        stores=stores(settings),
        disk_free=usage.free,
        disk_total=usage.total,
        backup_at=listed[0].manifest.made_at if listed else None,
        began=User.objects.aggregate(first=Min("created_at"))["first"],
        beats={name: told for name, (_, told) in beats.items()},
    )


def stores(settings: Settings) -> tuple[Store, ...]:
    """What lies on disk, by kind. PostgreSQL tells its own size."""
    return (
        Store("database", _database_bytes(settings)),
        Store("warehouse", _bytes_below(settings.warehouse_dir)),
        Store("uploads", _bytes_below(settings.uploads_dir)),
    )


def _process(name: str, seen: datetime, told: Mapping[str, object]) -> Process:
    return Process(
        name=name,
        kind=str(told.get("process", "worker")),
        since=_moment(told.get("since")),
        seen=seen,
        memory_bytes=int(_number(told.get("memory_bytes"))),
        cpu_seconds=_number(told.get("cpu_seconds")),
        busy=int(_number(told.get("listeners", told.get("running")))),
    )


def _database_bytes(settings: Settings) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    main = Path(settings.database_url.removeprefix("sqlite:///"))
    return sum(_size(path) for path in (main, main.with_name(f"{main.name}-wal")))


def _bytes_below(folder: Path) -> int:
    return sum(_size(path) for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def _size(path: Path) -> int:
    """0 where it has just gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _moment(told: object) -> datetime | None:
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def _number(told: object) -> float:
    return float(told) if isinstance(told, int | float) else 0.0
