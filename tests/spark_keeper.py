"""A real Spark for tests: a standalone master, two workers of one core, a Connect server on the cluster. Run by `spark_cluster.py`.

    python tests/spark_keeper.py FOLDER PID

Writes `FOLDER/addresses.json` when everything answers and ends, with all it started, when the process PID is gone.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.postgres import free_port
from tests.running import alive

WORKERS = 2
MEMORY = "1g"
EXECUTOR = {"spark.executor.memory": "512m", "spark.executor.cores": "1", "spark.cores.max": str(WORKERS)}
QUICK = {
    "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.sql.codegen.wholeStage": "false",
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
}  # fmt: skip
"""A statement over a few thousand rows takes longer to compile than to run."""
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Tests run each plan once or twice: the second compiler would only cost."""


class Keeper:
    """The processes of one cluster."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self.folder = folder
        self.home = Path(pyspark.__file__).parent
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(self.home), "SPARK_SCALA_VERSION": "2.13", "PYSPARK_PYTHON": sys.executable,
        }  # fmt: skip

    def start(self, main: str, *arguments: str, memory: str = "256m") -> None:
        """A JVM that dies with this process, whatever ends it."""
        opened = ["--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                  "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED"]  # fmt: skip
        java = ["setpriv", "--pdeathsig=KILL", "java", f"-Xmx{memory}", *JAVA, *opened, "-cp", f"{self.home}/jars/*"]
        with (self.folder / "log").open("ab") as log:
            self.processes.append(
                subprocess.Popen([*java, main, *arguments], env=self.environment, stdout=log, stderr=log, cwd=self.folder)
            )

    def run(self) -> dict[str, str]:
        """Start all; where they answer."""
        master, connect = free_port(), free_port()
        host = ("--host", "127.0.0.1")
        self.start("org.apache.spark.deploy.master.Master", *host, "--port", str(master), "--webui-port", str(free_port()))
        self.wait(master)
        address = f"spark://127.0.0.1:{master}"
        for number in range(WORKERS):
            place = ("--webui-port", str(free_port()), "--work-dir", str(self.folder / f"work{number}"))
            # two cores each for two applications at once (Connect's, a driver's), each of which takes one of them
            self.start("org.apache.spark.deploy.worker.Worker", *host, "--cores", "2", "--memory", "2g", *place, address)
        settings = {**EXECUTOR, **QUICK, "spark.master": address, "spark.connect.grpc.binding.port": str(connect),
                    "spark.connect.grpc.binding.address": "127.0.0.1", "spark.executor.extraJavaOptions": " ".join(JAVA)}  # fmt: skip
        flags = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        self.start("org.apache.spark.deploy.SparkSubmit", *flags, "--class", server, "spark-internal", memory=MEMORY)
        self.wait(connect)
        return {"master": address, "connect": f"sc://127.0.0.1:{connect}"}

    def wait(self, port: int) -> None:
        """Until somebody listens; a busy machine starts slowly."""
        import socket

        until = time.monotonic() + 180
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if any(process.poll() is not None for process in self.processes):
                break
            time.sleep(0.1)
        raise SystemExit((self.folder / "log").read_text(errors="replace")[-3_000:])

    def stop(self) -> None:
        """End everything that was started."""
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def main(folder: Path, owner: int) -> None:
    """Keep the cluster as long as the owner lives."""
    keeper = Keeper(folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        addresses = keeper.run()
        part = folder / "addresses.part"
        part.write_text(json.dumps(addresses))
        part.replace(folder / "addresses.json")
        while alive(owner):
            time.sleep(0.5)
    finally:
        keeper.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
