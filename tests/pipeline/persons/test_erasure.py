"""DAT-18: one person is erased everywhere, byte by byte; everybody else keeps what they have."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from liuke.accounts.service.tombstones import refusals_of, tombstones_path
from liuke.accounts.store.models import AuditEntry, Tombstone
from liuke.act.store.models import Comment, Notice, Receipt, Suppression, VisitPhoto, WorkItem
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound, Transient
from liuke.connect.domain.kept import unpack
from liuke.connect.service.storing import uploads_dir
from liuke.connect.store.models import Batch, BatchBody
from liuke.facts.domain.erasure import ORDER, Stage, left_to_do, proof_of
from liuke.facts.domain.person import GONE
from liuke.facts.store.models import AttributeVersion, Contact, Customer, PersonRequest, TextAnswer
from liuke.jobs.domain.contract import PlainContext
from liuke.jobs.store.models import Heartbeat, Job
from liuke.learn.domain.predicted import predicted_read
from liuke.learn.store.models import BacktestRun, MiningRun, Outcome
from liuke.pipeline import erasure as steps
from liuke.pipeline.erasure import erasure_run, erasures_replay
from liuke.pipeline.erasure_mentions import workspace_path
from liuke.score.store.models import ModelVersion
from liuke.show.service.persons import erase_preview, erase_start, erasure_lift
from liuke.show.store.models import WeeklyReport
from liuke.warehouse import open_warehouse
from tests.factories import actor_of, make_customer, make_member, make_workspace
from tests.pipeline.persons.planted import (
    AT,
    AT_US,
    KEY,
    NAME,
    PERSON,
    PHONE,
    Planted,
    data_files,
    database_files,
    database_renew,
    plant,
    score_write,
    traces_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "客户按《个人信息保护法》第四十七条要求删除"


@pytest.fixture
def world() -> Iterator[Planted]:
    open_warehouse(settings.LIUKE).close()
    for folder in ("uploads", "photos", "exports", "erasures", "lake", "warehouse"):
        for path in (settings.LIUKE.data_dir / folder).rglob("*"):
            path.unlink() if path.is_file() else None
    made = plant()
    yield made
    made.warehouse.drop(made.workspace.pk)


def asked(world: Planted, contact: bool = False) -> PersonRequest:
    return erase_start(
        actor=world.actor, customer_id=world.customer.pk, contact_id=world.contact.pk if contact else None,
        confirm=PERSON if contact else NAME, reason=REASON,
    )  # fmt: skip


def run(world: Planted, request: PersonRequest) -> dict[str, object]:
    context = PlainContext(workspace_id=world.workspace.pk, payload={"request": request.pk})
    return erasure_run(workspace=world.workspace, warehouse=world.warehouse, context=context, settings=settings.LIUKE)


def test_after_an_erasure_no_byte_of_the_person_is_left_in_any_file(world: Planted) -> None:
    world.warehouse.close()
    database_renew()
    planted = traces_in([*database_files(), *data_files()])
    assert "done.bin" in planted or planted, "the search finds what is there"
    assert any(PERSON in traces for traces in planted.values())
    request = asked(world)
    result = run(world, request)
    world.warehouse.close()
    assert traces_in([*database_files(), *data_files()]) == {}
    left = result["left"]
    assert isinstance(left, dict)
    assert (left["rows"], left["stream"], [name for name in left["files"] if "test" not in name]) == ({}, 0, [])
    request.refresh_from_db()
    assert request.finished_at is not None
    assert request.identity is None
    assert request.proof == proof_of(request.result or {})


def test_others_keep_their_rows_and_lose_only_the_mention(world: Planted) -> None:
    run(world, asked(world))
    assert set(Customer.objects.filter(workspace=world.workspace).values_list("key", flat=True)) == {"OTHER-1"}
    assert Contact.objects.get(customer=world.other).phone == "13800000000"
    comment = Comment.objects.get(work_item__customer=world.other)
    assert comment.text == f"和{GONE}一样，她的电话是 {GONE}，别的不变"
    assert Notice.objects.get(workspace=world.workspace).params == {"customer": GONE, "n": 1}
    report = WeeklyReport.objects.get(workspace=world.workspace).report
    assert report == {"lost": [{"customer_id": world.other.pk, "name": "不相干公司", "score": 1}], "text": f"本周流失：{GONE}"}
    checkup = MiningRun.objects.get(workspace=world.workspace).result
    assert checkup == {"calls": [{"key": "OTHER-1", "name": "不相干公司"}]}
    assert WorkItem.objects.filter(workspace=world.workspace).count() == 1
    assert Receipt.objects.filter(channel__workspace=world.workspace).count() == 1


def test_the_stream_loses_the_person_and_keeps_the_rest(world: Planted) -> None:
    run(world, asked(world))
    rows = world.warehouse.query(
        world.workspace.pk, "SELECT activity_id, customer_id, attrs FROM activity ORDER BY activity_id"
    ).to_pylist()
    assert len(rows) == 502
    assert {row["customer_id"] for row in rows} == {world.other.pk}
    told = {row["activity_id"]: json.loads(row["attrs"])["text"] for row in rows}
    assert told["a2"] == f"请联系{GONE} {GONE}"
    assert told["a3"] == "你好"
    for table in ("score", "frame"):
        found = world.warehouse.query(world.workspace.pk, f"SELECT customer_id FROM {table}")
        assert found["customer_id"].to_pylist() == [world.other.pk]


def test_kept_files_lose_the_person_and_no_other_row(world: Planted) -> None:
    photo = settings.LIUKE.data_dir / "photos" / VisitPhoto.objects.get().stored
    assert photo.is_file()
    run(world, asked(world))
    folder = uploads_dir()
    assert not photo.exists()
    assert not (folder / "done.bin").exists(), "imported already: nobody needs the upload"
    assert (folder / "waits.bin").read_text("gb18030") == "订单号,客户编号,备注\n2,OTHER-1,y\n"
    assert (folder / "clean.bin").read_bytes() == b"1,OTHER-1\n"
    assert (folder / "import-1.rejects.csv").read_text("utf-8-sig").splitlines()[1:] == ["3,坏,不相干"]
    bodies = [json.loads(unpack(body.body).raw) for body in BatchBody.objects.all()]
    assert bodies == [[{"customer_key": "OTHER-1", "attrs": {}}]], "the applied copy is gone, the waiting one lost the person's rows"
    assert Batch.objects.filter(stored_name="done.bin").count() == 0


def test_audit_and_refusals_stay_without_a_name_and_past_backtests_say_so(world: Planted) -> None:
    run(world, asked(world))
    assert AuditEntry.objects.filter(workspace=world.workspace, action="seen").exists()
    actions = set(AuditEntry.objects.filter(object_id=str(world.customer.pk)).values_list("action", flat=True))
    assert {"person_erase_asked", "person_erased"} <= actions
    kept = Suppression.objects.get(workspace=world.workspace)
    assert (kept.digest, kept.hint, kept.message_id) == ("e" * 40, "", None)
    backtest = BacktestRun.objects.get(workspace=world.workspace).result or {}
    assert backtest["notes"] == ["backtest.notes.erased"]
    assert backtest["top"] == [{"customer_id": world.other.pk, "name": "不相干公司", "score": 1}]
    foretold = ModelVersion.objects.get(workspace=world.workspace).predictions
    assert foretold is not None
    assert predicted_read(foretold)["customer_id"].to_pylist() == [world.other.pk]
    assert not TextAnswer.objects.filter(workspace=world.workspace).exists()
    assert Outcome.objects.filter(workspace=world.workspace).count() == 0


def test_the_person_is_refused_from_the_first_step_on(world: Planted) -> None:
    request = asked(world)
    assert not refusals_of(world.workspace.pk)
    run(world, request)
    refusals = refusals_of(world.workspace.pk)
    assert refusals.customer(KEY)
    assert refusals.reached_by([PHONE])


def test_an_erasure_that_dies_in_any_step_is_finished_by_the_next_run(world: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step is done, its being done is not yet written: the worst moment of a kill -9."""
    real = dict(steps.STEPS)
    database_renew()
    for stage in (Stage.FILES, Stage.ROWS, Stage.STREAM, Stage.SPACE):
        again = world if stage is Stage.FILES else plant()
        request = asked(again)

        def die(erasing: steps.Erasing, stage: Stage = stage) -> None:
            real[stage](erasing)
            raise KeyboardInterrupt

        monkeypatch.setattr(steps, "STEPS", {**real, stage: die})
        with pytest.raises(KeyboardInterrupt):
            run(again, request)
        monkeypatch.setattr(steps, "STEPS", real)
        run(again, request)
        again.warehouse.close()
        assert traces_in([*database_files(), *data_files()]) == {}, stage
        request.refresh_from_db()
        assert request.stage == Stage.PROOF
        assert (request.result or {})["rows"]["profile"] >= 3, "what the first run counted is not counted away by the second"
        if again is not world:
            again.warehouse.drop(again.workspace.pk)


