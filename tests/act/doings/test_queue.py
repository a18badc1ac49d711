"""Our doings reach the inbox once, in batches, however often they are told and wherever a worker dies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.act.doings.domain import SOURCE, Doing
from liuke.act.doings.queue import AT_ONCE, KIND, doing_note, doings_due, doings_hand_over
from liuke.act.store.models import OwnActivity
from liuke.connect.store.models import Batch
from liuke.facts.domain.kinds import Kind
from liuke.jobs.store.models import Job
from tests.connect.kept import activities_in
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
VISIT = Doing("visit:1", "C1", NOON, Kind.VISIT_MADE, actor="王芳", attrs={"visit": 1})


@pytest.fixture
def shop(db: None) -> Workspace:
    return make_workspace()


def told(workspace: Workspace) -> list[dict[str, object]]:
    """The activities of the batches, in their order."""
    return [row for batch in Batch.objects.filter(workspace=workspace).order_by("pk") for row in activities_in(batch)]


def test_what_is_noted_together_leaves_as_one_batch_under_our_own_source(shop: Workspace) -> None:
    doing_note(shop.pk, VISIT)
    doing_note(shop.pk, replace(VISIT, id="visit:2"))
    assert Job.objects.filter(kind=KIND, workspace_id=shop.pk).count() == 1
    assert doings_hand_over(shop.pk) == 2
    [batch] = Batch.objects.all()
    assert (batch.source.name, batch.rows_total, batch.status) == (SOURCE, 2, "queued")
    first = told(shop)[0]
    assert (first["activity_id"], first["kind"], first["customer_key"], first["actor"]) == ("visit:1", "visit.made", "C1", "王芳")
    assert datetime.fromisoformat(str(first["ts"])) == NOON
    assert not OwnActivity.objects.exists()


def test_nothing_to_tell_makes_nothing(shop: Workspace) -> None:
    doing_note(shop.pk, None)
    assert not OwnActivity.objects.exists()
    assert not Job.objects.exists()
    assert doings_hand_over(shop.pk) == 0
    assert not Batch.objects.exists()


def test_the_later_word_stands_where_both_wait(shop: Workspace) -> None:
    doing_note(shop.pk, VISIT)
    doing_note(shop.pk, replace(VISIT, kind=Kind.TAKEN_BACK))
    assert doings_hand_over(shop.pk) == 1
    assert [row["kind"] for row in told(shop)] == ["entry.taken_back"]


def test_told_again_afterwards_it_goes_again_under_the_same_id_which_corrects(shop: Workspace) -> None:
    for doing in (VISIT, replace(VISIT, kind=Kind.TAKEN_BACK)):
        doing_note(shop.pk, doing)
        doings_hand_over(shop.pk)
    assert [(row["activity_id"], row["kind"]) for row in told(shop)] == [("visit:1", "visit.made"), ("visit:1", "entry.taken_back")]


def test_a_cause_that_is_rolled_back_tells_nothing(shop: Workspace) -> None:
    with transaction.atomic():
        doing_note(shop.pk, VISIT)
        transaction.set_rollback(True)
    assert not OwnActivity.objects.exists()
    assert not Job.objects.exists()


def test_a_death_between_batch_and_end_leaves_both_undone(shop: Workspace) -> None:
    doing_note(shop.pk, VISIT)
    with patch.object(OwnActivity.objects, "filter", side_effect=RuntimeError), pytest.raises(RuntimeError):
        doings_hand_over(shop.pk)
    with patch("liuke.act.doings.queue.batch_ingest", side_effect=RuntimeError), pytest.raises(RuntimeError):
        doings_hand_over(shop.pk)
    assert OwnActivity.objects.count() == 1
    assert not Batch.objects.exists()
    assert doings_hand_over(shop.pk) == 1


def test_many_leave_in_several_batches_and_the_tick_finds_every_workspace(shop: Workspace) -> None:
    row = {"activity_id": "a", "customer_key": "C1", "ts": NOON.isoformat(), "kind": "visit.made", "channel": "", "actor": "", "attrs": {}}
    other = make_workspace()
    rows = [OwnActivity(workspace=shop, activity_id=f"a{number}", row=row | {"activity_id": f"a{number}"}) for number in range(AT_ONCE + 1)]
    OwnActivity.objects.bulk_create([*rows, OwnActivity(workspace=other, activity_id="b", row=row)])
    assert doings_due() == AT_ONCE + 2
    assert sorted(Batch.objects.values_list("workspace_id", "rows_total")) == sorted([(shop.pk, AT_ONCE), (shop.pk, 1), (other.pk, 1)])
