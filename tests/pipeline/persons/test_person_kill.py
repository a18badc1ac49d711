"""DAT-18 for real: an erasure by the command line, killed with SIGKILL in the middle, is finished by whoever comes next."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import Installation

pytestmark = pytest.mark.slow
SETUP = """
from liuke.accounts.service import installation_setup, workspace_create
from liuke.facts.store.models import Contact, Customer
user = installation_setup(name="Admin", email="admin@example.test", password="a-long-enough-one")
workspace = workspace_create(by=user, name="Shop", slug="shop", template="ecommerce")
customer = Customer.objects.create(workspace=workspace, key="PLANT-1", name="欧阳若兰商贸行")
Contact.objects.create(customer=customer, key="1", name="欧阳若兰", phone="13912345678")
Customer.objects.create(workspace=workspace, key="OTHER", name="不相干公司")
from tests.pipeline.persons.planted import database_renew
database_renew()
"""
FILES = "from tests.pipeline.persons.planted import database_files\nprint(*database_files(), sep='\\n')"
KILLED = """
import os, signal
from liuke.accounts.domain.actor import system
from liuke.accounts.store.models import Workspace
from liuke.facts.domain.erasure import Stage
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline import erasure
from liuke.server.settings import LIUKE
from liuke.show.service.persons import erase_start
from liuke.warehouse import open_warehouse
workspace = Workspace.objects.get()
customer = Customer.objects.get(key="PLANT-1")
request = erase_start(actor=system(workspace.pk), customer_id=customer.pk, confirm=customer.name, reason="要求删除")
erasure.STEPS = {**erasure.STEPS, Stage.MENTIONS: lambda erasing: os.kill(os.getpid(), signal.SIGKILL)}
context = PlainContext(workspace_id=workspace.pk, payload={"request": request.pk})
erasure.erasure_run(workspace=workspace, warehouse=open_warehouse(LIUKE), context=context, settings=LIUKE)
"""
FINISH = """
import json
from liuke.facts.store.models import Customer, PersonRequest
from liuke.jobs.worker import jobs_run_pending
from liuke.pipeline.handlers import HANDLERS
jobs_run_pending({"person_erase": HANDLERS["person_erase"], "score": lambda context: {}})
request = PersonRequest.objects.get()
print(json.dumps({
    "done": request.finished_at is not None, "proof": len(request.proof), "left": request.result["left"],
    "keys": list(Customer.objects.values_list("key", flat=True)),
}))
"""


def traces(installed: Installation) -> list[str]:
    """Names of files of the installation and of its database that hold the person."""
    planted = ("欧阳若兰".encode(), json.dumps("欧阳若兰")[1:-1].encode(), b"13912345678")
    files = {path for path in installed.data_dir.rglob("*") if path.is_file()} | {Path(line) for line in installed.script(FILES).split()}
    return [path.name for path in files if any(one in path.read_bytes() for one in planted)]


def test_a_killed_erasure_is_finished_by_the_worker_and_leaves_no_byte(installed: Installation) -> None:
    installed.script(SETUP)
    assert traces(installed)
    killed = installed.start("-c", f"import liuke.server.boot\n{KILLED}")
    assert killed.wait(120) == -9
    told = json.loads(installed.script(FINISH))
    assert told["done"]
    assert told["proof"] == 64
    assert told["keys"] == ["OTHER"]
    assert told["left"] == {"rows": {}, "stream": 0, "files": []}
    assert traces(installed) == []


def test_the_command_line_exports_erases_and_refuses_a_wrong_name(installed: Installation, tmp_path: Path) -> None:
    installed.script(
        "from liuke.accounts.store.models import Workspace; from liuke.facts.store.models import Customer\n"
        "Customer.objects.create(workspace=Workspace.objects.get(), key='PLANT-2', name='欧阳若兰二店')"
    )

    def liuke(*arguments: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-c", "from liuke.cli.main import main; main()", "person", *arguments, "--json"]
        return subprocess.run(call, env=installed.environment, capture_output=True, text=True, check=False)

    archive = tmp_path / "p.zip"
    copied = liuke("export", "PLANT-2", str(archive))
    assert copied.returncode == 0, copied.stderr
    assert json.loads(copied.stdout)["rows"]["profile"] >= 1
    assert archive.read_bytes()[:2] == b"PK"
    refused = liuke("erase", "PLANT-2", "--reason", "要求删除", "--confirm", "别人")
    assert refused.returncode == 2
    assert json.loads(refused.stdout)["error"]["code"] == "person_confirm"
    done = liuke("erase", "PLANT-2", "--reason", "要求删除", "--confirm", "欧阳若兰二店")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["left"]["files"] == []
    assert len(told["proof"]) == 64
    unknown = liuke("erase", "PLANT-2", "--reason", "x", "--confirm", "x")
    assert json.loads(unknown.stdout)["error"]["code"] == "customer_unknown"
