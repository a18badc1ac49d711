"""SEG-01..04: tags are made, edited, put away; their members are recorded after each scoring and kept as history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.words import LANGUAGES, catalogue
from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.segments.domain.builtin import BUILT_IN
from liuke.segments.domain.tag import TagKind, moves_between, tag_check
from liuke.segments.service.editing import TagDraft, members_add, members_remove, tag_archive, tag_create, tag_edit, tag_enable
from liuke.segments.service.members import counts_past, members_at, members_by_hand, tags_record
from liuke.segments.service.tags import tag_about, tag_get, tag_name, tags_active, tags_all, tags_read
from liuke.segments.store.models import Tag, TagCount, TagMembership
from tests.factories import make_actor, make_customer, make_team, make_workspace

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
_COLUMNS = (
    Column("annual_value", ColumnType.NUMBER, Stratum.METRIC, "money"),
    Column("tier", ColumnType.TEXT, Stratum.TAG, choices=("high", "mid", "low")),
    Column("rfm.f", ColumnType.NUMBER, Stratum.METRIC),
    Column("owner", ColumnType.NUMBER, Stratum.METRIC),
    Column("registered_at", ColumnType.MOMENT, Stratum.METRIC),
    Column("contract.ends_on", ColumnType.MOMENT, Stratum.METRIC),
    Column("last_interaction_at", ColumnType.MOMENT, Stratum.METRIC),
    Column("tags", ColumnType.TAGS, Stratum.TAG),
    Column("score", ColumnType.NUMBER, Stratum.SCORE),
    Column("score_change_7d", ColumnType.NUMBER, Stratum.SCORE),
    *(Column(f"signal.{code}", ColumnType.FLAG, Stratum.SIGNAL) for code in ("SIG-20", "SIG-21", "SIG-24", "SIG-56", "SCR-11")),
)
COLUMNS: Catalogue = {column.name: column for column in _COLUMNS}
BIG = {"when": {"column": "annual_value", "op": "ge", "value": 1000}, "exclude": None}
RISKY = {"when": {"column": "score", "op": "ge", "value": 50}, "exclude": None}
SIGNALLED = {"when": {"column": "signal.SIG-20", "op": "is_true"}, "exclude": None}


def draft(**change: object) -> TagDraft:
    """A behaviour tag as somebody types it."""
    plain = {"name": "大客户", "about": "", "kind": "behaviour", "rule": BIG, "weight": 5, "colour": "blue"}
    return TagDraft(**(plain | change))


@pytest.fixture
def space() -> Workspace:
    """A workspace without tags of its own."""
    return make_workspace()


@pytest.fixture
def editor(space: Workspace) -> Actor:
    """Somebody who may publish."""
    return make_actor(space, Role.OPERATIONS)


@pytest.fixture
def tag(space: Workspace, editor: Actor) -> Tag:
    """大客户."""
    return tag_create(actor=editor, workspace=space, draft=draft(), catalogue=COLUMNS)


def ids(space: Workspace, many: int) -> list[int]:
    """So many new customers."""
    return [make_customer(space).pk for _ in range(many)]


def carried(tag: Tag) -> set[int]:
    """Who carries the tag."""
    return set(TagMembership.objects.filter(tag=tag, until__isnull=True).values_list("customer_id", flat=True))


def stays(tag: Tag, customer: int) -> list[tuple[datetime, datetime | None]]:
    """The customer's stays, oldest first."""
    return list(TagMembership.objects.filter(tag=tag, customer_id=customer).order_by("since").values_list("since", "until"))


