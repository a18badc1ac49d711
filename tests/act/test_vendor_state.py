"""Tokens and limits over all workers. The same tests run on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.accounts.store.models import Workspace
from liuke.act.outgoing.state import FETCH_LEASE, SLICES, DatabaseLimits, DatabaseTokens, in_window, room_in
from liuke.act.store.models import Channel, VendorToken, VendorUse
from liuke.base.times import utc_now
from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.state import Limit, Token
from tests.factories import make_workspace
from tests.simulators.server import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return Channel.objects.create(workspace=make_workspace(), kind="webhook", name="w")


def together(n: int, work: Callable[[], None]) -> None:
    """Run `work` in `n` threads that start at one moment, each with its own connection."""
    gate = threading.Barrier(n)

    def run() -> None:
        gate.wait()
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


class Vendor:
    """Gives out tokens and counts them."""

    def __init__(self, now: Callable[[], datetime], seconds: int = 7200) -> None:
        self.now, self.seconds, self.given = now, seconds, 0

    def __call__(self) -> Token:
        self.given += 1
        return Token(f"t{self.given}", self.now() + timedelta(seconds=self.seconds))


def test_a_token_is_kept_sealed_until_five_minutes_before_its_end(channel: Channel) -> None:
    clock = Clock()
    tokens, vendor = DatabaseTokens(channel.pk, clock), Vendor(clock)
    assert [tokens.get("app", vendor) for _ in range(2)] == ["t1", "t1"]
    assert bytes(VendorToken.objects.get().sealed or b"") != b"t1"
    clock.move(seconds=7200 - 300)
    assert tokens.get("app", vendor) == "t1"
    clock.move(seconds=1)
    assert tokens.get("app", vendor) == "t2"


def test_a_refused_token_is_fetched_anew_but_only_if_it_is_still_the_stored_one(channel: Channel) -> None:
    clock = Clock()
    tokens, vendor = DatabaseTokens(channel.pk, clock), Vendor(clock)
    tokens.get("app", vendor)
    tokens.drop("app", "another")
    assert tokens.get("app", vendor) == "t1"
    tokens.drop("app", "t1")
    assert tokens.get("app", vendor) == "t2"


def test_channels_do_not_see_each_others_tokens(channel: Channel) -> None:
    clock = Clock()
    vendor = Vendor(clock)
    other = Channel.objects.create(workspace=channel.workspace, kind="webhook", name="other")
    assert [DatabaseTokens(pk, clock).get("app", vendor) for pk in (channel.pk, other.pk)] == ["t1", "t2"]


def test_a_fetch_that_failed_leaves_the_way_free(channel: Channel) -> None:
    clock = Clock()
    tokens = DatabaseTokens(channel.pk, clock)

    def refused() -> Token:
        raise Rejected("40001")

    with pytest.raises(Rejected):
        tokens.get("app", refused)
    assert tokens.get("app", Vendor(clock)) == "t1"


def test_while_another_worker_renews_the_old_token_serves_until_its_end(channel: Channel) -> None:
    clock = Clock()
    vendor = Vendor(clock)
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        clock.move(seconds=5)

    tokens = DatabaseTokens(channel.pk, clock, pause)
    tokens.get("app", vendor)
    clock.move(seconds=7200 - 60)
    VendorToken.objects.update(fetching_until=clock() + FETCH_LEASE)
    assert (tokens.get("app", vendor), waited) == ("t1", [])
    VendorToken.objects.update(until=clock())
    with pytest.raises(Busy, match="token_wait"):
        tokens.get("app", vendor)
    clock.move(seconds=30)
    assert tokens.get("app", vendor) == "t2"  # whoever fetched has died


@pytest.mark.django_db(transaction=True)
def test_two_threads_of_two_workers_fetch_once(channel: Channel) -> None:
    vendor = Vendor(utc_now)
    got: list[str] = []
    lock = threading.Lock()

    def slow() -> Token:
        with lock:
            token = vendor()
        threading.Event().wait(0.2)  # the vendor's answer takes its time
        return token

    together(4, lambda: got.append(DatabaseTokens(channel.pk, utc_now).get("app", slow)))
    assert (got, vendor.given) == (["t1"] * 4, 1)


def test_the_next_one_waits_until_the_window_has_room(channel: Channel) -> None:
    clock = Clock()
    limits = DatabaseLimits(channel.workspace_id, clock)
    assert [limits.take("robot", Limit(20, 60)) for _ in range(20)] == [0.0] * 20
    wait = limits.take("robot", Limit(20, 60))
    assert 60 <= wait <= 61
    clock.move(seconds=wait)
    assert limits.take("robot", Limit(20, 60)) == 0.0
    assert limits.take("robot", Limit(20, 60), n=21) == 60.0
    assert VendorUse.objects.get().most == 20


def test_limits_are_a_workspaces_own_and_count_by_key_and_window(channel: Channel) -> None:
    clock = Clock()
    mine, theirs = (DatabaseLimits(pk, clock) for pk in (channel.workspace_id, make_workspace(slug="other").pk))
    one = Limit(1, 60)
    assert [mine.take("a", one), theirs.take("a", one), mine.take("b", one), mine.take("a", Limit(5, 3600))] == [0.0] * 4
    assert mine.take("a", one) > 0


@pytest.mark.django_db(transaction=True)
def test_threads_of_several_workers_never_take_more_than_the_limit(channel: Channel) -> None:
    took: Counter[bool] = Counter()
    lock = threading.Lock()

    def work() -> None:
        limits = DatabaseLimits(channel.workspace_id, utc_now)
        for _ in range(10):
            free = limits.take("robot", Limit(25, 600)) == 0.0
            with lock:
                took[free] += 1

    together(4, work)
    assert took == {True: 25, False: 15}


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.floats(0, 40), st.integers(1, 4)), max_size=60),
    limit=st.builds(Limit, most=st.integers(4, 9), seconds=st.integers(1, 90)),
)
def test_no_window_of_any_start_holds_more_than_the_limit(steps: list[tuple[float, int]], limit: Limit) -> None:
    now = 1_700_000_000.0
    counts: list[list[int]] = []
    granted: list[tuple[float, int]] = []
    for later, n in steps:
        now += later
        counts = in_window(counts, limit.seconds, now)
        wait = room_in(counts, limit, n, now)
        if wait == 0.0:
            piece = int(now * SLICES / limit.seconds)
            counts = [*counts, [piece, n]] if not counts or counts[-1][0] < piece else [*counts[:-1], [piece, counts[-1][1] + n]]
            granted.append((now, n))
        else:
            assert wait <= limit.seconds * (1 + 2 / SLICES)
            assert room_in(in_window(counts, limit.seconds, now + wait), limit, n, now + wait) == 0.0
    for start, _ in granted:
        assert sum(n for at, n in granted if start <= at < start + limit.seconds) <= limit.most


def test_a_channel_that_goes_takes_its_tokens_along(channel: Channel) -> None:
    clock = Clock()
    DatabaseTokens(channel.pk, clock).get("app", Vendor(clock))
    Workspace.objects.get(pk=channel.workspace_id).channel_set.all().delete()
    assert not VendorToken.objects.exists()
