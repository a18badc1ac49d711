"""Messages leave once, and where that cannot be known nobody re-sends blindly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.base.errors import Invalid, Transient
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered, Message, Topic
from liuke.jobs.running import run_message
from liuke.jobs.service import claims, outbox_add
from liuke.jobs.service.claims import Holder
from liuke.jobs.store.models import OutboxMessage
from liuke.jobs.worker import jobs_run_pending

pytestmark = pytest.mark.django_db
Status = OutboxMessage.Status


def add(key: str = "m", topic: str = "mail") -> OutboxMessage:
    return outbox_add(key=key, topic=topic, payload={"to": 1}, workspace_id=None)


class Deliverer:
    """Notes what it was given; ends as told."""

    def __init__(self, *ends: Delivered | Exception) -> None:
        self.ends = list(ends)
        self.seen: list[str] = []

    def __call__(self, message: Message) -> Delivered:
        self.seen.append(message.key)
        end = self.ends.pop(0) if self.ends else Delivered.SENT
        if isinstance(end, Exception):
            raise end
        return end


def test_a_message_is_delivered_once_however_often_it_is_added() -> None:
    deliver = Deliverer()
    assert add().pk == add().pk
    jobs_run_pending({}, {"mail": Topic(deliver, dedupes=False)})
    add()
    jobs_run_pending({}, {"mail": Topic(deliver, dedupes=False)})
    assert deliver.seen == ["m"]
    row = OutboxMessage.objects.get()
    assert (row.status, row.attempts) == (Status.SENT, 1)
    assert row.sent_at is not None


@pytest.mark.parametrize("end", [Delivered.SUPPRESSED, Delivered.UNKNOWN])
def test_the_deliverer_says_what_became_of_it(end: Delivered) -> None:
    add()
    jobs_run_pending({}, {"mail": Topic(Deliverer(end), dedupes=True)})
    row = OutboxMessage.objects.get()
    assert (row.status, row.sent_at) == (end.value, None)


def test_a_transient_fault_is_sent_again_later() -> None:
    deliver = Deliverer(Transient("smtp_busy"))
    topics = {"mail": Topic(deliver, dedupes=False)}
    add()
    jobs_run_pending({}, topics)
    assert OutboxMessage.objects.get().status == Status.PENDING
    jobs_run_pending({}, topics, now=lambda: utc_now() + timedelta(minutes=1))
    assert deliver.seen == ["m", "m"]
    assert OutboxMessage.objects.get().status == Status.SENT


@pytest.mark.parametrize(("fault", "code"), [(Invalid("no_such_address"), "no_such_address"), (ValueError("x"), "internal")])
def test_other_faults_fail_the_message(fault: Exception, code: str) -> None:
    add()
    jobs_run_pending({}, {"mail": Topic(Deliverer(fault), dedupes=True)})
    row = OutboxMessage.objects.get()
    assert row.status == Status.FAILED
    assert row.error == {"code": code, "params": {}}


@pytest.mark.parametrize(("dedupes", "again", "status"), [(True, 1, Status.PENDING), (False, 0, Status.UNKNOWN)])
def test_a_deliverer_that_died_half_way_is_repeated_only_where_the_provider_dedupes(dedupes: bool, again: int, status: str) -> None:
    add()
    (message,) = claims.outbox_claim(holder=Holder("dies"), topics={"mail": dedupes}, limit=9, now=utc_now())
    assert claims.outbox_begin(message=message)
    claims.leases_drop(holder=Holder("dies"), now=utc_now())
    taken = claims.outbox_claim(holder=Holder("next"), topics={"mail": dedupes}, limit=9, now=utc_now())
    assert (len(taken), OutboxMessage.objects.get().status) == (again, status)


def test_topics_without_a_deliverer_here_wait_for_one() -> None:
    add(topic="sms")
    assert jobs_run_pending({}, {"mail": Topic(Deliverer(), dedupes=True)}) == 0
    assert OutboxMessage.objects.get().status == Status.PENDING


def test_one_that_was_claimed_but_not_begun_is_certainly_not_sent() -> None:
    add()
    claims.outbox_claim(holder=Holder("dies"), topics={"mail": False}, limit=9, now=utc_now())
    claims.leases_drop(holder=Holder("dies"), now=utc_now())
    deliver = Deliverer()
    jobs_run_pending({}, {"mail": Topic(deliver, dedupes=False)})
    assert deliver.seen == ["m"]
    assert OutboxMessage.objects.get().status == Status.SENT


def test_a_worker_that_lost_its_lease_sends_nothing() -> None:
    add()
    (lost,) = claims.outbox_claim(holder=Holder("slow"), topics={"mail": False}, limit=9, now=utc_now())
    claims.leases_drop(holder=Holder("slow"), now=utc_now())
    (taken,) = claims.outbox_claim(holder=Holder("next"), topics={"mail": False}, limit=9, now=utc_now())
    assert not claims.outbox_begin(message=lost)
    assert claims.outbox_begin(message=taken)


def test_waiting_for_room_is_no_failed_try_but_ends_after_a_day() -> None:
    topics = {"mail": Topic(Deliverer(*[Transient("limited", again_in=30.0)] * 40), dedupes=True)}
    row = add()
    for minute in range(20):
        jobs_run_pending({}, topics, now=lambda minute=minute: utc_now() + timedelta(minutes=minute))  # type: ignore[misc]
    row.refresh_from_db()
    assert (row.status, row.faults) == (Status.PENDING, 0)
    jobs_run_pending({}, topics, now=lambda: utc_now() + timedelta(hours=25))
    row.refresh_from_db()
    assert (row.status, row.error["code"]) == (Status.FAILED, "limited")


def test_a_worker_that_stops_gives_back_what_it_has_not_begun() -> None:
    for number in range(3):
        add(f"m{number}")
    messages = claims.outbox_claim(holder=Holder("stops"), topics={"mail": False}, limit=9, now=utc_now())
    claims.outbox_put_back(messages=messages)
    assert len(claims.outbox_claim(holder=Holder("next"), topics={"mail": False}, limit=9, now=utc_now())) == 3
    assert OutboxMessage.objects.filter(attempts=2).count() == 3


def test_what_waits_for_room_is_due_when_there_is_room_and_not_before() -> None:
    add()
    now = utc_now()
    (taken,) = claims.outbox_claim(holder=Holder("full"), topics={"mail": False}, limit=9, now=now)
    claims.outbox_put_back(messages=[taken], run_at=now + timedelta(seconds=30))
    assert claims.outbox_claim(holder=Holder("next"), topics={"mail": False}, limit=9, now=now + timedelta(seconds=29)) == []
    (again,) = claims.outbox_claim(holder=Holder("next"), topics={"mail": False}, limit=9, now=now + timedelta(seconds=31))
    assert (again.key, again.faults) == ("m", 0)


@pytest.mark.parametrize(
    ("end", "rest"),
    [(Delivered.SENT, 0.0), (Transient("limited", again_in=12.5), 12.5), (Transient("smtp_busy"), 0.0), (Invalid("gone"), 0.0)],
)
def test_only_a_full_vendor_makes_those_behind_wait(end: Delivered | Exception, rest: float) -> None:
    add()
    (taken,) = claims.outbox_claim(holder=Holder("w"), topics={"mail": True}, limit=9, now=utc_now())
    assert run_message(taken, {"mail": Topic(Deliverer(end), dedupes=True)}) == rest
