"""Comments, visits with photos, content packs: who sees them, who is told, what can be taken back."""

from __future__ import annotations

import io

import pytest

from liuke.accounts.store.models import AuditEntry
from liuke.act.plans import service as plans
from liuke.act.plans.files import MEBIBYTE, path_of
from liuke.act.plans.packs import MOST_FILES
from liuke.act.plans.service import Spot
from liuke.act.plans.visits import MOST_PHOTOS
from liuke.act.store.models import Comment, Notice, Visit, VisitPhoto, WorkItem
from liuke.act.tasks.reading import work_items_visible
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from tests.alert.world import Company
from tests.photos import EXIF, JPEG, PLACE, PNG, jpeg

pytestmark = pytest.mark.django_db


def test_who_may_be_named_is_exactly_who_sees_the_task(acme: Company, item: WorkItem) -> None:
    members = (acme.admin, acme.supervisor, acme.wang, acme.li, acme.outsider, acme.it, acme.analyst)
    see = {member.pk for member in members if work_items_visible(acme.actor(member)).filter(pk=item.pk).exists()}
    found = WorkItem.objects.select_related("customer").get(pk=item.pk)
    assert {member.pk for member in plans.who_sees(found)} == see
    assert see == {acme.admin.pk, acme.supervisor.pk, acme.wang.pk, acme.analyst.pk}


