"""FBK-01: answers of every way in stand on the customer's page; FBK-03: what customers complain of goes to a team with money beside it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from liuke.act.store.models import Ticket
from liuke.act.surveys.domain import answer_of
from liuke.act.surveys.links import Linked
from liuke.act.surveys.service import survey_answer
from liuke.base.times import to_us
from liuke.show.store.models import CustomerCard
from liuke.warehouse import Rows, Upsert
from liuke.warehouse.domain.schema import ACTIVITY_IN
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def stream(world: World, *rows: dict[str, Any]) -> None:
    base = {"source": "import", "customer_id": world.customer.pk, "channel": None, "actor": None, "value": None}
    full = [{**base, "activity_id": f"f{number}", "known_us": row["ts_us"], **row} for number, row in enumerate(rows)]
    step = Upsert(Rows.of(pa.Table.from_pylist(full, ACTIVITY_IN)))
    world.warehouse.transact(world.customer.workspace_id, None, [step])


def post(world: World, asker: str, path: str, body: dict[str, Any]) -> Any:
    answer = world.client(asker).post(world.url(path), data=json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def at(days: float) -> int:
    return to_us(NOW - timedelta(days=days))


def survey(days: float, score: float, scale: str = "nps", **attrs: object) -> dict[str, Any]:
    mark = score * 10 if scale == "nps" else (score - 1) * 25
    told = json.dumps({"survey": scale, "satisfaction": mark, **attrs})
    return {"ts_us": at(days), "kind": "survey.answered", "value": score, "attrs": told}


def complaint(days: float, topic: str) -> dict[str, Any]:
    attrs = json.dumps({"text": "x", "text_read": 1, "complaint": 1, "topic": topic})
    return {"ts_us": at(days), "kind": "message.in", "attrs": attrs}


def test_imported_answers_and_those_of_our_page_stand_side_by_side_newest_first(world: World) -> None:
    stream(world, survey(30, 9), survey(20, 3, text="慢"), survey(10, 2, "csat"), survey(-3, 10))
    linked = Linked(world.customer.workspace_id, world.customer.pk, "nps", "n")
    survey_answer(linked=linked, answer=answer_of("nps", "6", "还行"))
    told = world.get("admin", f"/customers/{world.customer.pk}/feedback")
    assert [(one["score"], one["bad"]) for one in told["answers"]] == [(6, True), (2, True), (3, True), (9, False)], (
        "the future is not seen"
    )
    assert told["n"] == 4
    assert told["mean"] == pytest.approx((60 + 25 + 30) / 3)
    assert told["change"] == pytest.approx(told["mean"] - 90)


def test_an_answer_that_came_back_through_the_stream_is_shown_once(world: World) -> None:
    linked = Linked(world.customer.workspace_id, world.customer.pk, "csat", "n")
    row = survey_answer(linked=linked, answer=answer_of("csat", "5", ""))
    stream(world, {**survey(0.5, 5, "csat"), "source": "surveys", "activity_id": f"survey:{row.pk}"})
    told = world.get("admin", f"/customers/{world.customer.pk}/feedback")
    assert [one["score"] for one in told["answers"]] == [5]


def test_words_are_hidden_from_whoever_may_not_read_them(world: World) -> None:
    stream(world, survey(5, 3, text="电话13912345678"))
    told = world.get("analyst", f"/customers/{world.customer.pk}/feedback")
    assert told["answers"][0]["text"].startswith("***")


def test_a_customer_without_answers_has_no_mean(world: World) -> None:
    told = world.get("admin", f"/customers/{world.customer.pk}/feedback")
    assert (told["answers"], told["mean"], told["change"]) == ([], None, None)


def test_pain_points_come_with_customers_and_money_and_only_of_the_time_asked_for(world: World) -> None:
    stream(world, complaint(5, "delivery"), complaint(6, "delivery"), complaint(40, "quality"), complaint(-1, "price"))
    CustomerCard.objects.filter(pk=world.customer.pk).update(annual_value=1200.0)
    told = world.get("admin", "/pain-points?days=90")
    assert [(one["topic"], one["customers"], one["times"], one["money"]) for one in told["items"]] == [
        ("delivery", 1, 2, 1200.0),
        ("quality", 1, 1, 1200.0),
    ]
    assert [one["topic"] for one in world.get("admin", "/pain-points?days=30")["items"]] == ["delivery"]
    assert world.get("other_manager", "/pain-points?days=90")["items"] == [], "another team's customer is nobody here"


def test_a_pain_point_handed_over_is_one_ticket_that_names_its_customers(world: World) -> None:
    stream(world, complaint(5, "delivery"))
    team = world.ids["team"]
    body = {"topic": "delivery", "team_id": team, "days": 90, "request_key": "k1"}
    first, again = (post(world, "admin", "/pain-points/ticket", body) for _ in range(2))
    assert first["ticket_id"] == again["ticket_id"]
    ticket = Ticket.objects.get(pk=first["ticket_id"])
    assert (ticket.topic, ticket.team_id, ticket.customer_id) == ("delivery", team, world.customer.pk)
    assert world.customer.name in ticket.text
    assert world.get("admin", "/pain-points?days=90")["items"][0]["ticket_id"] == ticket.pk


def test_the_pages_of_links_need_no_log_in_and_set_no_cookie(world: World) -> None:
    url = post(world, "admin", f"/customers/{world.customer.pk}/feedback-link", {"what": "exit"})["url"]
    answer = Client().get("/i/" + url.rpartition("/i/")[2])
    assert answer.status_code == 200
    assert not answer.cookies
