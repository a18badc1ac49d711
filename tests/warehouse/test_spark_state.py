"""What the doctor and 运行状况 say of Spark, before anything is asked of it."""

from __future__ import annotations

import shutil
import stat
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from liuke.base.settings import from_environment
from liuke.base.settings_spark import SparkSettings
from liuke.base.words import LANGUAGES, catalogue, render
from liuke.show.domain.operations import State
from liuke.show.queries.operations_spark import spark_conditions
from liuke.warehouse import spark_state as states
from liuke.warehouse.spark_state import java_major, spark_state
from tests.postgres import free_port

CASES = ("off", "ready", "java", "java_old", "pyspark", "pyspark_other", "away", "server_other")
HERE = SparkSettings(remote="local[2]")


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with everything, whatever this one has."""
    monkeypatch.setattr(states, "version", lambda _name: "4.0.5")
    monkeypatch.setattr(states, "java_major", lambda _java: 17)
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/java")


def absent(_name: str) -> str:
    """No such package."""
    raise PackageNotFoundError


def test_without_an_address_spark_is_off_and_that_is_fine() -> None:
    assert (spark_state(SparkSettings()).case, spark_state(SparkSettings()).works) == ("off", True)


def test_with_java_and_pyspark_a_local_master_is_ready() -> None:
    found = spark_state(HERE)
    assert (found.case, found.params["version"]) == ("ready", "4.0.5")


def test_a_missing_or_old_java_matters_only_where_the_driver_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "java_major", lambda _java: 11)
    assert spark_state(HERE).case == "java_old"
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert spark_state(HERE).case == "java"
    remote = SparkSettings(remote=f"sc://127.0.0.1:{free_port()}")
    assert spark_state(remote).case == "away"


def test_pyspark_has_to_be_there_in_the_release_that_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "version", lambda _name: "3.5.1")
    assert (spark_state(HERE).case, spark_state(HERE).works) == ("pyspark_other", False)
    monkeypatch.setattr(states, "version", absent)
    assert spark_state(HERE).case == "pyspark"


def test_a_server_of_another_release_is_told_but_may_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Engine:
        """Answers with a version."""

        def version(self) -> str:
            return "4.1.0"

    monkeypatch.setattr(states, "engine_of", lambda _settings: Engine())
    monkeypatch.setattr(states, "knock", lambda _settings: None)
    found = spark_state(SparkSettings(remote="sc://there"))
    assert (found.case, found.works, found.params["server"]) == ("server_other", True, "4.1.0")
    assert spark_state(SparkSettings(remote="sc://there"), ask_server=False).case == "ready"


@pytest.mark.parametrize(
    ("told", "major"), [('openjdk version "17.0.15" 2025-04-15', 17), ('java version "1.8.0_202"', 1), ("nothing", None)]
)
def test_the_version_of_a_java_is_read_from_what_it_says(
    told: str, major: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    assert java_major(str(java)) == major
    assert java_major(str(tmp_path / "none")) is None


def test_every_case_has_words_for_the_doctor_and_for_the_page() -> None:
    for language in LANGUAGES:
        known = catalogue(language)
        for case in CASES:
            assert f"spark.{case}" in known
            assert case == "off" or f"operations.spark.{case}" in known
            assert case in {"off", "ready", "server_other"} or f"operations.spark.{case}.todo" in known
    away = spark_state(SparkSettings(remote=f"sc://127.0.0.1:{free_port()}/;token=secret"))
    assert "secret" not in render("spark.away", away.params, language="en")


def test_the_page_has_a_line_for_spark_only_where_there_is_one() -> None:
    assert spark_conditions(from_environment({})) == ()
    (line,) = spark_conditions(from_environment({"LIUKE_SPARK_REMOTE": f"sc://127.0.0.1:{free_port()}"}))
    assert (line.part, line.state, line.case) == ("spark", State.FAIL, "away")
    (line,) = spark_conditions(from_environment({"LIUKE_SPARK_REMOTE": "local[1]"}))
    assert (line.state, line.case) == (State.OK, "ready")
