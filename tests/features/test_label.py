"""A label definition read from data, and what each kind of loss finds in a stream (ML-01)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.base.times import DAY_US
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.label import LabelDefinition, LabelKind, label_from_plain, label_usual
from liuke.features.domain.label_outcomes import labels_overridden
from liuke.features.domain.moment import Moment
from liuke.features.service import Source
from liuke.features.service.labelling import labels_at, life_span
from tests.features.conftest import Sourced
from tests.features.stream import AS_OF, Did

MOMENT = Moment(AS_OF, "UTC")
KINDS = tuple(Kind)
ORDERS = ("order.placed",)


def labels(source: Source, definition: LabelDefinition, outcomes: pa.Table | None = None) -> dict[int, float]:
    """Who is eligible, and whether lost."""
    found = labels_at(source=source, moment=MOMENT, definition=definition, outcomes=outcomes)
    return dict(zip(found["customer_id"].to_pylist(), found["lost"].to_pylist(), strict=True))


def when(source: Source, definition: LabelDefinition) -> dict[int, float | None]:
    """Days from the moment until it counts as lost."""
    found = labels_at(source=source, moment=MOMENT, definition=definition)
    ids, times = found["customer_id"].to_pylist(), found["at_us"].to_pylist()
    return {who: None if at is None else (at - MOMENT.us) / DAY_US for who, at in zip(ids, times, strict=True)}


def told(*rows: tuple[int, float, float | None]) -> pa.Table:
    """Outcomes: customer, days before the moment, lost."""
    return pa.table(
        {
            "customer_id": pa.array([row[0] for row in rows], pa.int64()),
            "at_us": pa.array([MOMENT.us - int(row[1] * DAY_US) for row in rows], pa.int64()),
            "lost": pa.array([row[2] for row in rows], pa.float64()),
        }
    )


def test_inactivity_is_lost_on_the_day_on_which_the_silence_leaves_the_active_days(sourced: Sourced) -> None:
    definition = LabelDefinition(horizon_days=60, active_days=100, kinds=ORDERS)
    did = [Did(1, 40), Did(2, 40), Did(2, -30), Did(3, 101)]
    source = sourced(did)
    assert labels(source, definition) == {1: 1.0, 2: 0.0}
    assert when(source, definition) == {1: pytest.approx(60), 2: None}


def test_an_event_loses_only_those_who_had_none_before(sourced: Sourced) -> None:
    definition = LabelDefinition(LabelKind.EVENT, 60, 100, ("account.closed",))
    did = [
        Did(1, 5), Did(1, -10, "account.closed"), Did(2, 5), Did(3, 5), Did(3, 3, "account.closed"),
        Did(4, 5), Did(4, -61, "account.closed"),
    ]  # fmt: skip
    source = sourced(did)
    assert labels(source, definition) == {1: 1.0, 2: 0.0, 4: 0.0}
    assert when(source, definition)[1] == pytest.approx(10)


def test_a_contract_counts_as_not_renewed_only_after_its_grace(sourced: Sourced) -> None:
    definition = LabelDefinition(LabelKind.NON_RENEWAL, 60, 100, (), grace_days=30)
    did = [
        Did(1, -20, "contract.ends", known=300),
        Did(2, -20, "contract.ends", known=300), Did(2, -45, "contract.renewed"),  # within the grace
        Did(3, -20, "contract.ends", known=300), Did(3, -51, "contract.renewed"),  # after it
        Did(4, -20, "contract.ends", known=300), Did(4, 5, "contract.renewed"),  # settled before the moment
        Did(5, -20, "contract.ends", known=-10),  # not known at the moment
        Did(6, -61, "contract.ends", known=300),  # ends after the horizon
    ]  # fmt: skip
    source = sourced(did)
    assert labels(source, definition) == {1: 1.0, 2: 0.0, 3: 1.0}
    assert when(source, definition)[1] == pytest.approx(50)
    assert definition.mature_days == 90


def test_a_spend_drop_compares_with_the_usual_of_as_many_days(sourced: Sourced) -> None:
    definition = LabelDefinition(LabelKind.SPEND_DROP, 50, 100, ORDERS, drop=0.7)
    did = [Did(who, 10, value=200.0) for who in (1, 2, 3)] + [Did(1, -5, value=30.0), Did(2, -5, value=31.0), Did(4, 10, value=0.0)]
    source = sourced(did)
    assert labels(source, definition) == {1: 1.0, 2: 0.0, 3: 1.0}


def test_outcomes_alone_leave_everybody_else_as_staying(sourced: Sourced) -> None:
    definition = LabelDefinition(LabelKind.OUTCOME, 60, 100)
    did = [Did(1, 5), Did(2, 5)]
    source = sourced(did)
    assert labels(source, definition, told((2, -10, 1.0))) == {1: 0.0, 2: 1.0}


def test_OUT_01_a_registered_outcome_comes_before_what_the_stream_says(sourced: Sourced) -> None:
    definition = LabelDefinition(horizon_days=60, active_days=100, kinds=ORDERS)
    did = [Did(who, 5) for who in range(1, 7)] + [Did(2, -5)]
    outcomes = told(
        (1, -10, 0.0),  # silent, but renewed by phone
        (2, -10, 1.0),  # ordered, but said goodbye
        (3, 10, 1.0),  # lost before: nobody can lose it again
        (4, -10, None),  # paused: says nothing
        (5, 20, 1.0), (5, 10, 0.0),  # came back before the moment
        (6, -61, 1.0),  # after the horizon
    )  # fmt: skip
    source = sourced(did)
    assert labels(source, definition, outcomes) == {1: 0.0, 2: 1.0, 5: 1.0, 6: 1.0}


def test_outcomes_of_strangers_change_nothing() -> None:
    empty = pa.table({"customer_id": pa.array([], pa.int64()), "lost": pa.array([], pa.float64()), "at_us": pa.array([], pa.int64())})
    assert labels_overridden(empty, told((9, 1, 1.0)), MOMENT, LabelDefinition()).num_rows == 0


def test_the_span_of_life_reads_only_signs_of_life_before_the_moment(sourced: Sourced) -> None:
    did = [Did(1, 300), Did(1, 30), Did(1, 5, "login"), Did(1, -5)]
    first, last = life_span(source=sourced(did), moment=MOMENT, definition=LabelDefinition(kinds=ORDERS)) or (0, 0)
    assert [round((MOMENT.us - at) / DAY_US) for at in (first, last)] == [300, 30]
    assert life_span(source=sourced([Did(1, -5)]), moment=MOMENT, definition=LabelDefinition(kinds=ORDERS)) is None


@given(
    st.builds(
        LabelDefinition,
        kind=st.sampled_from(LabelKind),
        horizon_days=st.integers(7, 400),
        active_days=st.integers(7, 1100),
        kinds=st.lists(st.sampled_from([kind.value for kind in Kind]), min_size=1, max_size=5, unique=True).map(
            lambda names: tuple(sorted(names))
        ),
        drop=st.floats(0.1, 0.95),
        grace_days=st.integers(0, 180),
    )
)
def test_a_definition_survives_its_plain_form(definition: LabelDefinition) -> None:
    assert label_from_plain(definition.to_plain(), LabelDefinition(), KINDS) == definition


def test_all_faults_of_a_definition_come_at_once() -> None:
    with pytest.raises(Invalid) as raised:
        label_from_plain(
            {"kind": "gone", "horizon_days": 3, "active_days": "x", "kinds": ["no.such"], "drop": 2, "extra": 1}, LabelDefinition(), KINDS
        )
    faults = raised.value.params["faults"]
    assert isinstance(faults, list)
    assert {fault["field"] for fault in faults} == {"kind", "horizon_days", "active_days", "kinds", "drop", "extra"}


def test_a_kind_that_reads_activities_needs_some() -> None:
    with pytest.raises(Invalid):
        label_from_plain({"kind": "event", "kinds": []}, LabelDefinition(), KINDS)
    assert label_from_plain({"kind": "outcome", "kinds": []}, LabelDefinition(), KINDS).kinds == ()


def test_an_event_without_kinds_means_leaving_and_not_the_usual_signs_of_life() -> None:
    assert label_from_plain({"kind": "event"}, LabelDefinition(), KINDS).kinds == ("account.closed", "renewal.refused")


def test_a_workspace_starts_from_its_churn_definition_but_watches_a_quarter_at_most() -> None:
    assert label_usual(ChurnDefinition(("login", "feature.used"), 60)) == LabelDefinition(
        LabelKind.INACTIVITY, 60, 60, ("feature.used", "login")
    )
    assert label_usual(ChurnDefinition(ORDERS, 365)).horizon_days == 90


def test_the_moment_is_exclusive_for_the_past_and_inclusive_for_the_future(sourced: Sourced) -> None:
    exact = Moment(datetime(2024, 1, 1, tzinfo=UTC), "UTC")
    assert exact.back(1) == datetime(2024, 1, 1, tzinfo=UTC) - timedelta(days=1)
    did = [Did(1, 5), Did(1, 0)]
    source = sourced(did)
    assert labels(source, LabelDefinition(horizon_days=60, active_days=100, kinds=ORDERS)) == {1: 0.0}
