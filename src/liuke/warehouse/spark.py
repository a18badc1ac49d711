"""Spark as an engine: compiled SQL over a workspace's lake, the rows back as Arrow. Over Connect, or as a driver in this process.

pyspark is an extra (`pip install "liuke[spark]"`) and is loaded when Spark is first asked.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import Protocol

import pyarrow as pa

from liuke.base.errors import Invalid, LiukeError, Transient
from liuke.base.later import Later
from liuke.base.settings import Settings
from liuke.base.settings_spark import SparkSettings
from liuke.warehouse.domain.faults import WarehouseError
from liuke.warehouse.domain.lake import ACTIVITY, Manifest
from liuke.warehouse.domain.schema import ACTIVITY_IN
from liuke.warehouse.lake_files import LakeFolder

KNOCK_S = 5.0
"""How long somebody may take to answer at Spark's address."""
AGAIN_S = 60
"""How long a job waits for a Spark that is away; waiting counts as no failed try."""
PATIENCE = {"max_retries": 8, "initial_backoff": 500, "max_backoff": 8_000, "backoff_multiplier": 3.0, "jitter": 200}
"""Of a Connect client whose server stops answering: about 45 seconds."""
FIXED = {"spark.sql.ansi.enabled": "false", "spark.sql.session.timeZone": "UTC"}
"""What the compiled SQL relies on: a faulty text is no number, as for DuckDB, and times are UTC."""
OWN_DRIVER = {"spark.ui.enabled": "false", "spark.driver.maxResultSize": "0", "spark.ui.showConsoleProgress": "false"}
"""Of a driver in this process: a row per customer comes back, however many there are."""
_TYPES = {"string": "STRING", "int64": "BIGINT", "double": "DOUBLE"}
_UNSEEN = ("PATH_NOT_FOUND", "FILE_NOT_EXIST", "FAILED_READ_FILE")

_classic = Later("pyspark.sql")
_connect = Later("pyspark.sql.connect.session")
_retries = Later("pyspark.sql.connect.client.retries")
_errors = Later("pyspark.errors")
_py4j = Later("py4j.protocol")
_grpc = Later("grpc")


class Rows(Protocol):
    """Of pyspark's DataFrame, what is used."""

    def toArrow(self) -> pa.Table:  # noqa: N802 - pyspark's names
        """All rows, in memory."""
        ...

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802
        """Give the rows a name in this session."""
        ...


class Session(Protocol):
    """Of pyspark's session, what both kinds have."""

    @property
    def version(self) -> str:
        """Of the server."""
        ...

    def sql(self, sqlQuery: str) -> Rows:  # noqa: N803 - pyspark's name
        """One SELECT, not run yet."""
        ...


