"""Personal data by role, the workspace clock, errors and exports: what leaves the API."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.store.models import AuditEntry
from liuke.facts.store.models import Contact, Customer
from liuke.show.domain.csvfile import BOM, csv_lines, safe_cell
from tests.show.world import EMAIL, LATER, PHONE, SAID, World

pytestmark = pytest.mark.django_db
PAGES = (
    "/customers/{customer}", "/customers/{customer}/timeline", "/customers/{customer}/evidence/SIG-08", "/alerts/{alert}",
    "/work-items/{item}", "/today", "/customers?scope=all", "/alerts?scope=all", "/work-items?scope=all", "/search?q=1", "/dashboard",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_an_analyst_reads_all_with_personal_data_masked(world: World, page: str) -> None:
    """No telephone number, address, contact's name or written word on any page."""
    text = json.dumps(world.get("analyst", page), ensure_ascii=False)
    assert not [secret for secret in (PHONE, EMAIL, SAID, "王小明") if secret in text]


def test_a_manager_reads_the_own_customer_in_full_and_leaves_a_trace(world: World) -> None:
    """Who saw personal data stands in the audit trail."""
    page = world.get("manager", "/customers/{customer}")
    assert page["contacts"][0]["phone"] == PHONE
    assert world.get("manager", "/customers/{customer}/timeline")["items"]
    assert AuditEntry.objects.filter(workspace=world.workspace, action="seen", actor=f"user:{world.members['manager'].user_id}").exists()


def test_masked_reading_is_no_sight_of_personal_data(world: World) -> None:
    """The trail would be useless if it held everybody who saw three digits."""
    world.get("analyst", "/customers/{customer}")
    assert not AuditEntry.objects.filter(workspace=world.workspace, action="seen").exists()


@pytest.mark.parametrize("page", [*PAGES, "/customers/{customer}/evidence/SIG-20", "/customers/{customer}/score-history", "/scoring"])
def test_nothing_at_or_after_the_workspace_clock_leaks(world: World, page: str) -> None:
    """The sample holds its future: a message at the very moment of the clock, an order and a score of later days."""
    text = json.dumps(world.get("admin", page), ensure_ascii=False)
    assert "FUTURE" not in text
    assert "SO9" not in text
    assert LATER.date().isoformat() not in text


def test_an_order_of_the_future_does_not_exist(world: World) -> None:
    """Also by its number."""
    assert world.client("admin").get(world.url("/customers/{customer}/orders/SO9")).status_code == 404
    assert world.get("admin", "/customers/{customer}/orders/SO1")[0]["sku"] == "A"


def test_the_score_is_its_base_and_its_lines_exactly_SCR_01(world: World) -> None:
    """基础分 + reasons = 风险分, on the customer's page and on the alert's."""
    score = world.get("admin", "/customers/{customer}")["score"]
    alert = world.get("admin", "/alerts/{alert}")
    for part in (score, alert):
        assert part["base"] + sum(line["points"] for line in part["reasons"]) == part["score"]
    assert "62%" in score["reasons"][0]["text"]
    assert "¥8,200" in score["reasons"][0]["text"]


def test_evidence_opens_the_raw_rows_with_their_age_C36_01(world: World) -> None:
    """Rows, their number and the source's 截至 time."""
    found = world.get("admin", "/customers/{customer}/evidence/SIG-20")
    assert [row["kind"] for row in found["rows"]] == ["order.placed"]
    assert found["total"] == 1
    assert found["sources"][0]["source"] == "erp"
    assert len(found["weekly"]) == 26
    assert world.client("admin").get(world.url("/customers/{customer}/evidence/SIG-42")).status_code == 404


def test_the_timeline_merges_what_happened_with_what_people_did_and_pages(world: World) -> None:
    """Two at a time gives the same lines as all at once, newest first."""
    all_at_once = world.get("admin", "/customers/{customer}/timeline")
    ids, cursor = [], ""
    while True:
        page = world.get("admin", "/customers/{customer}/timeline", limit=2, cursor=cursor)
        ids += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert ids == [item["id"] for item in all_at_once["items"]]
    assert [item["at"] for item in all_at_once["items"]] == sorted((item["at"] for item in all_at_once["items"]), reverse=True)
    assert {item["group"] for item in all_at_once["items"]} >= {"order", "message", "ticket", "alert"}
    only = world.get("admin", "/customers/{customer}/timeline", groups="ticket")
    assert {item["group"] for item in only["items"]} == {"ticket"}


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "排序"), ("en", "sort")])
def test_errors_speak_the_readers_language(world: World, language: str, word: str) -> None:
    """The person's own language, with what is allowed."""
    user = world.members["admin"].user
    user.language = language
    user.save()
    body = world.client("admin").get(world.url("/customers?sort=colour")).json()
    assert body["code"] == "sort_unknown"
    assert word in body["message"]
    assert "annual_value" in body["message"]


