"""A task's page over the API: what fits, what to say, what is hidden from whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings

from liuke.accounts.store.models import AuditEntry
from liuke.act.doings.domain import SOURCE
from liuke.act.store.models import Visit
from liuke.warehouse import open_warehouse
from tests.show.world import NOW, World, activities_write, activity

pytestmark = pytest.mark.django_db
SHEET = "/work-items/{item}/sheet"


def test_PLY_05_plans_that_fit_are_proposed_by_cause_tier_and_level_without_those_that_lie_there(world: World) -> None:
    sheet = world.get("manager", SHEET)
    assert (sheet["tier"], sheet["level"], sheet["cause"]) == ("high", "medium", "decline")
    assert [plan["code"] for plan in sheet["plans"]] == ["thirty-days"]
    assert [plan["code"] for plan in sheet["proposed"]] == ["high-value", "level-medium"]


def test_PLY_11_words_are_filled_for_the_customer_and_the_plans_packs_come_first(world: World) -> None:
    packs = world.get("manager", SHEET)["packs"]
    said = packs[0]["scripts"][0]["text"]
    assert packs[0]["code"] == "visit"
    assert "华东灯具" in said
    assert "王小明" in said
    assert "{{" not in json.dumps(packs, ensure_ascii=False)
    assert [file["name"] for pack in packs if pack["code"] == "care" for file in pack["files"]] == ["a.pdf"]


def test_names_words_and_photos_are_hidden_without_personal_data(world: World) -> None:
    sheet = world.get("analyst", SHEET)
    (visit,) = sheet["visits"]
    assert (visit["photos"], visit["photo_count"], visit["spot"]) == ([], 1, None)
    hidden = json.dumps(sheet, ensure_ascii=False)
    for secret in ("王小明", "见到王总", "客户办公室", "客户在比价"):
        assert secret not in hidden
        assert secret in json.dumps(world.get("manager", SHEET), ensure_ascii=False)


def test_reading_a_contacts_name_is_in_the_trail_and_a_masked_reader_leaves_no_row(world: World) -> None:
    AuditEntry.objects.all().delete()
    world.get("analyst", SHEET)
    assert not AuditEntry.objects.exists()
    world.get("manager", SHEET)
    assert AuditEntry.objects.filter(action="seen", object_type="work_item", object_id=str(world.item.pk)).count() == 1


def test_a_step_without_an_owner_is_the_task_owners(world: World) -> None:
    steps = world.get("manager", SHEET)["steps"]
    assert [(step["text"], step["owner_id"]) for step in steps][-1] == ("带样品", None)
    assert steps[-1]["owner"]["id"] == world.members["manager"].pk


def test_the_board_asks_by_status_and_kind(world: World) -> None:
    def found(**query: str) -> list[str]:
        return [item["status"] for item in world.get("manager", "/work-items", **query)["items"]]

    assert found(status="doing") == ["doing"]
    assert found(status="todo") == []
    assert found(status="open", kind="winback") == ["doing"]
    assert found(status="open", kind="renewal,manual") == []
    assert world.client("manager").get(world.url("/work-items?kind=party")).status_code == 422


def test_a_visit_stands_in_the_customers_timeline_and_its_words_are_masked(world: World) -> None:
    Visit.objects.update(at=NOW - timedelta(hours=1))
    path, link = "/customers/{customer}/timeline", f"/tasks/{world.item.pk}"
    rows = [row for row in world.get("manager", path, groups="work")["items"] if row["kind"] == "work.visit"]
    masked = [row for row in world.get("analyst", path, groups="work")["items"] if row["kind"] == "work.visit"]
    assert [(row["text"], row["link"]) for row in rows] == [("客户办公室 · 见到王总", link)]
    assert [("王总" in row["text"], row["link"]) for row in masked] == [(False, link)]


def test_a_visit_shows_once_though_the_stream_has_it_too(world: World) -> None:
    visit, at = Visit.objects.filter(customer=world.customer)[0], NOW - timedelta(hours=1)
    Visit.objects.update(at=at)
    rows = [
        activity(visit.customer_id, 90, at, "visit.made") | {"source": SOURCE, "activity_id": f"visit:{visit.pk}"},
        activity(visit.customer_id, 91, at, "visit.made"),
    ]
    activities_write(open_warehouse(settings.LIUKE), visit.workspace, rows, "own")
    found = world.get("manager", "/customers/{customer}/timeline")
    kinds = [row["kind"] for row in found["items"]]
    assert (kinds.count("work.visit"), kinds.count("visit.made"), found["counts"]["visit"]) == (1, 1, 1)


def test_PLY_14_tickets_are_listed_by_side_and_status_and_say_what_the_reader_may_do(world: World) -> None:
    mine = world.get("manager", "/tickets")["items"]
    assert [(ticket["title"], ticket["moves"]) for ticket in mine] == [("灯珠发黄", ["accept", "solve", "return"])]
    assert world.get("manager", "/tickets", scope="raised")["items"] == []
    assert [ticket["id"] for ticket in world.get("admin", "/tickets", scope="raised")["items"]] == [mine[0]["id"]]
    assert world.get("manager", "/tickets", status="solved")["items"] == []
    assert world.get("manager", "/tickets", topic="parts")["items"] == []
    assert world.get("manager", "/tickets/counts") == {"received": 1, "raised": 0, "overdue": 0}
    assert world.get("analyst", "/tickets", scope="all")["items"][0]["moves"] == []


def test_a_photo_is_served_private_and_unsniffed(world: World) -> None:
    answer = world.client("manager").get(world.url("/visit-photos/{photo}"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_pack_file_is_always_a_download(world: World) -> None:
    answer = world.client("manager").get(world.url("/pack-files/{pack_file}"))
    assert answer["Content-Disposition"].startswith("attachment")
