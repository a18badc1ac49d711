"""What is said where Spark is away, slow, not installed or cannot see the lake. No Java runs here."""

from __future__ import annotations

import threading
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.base.errors import Invalid, LiukeError, Transient
from liuke.base.settings import from_environment
from liuke.base.settings_spark import SparkSettings, spark_from
from liuke.base.words import LANGUAGES, render
from liuke.warehouse import spark as engines
from liuke.warehouse.domain.faults import WarehouseError
from liuke.warehouse.domain.lake import LakeFile, LakePart, Manifest
from liuke.warehouse.lake_files import LakeFolder
from liuke.warehouse.spark import Lake, SparkEngine, as_fault, engine_of, knock
from tests.postgres import free_port

errors = pytest.importorskip("pyspark.errors", reason="pyspark is not installed")
FILES = (LakeFile("activity/month=2026-01/a.parquet", 3, 10, "x"), LakeFile("activity/month=2026-02/b.parquet", 1, 10, "y"))
MANIFEST = Manifest(7, 4, 0, tuple(LakePart("activity", file.path.split("/")[1], "p", (file,)) for file in FILES))
ONE = SparkSettings(remote="local[1]")


class Rows:
    """Stands for a DataFrame."""

    def __init__(self, session: Session, told: object) -> None:
        self.session = session
        self.told = told

    def toArrow(self) -> pa.Table:
        """The rows, or the session's fault."""
        if self.session.waits:
            self.session.interrupted.wait(30)
        if self.session.fault is not None:
            raise self.session.fault
        return pa.table({"sql": [self.told]})

    def createOrReplaceTempView(self, name: str) -> None:
        """Noted."""
        self.session.views.append((name, self.told))


class Session:
    """Stands for pyspark's session: notes what it is told, raises what it is given."""

    version = "4.0.5"

    def __init__(self, fault: Exception | None = None, *, waits: bool = False) -> None:
        self.fault = fault
        self.waits = waits
        self.views: list[tuple[str, object]] = []
        self.interrupted = threading.Event()
        self.stopped = False
        self.read = self
        self.sparkContext = self

    def sql(self, sqlQuery: str) -> Rows:  # noqa: N803
        return Rows(self, sqlQuery)

    def schema(self, _columns: str) -> Session:
        return self

    def parquet(self, *paths: str) -> Rows:
        return Rows(self, paths)

    def createDataFrame(self, rows: list[object], columns: str) -> Rows:
        return Rows(self, (tuple(rows), columns))

    def cancelAllJobs(self) -> None:
        self.interrupted.set()

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """The sessions that an engine gets, in this order; the last one for ever."""
    waiting: list[Session] = []
    monkeypatch.setattr(engines, "_driver", lambda _settings: waiting.pop(0) if len(waiting) > 1 else waiting[0])
    return waiting


def test_the_stream_of_a_generation_has_a_name_of_its_own_and_only_the_manifests_files() -> None:
    lake = Lake(MANIFEST, "s3a://bucket/lake")
    assert lake.relation == "activity_7_4"
    assert lake.paths == [f"s3a://bucket/lake/7/{file.path}" for file in FILES]


def test_spark_reads_the_lake_where_we_write_it_unless_it_has_another_name_there(tmp_path: Path) -> None:
    LakeFolder(tmp_path / "lake", 7).path.mkdir(parents=True)
    LakeFolder(tmp_path / "lake", 7).swap(MANIFEST)
    given = {"LIUKE_DATA_DIR": str(tmp_path)}
    assert Lake.of(from_environment(given), 7).paths[0] == f"file://{tmp_path}/lake/7/{FILES[0].path}"
    elsewhere = from_environment(given | {"LIUKE_SPARK_LAKE": "hdfs://name/lake"})
    assert Lake.of(elsewhere, 7).paths[0] == f"hdfs://name/lake/7/{FILES[0].path}"


