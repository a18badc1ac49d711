"""Where Spark is, and what is said of a wrong address."""

from __future__ import annotations

from pathlib import Path

import pytest

from liuke.base.errors import Invalid
from liuke.base.settings import from_environment
from liuke.base.settings_spark import SparkSettings, spark_from


def test_without_an_address_everything_is_computed_embedded(tmp_path: Path) -> None:
    settings = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    assert not settings.spark.is_on
    assert settings.lake_dir == tmp_path / "lake"


@pytest.mark.parametrize(
    ("remote", "connect", "hosts"),
    [
        ("sc://spark.example:15009", True, (("spark.example", 15009),)),
        ("sc://spark.example", True, (("spark.example", 15002),)),
        ("sc://spark.example:15002/;use_ssl=true;token=secret", True, (("spark.example", 15002),)),
        ("spark://a:7077,b:7078", False, (("a", 7077), ("b", 7078))),
        ("local[2]", False, ()),
        ("local[*]", False, ()),
        ("yarn", False, ()),
        ("k8s://https://kube:6443", False, ()),
    ],
)
def test_an_address_says_who_must_listen_and_whether_java_is_needed_here(
    remote: str, connect: bool, hosts: tuple[tuple[str, int], ...]
) -> None:
    settings, faults = spark_from({"LIUKE_SPARK_REMOTE": remote})
    assert faults == []
    assert (settings.is_on, settings.is_connect, settings.hosts) == (True, connect, hosts)


@pytest.mark.parametrize("remote", ["http://spark", "spark://host", "sc://", "local[x]", "sc://host:15002/path", "spark://a:1 b"])
def test_a_wrong_address_is_refused_with_those_that_are_allowed(remote: str) -> None:
    _, faults = spark_from({"LIUKE_SPARK_REMOTE": remote})
    assert len(faults) == 1
    assert "sc://host:port" in faults[0]


def test_the_token_of_an_address_is_never_shown() -> None:
    settings, _ = spark_from({"LIUKE_SPARK_REMOTE": "sc://spark:15002/;token=secret"})
    assert settings.shown == "sc://spark:15002"
    _, faults = spark_from({"LIUKE_SPARK_REMOTE": "sc:/spark/;token=secret"})
    assert "secret" not in faults[0]


def test_every_fault_is_told_together_with_the_others_of_the_installation() -> None:
    given = {
        "LIUKE_PORT": "x",
        "LIUKE_SPARK_REMOTE": "nowhere",
        "LIUKE_SPARK_CONF": "executor=2",
        "LIUKE_SPARK_TIMEOUT_S": "5",
        "LIUKE_SPARK_LAKE": "/mnt",
    }
    with pytest.raises(Invalid) as told:
        from_environment(given)
    faults = told.value.params["faults"]
    assert isinstance(faults, list)
    assert [fault.split()[0] for fault in faults] == [
        "LIUKE_PORT", "LIUKE_SPARK_REMOTE", "LIUKE_SPARK_CONF", "LIUKE_SPARK_TIMEOUT_S", "LIUKE_SPARK_LAKE",
    ]  # fmt: skip


def test_options_are_split_at_semicolons_because_values_hold_commas() -> None:
    given = "spark.jars=a.jar,b.jar; spark.cores.max=4;spark.executor.extraJavaOptions=-Dname=value"
    settings, faults = spark_from({"LIUKE_SPARK_REMOTE": "spark://a:1", "LIUKE_SPARK_CONF": given})
    assert faults == []
    assert dict(settings.options) == {
        "spark.jars": "a.jar,b.jar", "spark.cores.max": "4", "spark.executor.extraJavaOptions": "-Dname=value",
    }  # fmt: skip


def test_over_connect_only_the_options_of_a_session_can_be_set() -> None:
    given = {"LIUKE_SPARK_REMOTE": "sc://a", "LIUKE_SPARK_CONF": "spark.sql.shuffle.partitions=8;spark.executor.memory=4g"}
    _, faults = spark_from(given)
    assert len(faults) == 1
    assert "spark.executor.memory" in faults[0]


def test_the_lake_may_lie_elsewhere_and_have_another_name_for_spark(tmp_path: Path) -> None:
    settings = from_environment({"LIUKE_LAKE_DIR": str(tmp_path / "big"), "LIUKE_SPARK_LAKE": "hdfs://name/lake/"})
    assert settings.lake_dir == tmp_path / "big"
    assert settings.spark == SparkSettings(lake=tmp_path / "big", lake_seen="hdfs://name/lake")
