"""The golden corpus: for each row of the mission hand-made histories with what the signal must say of them.

`golden/<SIG-xx>.json`:

    {"signal": "SIG-01", "cases": [{"name": "…", "sort": "fires", "did": [{"kind": "info.sent", "ago": 8}], "says": "7 days"}, …]}

A case:
- `sort`: `fires` · `almost` (just does not) · `tolerated` (excluded, or the calendar explains it) · `not_computable`.
  Each file has all four. `fires` must have a strength, the others none; `not_computable` alone is unknown.
- `did`: what customer 1 did. `kind`, `ago` (days before 2026-06-01 00:00 UTC), and where they matter `value` (null), `attrs` ({}),
  `known` (days ago at which it was known; as it happened), `times` (1) with `every` (days between repetitions, going back).
- `others` ([]): kinds of which the workspace has activities of another customer.
- `tier` ("low"), `params` ({}): the customer's tier, and numbers other than the default ones.
- `periods` ([]): tolerant periods of the calendar as `{"from": 30, "to": 20, "lunar": false}`, in days ago, `from` the older; a
  lunar one is followed by the same festival a year of `year` (354) days before.
- `says`: a piece of the English sentence of one that fires. `strength`: its strength where it matters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from liuke.accounts.domain.calendar import Calendar, Period, PeriodKind
from liuke.signals.service import signals_all
from tests.features.stream import AS_OF, Did
from tests.signals.scenes import judge

CORPUS = Path(__file__).parent / "golden"
SORTS = {"fires", "almost", "tolerated", "not_computable"}
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(CORPUS.glob("*.json"))}
CASES = [pytest.param(code, case, id=f"{code}: {case['name']}") for code, told in FILES.items() for case in told["cases"]]


def history(rows: Sequence[Mapping[str, Any]]) -> list[Did]:
    """The activities of customer 1."""
    return [
        Did(1, row["ago"] + at * row.get("every", 1), row["kind"], row.get("value"), row.get("known"), json.dumps(row.get("attrs", {})))
        for row in rows
        for at in range(row.get("times", 1))
    ]


def calendar(periods: Sequence[Mapping[str, Any]]) -> Calendar:
    """Tolerant periods by days ago; day 1 is the day before the moment."""
    return Calendar(tuple(period for row in periods for period in _years(row)))


def _years(row: Mapping[str, Any]) -> list[Period]:
    start, end = (AS_OF.date() - timedelta(days=row[name]) for name in ("from", "to"))
    lunar = row.get("lunar", False)
    back = [timedelta(days=days) for days in ((0, row.get("year", 354)) if lunar else (0,))]
    return [Period(PeriodKind.OWN, "quiet", start - days, end - days, tolerant=True, lunar=lunar) for days in back]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_the_signal_says_of_each_history_what_people_would(code: str, case: Mapping[str, Any]) -> None:
    did = [*history(case["did"]), *(Did(2, 1, kind, None) for kind in case.get("others", []))]
    known = [*did, Did(1, 900, "guide.reported", None)]
    fired = judge(code, known, tier=case.get("tier", "low"), calendar=calendar(case.get("periods", [])), **case.get("params", {}))
    assert (fired.strength > 0, fired.unknown) == (case["sort"] == "fires", case["sort"] == "not_computable"), fired
    if "says" in case:
        assert case["says"] in fired.text
    if "strength" in case:
        assert fired.strength == pytest.approx(case["strength"], abs=0.01)


@pytest.mark.parametrize("code", FILES)
def test_a_file_of_the_corpus_has_histories_of_every_sort(code: str) -> None:
    cases = FILES[code]["cases"]
    assert FILES[code]["signal"] == code
    assert {case["sort"] for case in cases} == SORTS
    assert all("says" in case for case in cases if case["sort"] == "fires")
    assert len({case["name"] for case in cases}) == len(cases) >= 4


def test_every_signal_of_the_mission_has_a_file() -> None:
    assert {signal.code for signal in signals_all() if signal.mission} == set(FILES)