def test_what_is_done_is_not_done_again(world: Planted) -> None:
    request = asked(world)
    first = run(world, request)
    assert run(world, request) == first
    assert AuditEntry.objects.filter(action="person_erased", object_id=str(world.customer.pk)).count() == 1
    assert left_to_do("") == ORDER
    assert left_to_do(Stage.PROOF) == ()


def test_erasing_a_contact_leaves_the_customer_and_takes_the_person(world: Planted) -> None:
    run(world, asked(world, contact=True))
    customer = Customer.objects.get(pk=world.customer.pk)
    assert not Contact.objects.filter(customer=customer).exists()
    assert not Comment.objects.filter(text__contains=PERSON).exists()
    assert Comment.objects.get(work_item__customer=customer).text == f"{GONE}很生气"
    assert customer.attributes["手机"] == GONE
    attrs = world.warehouse.query(world.workspace.pk, "SELECT attrs FROM activity WHERE activity_id = 'a1'")["attrs"][0].as_py()
    assert json.loads(attrs)["text"] == f"我是{GONE}，电话 {GONE}"
    refusals = refusals_of(world.workspace.pk)
    assert refusals.contact(KEY, "1")
    assert not refusals.customer(KEY), "the company goes on"


def test_a_name_that_somebody_else_has_too_stays_theirs(world: Planted) -> None:
    namesake = make_customer(world.workspace, key="TWIN", name="甲")
    Contact.objects.create(customer=namesake, key="1", name=PERSON, phone="13700000000")
    elsewhere = make_customer(make_workspace(), key="ELSEWHERE", name=NAME)
    item = WorkItem.objects.create(workspace=elsewhere.workspace, customer=elsewhere, kind="manual", title="x", due_at=AT, created_at=AT)
    Comment.objects.create(work_item=item, at=AT, text=f"找{NAME}", request_key="elsewhere")
    run(world, asked(world))
    assert Contact.objects.get(customer=namesake).name == PERSON
    assert Customer.objects.get(key="ELSEWHERE").name == NAME, "another workspace has customers of its own"
    assert Comment.objects.get(work_item=item).text == f"找{NAME}"