class TestDomain:
    """Pure rules."""

    @given(st.frozensets(st.integers(0, 30)), st.frozensets(st.integers(0, 30)), st.frozensets(st.integers(0, 30)))
    def test_moves_applied_to_before_give_after_and_the_kept(
        self, before: frozenset[int], after: frozenset[int], hand: frozenset[int]
    ) -> None:
        kept = hand & before
        moves = moves_between(before, after, kept=kept)
        assert (before | moves.entered) - moves.left == after | kept
        assert not moves.entered & before
        assert moves.left <= before

    def test_every_fault_of_a_tag_is_told_at_once(self) -> None:
        with pytest.raises(Invalid) as refused:
            tag_check(name=" ", about="x" * 201, kind="other", weight=31, colour="pink", has_rule=True)
        assert [fault["at"] for fault in refused.value.params["faults"]] == ["name", "about", "colour", "weight", "kind"]

    @pytest.mark.parametrize("weight", [-30, 0, 30])
    def test_weights_to_30_points_either_way_are_allowed(self, weight: int) -> None:
        assert tag_check(name="a", about="", kind="attribute", weight=weight, colour="blue", has_rule=True) is TagKind.ATTRIBUTE

    def test_a_predictive_tag_needs_a_rule_and_weighs_nothing(self) -> None:
        with pytest.raises(Invalid) as refused:
            tag_check(name="a", about="", kind="predictive", weight=1, colour="blue", has_rule=False)
        keys = [fault["key"] for fault in refused.value.params["faults"]]
        assert keys == ["faults.tag_predictive_weight", "faults.tag_predictive_rule"]

    def test_ten_or_more_tags_are_built_in_and_have_texts_in_both_languages(self) -> None:
        assert len(BUILT_IN) >= 10
        for language in LANGUAGES:
            words = catalogue(language)
            assert all(f"tags.{tag.code}.{part}" in words for tag in BUILT_IN for part in ("name", "about"))


