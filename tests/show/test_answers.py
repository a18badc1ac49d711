"""One alert's course to its answer, and which deadlines count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from liuke.show.domain.answers import Answers, Course, answers_of, handled

TOLD = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNTIL = TOLD + 10 * HOUR


def test_a_deadline_counts_once_it_is_over_or_the_alert_was_answered() -> None:
    assert not Course(TOLD).is_judged(UNTIL)
    assert not Course(TOLD, answered=TOLD + HOUR).is_judged(UNTIL), "there is none"
    assert not Course(TOLD, due=UNTIL).is_judged(UNTIL), "there is still time"
    assert Course(TOLD, due=UNTIL - HOUR).is_judged(UNTIL)
    assert Course(TOLD, answered=TOLD + HOUR, due=UNTIL + HOUR).is_judged(UNTIL)


def test_an_answer_is_in_time_up_to_the_deadline_itself() -> None:
    assert Course(TOLD, TOLD + HOUR, TOLD + HOUR).in_time
    assert not Course(TOLD, TOLD + 2 * HOUR, TOLD + HOUR).in_time
    assert not Course(TOLD, None, TOLD + HOUR).in_time
    assert not Course(TOLD, TOLD + HOUR).in_time


def test_an_owners_answers_and_the_figures_of_several() -> None:
    courses = [
        Course(TOLD, TOLD + HOUR, TOLD + 2 * HOUR),
        Course(TOLD, TOLD + 3 * HOUR, TOLD + 2 * HOUR),
        Course(TOLD, None, TOLD + 2 * HOUR),
        Course(TOLD, TOLD + 5 * HOUR),
        Course(TOLD, None, UNTIL + HOUR),
    ]
    mine = answers_of(courses, UNTIL, escalated=2, verdicts={"valid": 1})
    assert mine == Answers(told=5, hours=(1.0, 3.0, 5.0), in_time=1, with_deadline=3, escalated=2, verdicts={"valid": 1})
    both = handled([mine, Answers(told=1, verdicts={"valid": 2, "known": 1})])
    assert (both.told, both.answered, both.median_hours, both.verdicts) == (6, 3, 3.0, {"valid": 3, "known": 1})
