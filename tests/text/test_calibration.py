"""The map of a workspace: rising, within 0–100, corrected by verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.text import Calibration, TextReader, calibration_from_plain, calibration_to_plain
from liuke.text.calibration import interpolate
from liuke.text.verdicts import Verdict, recalibrated

emotions = st.floats(0, 100)


def test_without_a_map_nothing_changes() -> None:
    assert [Calibration().apply(value) for value in (0, 12.5, 65, 100)] == [0, 12.5, 65, 100]


def test_between_two_points_it_is_a_line_and_outside_it_is_flat() -> None:
    points = ((10.0, 0.0), (20.0, 50.0), (40.0, 60.0))
    assert [interpolate(points, x) for x in (0, 10, 15, 20, 30, 99)] == [0, 0, 25, 50, 55, 60]


def test_a_map_survives_the_way_through_plain_data() -> None:
    made = Calibration(((0.0, 5.0), (60.0, 65.0), (100.0, 100.0)))
    assert calibration_from_plain(calibration_to_plain(made)) == made


@pytest.mark.parametrize(
    "points",
    [
        None,
        [],
        [[0, 0]],
        [[0, 0], [0, 10]],
        [[0, 10], [50, 5]],
        [[0, 0], [50, 101]],
        [[0, 0], "x"],
        [[-1, 0], [50, 50]],
        [[0, 0, 0], [1, 1, 1]],
    ],
)
def test_a_map_that_does_not_rise_within_its_limits_is_refused(points: object) -> None:
    with pytest.raises(Invalid) as fault:
        calibration_from_plain({"points": points})
    assert fault.value.code == "text_calibration"


def test_equal_maps_have_one_digest_and_others_another() -> None:
    assert Calibration().digest == Calibration().digest != Calibration(((0.0, 0.0), (100.0, 90.0))).digest


def test_the_reader_applies_the_map_of_the_workspace_and_names_it_in_the_version() -> None:
    flat = Calibration(((0.0, 40.0), (100.0, 40.0)))
    reading = TextReader.load(calibration=flat).read(["气死我了，垃圾"])[0]
    assert reading.emotion == 40.0
    assert flat.digest in reading.version


@given(st.lists(st.tuples(emotions, st.booleans()), max_size=60), emotions, emotions)
def test_whatever_the_verdicts_the_map_rises_and_stays_within_0_and_100(told: list[tuple[float, bool]], one: float, other: float) -> None:
    found = recalibrated([Verdict(emotion, negative) for emotion, negative in told])
    low, high = sorted((one, other))
    assert 0 <= found.apply(low) <= found.apply(high) <= 100
    assert calibration_from_plain(calibration_to_plain(found)) == found


def test_few_verdicts_hardly_move_the_map() -> None:
    found = recalibrated([Verdict(70, negative=False), Verdict(72, negative=False)])
    assert abs(found.apply(70) - 70) < 10


def test_many_false_alarms_at_70_push_70_below_the_limit() -> None:
    found = recalibrated([Verdict(70, negative=False)] * 60 + [Verdict(90, negative=True)] * 60)
    assert found.apply(70) < 65
    assert found.apply(95) > 65


def test_missed_anger_at_60_pulls_60_over_the_limit() -> None:
    found = recalibrated([Verdict(60, negative=True)] * 80 + [Verdict(20, negative=False)] * 40)
    assert found.apply(60) > 65
    assert found.apply(10) < 50


def test_no_verdicts_leave_the_map_alone() -> None:
    assert recalibrated([]) == Calibration()
