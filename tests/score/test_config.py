"""The configuration: complete defaults per industry, there and back as JSON, all faults at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid, NotFound
from liuke.base.words import LANGUAGES, catalogue
from liuke.score.domain.config import checked, from_plain
from liuke.score.domain.templates import TEMPLATES, default, template
from liuke.signals.service import signals_all


@pytest.mark.parametrize("industry", sorted(TEMPLATES))
def test_every_industry_starts_with_a_complete_valid_configuration(industry: str) -> None:
    config = default(industry)
    assert checked(config) == config
    assert set(config.signals) == {signal.code for signal in signals_all()}


@pytest.mark.parametrize("industry", sorted(TEMPLATES))
def test_a_configuration_survives_json(industry: str) -> None:
    config = default(industry)
    assert from_plain(json.loads(json.dumps(config.to_plain())), default()) == config


def test_SCR_10_saas_loses_after_90_days_without_login_and_ecommerce_after_180_without_order() -> None:
    assert (template("saas").churn.days, "login" in template("saas").churn.kinds) == (90, True)
    assert (template("ecommerce").churn.days, tuple(template("ecommerce").churn.kinds)) == (180, ("order.placed",))


def test_an_unknown_industry_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="manufacturing"):
        template("space")


def test_what_is_not_given_comes_from_the_fallback() -> None:
    changed = from_plain({"signals": {"SIG-20": {"params": {"drop": 0.5}}}}, default("retail"))
    assert changed.signals["SIG-20"].params["drop"] == 0.5
    assert changed.signals["SIG-20"].points == default("retail").signals["SIG-20"].points
    assert changed.signals["SIG-21"] == default("retail").signals["SIG-21"]


def test_all_faults_come_at_once_with_what_is_allowed() -> None:
    with pytest.raises(Invalid) as caught:
        from_plain(
            {
                "base": 200,
                "colour": 1,
                "bands": {"early": 80, "medium": 70, "loud": 1},
                "tiers": {"by": "taste", "high": 1, "mid": 2},
                "signals": {
                    "SIG-99": {},
                    "SIG-20": {"points": -3, "enabled": "yes", "params": {"drop": 2, "speed": 1}},
                    "growth": {"points": 5},
                    "SIG-21": 7,
                },
            },
            default(),
        )
    faults = {fault["at"]: fault for fault in caught.value.params["faults"]}
    assert set(faults) == {
        "colour", "base", "bands", "bands.loud", "tiers", "tiers.by", "signals.SIG-99", "signals.SIG-20.points",
        "signals.SIG-20.enabled", "signals.SIG-20.params.drop", "signals.SIG-20.params.speed", "signals.growth.points", "signals.SIG-21",
    }  # fmt: skip
    assert (faults["signals.SIG-20.params.drop"]["low"], faults["signals.SIG-20.params.drop"]["high"]) == (0.05, 0.95)
    assert "SIG-20" in faults["signals.SIG-99"]["allowed"]
    for language in LANGUAGES:
        assert all(fault["key"] in catalogue(language) for fault in faults.values())


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=3), lambda part: st.dictionaries(st.text(max_size=3), part), max_leaves=5
    )
)
def test_nonsense_is_refused_with_faults_never_with_a_crash(part: object) -> None:
    for name in ("base", "bands", "tiers", "signals"):
        try:
            from_plain({name: part}, default())
        except Invalid as fault:
            assert fault.params["faults"]  # noqa: PT017 - either it is valid or it says why not


def test_a_changed_number_is_checked_before_use() -> None:
    with pytest.raises(Invalid, match="period_days"):
        checked(default().changed("SIG-20", period_days=100_000))
