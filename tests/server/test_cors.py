"""Pages of other sites: who may send, with which key, and what a browser is told."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.origins import origin_clean
from liuke.accounts.service import api_key_create, api_key_origins, api_key_revoke
from liuke.base.errors import Invalid, NotFound
from liuke.connect.store.models import Batch
from tests.factories import make_actor, make_customer, make_workspace

pytestmark = pytest.mark.django_db
SITE = "https://www.example.com"
PATH = "/api/v1/activities"
ROW = {"activity_id": "a1", "customer_key": "C1", "ts": "2026-11-02T09:00:00+08:00", "kind": "page.viewed", "value": 12, "attrs": {}}


@pytest.fixture
def key() -> str:
    workspace = make_workspace()
    make_customer(workspace, key="C1")
    return api_key_create(actor=make_actor(workspace), name="官网", scopes=["track"], origins=[f"{SITE}/", "http://localhost:3000"]).secret


def ask(origin: str) -> HttpResponse:
    return Client().options(PATH, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


def send(secret: str, rows: object, origin: str | None = SITE) -> HttpResponse:
    headers = {"Authorization": f"Bearer {secret}"} | ({"Origin": origin} if origin else {})
    return Client().post(PATH, json.dumps(rows), content_type="application/json", headers=headers)


def test_a_named_site_is_told_that_it_may_ask_and_another_is_not(key: str) -> None:
    allowed, other = ask(SITE), ask("https://evil.example")
    assert allowed["Access-Control-Allow-Origin"] == SITE
    assert "authorization" in allowed["Access-Control-Allow-Headers"]
    assert (other.status_code, "Access-Control-Allow-Origin" in other) == (204, False)


def test_rows_of_a_named_site_are_taken_and_its_browser_may_read_the_answer(key: str) -> None:
    answer = send(key, [ROW])
    assert (answer.status_code, answer["Access-Control-Allow-Origin"], answer["Vary"]) == (202, SITE, "Origin")
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://www.example.com.evil.example", "http://www.example.com"])
def test_another_origin_is_refused_whatever_the_key(key: str, origin: str) -> None:
    answer = send(key, [ROW], origin)
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_not_allowed")
    assert not Batch.objects.exists()


def test_a_key_that_may_do_more_is_not_for_browsers(key: str) -> None:
    actor = make_actor(make_workspace())
    secret = api_key_create(actor=actor, name="ERP", scopes=["ingest"]).secret
    assert send(secret, [ROW]).status_code == 403
    with pytest.raises(Invalid, match="origins_invalid"):
        api_key_create(actor=actor, name="both", scopes=["ingest", "track"], origins=[SITE])


def test_without_an_origin_the_key_alone_decides(key: str) -> None:
    assert send(key, [ROW], None).status_code == 202


def test_pages_bring_neither_orders_nor_customers(key: str) -> None:
    rows = [ROW, ROW | {"activity_id": "a2", "kind": "order.placed"}, ROW | {"activity_id": "a3", "customer_key": "MADE-UP"}]
    told = send(key, rows).json()
    assert (told["accepted"], [(each["index"], each["field"]) for each in told["rejected"]]) == (1, [(1, "kind"), (2, "customer_key")])


def test_rows_of_strangers_alone_are_refused_with_the_reason(key: str) -> None:
    answer = send(key, [ROW | {"customer_key": "MADE-UP"}])
    assert (answer.status_code, answer.json()["code"]) == (422, "ingest_all_rejected")


def test_sites_change_and_a_revoked_key_opens_nothing(key: str) -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    made = api_key_create(actor=actor, name="x", scopes=["track"], origins=[])
    assert api_key_origins(actor=actor, key_id=made.key.pk, origins=["https://shop.example"]).origins == ["https://shop.example"]
    assert "Access-Control-Allow-Origin" in ask("https://shop.example")
    api_key_revoke(actor=actor, key_id=made.key.pk)
    assert "Access-Control-Allow-Origin" not in ask("https://shop.example")
    with pytest.raises(NotFound):
        api_key_origins(actor=actor, key_id=made.key.pk, origins=[])


def test_no_other_address_is_opened_to_other_sites() -> None:
    for path in ("/api/v1/session", "/api/v1/orders", "/api/v1/w/x/customers"):
        answer = Client().get(path, headers={"Origin": SITE})
        assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://WWW.Example.com/", "https://www.example.com"), ("https://a.test:443", "https://a.test"),
        ("https://a.test:8443", "https://a.test:8443"),
        ("http://localhost:3000", "http://localhost:3000"), ("http://a.test", None),
        ("https://*.a.test", None), ("https://a.test/path", None),
        ("null", None), ("*", None), ("https://u@a.test", None), ("https://a.test:99999", None), ("", None),
    ],
)  # fmt: skip
def test_an_origin_is_scheme_host_and_port(text: str, clean: str | None) -> None:
    assert origin_clean(text) == clean


@given(st.text(max_size=40))
def test_whatever_is_typed_becomes_an_origin_that_fits_a_header_or_nothing(text: str) -> None:
    found = origin_clean(text)
    assert found is None or (found.isascii() and not any(sign in found for sign in " \r\n,*"))
