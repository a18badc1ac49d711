"""Saved views belong to their maker, shared ones show to colleagues; notices are told in each reader's language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liuke.accounts.store.models import Membership
from liuke.act.store.models import Notice
from liuke.base.errors import Invalid, NotFound, TooLarge
from liuke.show.queries.notices import notices_out, views_out
from liuke.show.queries.reader import Reader
from liuke.show.service.views import MOST, view_create, view_delete
from liuke.show.store.models import SavedView
from tests.factories import actor_of
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def reader(world: World, asker: str, language: str = "zh-CN") -> Reader:
    """A member's view of the own workspace."""
    member = world.members[asker]
    return Reader(actor_of(member), member.workspace, NOW, language)


def save(world: World, asker: str, name: str, *, page: str = "alerts", query: str = "level=high", shared: bool = False) -> SavedView:
    """A view that a member saves."""
    return view_create(actor=actor_of(world.members[asker]), page=page, name=name, query=query, shared=shared)


def seen(world: World, asker: str, page: str = "") -> list[tuple[str, bool]]:
    """Names of the views that a member is offered, and whether each is the own."""
    return [(view.name, view.mine) for view in views_out(reader=reader(world, asker), member_id=world.members[asker].pk, page=page)]


def test_own_views_are_private_and_shared_ones_show_to_colleagues_but_to_no_stranger(world: World) -> None:
    SavedView.objects.all().delete()
    save(world, "supervisor", "a private")
    save(world, "supervisor", "b shared", shared=True)
    assert seen(world, "supervisor") == [("a private", True), ("b shared", True)]
    assert seen(world, "other_manager") == [("b shared", False)]
    assert seen(world, "stranger") == []


def test_views_are_offered_by_name_and_only_on_their_page(world: World) -> None:
    SavedView.objects.all().delete()
    save(world, "manager", "z")
    save(world, "manager", "a")
    save(world, "manager", "m", page="customers", query="level=high&segment=CN")
    assert seen(world, "manager", "alerts") == [("a", True), ("z", True)]
    assert seen(world, "manager") == [("a", True), ("m", True), ("z", True)]
    found = world.get("manager", "/views", page="customers")
    assert [(view["name"], view["query"]) for view in found] == [("m", "level=high&segment=CN")]


def test_saving_under_the_same_name_replaces_the_view_of_that_page_only(world: World) -> None:
    SavedView.objects.all().delete()
    save(world, "manager", "mine", query="level=high")
    save(world, "manager", "mine", page="customers")
    save(world, "manager", " mine ", query="level=early")
    save(world, "supervisor", "mine", query="level=medium")
    own = SavedView.objects.filter(member=world.members["manager"]).order_by("page")
    assert [(view.page, view.query) for view in own] == [("alerts", "level=early"), ("customers", "level=high")]
    assert SavedView.objects.get(member=world.members["supervisor"]).query == "level=medium"


@pytest.mark.parametrize(
    ("name", "query", "code"), [(" ", "", "name_invalid"), ("x" * 41, "", "name_invalid"), ("x", "q" * 401, "view_too_long")]
)
def test_a_view_without_name_or_longer_than_its_column_is_refused(world: World, name: str, query: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        save(world, "manager", name, query=query)


def fill(member: Membership) -> None:
    """As many views as one may have."""
    SavedView.objects.all().delete()
    made = [SavedView(workspace=member.workspace, member=member, page="alerts", name=f"v{number}", query="") for number in range(MOST)]
    SavedView.objects.bulk_create(made)


def test_one_view_more_than_allowed_is_refused_and_colleagues_are_not_counted(world: World) -> None:
    fill(world.members["manager"])
    with pytest.raises(TooLarge, match="too_many_views"):
        save(world, "manager", "one more")
    assert save(world, "supervisor", "first").pk


@pytest.mark.parametrize("asker", ["supervisor", "admin", "stranger"])
def test_nobody_deletes_the_view_of_somebody_else_even_a_shared_one(world: World, asker: str) -> None:
    view = save(world, "manager", "ours", shared=True)
    with pytest.raises(NotFound, match="view_not_found"):
        view_delete(actor=actor_of(world.members[asker]), view_id=view.pk)
    view_delete(actor=actor_of(world.members["manager"]), view_id=view.pk)
    assert not SavedView.objects.filter(pk=view.pk).exists()


def test_a_key_is_no_person_and_keeps_no_views(world: World) -> None:
    client, body = world.client("key_all"), {"page": "alerts", "name": "x", "query": ""}
    answers: list[Any] = [client.get(world.url(path)) for path in ("/views", "/notices")]
    answers.append(client.post(world.url("/views"), data=body, content_type="application/json"))
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "people_only")] * 3


def notify(member: Membership, number: int, key: str, params: dict[str, object]) -> Notice:
    """A notice to a member."""
    at = NOW - timedelta(hours=9 - number)
    link, dedupe = f"/alerts/{number}", f"n{member.pk}-{number}"
    return Notice.objects.create(
        workspace=member.workspace, recipient=member, key=key, params=params, link=link, dedupe=dedupe, created_at=at
    )


def test_the_same_notice_is_told_in_the_language_of_each_reader_with_the_currency_of_the_workspace(world: World) -> None:
    notify(world.members["supervisor"], 1, "notices.alert_high", {"customer": "华东灯具", "loss": 41_000})
    texts = {language: notices_out(reader=reader(world, "supervisor", language), limit=5).items[0].text for language in ("zh-CN", "en")}
    assert texts["zh-CN"].startswith("高危预警：华东灯具，预计损失 ")
    assert texts["en"].startswith("High-risk alert: 华东灯具, expected loss ")
    assert all("41,000" in text and "¥" in text for text in texts.values())


def test_the_language_is_that_of_the_account_not_of_the_browser(world: World) -> None:
    member = world.members["supervisor"]
    notify(member, 1, "notices.unassigned", {"n": 3})
    member.user.language = "en"
    member.user.save()
    answer = world.client("supervisor").get(world.url("/notices"), headers={"accept-language": "zh-CN"}).json()
    assert answer["items"][0]["text"] == "3 new alerts have no owner; please assign them"


def test_notices_come_newest_first_up_to_the_limit_while_all_unread_are_counted(world: World) -> None:
    member = world.members["supervisor"]
    Notice.objects.filter(recipient=member).delete()
    made = [notify(member, number, "notices.plain", {"text": f"t{number}"}) for number in range(4)]
    Notice.objects.filter(pk=made[0].pk).update(read_at=NOW)
    notify(world.members["other_supervisor"], 9, "notices.plain", {"text": "of somebody else"})
    found = notices_out(reader=reader(world, "supervisor"), limit=2)
    assert [(item.text, item.link, item.read_at) for item in found.items] == [("t3", "/alerts/3", None), ("t2", "/alerts/2", None)]
    assert found.unread == 3
    with pytest.raises(Invalid, match="limit_range"):
        notices_out(reader=reader(world, "supervisor"), limit=0)


def test_who_has_as_many_views_as_allowed_can_still_replace_one(world: World) -> None:
    fill(world.members["manager"])
    save(world, "manager", "v7", query="level=high")
    assert SavedView.objects.get(member=world.members["manager"], name="v7").query == "level=high"
