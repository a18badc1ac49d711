"""`liuke evaluate-log` on small logs whose truth is known, and on input that is no log."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from liuke.base.errors import Invalid
from liuke.base.times import to_us
from liuke.cli.main import app
from liuke.learn.domain.log_metrics import log_metrics
from liuke.learn.domain.log_plan import label_of
from liuke.learn.domain.log_result import OriginTested, quality_of
from liuke.learn.domain.log_rows import clean_log
from liuke.learn.service.activity_log import open_log
from liuke.learn.service.evaluate_log import Evaluation, LogAsked, evaluate_log, plain_of
from liuke.learn.service.log_file import log_columns, read_any
from liuke.score.model import Recipe

START = datetime(2021, 1, 1, tzinfo=UTC)
QUICK = Recipe(members=("linear",), folds=2, threads=1)
STEADY = [str((START + timedelta(days=3 * nth)).date()) for nth in range(130)]
NOW = to_us(datetime(2024, 1, 1, tzinfo=UTC))
KEYS = {
    "auc", "auc_ci", "ap", "precision_top10", "logloss", "ece", "base_rate", "n", "fit_seconds", "score_seconds", "model", "recency_auc"
}  # fmt: skip


def _log(path: Path, customers: int = 150, days: int = 600) -> Path:
    """Customers with a rhythm of their own; some stop for good, after asking for help twice."""
    random = np.random.default_rng(5)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["customer_id", "ts", "kind", "value", "region", "note"])
        for customer in range(customers):
            gap, stop = random.uniform(5, 40), random.uniform(60, 1500)
            at = random.uniform(0, 60)
            while at < min(stop, days):
                out.writerow([customer, (START + timedelta(days=at)).isoformat(), "order", 10 + customer % 7, "NS"[customer % 2], f"n{at}"])
                at += random.exponential(gap)
            for back in (20, 9):
                if 40 < stop - back < days:
                    out.writerow([customer, (START + timedelta(days=stop - back)).isoformat(), "complaint", "", "", ""])
            if stop < days:
                out.writerow([customer, (START + timedelta(days=stop)).isoformat(), "closed", "", "", ""])
    return path


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _log(tmp_path_factory.mktemp("log") / "log.csv")


@pytest.fixture(scope="module")
def silent(log: Path) -> Evaluation:
    return evaluate_log(log, LogAsked(label_of("inactivity:60d@order"), recipe=QUICK), now_us=NOW)


@pytest.fixture(scope="module")
def closed(log: Path) -> Evaluation:
    return evaluate_log(log, LogAsked(label_of("event:closed"), origins=6, recipe=QUICK), now_us=NOW)


def test_who_falls_silent_is_told_better_than_by_recency_alone(silent: Evaluation) -> None:
    found = silent
    assert found.quality.auc > found.quality.recency_auc > 0.6
    low, high = found.quality.auc_ci
    assert low <= found.quality.auc <= high
    assert len(found.learned.tested) == 3


def test_an_event_is_told_from_what_came_before_it_and_is_no_feature_itself(closed: Evaluation) -> None:
    assert closed.quality.auc > 0.6
    assert not any("closed" in meaning for meaning in closed.learned.metrics.meanings)
    assert any("complaint" in meaning for meaning in closed.learned.metrics.meanings)


def test_extra_columns_are_read_as_of_the_moment_and_texts_of_single_rows_are_left_out(log: Path) -> None:
    table, _ = read_any(log)
    opened = open_log(clean_log(table, log_columns(table), now_us=NOW).table)
    assert [(column.name, column.kind) for column in opened.extras] == [("extra_0", "category")]
    at = to_us(START + timedelta(days=300))
    ids, lost = opened.label(label_of("inactivity:60d@order"), ("order",), 365, at)
    region = opened.features(log_metrics(opened.kinds, ("order",)), at, ids).words("extra_0")
    assert set(region) >= {"N", "S"}
    assert all(region[row] in {"NS"[int(opened.customers[who]) % 2], ""} for row, who in enumerate(ids))
    assert 0 < lost.mean() < 1
    opened.close()


def test_attributes_that_know_the_outcome_are_suspicious(log: Path, tmp_path: Path) -> None:
    last: dict[str, str] = {}
    for row in csv.DictReader(log.open()):
        if row["kind"] == "order":
            last[row["customer_id"]] = row["ts"]
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,gone\n" + "".join(f"{who},{int(ts < '2022-02')}\n" for who, ts in last.items()))
    found = evaluate_log(log, LogAsked(label_of("inactivity:60d@order"), recipe=QUICK), now_us=NOW, customers=path)
    assert "not_dated" in {one.code for one in found.warnings}


def test_the_command_gives_one_json_document_with_the_promised_keys(log: Path, silent: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liuke.cli.evaluate_log.evaluated", lambda *_, **__: silent)
    ran = CliRunner().invoke(app, ["evaluate-log", str(log), "--label", "inactivity:60d@order", "--json"])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    assert set(found) >= KEYS | {"warnings"}
    assert all(isinstance(found[name], int | float | list | str) for name in KEYS)


@pytest.mark.parametrize(
    ("rows", "label", "code"),
    [
        ([["a", "2021-01-01", "order"]] * 20, "inactivity:30d", "log_one_customer"),
        ([[who, f"2021-01-{day:02}", "order"] for who in "ab" for day in range(1, 11)], "inactivity:90d", "log_short"),
        ([[who, "2021-01-01", "order"] for who in "ab"], "event:left", "log_kind"),
        ([["", "", "order"]], "inactivity:30d", "log_empty"),
        (
            [[who, (START + timedelta(days=day)).date(), "order"] for who in "ab" for day in range(0, 400, 3)],
            "inactivity:30d",
            "log_one_outcome",
        ),
    ],
)
def test_a_log_that_cannot_answer_is_refused_with_the_reason(tmp_path: Path, rows: list[list[str]], label: str, code: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text("customer_id,ts,kind\n" + "".join(",".join(map(str, row)) + "\n" for row in rows))
    with pytest.raises(Invalid) as fault:
        evaluate_log(path, LogAsked(label_of(label)), now_us=NOW)
    assert fault.value.code == code


@pytest.mark.parametrize(
    "options", [["--label", "gone"], ["--label", "inactivity:90d", "--train-before", "soon"], ["--label", "inactivity:9d", "--zone", "X"]]
)
def test_wrong_options_end_with_a_sentence(log: Path, options: list[str]) -> None:
    ran = CliRunner().invoke(app, ["evaluate-log", str(log), *options, "--json"])
    assert ran.exit_code == 2
    assert json.loads(ran.stdout)["error"]["message"]


def test_origins_with_one_outcome_only_do_not_count() -> None:
    def tested(lost: list[float]) -> OriginTested:
        size = len(lost)
        return OriginTested(0, np.arange(size), np.linspace(0.1, 0.9, size), np.array(lost), np.arange(size, dtype=float))

    found = quality_of([tested([0.0, 0.0, 1.0, 1.0]), tested([0.0, 0.0, 0.0, 0.0])], times=20)
    assert (found.auc, found.n, found.base_rate) == (1.0, 4, 0.5)
    assert np.isnan(quality_of([tested([0.0, 0.0])]).auc)


def test_the_document_tells_each_origin(silent: Evaluation) -> None:
    origins = plain_of(silent)["origins"]
    assert isinstance(origins, list)
    assert [set(one) for one in origins] == [{"as_of", "n", "base_rate", "auc", "recency_auc"}] * 3
