"""The catalogue as a whole: texts in both languages, evidence that opens rows, numbers within their limits."""

from __future__ import annotations

from string import Formatter

import pytest

from liuke.base.errors import NotFound
from liuke.base.times import DAY_US
from liuke.base.words import LANGUAGES, catalogue
from liuke.facts.domain.kinds import Kind
from liuke.signals.service import evidence, signal_computable, signal_get, signals_all
from tests.features.stream import AS_OF, NOW


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("signal", signals_all(), ids=lambda signal: signal.code)
def test_every_signal_has_a_name_a_description_a_sentence_and_named_numbers(signal: object, language: str) -> None:
    texts = catalogue(language)
    assert {f"signals.{signal.code}.name", f"signals.{signal.code}.description"} <= texts.keys()
    assert any(key == f"reasons.{signal.code}" or key.startswith(f"reasons.{signal.code}.") for key in texts)
    assert {f"signals.params.{parameter.name}" for parameter in signal.parameters} <= texts.keys()
    assert not signal.missing or signal.missing in texts


def test_both_languages_fill_the_same_numbers_into_a_sentence() -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    chinese, english = catalogue("zh-CN"), catalogue("en")
    for key in chinese:
        if key.startswith("reasons."):
            assert fields(chinese[key]) == fields(english[key]), key


@pytest.mark.parametrize("signal", signals_all(), ids=lambda signal: signal.code)
def test_defaults_lie_within_their_limits_and_protective_points_are_negative(signal: object) -> None:
    for parameter in signal.parameters:
        assert parameter.low <= parameter.default <= parameter.high, parameter.name
    assert signal.protective is (signal.points < 0)
    assert signal.protective is not signal.mission.startswith(("SIG", "SCR"))


def test_the_signals_of_the_first_release_are_there() -> None:
    mission = {signal.mission for signal in signals_all()} - {""}
    assert mission >= {f"SIG-{number}" for number in ("05", "08", "09", "13", "20", "21", "23", "24", "42")}


@pytest.mark.parametrize("signal", signals_all(), ids=lambda signal: signal.code)
def test_every_reason_opens_the_rows_behind_it_and_none_from_after_the_moment(signal: object) -> None:
    window = evidence(signal=signal.code, as_of=AS_OF, zone="UTC")
    assert window.since_us < window.until_us == NOW
    assert window.kinds or window.but


def test_the_evidence_reaches_as_far_as_the_numbers_of_the_signal() -> None:
    window = evidence(signal="SIG-20", params={"period_days": 30, "usual_periods": 6}, as_of=AS_OF, zone="UTC")
    assert (window.until_us - window.since_us) // DAY_US == 210
    assert window.kinds == ("order.placed",)


def test_an_unknown_signal_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="SIG-05"):
        signal_get("SIG-99")


def test_a_signal_without_its_kinds_of_activity_is_not_computable() -> None:
    assert not signal_computable(signal_get("SIG-24"), ["order.placed"])
    assert signal_computable(signal_get("SIG-24"), ["ticket.opened"])
    assert signal_computable(signal_get("SIG-08"), [])


def test_service_key_action_intent_and_payment_rows_are_there() -> None:
    rows = ("30", "31", "33", "34", "35", "36", "40", "41", "43", "44", "50", "51", "52", "53", "54", "55", "60", "61")
    assert {signal.mission for signal in signals_all()} >= {"SCR-11", *(f"SIG-{row}" for row in rows)}


def test_every_need_is_a_kind_of_the_vocabulary() -> None:
    assert {need for signal in signals_all() for need in signal.needs} <= set(Kind)
