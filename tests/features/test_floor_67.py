"""The 67 declared metrics of `liuke bench features` equal the hand-written floor, where that lies beside the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bench.features import FLOORS, main, measure
from bench.features_67 import METRICS, NAMES

from liuke.features.domain.metric import named_once


def test_sixty_seven_metrics_are_declared_and_belong_together() -> None:
    assert len(NAMES) == len(set(NAMES)) == 67
    assert named_once(METRICS) == METRICS


@pytest.mark.slow
@pytest.mark.skipif(not FLOORS.is_dir(), reason="the floor is not part of the repository")
def test_every_value_of_the_floor_is_met(tmp_path: Path) -> None:
    folder = tmp_path / "activities"
    subprocess.run([sys.executable, str(FLOORS / "generate_activities.py"), "300", "20000", str(folder)], check=True)
    figures = measure(folder, tmp_path, rounds=1, with_polars=True)
    assert figures["values_differ_in"] == []
    assert figures["polars_differs_in"] == []
    assert figures["features"] == 67


def test_without_the_floor_the_bench_says_so_and_measures_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.features.FLOORS", Path("/nowhere/floors"))
    assert main([]) == 1
    told = capsys.readouterr()
    assert "Nothing was measured" in told.err
    assert told.out == ""
