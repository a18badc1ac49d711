"""Which Spark computes for the installation, and where the Parquet lake lies that it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECT_PORT = 15002
"""Of Spark Connect, where the address names none."""
_MASTERS = re.compile(r"spark://[^,/\s:]+:\d+(,[^,/\s:]+:\d+)*|local(\[(\d+|\*)\])?|yarn|k8s://\S+")
_CONNECT = re.compile(r"sc://[^/\s:;]+(:\d+)?(/(;[^;=\s]+=[^;\s]+)*)?")
_OPTION = re.compile(r"spark\.[A-Za-z0-9._-]+=.*")


@dataclass(frozen=True, slots=True)
class SparkSettings:
    """`remote` empty: everything is computed embedded. `lake_seen`: the lake's folder as Spark reaches it (empty: as we do)."""

    remote: str = ""
    lake: Path | None = None
    lake_seen: str = ""
    options: tuple[tuple[str, str], ...] = ()
    timeout_s: int = 3_600

    @property
    def is_on(self) -> bool:
        """Whether everybody's features are computed by Spark."""
        return bool(self.remote)

    @property
    def is_connect(self) -> bool:
        """Whether the driver runs elsewhere: no Java is needed here."""
        return self.remote.startswith("sc://")

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """Where somebody must listen for Spark to be there; empty where nobody is asked beforehand (local, yarn, k8s)."""
        if self.is_connect:
            parts = urlsplit(self.remote)
            return ((parts.hostname or "", parts.port or CONNECT_PORT),)
        if self.remote.startswith("spark://"):
            named = (one.rsplit(":", 1) for one in self.remote.removeprefix("spark://").split(","))
            return tuple((host, int(port)) for host, port in named)
        return ()

    @property
    def shown(self) -> str:
        """The address without a token that it may carry."""
        return self.remote.split("/;", 1)[0]


EMBEDDED = SparkSettings()
"""No Spark."""


def spark_from(given: Mapping[str, str]) -> tuple[SparkSettings, list[str]]:
    """The settings and everything that is wrong with them.

    LIUKE_SPARK_REMOTE (`sc://host:port` of Spark Connect, or a master: `spark://host:port`, `local[2]`, `yarn`, `k8s://…`),
    LIUKE_LAKE_DIR (where the lake is written, `<data>/lake`), LIUKE_SPARK_LAKE (the same folder as Spark reaches it, where that
    differs: `file:///mnt/lake`, `hdfs://…`, `s3a://…`), LIUKE_SPARK_CONF (`spark.name=value`, separated by `;`; over Connect only
    `spark.sql.…`), LIUKE_SPARK_TIMEOUT_S (of one question, 10–86400, 3600).
    """
    remote, options = given.get("LIUKE_SPARK_REMOTE", ""), _options(given.get("LIUKE_SPARK_CONF", ""))
    timeout, seen = given.get("LIUKE_SPARK_TIMEOUT_S", "3600"), given.get("LIUKE_SPARK_LAKE", "").rstrip("/")
    faults = [*_remote_faults(remote), *_option_faults(remote, options)]
    if not (timeout.isdigit() and 10 <= int(timeout) <= 86_400):
        faults.append(f"LIUKE_SPARK_TIMEOUT_S must be 10-86400, not {timeout!r}")
    if seen and "://" not in seen:
        faults.append(f"LIUKE_SPARK_LAKE must be an address such as file:///mnt/lake, not {seen!r}")
    if faults:
        return SparkSettings(), faults
    lake = Path(given["LIUKE_LAKE_DIR"]).resolve() if "LIUKE_LAKE_DIR" in given else None
    pairs = tuple((name, value) for name, _, value in (option.partition("=") for option in options))
    return SparkSettings(remote, lake, seen, pairs, int(timeout)), []


def _options(text: str) -> list[str]:
    return [option.strip() for option in text.split(";") if option.strip()]


def _remote_faults(remote: str) -> list[str]:
    if not remote or _MASTERS.fullmatch(remote) or _CONNECT.fullmatch(remote):
        return []
    shown = remote.split("/;", 1)[0]
    return [f"LIUKE_SPARK_REMOTE must be sc://host:port, spark://host:port, local[n], yarn or k8s://…, not {shown!r}"]


def _option_faults(remote: str, options: list[str]) -> list[str]:
    faults = [f"LIUKE_SPARK_CONF must be spark.name=value;…, not {option!r}" for option in options if not _OPTION.fullmatch(option)]
    if remote.startswith("sc://"):
        fixed = [option for option in options if not option.startswith("spark.sql.")]
        faults += [f"LIUKE_SPARK_CONF: over sc:// only spark.sql.… can be set, not {option!r}: set it at the server" for option in fixed]
    return faults