def test_wrong_input_names_every_place_at_once(world: World) -> None:
    """Two faults, two rows, no English from the framework."""
    answer = world.client("admin").post(world.url("/alerts/close"), data={"alert_ids": "x"}, content_type="application/json")
    assert answer.status_code == 422
    body = answer.json()
    assert body["code"] == "invalid_input"
    assert {fault["where"] for fault in body["faults"]} == {"alert_ids", "reason"}
    assert {fault["message"] for fault in body["faults"]} == {"应为列表", "必填"}


def test_an_unexpected_fault_is_logged_and_tells_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No trace, no message of the exception in the answer."""

    def broken(**_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("liuke.show.api.insight.dashboard", broken)
    answer = world.client("admin", raise_request_exception=False).get(world.url("/dashboard"))
    assert answer.status_code == 500
    assert answer.json()["code"] == "unexpected"
    assert "secret" not in answer.content.decode()
    assert "secret detail" in caplog.text


def test_a_change_by_session_needs_the_csrf_token_and_by_key_does_not(world: World) -> None:
    """A page elsewhere cannot press our buttons."""
    browser = world.client("admin", enforce_csrf_checks=True)
    path, body = world.url("/alerts/claim"), {"alert_ids": [world.alert.pk]}
    refused = browser.post(path, data=body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    browser.get("/api/v1/session")
    token = browser.cookies["csrftoken"].value
    assert browser.post(path, data=body, content_type="application/json", headers={"x-csrftoken": token}).status_code == 200
    machine = world.client("key_all", enforce_csrf_checks=True)
    assert machine.post(path, data=body, content_type="application/json").status_code == 200


def test_a_revoked_or_invented_key_opens_nothing(world: World) -> None:
    """Nor does a key of the right shape."""
    client = Client(headers={"authorization": "Bearer lk_" + "z" * 43})
    assert client.get(world.url("/customers")).status_code == 401


def exported(world: World, asker: str) -> list[list[str]]:
    """The rows of the customers' file."""
    answer = world.client(asker).get(world.url("/customers/export.csv?scope=all&status=all"))
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM))))


def test_an_export_is_masked_by_role_and_audited(world: World) -> None:
    """The analyst's file has no telephone number; the trail knows both exports."""
    Contact.objects.filter(customer=world.customer).update(phone=PHONE)
    full, masked = exported(world, "admin"), exported(world, "analyst")
    assert len(full) == len(masked) == 3
    assert any(PHONE in cell for row in full for cell in row)
    assert not any(PHONE in cell or EMAIL in cell for row in masked for cell in row)
    assert AuditEntry.objects.filter(workspace=world.workspace, action="exported").count() == 2


def test_a_customers_name_cannot_run_in_a_spreadsheet(world: World) -> None:
    """Formula injection: the cell gets an apostrophe."""
    Customer.objects.filter(pk=world.customer.pk).update(name="=cmd|' /C calc'!A0")
    world.customer.customercard.name = "=cmd|' /C calc'!A0"
    world.customer.customercard.save()
    assert any(cell.startswith("'=cmd") for row in exported(world, "admin") for cell in row)


@given(st.text(max_size=30))
def test_no_text_becomes_a_formula(text: str) -> None:
    """Whatever it begins with, spaces included."""
    assert not safe_cell(text).lstrip().startswith(("=", "+", "-", "@"))


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(st.characters(blacklist_characters="\x00", blacklist_categories=("Cs",)), max_size=20), st.integers(), st.none()
            ),
            min_size=2,
            max_size=2,
        )
    )
)
def test_a_csv_reads_back_as_its_safe_cells(rows: list[list[object]]) -> None:
    """Quotes, commas and line breaks inside cells survive."""
    text = "".join(csv_lines(["a", "b"], rows)).removeprefix(BOM)
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found == [["a", "b"], *([safe_cell(cell) for cell in row] for row in rows)]
