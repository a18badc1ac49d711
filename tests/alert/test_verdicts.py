"""What a verdict asks, without a database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from liuke.alert.domain.verdicts import FalseReason, SignalPrecision, VerdictKind, given
from liuke.base.errors import Invalid
from tests.alert.world import at

SIGNALS = ["SIG-20", "SIG-60"]


def judge(kind: str, **fields: Any) -> Any:
    """A verdict given on the Monday."""
    return given(kind, signals=fields.pop("signals", SIGNALS), now=at(0), **fields)


def test_BEY_03_the_main_reason_is_meant_unless_another_is_named() -> None:
    assert judge("valid").signal == "SIG-20"
    assert judge("known", signal="SIG-60", until=at(3)).signal == "SIG-60"
    assert judge("valid", signals=[]).signal == ""


@pytest.mark.parametrize("reason", list(FalseReason))
def test_BEY_03_a_false_alarm_takes_each_of_the_four_reasons(reason: FalseReason) -> None:
    assert judge("false_alarm", reason=reason.value).reason is reason


@pytest.mark.parametrize("kind", [VerdictKind.VALID, VerdictKind.TOO_LATE, VerdictKind.FALSE_ALARM])
def test_only_known_keeps_a_date(kind: VerdictKind) -> None:
    assert judge(kind.value, reason="seasonal", until=at(3)).until is None


@pytest.mark.parametrize("until", [None, at(0), at(-1), at(367)])
def test_BEY_03_known_needs_a_date_within_a_year(until: datetime | None) -> None:
    with pytest.raises(Invalid) as caught:
        judge("known", until=until)
    assert caught.value.code == "verdict_until"


def test_precision_counts_too_late_as_right_known_as_neither_and_nothing_as_no_figure() -> None:
    assert SignalPrecision("SIG-20", valid=6, false_alarm=2, too_late=2, known=9).precision == 0.8
    assert SignalPrecision("SIG-20", known=9).precision is None
