"""Two reviews, or a review and a person, at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from liuke.act.service import alerts_close, customers_review
from liuke.act.store.models import Notice, WorkItem
from liuke.alert.store.models import Alert
from tests.alert.world import Company, at, company, scored

pytestmark = pytest.mark.django_db(transaction=True)


def review(acme: Company, day: int, score: float = 95) -> None:
    """A review of everybody, on a connection of the thread's own."""
    try:
        everybody = [scored(customer, score) for customer in acme.customers.values()]
        customers_review(workspace=acme.workspace, as_of=at(day), kind="nightly", scored=everybody)
    finally:
        connection.close()


def close(acme: Company, ids: list[int]) -> None:
    """A person closes alerts while reviews run."""
    try:
        alerts_close(actor=acme.actor(acme.admin), alert_ids=ids, reason="handled")
    finally:
        connection.close()


def test_two_reviews_of_the_same_moment_are_one() -> None:
    acme = company(simulated=True)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(review, acme, 0) for _ in range(2)]:
            done.result()
    assert Alert.objects.count() == WorkItem.objects.count() == len(acme.customers)
    assert Notice.objects.filter(key="notices.alert_high").count() == 6


def test_a_review_never_reopens_what_a_person_closes_meanwhile() -> None:
    acme = company(simulated=True)
    review(acme, 0)
    ids = list(Alert.objects.values_list("id", flat=True))
    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(review, acme, 1, 96), pool.submit(close, acme, ids), pool.submit(review, acme, 2, 97)]
        for done in running:
            done.result()
    assert set(Alert.objects.values_list("status", flat=True)) == {"closed"}
    assert not WorkItem.objects.filter(status__in=["todo", "doing"]).exists()