def test_every_table_leads_to_its_workspace_or_belongs_to_nobody() -> None:
    assert workspace_path(Comment) == "work_item__workspace"
    assert workspace_path(WorkItem) == "workspace"
    assert workspace_path(AttributeVersion) == "customer__workspace"
    assert workspace_path(Heartbeat) is None


def test_a_workbook_with_the_person_that_waits_for_its_import_makes_the_erasure_wait(world: Planted) -> None:
    with zipfile.ZipFile(uploads_dir() / "waits.bin", "w") as book:
        book.writestr("xl/sharedStrings.xml", f"<si><t>{KEY}</t></si>")
    request = asked(world)
    with pytest.raises(Transient, match="person_upload_waits"):
        run(world, request)
    assert Customer.objects.filter(pk=world.customer.pk).exists(), "the rows go only when the files can"


def test_a_preview_counts_what_would_go_and_says_what_to_type(world: Planted) -> None:
    seen = erase_preview(actor=world.actor, warehouse=world.warehouse, customer_id=world.customer.pk)
    assert seen.confirm == NAME
    assert (seen.counts["activities"], seen.counts["scores"], seen.counts["visits"]) == (1, 1, 2)
    assert seen.counts["messages"] == 3
    assert "tombstone" in seen.stays
    result = run(world, asked(world))
    rows = result["rows"]
    assert isinstance(rows, dict)
    assert {name: number for name, number in seen.counts.items() if name not in {"activities", "scores"}} == rows
    person = erase_preview(actor=world.actor, warehouse=world.warehouse, customer_id=world.other.pk, contact_id=Contact.objects.get().pk)
    assert person.confirm == "不相干"


def test_only_who_runs_the_workspace_erases_and_only_with_name_and_reason(world: Planted) -> None:
    where = {"customer_id": world.customer.pk}
    with pytest.raises(Invalid, match="person_confirm"):
        erase_start(actor=world.actor, confirm="欧阳", reason=REASON, **where)
    with pytest.raises(Invalid, match="person_reason"):
        erase_start(actor=world.actor, confirm=NAME, reason="  ", **where)
    for role in ("manager", "operations", "supervisor", "analyst"):
        member = make_member(world.workspace, role)  # type: ignore[arg-type]
        with pytest.raises(Forbidden):
            erase_start(actor=actor_of(member), confirm=NAME, reason=REASON, **where)
    with pytest.raises(NotFound, match="contact_unknown"):
        erase_start(actor=world.actor, contact_id=10**6, confirm=NAME, reason=REASON, **where)
    assert not PersonRequest.objects.exists()


