"""What comes from outside reaches the score: 云星空's orders, a customer who deletes a colleague in WeCom, a quote nobody opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from liuke.act.channels.wecom.callbacks import DELETED
from liuke.act.doings.domain import Doing
from liuke.act.doings.queue import doing_note, doings_hand_over
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.governor.addresses import WECOM
from liuke.act.outgoing.contacts import contact_deleted
from liuke.act.store.models import Channel
from liuke.alert.domain.changes import ReviewKind
from liuke.align.domain.batch import AlignedBatch, Written
from liuke.align.service import batch_import
from liuke.connect.service import source_run
from liuke.connect.service.sources import seal
from liuke.connect.store.models import Source
from liuke.facts.domain.kinds import Kind
from liuke.facts.service import batch_write
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline.live import live_run
from liuke.pipeline.scoring import workspace_score
from liuke.show.store.models import CustomerCard
from tests.connect.kingdee.conftest import config_of, customer, order
from tests.pipeline.conftest import OPENS, Shop
from tests.simulators.kingdee import SECRET, Kingdee
from tests.simulators.server import Clock

pytestmark = pytest.mark.django_db


def score(shop: Shop) -> None:
    workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=OPENS, kind=ReviewKind.NIGHTLY)


def _write(shop: Shop, aligned: AlignedBatch) -> Written:
    return batch_write(workspace=shop.workspace, batch=aligned, warehouse=shop.warehouse)


def signals(key: str) -> set[str]:
    card = CustomerCard.objects.get(key=key)
    return {str(reason["signal"]) for reason in card.reasons}


@pytest.fixture
def erp(shop: Shop, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kingdee]:
    """A 云星空 with a customer who ordered every week and stopped 100 days ago, and one who goes on."""
    settings.LIUKE = replace(django_settings.LIUKE, data_dir=tmp_path, webhook_allow=("127.0.0.1",))
    (tmp_path / "secret").write_bytes(b"x" * 32)
    with Kingdee(Clock(OPENS)) as site:
        monkeypatch.setattr("liuke.connect.service.kingdee.utc_now", site.clock)
        for number, key in enumerate(("FADED", "LOYAL"), 1):
            customer(site, key, number)
        for week in range(40):
            for number, (key, pause) in enumerate((("FADED", 100), ("LOYAL", 2))):
                day = (OPENS - timedelta(days=pause + 7 * week)).date().isoformat()
                order(site, 1 + 2 * week + number, key, day, 1_000.0)
        yield site


def test_INT_01_orders_of_an_ERP_flow_through_to_scores(shop: Shop, erp: Kingdee) -> None:
    from_site = Source(workspace=shop.workspace, kind="kingdee", name="金蝶", config=config_of(erp, streams=["customers", "orders"]))
    from_site.secret = seal(SECRET)
    from_site.save()
    for batch in source_run(source_id=from_site.pk, now=erp.clock(), alarm=[].append):
        batch_import(
            batch_id=batch.pk,
            context=PlainContext(workspace_id=shop.workspace.pk),
            write=lambda aligned: _write(shop, aligned),
            alarm=[].append,
        )
    score(shop)
    found = dict(CustomerCard.objects.filter(key__in=("FADED", "LOYAL")).values_list("key", "score"))
    assert found["FADED"] > found["LOYAL"]


def test_SIG_54_a_customer_who_deletes_a_colleague_has_the_signal_after_one_micro_batch(shop: Shop) -> None:
    score(shop)
    steady = Customer.objects.get(key="steady")
    steady.attributes = {WECOM: "wm1"}
    steady.save()
    channel = Channel.objects.create(workspace=shop.workspace, kind="wecom", name="企业微信")
    at = OPENS - timedelta(minutes=1)
    assert contact_deleted(channel, Event(EventKind.CONTACT_DELETED, DELETED, at, user="zhangwei", address="wm1", data={"by": "customer"}))
    live_run(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext(workspace_id=shop.workspace.pk))
    assert "SIG-54" in signals("steady")
    assert "SIG-54" not in signals("fading")


@pytest.mark.parametrize("opened", [False, True])
def test_SIG_01_a_quote_that_nobody_opens_for_seven_days_is_a_signal_and_one_that_is_opened_is_none(shop: Shop, opened: bool) -> None:
    sent = OPENS - timedelta(days=30)  # before the quiet days of the Spring Festival, which extend the time
    doing_note(shop.workspace.pk, Doing("link:1", "steady", sent, Kind.INFO_SENT, channel="link", attrs={"info": "quote", "link": 1}))
    if opened:
        looked = sent + timedelta(days=1)
        doing_note(shop.workspace.pk, Doing("viewed:1", "steady", looked, Kind.INFO_VIEWED, attrs={"info": "quote"}, value=42.0))
    assert doings_hand_over(shop.workspace.pk) == 1 + opened
    live_run(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext(workspace_id=shop.workspace.pk))
    score(shop)
    assert ("SIG-01" in signals("steady")) is not opened


def test_SIG_25_a_quote_looked_at_again_and_again_without_an_order_is_a_signal(shop: Shop) -> None:
    for number in range(9):
        at = OPENS - timedelta(days=2 + number)
        prices = {"info": "quote", "price": True, "app": "link"}
        doing_note(shop.workspace.pk, Doing(f"prices:{number}", "fading", at, Kind.PAGE_VIEWED, attrs=prices, value=30.0))
    doings_hand_over(shop.workspace.pk)
    live_run(workspace=shop.workspace, warehouse=shop.warehouse, context=PlainContext(workspace_id=shop.workspace.pk))
    score(shop)
    assert "SIG-25" in signals("fading")
