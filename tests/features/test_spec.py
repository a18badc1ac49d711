"""DAT-13: a metric as a person describes it: what it becomes, and every fault of a wrong one at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.base.words import LANGUAGES, catalogue
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.builtin import BUILTIN, GROUPS
from liuke.features.domain.code import code_of
from liuke.features.domain.metric import named_once
from liuke.features.domain.moment import Moment
from liuke.features.domain.named import Unit, metric_of, unit_of
from liuke.features.domain.spec import ALLOWED, Measure, MetricSpec, Shape, spec_declared, spec_from_plain, spec_to_plain
from liuke.features.service import Source, features_compute
from liuke.features.service.wording import kind_name, metric_name, metric_sentence
from liuke.signals.domain.signal import World
from liuke.signals.service import signal_metrics, signals_all
from tests.features.stream import AS_OF, Did, runner, stream

KINDS = [kind.value for kind in Kind]
GROUPED = ["attr.industry"]


@st.composite
def specs(draw: st.DrawFn) -> MetricSpec:
    """Any description that the editor can send."""
    shape = draw(st.sampled_from(Shape))
    measure = draw(st.sampled_from(ALLOWED[shape]))
    weeks = draw(st.integers(2, 12))
    kinds = draw(st.lists(st.sampled_from(["order.placed", "login", "contract.ends"]), unique=True, min_size=1, max_size=2))
    valued = measure in {Measure.SUM, Measure.MEAN, Measure.MEDIAN, Measure.LAST}
    return MetricSpec(
        kinds=tuple(kinds),
        measure=measure,
        of=draw(st.sampled_from(["value", "attrs.quantity"])) if valued else "value",
        days=draw(st.integers(1, 60)) if shape is Shape.EARLIER else draw(st.none() | st.integers(1, 60)),
        skip=draw(st.integers(0, 20)),
        shape=shape,
        periods=draw(st.integers(1, 3)),
        by=draw(st.sampled_from(["", *GROUPED])) if shape is Shape.PEERS else "",
        weeks=weeks,
        drop=draw(st.sampled_from([0.2, 0.4])),
    )


@settings(max_examples=60, deadline=None)
@given(specs())
def test_a_description_survives_being_stored_and_read(spec: MetricSpec) -> None:
    assert spec_from_plain(spec_to_plain(spec), kinds=KINDS, groups=GROUPED) == spec


@settings(max_examples=40, deadline=None)
@given(specs())
def test_every_description_compiles_runs_and_ends_in_its_own_column(spec: MetricSpec) -> None:
    declared = spec_declared(spec, "mine")
    assert declared[-1].name == "mine"
    did = [Did(1, 3.5), Did(1, 20), Did(2, 5, "login"), Did(2, -3, "contract.ends", known=9)]
    table = features_compute(source=Source(runner(stream(did))), metrics=declared, moment=Moment(AS_OF, "UTC"))
    assert table["mine"].type == "double"
    assert table.num_rows == 2


@settings(max_examples=40, deadline=None)
@given(specs(), st.sampled_from(LANGUAGES))
def test_every_description_is_a_sentence_without_gaps(spec: MetricSpec, language: str) -> None:
    sentence = metric_sentence(metric_of("mine", spec, name="我的"), language)
    assert sentence
    assert not any(part in sentence for part in ("metrics.say", "None", "{", "—"))


def did_values(spec: MetricSpec, did: list[Did]) -> object:
    """The value of customer 1."""
    table = features_compute(source=Source(runner(stream(did))), metrics=spec_declared(spec, "m"), moment=Moment(AS_OF, "UTC"))
    return next(row["m"] for row in table.to_pylist() if row["customer_id"] == 1)


def test_against_several_earlier_windows_their_mean_is_the_usual() -> None:
    spec = MetricSpec(("order.placed",), Measure.SUM, days=30, shape=Shape.EARLIER, periods=3)
    did = [Did(1, 5, value=50.0), Did(1, 35, value=100.0), Did(1, 65, value=100.0), Did(1, 100, value=100.0)]
    assert did_values(spec, did) == 0.5
    assert did_values(replace(spec, measure=Measure.MEAN), did) == 0.5, "a mean of means needs no dividing by windows"
    assert did_values(spec, did[:1]) is None, "nothing before to compare with"


def test_the_own_rhythm_is_the_silence_over_the_usual_gap() -> None:
    did = [Did(1, 20.5 + 10 * nth) for nth in range(5)]
    assert did_values(MetricSpec(("order.placed",), Measure.DAYS_SINCE, shape=Shape.RHYTHM), did) == pytest.approx(2.05)


def test_a_streak_counts_three_weeks_in_a_row() -> None:
    did = [Did(1, 7 * week + nth + 0.5, "login") for week in range(3, 11) for nth in range(4)]
    assert did_values(MetricSpec(("login",), shape=Shape.STREAK, weeks=3), did) == 3.0


FAULTS = [
    ({"colour": "red"}, "colour", "field"),
    ({"shape": "round"}, "shape", "choice"),
    ({"measure": "guess"}, "measure", "choice"),
    ({"shape": "earlier", "measure": "distinct", "days": 30}, "measure", "choice"),
    ({"kinds": ["order.dreamt"]}, "kinds.0", "choice"),
    ({"kinds": "order.placed"}, "kinds", "list"),
    ({"measure": "sum", "of": "attrs.a b"}, "of", "choice"),
    ({"measure": "sum", "of": "channel"}, "of", "choice"),
    ({"days": 0}, "days", "whole"),
    ({"days": 1.5}, "days", "whole"),
    ({"days": True}, "days", "whole"),
    ({"skip": -1}, "skip", "whole"),
    ({"shape": "earlier"}, "days", "days"),
    ({"shape": "earlier", "days": 3000}, "days", "reach"),
    ({"shape": "peers", "by": "attr.colour"}, "by", "choice"),
    ({"shape": "streak", "weeks": 13}, "weeks", "whole"),
    ({"shape": "trend", "weeks": 1}, "weeks", "whole"),
    ({"drop": 2}, "drop", "share"),
    ({"drop": float("nan")}, "drop", "share"),
    ({"measure": "days_until"}, "kinds", "needed"),
]


@pytest.mark.parametrize(("plain", "at", "key"), FAULTS)
def test_a_fault_names_its_place_and_has_a_sentence(plain: dict[str, object], at: str, key: str) -> None:
    with pytest.raises(Invalid) as caught:
        spec_from_plain(plain, kinds=KINDS, groups=GROUPED)
    assert {(fault["at"], fault["key"]) for fault in caught.value.params["faults"]} == {(at, f"metrics.faults.{key}")}
    for language in LANGUAGES:
        assert f"metrics.faults.{key}" in catalogue(language)


def test_all_faults_come_at_once_with_what_is_allowed() -> None:
    with pytest.raises(Invalid) as caught:
        spec_from_plain({"measure": "guess", "days": -4, "kinds": ["x"], "drop": "much"}, kinds=["login"], groups=[])
    faults = caught.value.params["faults"]
    assert [fault["at"] for fault in faults] == ["measure", "kinds.0", "days", "drop"]
    assert faults[0]["allowed"] == [measure.value for measure in Measure]
    assert faults[1]["allowed"] == ["login"]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*MetricSpec.__dataclass_fields__, "x"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=3),
    )
)
def test_whatever_is_sent_is_read_or_refused_with_faults(plain: dict[str, object]) -> None:
    try:
        named_once(spec_declared(spec_from_plain(plain, kinds=KINDS, groups=GROUPED), "m"))
    except Invalid as fault:
        event("refused")
        if fault.code != "metric" or not fault.params["faults"]:
            raise


def test_a_code_is_made_of_the_name_or_of_what_is_measured() -> None:
    spec = MetricSpec(("login",), days=30)
    assert code_of("VIP logins", spec, ()) == "my_vip_logins"
    assert code_of("近30天登录", spec, ()) == "my_login_count_30"
    assert code_of("近30天登录", replace(spec, shape=Shape.STREAK), ()) == "my_login_count_30_streak"
    assert code_of("登录", spec, ("my_login_count_30", "my_login_count_30_2")) == "my_login_count_30_3"
    assert code_of("x" * 90, spec, ()).isidentifier()


@pytest.mark.parametrize(
    ("spec", "unit"),
    [
        (MetricSpec(("order.placed",), Measure.SUM), Unit.MONEY),
        (MetricSpec(("order.placed",), Measure.SUM, "attrs.quantity"), Unit.NUMBER),
        (MetricSpec(("login",), Measure.SUM), Unit.NUMBER),
        (MetricSpec(), Unit.COUNT),
        (MetricSpec((), Measure.DAYS_SINCE), Unit.DAYS),
        (MetricSpec((), Measure.DAYS_SINCE, shape=Shape.RHYTHM), Unit.RATIO),
        (MetricSpec(shape=Shape.STREAK), Unit.WEEKS),
        (MetricSpec(shape=Shape.TREND), Unit.NUMBER),
    ],
)
def test_the_unit_follows_from_the_description(spec: MetricSpec, unit: Unit) -> None:
    assert unit_of(spec) is unit


def test_built_in_metrics_have_names_units_groups_and_sentences() -> None:
    assert len(BUILTIN) >= 40
    assert len({metric.code for metric in BUILTIN}) == len(BUILTIN)
    for metric in BUILTIN:
        assert metric.builtin
        assert metric.declared[-1].name == metric.code
        assert metric.unit in {unit.value for unit in Unit}
        assert metric.group in GROUPS
        for language in LANGUAGES:
            assert not metric_name(metric, language).startswith("metrics."), metric.code
            assert "metrics." not in metric_sentence(metric, language), metric.code


def test_a_number_that_a_signal_uses_too_is_the_same_column() -> None:
    world = World(KINDS)
    asked = [metric for signal in signals_all() for metric in signal_metrics(signal, signal.defaults(), world)]
    together = named_once([part for metric in BUILTIN for part in metric.declared] + asked)
    shared = {metric.code for metric in BUILTIN} & {metric.name for metric in asked}
    assert len(together) < sum(len(metric.declared) for metric in BUILTIN) + len(asked)
    assert {"order_since", "interaction_since", "order_amount_90", "order_gap_median", "order_days_365"} <= shared


def test_every_kind_of_activity_has_a_name() -> None:
    for language in LANGUAGES:
        assert [kind for kind in Kind if kind_name(kind.value, language) == kind.value] == []
    assert kind_name("our.own_kind", "zh-CN") == "our.own_kind"