def test_a_mention_tells_the_colleague_once_and_never_oneself(acme: Company, item: WorkItem) -> None:
    actor = acme.actor(acme.wang)
    for _ in range(2):
        plans.comment_add(actor=actor, item_id=item.pk, text=" 请看 ", mentions=[acme.supervisor.pk, acme.wang.pk], key="c1")
    told = Notice.objects.filter(key="notices.mention")
    assert [(note.recipient_id, note.link) for note in told] == [(acme.supervisor.pk, f"/tasks/{item.pk}")]
    assert [comment.text for comment in plans.comments_of(item.pk)] == ["请看"]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_comment_has_words_but_not_too_many(acme: Company, item: WorkItem, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        plans.comment_add(actor=acme.actor(acme.wang), item_id=item.pk, text=text, key="c1")
    assert caught.value.code == "comment_text"


def test_nobody_is_called_to_a_task_that_they_cannot_open(acme: Company, stranger: Company, item: WorkItem) -> None:
    for member in (acme.outsider, acme.it, stranger.wang):
        with pytest.raises(Invalid) as caught:
            plans.comment_add(actor=acme.actor(acme.wang), item_id=item.pk, text="x", mentions=[member.pk], key="c1")
        assert caught.value.code == "comment_mention"
    assert not Comment.objects.exists()


def test_only_the_author_takes_a_comment_back(acme: Company, item: WorkItem) -> None:
    comment = plans.comment_add(actor=acme.actor(acme.wang), item_id=item.pk, text="x", key="c1")
    with pytest.raises(NotFound):
        plans.comment_remove(actor=acme.actor(acme.admin), comment_id=comment.pk)
    plans.comment_remove(actor=acme.actor(acme.wang), comment_id=comment.pk)
    assert not plans.comments_of(item.pk).exists()
    plans.comment_remove(actor=acme.actor(acme.wang), comment_id=comment.pk, removed=False)
    assert plans.comments_of(item.pk).count() == 1


def visited(acme: Company, item: WorkItem | None = None, **fields: object) -> Visit:
    """A visit of wang's to the customer of the item."""
    given = {"text": "见到采购", "key": "v1", "item_id": item.pk if item else None}
    return plans.visit_record(actor=acme.actor(acme.wang), customer_id=acme.customers["wang1"].pk, **(given | fields))


def test_MOB_03_a_visit_takes_the_task_in_hand_and_is_kept_once(acme: Company, item: WorkItem) -> None:
    first = visited(acme, item, place="客户办公室", spot=Spot(31.2304, 121.4737, 12))
    again = visited(acme, item)
    item.refresh_from_db()
    assert (first.pk, item.status) == (again.pk, "doing")
    assert (first.latitude, first.longitude, first.accuracy) == (31.2304, 121.4737, 12)


def test_a_visit_needs_words_a_place_or_a_spot(acme: Company) -> None:
    with pytest.raises(Invalid):
        visited(acme, text=" ")
    assert visited(acme, text="", place="门店").place == "门店"


@pytest.mark.parametrize("spot", [Spot(91, 0, 1), Spot(0, 181, 1), Spot(0, 0, -1), Spot(float("nan"), 0, 1)])
def test_a_place_off_the_earth_is_refused(acme: Company, spot: Spot) -> None:
    with pytest.raises(Invalid) as caught:
        visited(acme, spot=spot)
    assert [fault["field"] for fault in caught.value.params["faults"]] == ["spot"]


def test_a_key_of_another_customers_visit_and_a_task_of_another_customer_are_refused(acme: Company, item: WorkItem) -> None:
    visited(acme)
    with pytest.raises(Conflict):
        plans.visit_record(actor=acme.actor(acme.wang), customer_id=acme.customers["wang2"].pk, item_id=None, text="x", key="v1")
    with pytest.raises(NotFound):
        plans.visit_record(actor=acme.actor(acme.wang), customer_id=acme.customers["wang2"].pk, item_id=item.pk, text="x", key="v2")


def test_visits_are_seen_by_those_who_see_the_customer(acme: Company, stranger: Company) -> None:
    visit = visited(acme)
    seen = {
        name: plans.visits_visible(company.actor(member)).filter(pk=visit.pk).exists()
        for name, company, member in (
            ("wang", acme, acme.wang),
            ("supervisor", acme, acme.supervisor),
            ("li", acme, acme.li),
            ("stranger", stranger, stranger.admin),
        )
    }
    assert seen == {"wang": True, "supervisor": True, "li": False, "stranger": False}


def test_a_visit_is_taken_back_by_its_author_or_who_assigns(acme: Company) -> None:
    visit = visited(acme)
    plans.visit_remove(actor=acme.actor(acme.supervisor), visit_id=visit.pk)
    assert not plans.visits_visible(acme.actor(acme.wang)).exists()
    plans.visit_remove(actor=acme.actor(acme.wang), visit_id=visit.pk, removed=False)
    assert plans.visits_visible(acme.actor(acme.wang)).exists()
    with pytest.raises(Forbidden):
        plans.visit_remove(actor=acme.actor(acme.analyst), visit_id=visit.pk)


def test_MOB_03_a_photo_is_kept_without_its_place_and_every_look_is_in_the_trail(acme: Company) -> None:
    visit = visited(acme)
    photo = plans.visit_photo_add(actor=acme.actor(acme.wang), visit_id=visit.pk, stream=io.BytesIO(jpeg(8, 8, EXIF)))
    shown, path = plans.visit_photo_open(actor=acme.actor(acme.supervisor), photo_id=photo.pk)
    assert path.read_bytes() == JPEG
    assert PLACE not in path.read_bytes()
    assert shown.kind == "image/jpeg"
    seen = AuditEntry.objects.filter(object_type="visit_photo", action="seen")
    assert [(entry.actor, entry.object_id) for entry in seen] == [(f"user:{acme.supervisor.user_id}", str(photo.pk))]


def test_a_photo_is_hidden_from_strangers_from_other_teams_and_from_those_without_personal_data(acme: Company, stranger: Company) -> None:
    visit = visited(acme)
    photo = plans.visit_photo_add(actor=acme.actor(acme.wang), visit_id=visit.pk, stream=io.BytesIO(PNG))
    with pytest.raises(Forbidden):
        plans.visit_photo_open(actor=acme.actor(acme.analyst), photo_id=photo.pk)
    for actor in (acme.actor(acme.outsider), stranger.actor(stranger.admin)):
        with pytest.raises(NotFound):
            plans.visit_photo_open(actor=actor, photo_id=photo.pk)
    plans.visit_remove(actor=acme.actor(acme.wang), visit_id=visit.pk)
    with pytest.raises(NotFound):
        plans.visit_photo_open(actor=acme.actor(acme.wang), photo_id=photo.pk)


def test_photos_are_few_small_and_ones_own(acme: Company) -> None:
    visit = visited(acme)
    wang = acme.actor(acme.wang)
    with pytest.raises(TooLarge):
        plans.visit_photo_add(actor=wang, visit_id=visit.pk, stream=io.BytesIO(PNG + b"\0" * 5 * MEBIBYTE))
    with pytest.raises(Invalid):
        plans.visit_photo_add(actor=wang, visit_id=visit.pk, stream=io.BytesIO(b""))
    with pytest.raises(NotFound):
        plans.visit_photo_add(actor=acme.actor(acme.supervisor), visit_id=visit.pk, stream=io.BytesIO(PNG))
    for _ in range(MOST_PHOTOS):
        plans.visit_photo_add(actor=wang, visit_id=visit.pk, stream=io.BytesIO(PNG))
    with pytest.raises(Conflict):
        plans.visit_photo_add(actor=wang, visit_id=visit.pk, stream=io.BytesIO(PNG))
    assert VisitPhoto.objects.count() == MOST_PHOTOS


def test_a_photo_whose_file_is_missing_is_not_found(acme: Company) -> None:
    photo = plans.visit_photo_add(actor=acme.actor(acme.wang), visit_id=visited(acme).pk, stream=io.BytesIO(PNG))
    path_of("photos", photo.stored).unlink()
    with pytest.raises(NotFound) as caught:
        plans.visit_photo_open(actor=acme.actor(acme.wang), photo_id=photo.pk)
    assert caught.value.code == "file_gone"


def test_PLY_11_own_packs_stand_in_for_shipped_ones_and_come_back(acme: Company) -> None:
    admin = acme.actor(acme.admin)
    spec = {"name": "我们的问候", "scripts": [{"title": "问候", "text": "{{客户名}}您好"}]}
    assert plans.content_pack_save(actor=admin, spec=spec, code="care").name == "我们的问候"
    plans.content_pack_archive(actor=admin, code="care")
    assert "care" not in plans.content_packs(acme.workspace.pk, language="zh-CN")
    plans.content_pack_restore(actor=admin, code="care")
    assert plans.content_packs(acme.workspace.pk, language="zh-CN")["care"].name == "我们的问候"
    for call in (plans.content_pack_restore, plans.content_pack_archive):
        with pytest.raises(NotFound):
            call(actor=admin, code="nothing")
    with pytest.raises(Forbidden):
        plans.content_pack_save(actor=acme.actor(acme.wang), spec=spec)


def test_PLY_11_a_file_is_attached_opened_and_taken_off(acme: Company, stranger: Company) -> None:
    admin = acme.actor(acme.admin)
    file = plans.pack_file_add(actor=admin, code="care", name="C:\\docs\\方案.pdf", stream=io.BytesIO(b"%PDF-1.4"))
    row, path, kind = plans.pack_file_open(actor=acme.actor(acme.wang), file_id=file.pk)
    assert (row.name, kind, path.read_bytes()) == ("方案.pdf", "application/pdf", b"%PDF-1.4")
    with pytest.raises(NotFound):
        plans.pack_file_open(actor=stranger.actor(stranger.admin), file_id=file.pk)
    with pytest.raises(Forbidden):
        plans.pack_file_open(actor=acme.actor(acme.it), file_id=file.pk)
    plans.pack_file_remove(actor=admin, file_id=file.pk)
    with pytest.raises(NotFound):
        plans.pack_file_open(actor=acme.actor(acme.wang), file_id=file.pk)
    plans.pack_file_remove(actor=admin, file_id=file.pk, removed=False)
    assert [one.name for one in plans.pack_files(acme.workspace.pk, ["care"])] == ["方案.pdf"]


@pytest.mark.parametrize("name", ["page.html", "x.svg", "run.exe", "noending", "a.pdf.js"])
def test_a_file_that_a_browser_could_run_is_refused(acme: Company, name: str) -> None:
    with pytest.raises(Invalid) as caught:
        plans.pack_file_add(actor=acme.actor(acme.admin), code="care", name=name, stream=io.BytesIO(b"x"))
    assert caught.value.code == "pack_file_kind"


def test_a_pack_has_only_so_many_files(acme: Company) -> None:
    for n in range(MOST_FILES):
        plans.pack_file_add(actor=acme.actor(acme.admin), code="care", name=f"{n}.pdf", stream=io.BytesIO(b"x"))
    with pytest.raises(Conflict):
        plans.pack_file_add(actor=acme.actor(acme.admin), code="care", name="more.pdf", stream=io.BytesIO(b"x"))