class TestReading:
    """Which tags there are."""

    def test_the_built_in_ones_come_by_themselves_once(self, space: Workspace) -> None:
        assert [tag.code for tag in tags_all(space)] == [tag.code for tag in BUILT_IN]
        assert len(tags_all(space)) == len(BUILT_IN)

    def test_every_built_in_rule_reads_with_the_strata_of_its_kind(self, space: Workspace) -> None:
        read = tags_read(space, COLUMNS)
        assert read.broken == {}
        assert {tag.code for tag in read.active} == {tag.code for tag in BUILT_IN}

    def test_a_built_in_name_is_in_the_readers_language(self, space: Workspace) -> None:
        high = next(tag for tag in tags_all(space) if tag.code == "high_risk")
        assert (tag_name(high, "zh-CN"), tag_name(high, "en")) == ("高危客户", "Customer at high risk")
        assert "SIG-20/21" in tag_about(high, "zh-CN")

    def test_a_tag_whose_column_is_gone_is_left_out_and_told(self, space: Workspace) -> None:
        read = tags_read(space, {name: column for name, column in COLUMNS.items() if name != "signal.SIG-24"})
        assert set(read.broken) == {"leaving_group"}
        assert "leaving_group" not in {tag.code for tag in read.active}

    def test_predictive_tags_follow_the_score_the_others_precede_it(self, space: Workspace) -> None:
        before = {tag.code: tag.before_score for tag in tags_active(space, COLUMNS)}
        assert before["high_value"]
        assert not before["high_risk"]

    def test_disabled_and_archived_tags_are_not_active(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        tag_enable(actor=editor, workspace=space, tag_id=tag.pk, enabled=False)
        assert tag.code not in {one.code for one in tags_active(space, COLUMNS)}
        tag_enable(actor=editor, workspace=space, tag_id=tag.pk, enabled=True)
        tag_archive(actor=editor, workspace=space, tag_id=tag.pk, archived=True, now=NOW)
        assert tag.code not in {one.code for one in tags_active(space, COLUMNS)}


class TestEditing:
    """What people change."""

    def test_a_tag_is_made_and_audited(self, tag: Tag) -> None:
        assert (tag.kind, tag.weight, tag.rule["when"]["column"]) == ("behaviour", 5, "annual_value")
        assert AuditEntry.objects.filter(action="tag_create", object_id=str(tag.pk)).exists()

    @pytest.mark.parametrize(
        ("kind", "rule", "place"),
        [
            ("behaviour", RISKY, "when.column"),
            ("attribute", SIGNALLED, "when.column"),
            ("behaviour", {"when": {"column": "tags", "op": "has", "value": "t1"}, "exclude": None}, "when.column"),
        ],
    )
    def test_an_upward_reference_is_refused(self, space: Workspace, editor: Actor, kind: str, rule: dict[str, object], place: str) -> None:
        with pytest.raises(Invalid) as refused:
            tag_create(actor=editor, workspace=space, draft=draft(kind=kind, rule=rule), catalogue=COLUMNS)
        assert [fault["at"] for fault in refused.value.params["faults"]] == [place]

    def test_a_predictive_tag_may_read_signals_and_the_score(self, space: Workspace, editor: Actor) -> None:
        made = tag_create(actor=editor, workspace=space, draft=draft(kind="predictive", rule=RISKY, weight=0), catalogue=COLUMNS)
        assert made.kind == "predictive"

    def test_two_tags_of_one_name_are_refused(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        with pytest.raises(Conflict, match="tag_name_taken"):
            tag_create(actor=editor, workspace=space, draft=draft(), catalogue=COLUMNS)

    def test_editing_keeps_the_code_and_renames_a_built_in_one_only_if_asked(self, space: Workspace, editor: Actor) -> None:
        frequent = next(tag for tag in tags_all(space) if tag.code == "frequent")
        same = draft(name="高频", rule=frequent.rule, weight=-3)
        assert tag_name(tag_edit(actor=editor, workspace=space, tag_id=frequent.pk, draft=same, catalogue=COLUMNS), "en") == "Frequent"
        other = tag_edit(actor=editor, workspace=space, tag_id=frequent.pk, draft=draft(name="常客", rule=frequent.rule), catalogue=COLUMNS)
        assert (other.code, tag_name(other, "en")) == ("frequent", "常客")

    def test_an_archived_tag_comes_back_by_undo_but_is_not_edited(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        tag_archive(actor=editor, workspace=space, tag_id=tag.pk, archived=True, now=NOW)
        assert tag in tags_all(space, archived=True)
        with pytest.raises(Conflict, match="tag_archived"):
            tag_edit(actor=editor, workspace=space, tag_id=tag.pk, draft=draft(), catalogue=COLUMNS)
        tag_archive(actor=editor, workspace=space, tag_id=tag.pk, archived=False, now=NOW)
        assert tag in tags_all(space)

    def test_restoring_beside_a_new_tag_of_the_name_is_refused(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        tag_archive(actor=editor, workspace=space, tag_id=tag.pk, archived=True, now=NOW)
        tag_create(actor=editor, workspace=space, draft=draft(), catalogue=COLUMNS)
        with pytest.raises(Conflict, match="tag_name_taken"):
            tag_archive(actor=editor, workspace=space, tag_id=tag.pk, archived=False, now=NOW)

    def test_another_workspaces_tag_does_not_exist(self, editor: Actor, tag: Tag) -> None:
        with pytest.raises(NotFound, match="tag_unknown"):
            tag_get(workspace=make_workspace(), tag_id=tag.pk)

    def test_an_account_manager_may_not_edit(self, space: Workspace) -> None:
        with pytest.raises(Forbidden):
            tag_create(actor=make_actor(space, Role.MANAGER), workspace=space, draft=draft(), catalogue=COLUMNS)


class TestMembers:
    """Who carries a tag, and since when."""

    def test_a_scoring_records_who_came_and_who_went(self, space: Workspace, tag: Tag) -> None:
        a, b, c = ids(space, 3)
        tags_record(workspace=space, as_of=NOW, members={tag.code: {a, b}})
        moves = tags_record(workspace=space, as_of=NOW + DAY, members={tag.code: {b, c}})
        assert (moves[tag.code].entered, moves[tag.code].left) == ({c}, {a})
        assert carried(tag) == {b, c}
        assert stays(tag, a) == [(NOW, NOW + DAY)]
        last = TagCount.objects.get(tag=tag, as_of=NOW + DAY)
        assert (last.members, last.entered, last.left) == (2, 1, 1)

    def test_who_returns_has_two_stays(self, space: Workspace, tag: Tag) -> None:
        (a,) = ids(space, 1)
        for day, members in enumerate([{a}, set(), {a}]):
            tags_record(workspace=space, as_of=NOW + day * DAY, members={tag.code: members})
        assert stays(tag, a) == [(NOW, NOW + DAY), (NOW + 2 * DAY, None)]

    def test_repeating_a_moment_with_another_answer_leaves_no_trace_of_the_first(self, space: Workspace, tag: Tag) -> None:
        a, b = ids(space, 2)
        tags_record(workspace=space, as_of=NOW, members={tag.code: {a}})
        for members in ({b}, {a, b}, {a}):
            tags_record(workspace=space, as_of=NOW + DAY, members={tag.code: members})
        assert stays(tag, a) == [(NOW, None)]
        assert stays(tag, b) == []
        assert TagCount.objects.filter(tag=tag).count() == 2
        assert TagCount.objects.get(tag=tag, as_of=NOW + DAY).entered == 0

    def test_an_earlier_moment_does_not_rewrite_history(self, space: Workspace, tag: Tag) -> None:
        a, b = ids(space, 2)
        tags_record(workspace=space, as_of=NOW, members={tag.code: {a}})
        assert tags_record(workspace=space, as_of=NOW - DAY, members={tag.code: {b}}) == {}
        assert carried(tag) == {a}

    def test_members_at_a_past_moment_are_those_of_then(self, space: Workspace, tag: Tag) -> None:
        a, b = ids(space, 2)
        tags_record(workspace=space, as_of=NOW, members={tag.code: {a}})
        tags_record(workspace=space, as_of=NOW + 2 * DAY, members={tag.code: {b}})
        assert members_at(space, NOW + DAY) == {tag.code: {a}}
        assert members_at(space, NOW + 2 * DAY) == {tag.code: {b}}
        assert members_at(space, NOW - DAY) == {}

    def test_no_scoring_takes_out_who_was_put_in_by_hand(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        a, b = ids(space, 2)
        assert members_add(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=[a], now=NOW) == [a]
        tags_record(workspace=space, as_of=NOW + DAY, members={tag.code: {b}})
        assert carried(tag) == {a, b}
        assert members_by_hand(space) == {tag.code: {a}}
        assert TagCount.objects.get(tag=tag).members == 2

    def test_who_was_put_in_by_hand_is_taken_out_by_hand(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        a, b = ids(space, 2)
        members_add(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=[a], now=NOW)
        tags_record(workspace=space, as_of=NOW, members={tag.code: {b}})
        assert members_remove(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=[a, b], now=NOW + DAY) == [a]
        assert carried(tag) == {b}
        assert stays(tag, a) == [(NOW, NOW + DAY)]

    def test_taking_back_at_the_same_moment_leaves_no_stay(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        (a,) = ids(space, 1)
        members_add(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=[a], now=NOW)
        members_remove(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=[a], now=NOW)
        assert stays(tag, a) == []

    def test_a_member_of_the_rule_becomes_one_by_hand(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        (a,) = ids(space, 1)
        tags_record(workspace=space, as_of=NOW, members={tag.code: {a}})
        assert members_add(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=[a], now=NOW) == [a]
        tags_record(workspace=space, as_of=NOW + DAY, members={tag.code: set()})
        assert stays(tag, a) == [(NOW, None)]

    def test_only_visible_customers_are_put_in(self, space: Workspace, tag: Tag) -> None:
        seller = make_actor(space, Role.MANAGER, team=make_team(space))
        (other,) = ids(space, 1)
        assert members_add(actor=seller, workspace=space, tag_id=tag.pk, customer_ids=[other], now=NOW) == []
        assert carried(tag) == set()

    def test_too_many_at_once_are_refused(self, space: Workspace, editor: Actor, tag: Tag) -> None:
        with pytest.raises(Invalid, match="tag_members_many"):
            members_add(actor=editor, workspace=space, tag_id=tag.pk, customer_ids=range(501), now=NOW)

    def test_many_members_move_in_steps_that_every_database_takes(self, space: Workspace, tag: Tag) -> None:
        everybody = ids(space, 1100)
        tags_record(workspace=space, as_of=NOW, members={tag.code: everybody})
        moves = tags_record(workspace=space, as_of=NOW + DAY, members={tag.code: everybody[:1]})
        assert len(moves[tag.code].left) == 1099
        assert carried(tag) == {everybody[0]}

    def test_the_past_counts_come_oldest_first(self, space: Workspace, tag: Tag) -> None:
        a, b = ids(space, 2)
        for day, members in enumerate([{a}, {a, b}, {b}]):
            tags_record(workspace=space, as_of=NOW + day * DAY, members={tag.code: members})
        assert [count.members for count in counts_past([tag], last=2)[tag.pk]] == [2, 1]