def test_each_stream_is_registered_once_and_an_empty_one_has_the_columns(sessions: list[Session]) -> None:
    sessions.append(Session())
    engine, lake = SparkEngine(ONE), Lake(MANIFEST, "file:///lake")
    assert engine.query("SELECT 1", lake)["sql"].to_pylist() == ["SELECT 1"]
    engine.query("SELECT 2", lake)
    engine.query("SELECT 3", Lake(Manifest(8), "file:///lake"))
    assert [name for name, _ in sessions[0].views] == ["activity_7_4", "activity_8_0"]
    assert "ts_us BIGINT" in str(sessions[0].views[1][1])


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (errors.AnalysisException("[UNRESOLVED_COLUMN] x\nrow 1"), WarehouseError, "spark_failed"),
        (errors.AnalysisException("[PATH_NOT_FOUND] file:/lake/1"), Invalid, "spark_lake_unseen"),
        (errors.SparkRuntimeException("[FAILED_READ_FILE.FILE_NOT_EXIST] file:/lake/1"), Invalid, "spark_lake_unseen"),
        (errors.PySparkException("executor lost"), Transient, "spark_lost"),
        (ConnectionResetError("reset"), Transient, "spark_lost"),
        (RuntimeError("Java gateway process exited"), Transient, "spark_lost"),
    ],
)
def test_the_fault_says_whether_trying_again_helps(fault: Exception, kind: type[LiukeError], code: str, sessions: list[Session]) -> None:
    sessions.append(Session(fault))
    with pytest.raises(kind, match=code) as told:
        SparkEngine(ONE).query("SELECT 1", Lake(MANIFEST, "file:///lake"))
    assert "row 1" not in str(told.value)
    for language in LANGUAGES:
        assert "{" not in render(f"errors.{code}", told.value.params, language=language)


def test_after_a_loss_the_next_question_gets_a_new_session(sessions: list[Session]) -> None:
    lost, fresh = Session(errors.PySparkException("gone")), Session()
    sessions.extend([lost, fresh])
    engine, lake = SparkEngine(ONE), Lake(MANIFEST, "file:///lake")
    with pytest.raises(Transient):
        engine.query("SELECT 1", lake)
    assert engine.query("SELECT 2", lake).num_rows == 1
    assert [name for name, _ in fresh.views] == [lake.relation]


def test_a_faulty_statement_keeps_the_session(sessions: list[Session]) -> None:
    sessions.append(Session(errors.AnalysisException("no such column")))
    engine, lake = SparkEngine(ONE), Lake(MANIFEST, "file:///lake")
    for _ in range(2):
        with pytest.raises(WarehouseError):
            engine.query("SELECT 1", lake)
    assert len(sessions[0].views) == 1
    engine.close()
    assert sessions[0].stopped


def test_a_question_that_takes_too_long_is_cancelled_and_told(sessions: list[Session]) -> None:
    slow = Session(errors.PySparkException("cancelled"), waits=True)
    sessions.append(slow)
    engine = SparkEngine(SparkSettings(remote="local[1]", timeout_s=0))
    with pytest.raises(Transient, match="spark_slow"):
        engine.query("SELECT 1", Lake(MANIFEST, "file:///lake"))
    assert slow.interrupted.is_set()


def test_nobody_at_the_address_is_told_at_once_and_without_the_token() -> None:
    settings, faults = spark_from({"LIUKE_SPARK_REMOTE": f"sc://127.0.0.1:{free_port()}/;token=secret"})
    assert faults == []
    with pytest.raises(Transient, match="spark_away") as told:
        knock(settings)
    assert "secret" not in render("errors.spark_away", told.value.params, language="en")
    assert told.value.params["again_in"] == 60


def test_of_several_masters_one_that_answers_is_enough() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        knock(SparkSettings(remote=f"spark://127.0.0.1:{free_port()},127.0.0.1:{port}"))
    knock(SparkSettings(remote="local[2]"))


def test_without_pyspark_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name == "grpc" else object())
    with pytest.raises(Invalid, match="spark_missing") as told:
        SparkEngine(SparkSettings(remote="sc://127.0.0.1:1")).version()
    assert told.value.params["missing"] == "grpc"


def test_a_process_has_one_engine_for_one_address() -> None:
    assert engine_of(ONE) is engine_of(SparkSettings(remote="local[1]"))
    assert engine_of(ONE) is not engine_of(SparkSettings(remote="local[2]"))


def test_every_fault_keeps_to_the_first_line_of_what_spark_said() -> None:
    fault = as_fault(errors.PySparkException("first\nsecond of customer 5"), ONE)
    assert fault.params["detail"] == "first"
    assert as_fault(OSError(), ONE).params["detail"] == "OSError"