class SparkEngine:
    """One session to a Spark: made when it is first asked, made anew after it was lost. Safe to share between threads."""

    def __init__(self, settings: SparkSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._views: set[str] = set()

    def query(self, sql: str, lake: Lake) -> pa.Table:
        """The rows of one SELECT over `lake.relation`.

        Raises Transient("spark_away") where nobody answers, Transient("spark_lost" | "spark_slow") where the work broke off,
        Invalid("spark_missing") without pyspark, Invalid("spark_lake_unseen") where the cluster cannot read the lake,
        WarehouseError("spark_failed") for a statement that Spark does not take.
        """
        with self._faults():
            session = self._opened(lake)
            with self._in_time(session):
                return session.sql(sql).toArrow()

    def version(self) -> str:
        """Of the Spark that answers. Raises like `query`."""
        with self._faults():
            return self.connected().version

    def close(self) -> None:
        """Let go of the session; a driver in this process ends."""
        with self._lock:
            session, self._session = self._session, None
            self._views.clear()
        if session is not None:
            session.stop()  # type: ignore[attr-defined]

    def _opened(self, lake: Lake) -> Session:
        session = self.connected()
        with self._lock:
            if lake.relation not in self._views:
                lake.register(session)
                self._views.add(lake.relation)
        return session

    def connected(self) -> Session:
        """The session, made where there is none. Raises like `query`, but in Spark's own words where the start itself fails."""
        with self._lock:
            if self._session is None:
                _check_installed(self.settings)
                knock(self.settings)
                self._views.clear()
                self._session = _connected(self.settings) if self.settings.is_connect else _driver(self.settings)
            return self._session

    def _forget(self) -> None:
        """The next question makes a new session. The old one is stopped where it still can be: it may hold a cluster's cores."""
        with self._lock:
            session, self._session = self._session, None
            self._views.clear()
        if session is not None:
            threading.Thread(target=_stopped, args=(session,), daemon=True).start()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except LiukeError:
            raise
        except _known() as error:
            fault = as_fault(error, self.settings)
            if isinstance(fault, Transient):
                self._forget()
            raise fault from error

    @contextmanager
    def _in_time(self, session: Session) -> Iterator[None]:
        late = threading.Event()
        timer = threading.Timer(self.settings.timeout_s, self._interrupt, [session, late])
        timer.daemon = True
        timer.start()
        try:
            yield
        except _known() as error:
            if late.is_set():
                raise Transient("spark_slow", address=self.settings.shown, seconds=self.settings.timeout_s) from error
            raise
        finally:
            timer.cancel()

    def _interrupt(self, session: Session, late: threading.Event) -> None:
        late.set()
        if self.settings.is_connect:
            session.interruptAll()  # type: ignore[attr-defined]
        else:
            session.sparkContext.cancelAllJobs()  # type: ignore[attr-defined]


class Lake:
    """A workspace's stream as one generation of the lake holds it, under a name of its own for the engine."""

    def __init__(self, manifest: Manifest, root: str) -> None:
        self.relation = f"activity_{manifest.workspace_id}_{manifest.generation}"
        self.paths = [f"{root}/{manifest.workspace_id}/{file.path}" for file in manifest.files(ACTIVITY)]

    @staticmethod
    def of(settings: Settings, workspace_id: int) -> Lake:
        """As the manifest stands now. Raises Conflict("lake_unreadable")."""
        manifest = LakeFolder(settings.lake_dir, workspace_id).manifest()
        return Lake(manifest, settings.spark.lake_seen or settings.lake_dir.as_uri())

    def register(self, session: Session) -> None:
        """Make the stream known to a session."""
        columns = ", ".join(f"{field.name} {_TYPES[str(field.type)]}" for field in ACTIVITY_IN)
        reader = session.read.schema(columns)  # type: ignore[attr-defined]
        rows: Rows = reader.parquet(*self.paths) if self.paths else session.createDataFrame([], columns)  # type: ignore[attr-defined]
        rows.createOrReplaceTempView(self.relation)


@cache
def engine_of(settings: SparkSettings) -> SparkEngine:
    """The process's one engine for these settings."""
    return SparkEngine(settings)


def knock(settings: SparkSettings) -> None:
    """Whether anybody listens at Spark's address: sooner told than by clients that wait for minutes. Raises Transient("spark_away")."""
    for host, port in settings.hosts:
        try:
            with socket.create_connection((host, port), timeout=KNOCK_S):
                return
        except OSError:
            continue
    if settings.hosts:
        raise Transient("spark_away", address=settings.shown, again_in=AGAIN_S)


def as_fault(error: Exception, settings: SparkSettings) -> LiukeError:
    """Our error for one of Spark's; of its text the first line, which names columns and files and no rows."""
    detail = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
    if any(name in str(error)[:2_000] for name in _UNSEEN):
        return Invalid("spark_lake_unseen", detail=detail)
    if isinstance(error, _errors.AnalysisException | _errors.ParseException):
        return WarehouseError("spark_failed", detail=detail)
    return Transient("spark_lost", address=settings.shown, detail=detail)


def _known() -> tuple[type[Exception], ...]:
    """What Spark's clients raise; the Connect one lets some of gRPC's faults through."""
    remote = (_grpc.RpcError,) if find_spec("grpc") else ()
    return (_errors.PySparkException, _py4j.Py4JError, OSError, RuntimeError, *remote)


def _check_installed(settings: SparkSettings) -> None:
    wanted = ("pyspark", "grpc") if settings.is_connect else ("pyspark",)
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise Invalid("spark_missing", missing=", ".join(missing))


def _connected(settings: SparkSettings) -> Session:
    session: Session = _connect.SparkSession.builder.remote(settings.remote).create()
    session.client.set_retry_policies([_retries.DefaultPolicy(**PATIENCE)])  # type: ignore[attr-defined]
    for name, value in (*FIXED.items(), *settings.options):
        session.conf.set(name, value)  # type: ignore[attr-defined]
    return session


def _driver(settings: SparkSettings) -> Session:
    builder = _classic.SparkSession.builder.master(settings.remote).appName("liuke")
    for name, value in {**OWN_DRIVER, **FIXED, **dict(settings.options)}.items():
        builder = builder.config(name, value)
    session: Session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")  # type: ignore[attr-defined]
    return session


def _stopped(session: Session) -> None:
    try:
        session.stop()  # type: ignore[attr-defined]
    except _known():
        return  # it was lost: there is nothing to stop
