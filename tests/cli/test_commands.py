"""The command line as a person and a program use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from liuke.accounts.store.models import Workspace
from liuke.cli import importing, score
from liuke.cli.main import app
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db
runner = CliRunner(env={"LIUKE_LANGUAGE": "en"})
ORDERS = "order_id,customer_id,order_date,amount\n" + "".join(
    f"O{customer}-{month},C{customer},2025-{month:02d}-0{customer},{100 * customer}\n" for customer in (1, 2, 3) for month in range(1, 10)
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace whose warehouse is this test's own."""
    warehouse = LocalWarehouse(tmp_path / "warehouse")
    for module in (importing, score):
        monkeypatch.setattr(module, "open_warehouse", lambda _settings: warehouse)
    yield make_workspace(slug="shop", currency="GBP")
    warehouse.close()


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """27 good rows and a bad one."""
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS + "O9,C9,someday,5\n", encoding="utf-8")
    return path


def _json(*arguments: str, code: int = 0) -> dict[str, object]:
    result = runner.invoke(app, [*arguments, "--json"])
    assert result.exit_code == code, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


@pytest.mark.usefixtures("workspace")
def test_a_file_is_imported_and_its_bad_row_lies_beside_it(orders: Path) -> None:
    answer = _json("import", str(orders), "--entity", "orders")
    assert (answer["new"], answer["rejected"]) == (27, 1)
    assert "someday" in Path(str(answer["rejects"])).read_text("utf-8")


@pytest.mark.usefixtures("workspace")
def test_the_same_file_again_changes_nothing(orders: Path) -> None:
    _json("import", str(orders))
    answer = _json("import", str(orders))
    assert (answer["new"], answer["changed"], answer["same"]) == (0, 0, 27)


@pytest.mark.usefixtures("workspace")
def test_explain_adds_up_after_a_scoring(orders: Path) -> None:
    _json("import", str(orders))
    assert _json("score")["customers"] == 3
    answer = _json("explain", "C1")
    reasons = answer["reasons"]
    assert isinstance(reasons, list)
    assert answer["base"] + sum(line["points"] for line in reasons) == pytest.approx(answer["score"])
    assert all(line["text"] != "" for line in reasons)


@pytest.mark.usefixtures("workspace")
def test_the_export_has_a_line_per_customer_and_is_on_the_audit_trail(orders: Path, tmp_path: Path) -> None:
    _json("import", str(orders))
    _json("score")
    answer = _json("export", str(tmp_path / "out.csv"), "--status", "all")
    assert answer["rows"] == 3
    assert len((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()) == 4


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("explain", "nobody"), "cli_customer"), (("import", "/no/such.csv"), "cli_file"),
        (("score", "--workspace", "other"), "cli_workspace"), (("bench", "nothing"), "cli_bench"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_words_with_its_code_and_exit_code_2(arguments: tuple[str, ...], code: str) -> None:
    error = _json(*arguments, code=2)["error"]
    assert isinstance(error, dict)
    assert error["code"] == code
    assert error["message"] not in {"", f"errors.{code}"}


@pytest.mark.usefixtures("workspace")
def test_with_several_workspaces_one_has_to_be_named() -> None:
    make_workspace(slug="second")
    result = runner.invoke(app, ["score"])
    assert result.exit_code == 2
    assert "second" in result.stderr
    assert "shop" in result.stderr


def test_a_customer_without_a_score_is_told_what_to_do(workspace: Workspace, orders: Path) -> None:
    _json("import", str(orders), "--workspace", workspace.slug)
    error = _json("explain", "C2", code=2)["error"]
    assert isinstance(error, dict)
    assert "liuke score" in str(error["message"])


@pytest.mark.usefixtures("workspace")
def test_the_doctor_names_every_check_and_what_to_do() -> None:
    result = runner.invoke(app, ["doctor", "--json"])
    findings = json.loads(result.stdout)["findings"]
    assert {finding["name"] for finding in findings} >= {
        "python",
        "data_dir",
        "database",
        "migrations",
        "warehouse",
        "web",
        "running",
        "mail",
    }
    assert all(finding["state"] in {"ok", "warn", "fail"} for finding in findings)
    assert all(finding["advice"] for finding in findings if finding["state"] != "ok")
