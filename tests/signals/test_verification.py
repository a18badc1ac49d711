"""DAT-03..06, SIG-06: what looks odd waits for a person's word, and the word counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa
import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.base.errors import Forbidden, Invalid
from liuke.base.times import to_us
from liuke.base.words import LANGUAGES, catalogue
from liuke.segments.service.members import members_by_hand
from liuke.segments.service.tags import tags_ensure
from liuke.signals.domain.verification import CaseKind, Finding, steps_of
from liuke.signals.service.anomalies import findings, signals_held, silent_sources
from liuke.signals.service.verification import (
    CONFIRMED_TAG,
    cases_decide,
    cases_open,
    cases_reopen,
    cases_visible,
    cases_waiting,
    sources_trusted,
)
from liuke.signals.store.models import VerificationCase
from tests.factories import actor_of, make_actor, make_customer, make_member, make_workspace

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
Run = Callable[[str], pa.Table]


def drop(customer: int) -> Finding:
    """SIG-06 fires."""
    return Finding(CaseKind.DROP, "SIG-06", customer, "reasons.SIG-06", {"drop": 0.9, "usual": 20, "now": 2})


SOURCE = Finding(CaseKind.SOURCE, "erp", None, "verification.source", {"since": NOW.isoformat(), "days": 9, "usual": 1})


@pytest.fixture
def space() -> Workspace:
    """A workspace with the built-in tags."""
    made = make_workspace()
    tags_ensure(made)
    return made


@pytest.fixture
def worker(space: Workspace) -> Actor:
    """Somebody who handles all customers."""
    return make_actor(space, Role.OPERATIONS)


def status_of(case: VerificationCase) -> str:
    """As it is kept now."""
    return VerificationCase.objects.get(pk=case.pk).status


def stream(*rows: tuple[int, datetime, str, float | None, str]) -> Run:
    """An activity table: customer, time, kind, value, source."""
    columns = list(zip(*rows, strict=True))
    times = [to_us(at) for at in columns[1]]
    activity = pa.table(
        {
            "customer_id": pa.array(columns[0], pa.int64()), "ts_us": times, "known_us": times, "kind": columns[2],
            "value": pa.array(columns[3], pa.float64()), "source": columns[4],
        }
    )  # fmt: skip

    def run(sql: str) -> pa.Table:
        with duckdb.connect() as connection:
            connection.register("activity", activity)
            return connection.sql(sql).to_arrow_table()

    return run


def daily(source: str, kind: str, *, until: int, customer: int = 1) -> list[tuple[int, datetime, str, float | None, str]]:
    """A row each day for 60 days, the newest so many days ago."""
    return [(customer, NOW - (until + back) * DAY, kind, None, source) for back in range(60)]


class TestCases:
    """Opened and ended by scorings."""

    def test_a_finding_opens_one_case_however_often_it_is_seen(self, space: Workspace) -> None:
        customer = make_customer(space).pk
        assert cases_open(workspace=space, as_of=NOW, found=[drop(customer)]) == 1
        assert cases_open(workspace=space, as_of=NOW + DAY, found=[drop(customer)]) == 0
        case = VerificationCase.objects.get()
        assert (case.opened_at, case.seen_at, case.ended_at) == (NOW, NOW + DAY, None)

    def test_what_is_gone_before_anybody_looked_is_asked_no_more(self, space: Workspace, worker: Actor) -> None:
        cases_open(workspace=space, as_of=NOW, found=[drop(make_customer(space).pk)])
        cases_open(workspace=space, as_of=NOW + DAY, found=[])
        assert VerificationCase.objects.get().status == "gone"
        assert not cases_waiting(worker, NOW + DAY).exists()

    def test_a_source_has_one_case_too(self, space: Workspace) -> None:
        for day in range(3):
            cases_open(workspace=space, as_of=NOW + day * DAY, found=[SOURCE])
        assert VerificationCase.objects.count() == 1

    def test_kinds_that_were_not_checked_stay(self, space: Workspace) -> None:
        cases_open(workspace=space, as_of=NOW, found=[SOURCE])
        cases_open(workspace=space, as_of=NOW + DAY, found=[], checked=[CaseKind.DROP])
        assert VerificationCase.objects.get().status == "open"

    def test_wrong_is_not_asked_again_until_it_has_stopped_once(self, space: Workspace, worker: Actor) -> None:
        customer = make_customer(space).pk
        cases_open(workspace=space, as_of=NOW, found=[drop(customer)])
        case = VerificationCase.objects.get()
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="wrong", note="接口断了", now=NOW)
        assert cases_open(workspace=space, as_of=NOW + DAY, found=[drop(customer)]) == 0
        assert not cases_waiting(worker, NOW + DAY).exists()
        cases_open(workspace=space, as_of=NOW + 2 * DAY, found=[])
        assert status_of(case) == "wrong"
        assert cases_open(workspace=space, as_of=NOW + 3 * DAY, found=[drop(customer)]) == 1

    def test_steps_name_what_is_new_seen_and_gone(self) -> None:
        steps = steps_of([drop(1).place, drop(2).place], [drop(2), drop(3)], checked=list(CaseKind))
        assert ([one.customer_id for one in steps.opened], steps.seen, steps.ended) == ([3], {drop(2).place}, {drop(1).place})


class TestDecisions:
    """属实 / 数据错误 / 季节性 / 稍后."""

    @pytest.fixture
    def case(self, space: Workspace) -> VerificationCase:
        cases_open(workspace=space, as_of=NOW, found=[drop(make_customer(space).pk)])
        return VerificationCase.objects.get()

    def test_confirmed_counts_until_it_is_over(self, space: Workspace, worker: Actor, case: VerificationCase) -> None:
        assert cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="confirmed", note="", now=NOW) == [case.pk]
        assert members_by_hand(space) == {CONFIRMED_TAG: {case.customer_id}}
        cases_open(workspace=space, as_of=NOW + DAY, found=[drop(case.customer_id or 0)])
        assert members_by_hand(space) == {CONFIRMED_TAG: {case.customer_id}}
        cases_open(workspace=space, as_of=NOW + 2 * DAY, found=[])
        assert members_by_hand(space) == {}
        assert status_of(case) == "confirmed"

    @pytest.mark.parametrize("decision", ["wrong", "seasonal", "later"])
    def test_everything_else_does_not_count(self, space: Workspace, worker: Actor, case: VerificationCase, decision: str) -> None:
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision=decision, note="", now=NOW)
        assert members_by_hand(space) == {}
        assert not cases_waiting(worker, NOW + DAY).exists()

    def test_later_comes_back_after_a_week_or_on_the_day_named(self, space: Workspace, worker: Actor, case: VerificationCase) -> None:
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="later", note="", now=NOW)
        assert list(cases_waiting(worker, NOW + 7 * DAY)) == [case]
        cases_reopen(actor=worker, workspace=space, case_ids=[case.pk], now=NOW)
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="later", note="", now=NOW, until=NOW + DAY)
        assert list(cases_waiting(worker, NOW + DAY)) == [case]

    def test_undo_makes_it_wait_again_and_count_no_more(self, space: Workspace, worker: Actor, case: VerificationCase) -> None:
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="confirmed", note="真的", now=NOW)
        assert cases_reopen(actor=worker, workspace=space, case_ids=[case.pk], now=NOW) == [case.pk]
        assert members_by_hand(space) == {}
        again = VerificationCase.objects.get()
        assert (again.status, again.note, again.decided_at) == ("open", "", None)
        assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"case_decide", "case_reopen"}

    def test_a_decided_case_is_not_decided_twice(self, space: Workspace, worker: Actor, case: VerificationCase) -> None:
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="wrong", note="", now=NOW)
        assert cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="confirmed", note="", now=NOW) == []

    def test_another_managers_case_is_not_seen(self, space: Workspace, case: VerificationCase) -> None:
        stranger = make_actor(space, Role.MANAGER)
        assert not cases_visible(stranger).exists()
        assert cases_decide(actor=stranger, workspace=space, case_ids=[case.pk], decision="wrong", note="", now=NOW) == []

    def test_an_own_customers_case_is_seen_but_no_sources(self, space: Workspace) -> None:
        owner = make_member(space, Role.MANAGER)
        mine = make_customer(space, owner=owner).pk
        cases_open(workspace=space, as_of=NOW, found=[drop(mine), SOURCE])
        assert [case.customer_id for case in cases_visible(actor_of(owner))] == [mine]

    def test_an_unknown_decision_is_refused_and_an_analyst_may_not_decide(self, space: Workspace, worker: Actor) -> None:
        with pytest.raises(Invalid, match="case_decision"):
            cases_decide(actor=worker, workspace=space, case_ids=[], decision="maybe", note="", now=NOW)
        with pytest.raises(Forbidden):
            cases_decide(actor=make_actor(space, Role.ANALYST), workspace=space, case_ids=[], decision="wrong", note="", now=NOW)

    def test_a_source_said_to_be_seasonal_is_trusted(self, space: Workspace, worker: Actor) -> None:
        cases_open(workspace=space, as_of=NOW, found=[SOURCE])
        assert sources_trusted(space) == frozenset()
        case = VerificationCase.objects.get(kind="source")
        cases_decide(actor=worker, workspace=space, case_ids=[case.pk], decision="seasonal", note="春节", now=NOW)
        assert sources_trusted(space) == {"erp"}


class TestFindings:
    """What looks odd in the stream."""

    def test_a_source_that_stopped_is_found_and_its_signals_wait(self, space: Workspace) -> None:
        run = stream(*daily("erp", "order.placed", until=9), *daily("app", "login", until=0))
        assert [silent.name for silent in silent_sources(run, NOW)] == ["erp"]
        held, _ = signals_held(run, NOW)
        assert "SIG-21" in held
        assert signals_held(run, NOW, trusted={"erp"}) == (frozenset(), ())
        assert [(one.kind, one.about) for one in findings(space.pk, run, NOW)] == [(CaseKind.SOURCE, "erp")]

    def test_a_kind_that_stopped_while_its_source_goes_on_is_a_breakpoint(self, space: Workspace) -> None:
        run = stream(*daily("app", "feature.used", until=9), *daily("app", "login", until=0))
        assert [(one.kind, one.about) for one in findings(space.pk, run, NOW)] == [(CaseKind.FEATURE, "feature.used")]

    def test_nothing_is_odd_while_all_speak(self, space: Workspace) -> None:
        run = stream(*daily("erp", "order.placed", until=0), *daily("app", "login", until=1))
        assert findings(space.pk, run, NOW) == []

    def test_a_complaint_and_five_stars_within_a_week_contradict_each_other(self, space: Workspace) -> None:
        run = stream(
            *daily("erp", "order.placed", until=0),
            (7, NOW - 10 * DAY, "ticket.opened", None, "desk"), (7, NOW - 4 * DAY, "rating.given", 5.0, "desk"),
            (8, NOW - 10 * DAY, "ticket.opened", None, "desk"), (8, NOW - 2 * DAY, "rating.given", 5.0, "desk"),
            (9, NOW - 10 * DAY, "ticket.opened", None, "desk"), (9, NOW - 9 * DAY, "rating.given", 4.0, "desk"),
            (10, NOW - 9 * DAY, "ticket.opened", None, "desk"), (10, NOW - 10 * DAY, "rating.given", 5.0, "desk"),
        )  # fmt: skip
        assert [one.customer_id for one in findings(space.pk, run, NOW)] == [7]

    def test_a_zombie_registered_a_month_ago_and_never_did_anything(self, space: Workspace) -> None:
        idle = make_customer(space, registered_at=NOW - 31 * DAY).pk
        acted = make_customer(space, registered_at=NOW - 31 * DAY).pk
        only_mailed = make_customer(space, registered_at=NOW - 40 * DAY).pk
        make_customer(space, registered_at=NOW - 29 * DAY)
        make_customer(space)
        run = stream(
            *daily("erp", "order.placed", until=0, customer=acted), (only_mailed, NOW - DAY, "campaign.sent", None, "erp")
        )  # fmt: skip
        assert [one.customer_id for one in findings(space.pk, run, NOW)] == [idle, only_mailed]

    def test_nothing_after_the_moment_is_read(self, space: Workspace) -> None:
        run = stream(*daily("erp", "order.placed", until=-20))
        assert findings(space.pk, run, NOW) == []

    def test_every_finding_has_a_sentence_in_both_languages(self) -> None:
        for language in LANGUAGES:
            assert {f"verification.{kind}" for kind in ("source", "feature", "contradiction", "zombie")} <= set(catalogue(language))
