"""Whether Spark could work now: what `liuke doctor` and 运行状况 say of it, without starting anything on a cluster."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from liuke.base.errors import LiukeError
from liuke.base.settings_spark import SparkSettings
from liuke.warehouse.spark import engine_of, knock

RELEASE = "4.0"
"""Of pyspark, and of the server that it talks to."""
LEAST_JAVA = 17
_MAJOR = re.compile(r'version "(\d+)')


@dataclass(frozen=True, slots=True)
class SparkState:
    """`case`: off, ready, or what is missing: java, java_old, pyspark, pyspark_other, away, server_other. `params` fill its text."""

    case: str
    params: dict[str, object] = field(default_factory=dict)

    @property
    def works(self) -> bool:
        """Whether everybody can be scored as far as Spark goes."""
        return self.case in {"off", "ready", "server_other"}


def spark_state(settings: SparkSettings, *, ask_server: bool = True) -> SparkState:
    """Java and pyspark here, somebody at the address and, over Connect with `ask_server`, the server's release."""
    if not settings.is_on:
        return SparkState("off")
    found = _pyspark() or (None if settings.is_connect else _java())
    if found is not None:
        return found
    params: dict[str, object] = {"address": settings.shown, "version": version("pyspark")}
    try:
        knock(settings)
        server = engine_of(settings).version() if ask_server and settings.is_connect else ""
    except LiukeError as fault:
        return SparkState("away", {**params, "detail": str(fault.params.get("detail", ""))})
    if server and not server.startswith(f"{RELEASE}."):
        return SparkState("server_other", {**params, "server": server, "wanted": RELEASE})
    return SparkState("ready", params)


def java_major(java: str) -> int | None:
    """The major version of a Java; None where it does not say one."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - found on the path
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _MAJOR.search(told.stderr + told.stdout)
    return int(found.group(1)) if found else None


def _pyspark() -> SparkState | None:
    try:
        here = version("pyspark")
    except PackageNotFoundError:
        return SparkState("pyspark", {"wanted": RELEASE})
    return None if here.startswith(f"{RELEASE}.") else SparkState("pyspark_other", {"version": here, "wanted": RELEASE})


def _java() -> SparkState | None:
    java = shutil.which("java")
    major = java_major(str(Path(java))) if java else None
    if major is None:
        return SparkState("java", {"wanted": LEAST_JAVA})
    return None if major >= LEAST_JAVA else SparkState("java_old", {"version": major, "wanted": LEAST_JAVA})
