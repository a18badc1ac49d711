"""`liuke evaluate` on tables as people have them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

from liuke.cli.main import app
from liuke.learn.service import evaluate_table
from liuke.score.model import Recipe

runner = CliRunner(env={"LIUKE_LANGUAGE": "en"})
KEYS = ["auc", "auc_ci", "ap", "precision_top10", "logloss", "ece", "base_rate", "n", "fit_seconds", "score_seconds", "model", "warnings"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = Recipe(members=("linear", "shallow"), folds=2, threads=1)
    monkeypatch.setattr(evaluate_table.TableAsked.__init__, "__defaults__", ("", "", "", "", "", 2, recipe))


def told(rows: int, seed: int = 0) -> tuple[dict[str, list[object]], np.ndarray]:
    random = np.random.default_rng(seed)
    days, city = random.exponential(30, rows), random.choice(["上海", "北京", "广州"], rows)
    lost = random.random(rows) < 1 / (1 + np.exp(-(days - 30) / 12))
    columns: dict[str, list[object]] = {
        "customer_id": [f"C{number:05}" for number in range(rows)],
        "days": [f"{value:.1f}" if number % 17 else "" for number, value in enumerate(days)],
        "city": city.tolist(),
        "since": [f"2024-{1 + number % 12:02}-05" for number in range(rows)],
        "same": ["x"] * rows,
        "流失": ["是" if one else "否" for one in lost],
    }
    return columns, lost


def csv(path: Path, columns: dict[str, list[object]], encoding: str = "utf-8") -> Path:
    lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def run(path: Path, *arguments: str) -> Result:
    return runner.invoke(app, ["evaluate", str(path), *arguments, "--json"])


def answer(path: Path, *arguments: str) -> dict[str, object]:
    result = run(path, *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def refusal(path: Path, *arguments: str) -> dict[str, str]:
    result = run(path, *arguments)
    assert result.exit_code == 2, result.output
    return json.loads(result.output)["error"]


def test_a_chinese_file_in_gb18030_is_judged_with_all_keys(tmp_path: Path) -> None:
    columns, lost = told(240)
    found = answer(csv(tmp_path / "客户.csv", columns, "gb18030"), "--label", "流失", "--id", "customer_id")
    assert set(KEYS) <= set(found)
    assert found["n"] == 240
    assert found["base_rate"] == pytest.approx(lost.mean())
    assert 0.75 < found["auc"] <= 1.0
    assert found["auc_ci"][0] < found["auc"] < found["auc_ci"][1]
    assert any("same (constant)" in warning for warning in found["warnings"])


def test_an_id_that_nobody_named_is_not_learned_from(tmp_path: Path) -> None:
    columns, _ = told(120)
    found = answer(csv(tmp_path / "a.csv", columns), "--label", "流失")
    assert any("customer_id (id)" in warning for warning in found["warnings"])


def test_parquet_with_a_wanted_value_and_time(tmp_path: Path) -> None:
    _, lost = told(300)
    table = pa.table({"days": pa.array(np.where(lost, 40.0, 20.0) + np.arange(300) % 31), "quarter": ["2023Q4"] * 200 + ["2024Q1"] * 100,
                      "state": np.where(lost, "gone", "here")})  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    found = answer(tmp_path / "a.parquet", "--label", "state", "--positive", "gone", "--time", "quarter", "--train-until", "2023Q4")
    assert found["n"] == 100
    assert found["base_rate"] == pytest.approx(lost[200:].mean())


def test_rows_that_repeat_others_are_told_and_do_not_flatter(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    once = {"a": [f"{value:.6f}" for value in random.normal(size=100)], "lost": random.integers(0, 2, 100).tolist()}
    found = answer(csv(tmp_path / "a.csv", {name: values * 3 for name, values in once.items()}), "--label", "lost")
    assert found["auc"] < 0.65
    assert any(warning.startswith("200 rows") for warning in found["warnings"])


def test_a_column_that_knows_the_outcome_is_told(tmp_path: Path) -> None:
    columns, lost = told(120)
    columns["cancel_reason_code"] = [f"{7 if one else 1}" for one in lost]
    found = answer(csv(tmp_path / "a.csv", columns), "--label", "流失")
    assert {finding["check"] for finding in found["leaks"]} >= {"single", "name"}
    assert any("cancel_reason_code" in warning for warning in found["warnings"])


def test_twenty_rows_are_judged_with_care(tmp_path: Path) -> None:
    columns, lost = told(20, seed=4)
    assert 4 <= lost.sum() <= 16
    found = answer(csv(tmp_path / "a.csv", columns), "--label", "流失")
    assert found["n"] == 20
    assert any("Only 20 rows" in warning for warning in found["warnings"])


def test_a_table_of_more_columns_than_an_import_takes_is_judged(tmp_path: Path) -> None:
    columns, _ = told(100)
    random = np.random.default_rng(2)
    columns |= {f"c{number}": random.integers(0, 9, 100).tolist() for number in range(600)}
    assert answer(csv(tmp_path / "a.csv", columns), "--label", "流失")["n"] == 100


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--label", "churn"], "table_column", "city"),
        (["--label", "same"], "table_one_value", "x (60)"),
        (["--label", "city"], "table_many_values", "--positive"),
        (["--label", "流失", "--positive", "maybe"], "table_positive", "是"),
        (["--label", "流失", "--time", "since"], "table_time", "--train-until"),
        (["--label", "流失", "--time", "since", "--train-until", "2031-01-01"], "table_until", "60 rows before"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words_that_say_what_to_do(tmp_path: Path, arguments: list[str], code: str, said: str) -> None:
    columns, _ = told(60)
    found = refusal(csv(tmp_path / "a.csv", columns), *arguments)
    assert found["code"] == code
    assert said in found["message"]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv", "--label", "x")["code"] == "cli_file"


def test_a_person_reads_one_line_and_the_warnings(tmp_path: Path) -> None:
    columns, _ = told(100)
    result = runner.invoke(app, ["evaluate", str(csv(tmp_path / "a.csv", columns)), "--label", "流失"])
    assert result.exit_code == 0, result.output
    assert "AUC 0." in result.output
    assert "100 tested rows" in result.output
