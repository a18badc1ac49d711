"""Live updates: who is told what, and who is no longer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, User
from liuke.act.store.models import Notice
from liuke.base.times import utc_now
from liuke.jobs.service import job_enqueue
from liuke.jobs.store.models import Job
from liuke.server.stream.events import JobRow, News, NoticeRow, encode
from liuke.server.stream.guests import Guest, guest_of, still_welcome
from liuke.server.stream.hub import QUEUE, Hub, job_events, notice_event
from liuke.server.stream.tail import PATIENCE, IdWatch, Tail, notices_after
from tests.factories import actor_of, make_member, make_workspace

pytestmark = pytest.mark.django_db


def session_of(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def guest_for(member: Membership) -> Guest:
    guest = guest_of(f"x=1; sessionid={session_of(member.user)}", member.workspace.slug)
    assert guest is not None
    return guest


def notice(member: Membership, name: str = "1") -> Notice:
    return Notice.objects.create(workspace=member.workspace, recipient=member, key="k", dedupe=name, created_at=utc_now())


def job_row(member: Membership, workspace_id: int, status: str = "running") -> JobRow:
    return JobRow(1, workspace_id, member.pk, "import", status, 0.5, {"key": "stages.x", "params": {}}, utc_now())


def names(events: Iterable[bytes]) -> list[str]:
    return [event.decode().split("event: ")[1].split("\n")[0] for event in events]


def test_a_session_of_a_member_may_listen_and_nobody_else() -> None:
    member, other = make_member(make_workspace()), make_workspace()
    cookie = f"sessionid={session_of(member.user)}"
    guest = guest_of(cookie, member.workspace.slug)
    assert guest is not None
    assert guest.actor == actor_of(member)
    for wrong, slug in (("", member.workspace.slug), ("sessionid=nonsense", member.workspace.slug), (cookie, other.slug), (cookie, "")):
        assert guest_of(wrong, slug) is None


@pytest.mark.parametrize("end", ["log_out", "expiry", "password", "membership", "account"])
def test_a_stream_ends_with_the_log_in_the_membership_or_the_account(end: str) -> None:
    staying, leaving = guest_for(make_member(make_workspace())), guest_for(make_member(make_workspace()))
    assert still_welcome([staying, leaving]) == {staying, leaving}
    sessions = Session.objects.filter(session_key=leaving.session_key)
    user = Membership.objects.get(pk=leaving.membership_id).user
    if end == "log_out":
        sessions.delete()
    elif end == "expiry":
        sessions.update(expire_date=utc_now() - timedelta(seconds=1))
    elif end == "password":
        user.set_password("eine-andere-phrase")
        user.save()
    elif end == "membership":
        Membership.objects.filter(pk=leaving.membership_id).update(is_active=False)
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert still_welcome([staying, leaving]) == {staying}


NOTHING = News([], [], [])


def test_the_tail_tells_each_notice_and_each_change_of_a_job_once() -> None:
    member = make_member(make_workspace())
    notice(member, "past")
    tail = Tail()
    tail.start()
    assert tail.read() == NOTHING
    fresh = notice(member, "fresh")
    job = job_enqueue(kind="import", key="a", payload={}, workspace_id=member.workspace_id)
    news = tail.read()
    notices, jobs = news.notices, news.jobs
    assert ([row.id for row in notices], [row.id for row in jobs]) == ([fresh.pk], [job.pk])
    assert tail.read() == NOTHING
    Job.objects.update(progress=0.5, changed_at=utc_now())
    assert [row.progress for row in tail.read().jobs] == [0.5]


@given(st.permutations(range(11, 31)), st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_ids_that_become_visible_out_of_order_are_each_found_once(order: list[int], cuts: list[int]) -> None:
    watch, told, now, visible = IdWatch(10), [], utc_now(), set[int]()
    rest = list(order)
    while rest:
        for _ in range(cuts[len(rest) % len(cuts)]):
            if rest:
                visible.add(rest.pop(0))
        found = [number for number in sorted(visible) if number > watch.last or number in watch.missing]
        told += found
        watch.saw(found, now)
    assert sorted(told) == list(range(11, 31))


def test_a_gap_that_stays_is_given_up() -> None:
    watch, now = IdWatch(1), utc_now()
    watch.saw([5], now)
    assert set(watch.missing) == {2, 3, 4}
    watch.saw([], now + PATIENCE)
    assert not watch.missing


def test_a_returning_browser_gets_what_it_missed_and_nothing_of_others() -> None:
    workspace = make_workspace()
    member, other = make_member(workspace), make_member(workspace)
    first, _, third = notice(member, "1"), notice(other, "2"), notice(member, "3")
    assert [row.id for row in notices_after(member.pk, first.pk)] == [third.pk]


def test_progress_is_for_the_maker_and_admins_and_the_end_for_everybody_of_the_workspace() -> None:
    workspace = make_workspace()
    maker, admin = make_member(workspace, Role.OPERATIONS), make_member(workspace)
    peer, stranger = make_member(workspace, Role.MANAGER), make_member(make_workspace())
    for status, expected in (("running", ["job"]), ("done", ["job", "changed"])):
        row = job_row(maker, workspace.pk, status)
        assert names(job_events(row, guest_for(maker))) == expected
        assert names(job_events(row, guest_for(admin))) == expected
        assert names(job_events(row, guest_for(peer))) == [name for name in expected if name == "changed"]
        assert job_events(row, guest_for(stranger)) == []


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_an_event_is_one_block_whatever_it_holds(data: dict[str, object]) -> None:
    block = encode("job", data, 7).decode()
    assert block.endswith("\n\n")
    assert block.count("\n\n") == 1
    head, name, body = block.removesuffix("\n\n").split("\n")
    assert (head, name, json.loads(body.removeprefix("data: "))) == ("id: 7", "event: job", data)


def test_a_reader_that_is_too_slow_is_sent_away_and_the_others_stay() -> None:
    member, other = make_member(make_workspace()), make_member(make_workspace())
    slow, quick = guest_for(member), guest_for(other)

    async def scene() -> tuple[bytes, int, bool]:
        hub = Hub()
        hub._task = asyncio.create_task(asyncio.sleep(60))
        first, second = await hub.join(slow), await hub.join(quick)
        rows = [NoticeRow(number, member.pk, "k", {}, "") for number in range(QUEUE + 1)]
        hub._spread(News([*rows, NoticeRow(999, other.pk, "k", {}, "")]))
        hub._task.cancel()
        return first.queue.get_nowait(), second.queue.qsize(), hub.has_room(slow)

    assert asyncio.run(scene()) == (b"", 1, True)


def test_a_notice_is_written_in_the_readers_language() -> None:
    guest = guest_for(make_member(make_workspace()))
    block = notice_event(NoticeRow(3, guest.membership_id, "errors.team_name_taken", {"name": "华东"}, "/x"), guest).decode()
    assert "团队「华东」已存在" in block
    assert block.startswith("id: 3\n")


def test_a_dead_reader_ends_the_streams_so_that_browsers_come_back() -> None:
    guest = guest_for(make_member(make_workspace()))

    async def scene() -> bytes:
        hub = Hub()

        async def die() -> None:
            raise ValueError("a bug")

        hub._task = asyncio.create_task(asyncio.sleep(60))
        listener = await hub.join(guest)
        hub._task.cancel()
        reader = asyncio.create_task(die())
        reader.add_done_callback(hub._ended)
        return await asyncio.wait_for(listener.queue.get(), 5)

    assert asyncio.run(scene()) == b""