def test_asking_twice_is_one_request_and_one_job(world: Planted) -> None:
    first, second = asked(world), asked(world)
    assert first.pk == second.pk
    assert Job.objects.filter(kind="person_erase").count() == 1


def test_lifting_lets_the_person_in_again_with_a_reason(world: Planted) -> None:
    request = asked(world)
    with pytest.raises(Conflict, match="person_not_erased"):
        erasure_lift(actor=world.actor, request_id=request.pk, reason="回来了")
    run(world, request)
    with pytest.raises(Invalid, match="person_reason"):
        erasure_lift(actor=world.actor, request_id=request.pk, reason="")
    lifted = erasure_lift(actor=world.actor, request_id=request.pk, reason="本人重新签约")
    assert lifted.lifted_reason == "本人重新签约"
    assert not refusals_of(world.workspace.pk)
    again = erasure_lift(actor=world.actor, request_id=request.pk, reason="再来")
    assert again.lifted_reason == "本人重新签约", "the first word stands"


def test_a_restore_from_before_erases_the_person_again(world: Planted) -> None:
    run(world, asked(world))
    Tombstone.objects.all().delete()
    PersonRequest.objects.all().delete()
    back = make_customer(world.workspace, key=KEY, name=NAME)  # as the backup had it
    Contact.objects.create(customer=back, key="1", name=PERSON, phone=PHONE)
    assert erasures_replay(settings.LIUKE) == 1
    assert not Customer.objects.filter(key=KEY).exists()
    request = PersonRequest.objects.get()
    assert (request.by_name, request.finished_at is not None) == ("restore", True)
    assert erasures_replay(settings.LIUKE) == 0


def test_a_contact_that_a_restore_brings_back_goes_again_and_a_lifted_person_stays(world: Planted) -> None:
    run(world, asked(world, contact=True))
    Contact.objects.create(customer=world.customer, key="1", name=PERSON)
    assert erasures_replay(settings.LIUKE) == 1
    assert not Contact.objects.filter(customer=world.customer).exists()
    for request in PersonRequest.objects.all():
        erasure_lift(actor=world.actor, request_id=request.pk, reason="回来了")
    Contact.objects.create(customer=world.customer, key="1", name=PERSON)
    assert erasures_replay(settings.LIUKE) == 0


def test_the_proof_search_finds_what_somebody_hides(world: Planted) -> None:
    hidden = Path(settings.LIUKE.data_dir) / "uploads" / "hidden.bin"
    request = asked(world)
    real = dict(steps.STEPS)
    for stage in (Stage.MARKS, Stage.FILES, Stage.ROWS, Stage.MENTIONS, Stage.STREAM, Stage.LAKE, Stage.SPACE):
        assert stage in real
    hidden.write_bytes(b"\x00" + PERSON.encode("utf-16-le") + b"\x00")
    result = run(world, request)
    hidden.unlink()
    left = result["left"]
    assert isinstance(left, dict)
    assert "uploads/hidden.bin" in left["files"], "no batch knows the file: it is told, not passed over"


def test_a_score_that_is_written_meanwhile_goes_too(world: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """The live path runs beside an erasure: it may have begun with the customer before the rows went."""
    real = dict(steps.STEPS)

    def late(erasing: steps.Erasing) -> None:
        real[Stage.SPACE](erasing)
        score_write(world, AT_US + 1)

    monkeypatch.setattr(steps, "STEPS", {**real, Stage.SPACE: late})
    result = run(world, asked(world))
    left = result["left"]
    assert isinstance(left, dict)
    assert left["stream"] == 0
    found = world.warehouse.query(world.workspace.pk, "SELECT DISTINCT customer_id FROM score")
    assert world.customer.pk not in found["customer_id"].to_pylist()


def test_the_file_of_tombstones_is_there_before_a_row_goes(world: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def look(erasing: steps.Erasing) -> None:
        seen.append(tombstones_path(erasing.settings.data_dir).is_file() and Customer.objects.filter(pk=world.customer.pk).exists())
        raise Transient("person_database_busy")

    monkeypatch.setattr(steps, "STEPS", {**steps.STEPS, Stage.FILES: look})
    with pytest.raises(Transient):
        run(world, asked(world))
    assert seen == [True]


def test_this_run_is_on_the_database_that_it_says() -> None:
    assert connection.vendor in {"sqlite", "postgresql"}
    assert database_files()
