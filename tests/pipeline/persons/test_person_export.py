"""DAT-18: everything that is kept about a person comes out as one archive, for those who may, for a week."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry
from liuke.base.errors import Forbidden, NotFound
from liuke.base.times import utc_now
from liuke.base.words import catalogue
from liuke.facts.domain.person import Identity
from liuke.facts.store.models import Customer, PersonRequest
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline.person_export import person_export_run
from liuke.show.queries.person_rows import SECTION_NAMES, person_counts, person_tables
from liuke.show.service.persons import STAYS, export_path, export_start, exports_dir, exports_sweep, request_get, requests_visible
from tests.factories import make_actor
from tests.pipeline.persons.planted import EMAIL, NAME, PERSON, PHONE, Planted, plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[Planted]:
    made = plant()
    yield made
    made.warehouse.drop(made.workspace.pk)


def exported(world: Planted, contact: bool = False) -> tuple[PersonRequest, dict[str, bytes]]:
    request = export_start(
        actor=world.actor, customer_id=world.customer.pk, contact_id=world.contact.pk if contact else None, reason="查阅"
    )
    context = PlainContext(workspace_id=world.workspace.pk, payload={"request": request.pk})
    person_export_run(workspace=world.workspace, warehouse=world.warehouse, context=context)
    request.refresh_from_db()
    with zipfile.ZipFile(exports_dir() / request.stored) as archive:
        assert archive.testzip() is None
        return request, {name: archive.read(name) for name in archive.namelist()}


def rows_of(files: dict[str, bytes], name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(files[f"{name}.json"])
    return found


def test_the_archive_holds_everything_about_the_person_and_nothing_of_others(world: Planted) -> None:
    request, files = exported(world)
    profile = rows_of(files, "profile/facts_customer")
    assert (profile[0]["name"], profile[0]["attributes"]) == (NAME, world.customer.attributes)
    assert rows_of(files, "contacts/facts_contact")[0]["phone"] == PHONE
    activities = rows_of(files, "activities/activities")
    assert [row["activity_id"] for row in activities] == ["a1"]
    assert activities[0]["attrs"] == {"text": f"我是{PERSON}，电话 {PHONE}"}
    assert rows_of(files, "scores/scores")[0]["score"] == 90.0
    message = rows_of(files, "messages/act_customermessage")[0]
    assert message["address"] == PHONE, "sealed for us, open for the person"
    assert "token" not in message
    assert rows_of(files, "visits/act_visit")[0]["text"] == f"见到{PERSON}"
    photo = next(content for name, content in files.items() if name.startswith("visits/photos/"))
    assert photo.startswith(b"JPEG")
    for name in (
        "consents/act_consent",
        "loyalty/act_pointsentry",
        "outcomes/learn_outcome",
        "texts/facts_textverdict",
        "tickets/act_ticket",
    ):
        assert rows_of(files, name)
    whole = b"".join(files.values()).decode("utf-8", "replace")
    assert "不相干" not in whole
    assert request.result == {"rows": {**person_counts(Identity(world.customer.pk, "")), "activities": 1, "scores": 1, "audit": 2}}


def test_who_saw_the_person_is_told(world: Planted) -> None:
    _, files = exported(world)
    seen = rows_of(files, "audit/audit")
    assert {row["action"] for row in seen} == {"seen", "person_export_asked"}
    assert seen[0]["by"] == "Desk"


def test_every_table_is_there_as_json_and_as_a_sheet_with_the_same_rows(world: Planted) -> None:
    _, files = exported(world)
    tables = [name.removesuffix(".json") for name in files if name.endswith(".json")]
    assert len(tables) > 15
    for name in tables:
        sheet = list(csv.reader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"))))
        assert len(sheet) - 1 == len(rows_of(files, name)), name


def test_the_page_says_it_in_words_and_runs_nothing(world: Planted) -> None:
    Customer.objects.filter(pk=world.customer.pk).update(name="<script>alert(1)</script>")
    _, files = exported(world)
    page = files["index.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert EMAIL in page
    assert "拜访与照片" in page


def test_a_contacts_archive_has_the_contact_alone(world: Planted) -> None:
    _, files = exported(world, contact=True)
    assert rows_of(files, "contacts/facts_contact")[0]["name"] == PERSON
    assert "profile/facts_customer.json" not in files
    assert [row["activity_id"] for row in rows_of(files, "activities/activities")] == ["a1"]
    assert "scores/scores.json" not in files


def test_downloading_is_audited_and_ends_after_a_week(world: Planted) -> None:
    request, _ = exported(world)
    path = export_path(actor=world.actor, request_id=request.pk)
    assert path.stat().st_mode & 0o077 == 0
    assert AuditEntry.objects.filter(action="person_export_downloaded", object_id=str(world.customer.pk)).count() == 1
    assert exports_sweep() == 0
    PersonRequest.objects.filter(pk=request.pk).update(expires_at=utc_now() - timedelta(seconds=1))
    with pytest.raises(NotFound, match="person_export_gone"):
        export_path(actor=world.actor, request_id=request.pk)
    assert exports_sweep() == 1
    assert not path.exists()


def test_the_job_done_again_leaves_one_archive(world: Planted) -> None:
    request, _ = exported(world)
    context = PlainContext(workspace_id=world.workspace.pk, payload={"request": request.pk})
    person_export_run(workspace=world.workspace, warehouse=world.warehouse, context=context)
    assert len(list(exports_dir().glob(request.stored))) == 1
    with pytest.raises(NotFound, match="person_request_gone"):
        person_export_run(workspace=world.workspace, warehouse=world.warehouse, context=PlainContext(payload={"request": 10**9}))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ANALYST, Role.IT])
def test_whoever_may_not_export_unmasked_data_gets_none(world: Planted, role: Role) -> None:
    stranger = make_actor(world.workspace, role)
    with pytest.raises((Forbidden, NotFound)):
        export_start(actor=stranger, customer_id=world.customer.pk)
    request, _ = exported(world)
    assert not requests_visible(stranger).exists()
    with pytest.raises((Forbidden, NotFound)):
        export_path(actor=stranger, request_id=request.pk)


def test_those_who_may_see_their_own_exports_and_no_erasure(world: Planted) -> None:
    colleague = make_actor(world.workspace, Role.OPERATIONS)
    own = export_start(actor=colleague, customer_id=world.customer.pk)
    exported(world)
    assert [request.pk for request in requests_visible(colleague)] == [own.pk]
    assert request_get(actor=world.actor, request_id=own.pk).pk == own.pk
    other = plant()
    with pytest.raises(NotFound):
        request_get(actor=other.actor, request_id=own.pk)
    other.warehouse.drop(other.workspace.pk)


def test_every_section_and_everything_that_stays_has_words_in_both_languages() -> None:
    for language in ("zh-CN", "en"):
        words = catalogue(language)
        assert all(f"person.section.{name}" in words for name in SECTION_NAMES)
        assert all(f"person.stays.{name}" in words for name in STAYS)


def test_every_table_with_a_way_to_a_customer_belongs_to_the_person() -> None:
    """A table that somebody adds is found by itself; this is the list of those that lead to a customer without going with it."""
    found = {table.model for table in person_tables(Identity(1, "x"))}
    direct = {model for model in apps.get_models() for field in model._meta.concrete_fields if field.related_model is Customer}
    assert direct <= found
    assert {table.section for table in person_tables(Identity(1, "x"))} <= set(SECTION_NAMES)


def test_the_folder_of_archives_is_closed_to_others(world: Planted) -> None:
    exported(world)
    assert Path(settings.LIUKE.data_dir / "exports").is_dir()
    assert [path.suffix for path in exports_dir().iterdir() if path.suffix == ".part"] == []
