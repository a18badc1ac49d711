"""A simulated 云星空 with customers, orders, deliveries, stock, bills and receipts, and a source on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.align.service import batch_import
from liuke.connect.service import SourceEvent, source_create, source_run
from liuke.connect.store.models import Batch, Source
from liuke.facts.service import batch_write
from liuke.jobs.domain.contract import PlainContext
from liuke.server.secrets import installation_secret
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_workspace
from tests.simulators.kingdee import ACCOUNT, APP_ID, SECRET, USER, Fields, Kingdee, stamp


def config_of(site: Kingdee, **changes: object) -> dict[str, object]:
    """Settings of a source on the site."""
    given: dict[str, object] = {
        "base_url": site.address, "account": ACCOUNT, "user": USER, "auth": "signed", "app_id": APP_ID, "currency": "PRE001",
    }  # fmt: skip
    return given | changes


def customer(site: Kingdee, key: str, number: int, **more: str) -> None:
    row: Fields = {
        "FCUSTID": number, "FNumber": key, "FName": f"公司{key}", "FDocumentStatus": "C", "FUseOrgId.FNumber": "100",
        "FCreateDate": "2020-01-01T00:00:00", "FModifyDate": stamp(site.clock), "FBillNo": key,
    }  # fmt: skip
    site.put("BD_Customer", row | more)


def order(site: Kingdee, number: int, key: str, day: str, *lines: float, **more: str | float) -> None:
    """A sales order with a line per amount; line ids are <number>01, 02, …"""
    for place, amount in enumerate(lines, 1):
        row: Fields = {
            "FID": number, "FBillNo": f"XSDD{number}", "FDocumentStatus": "C", "FCancelStatus": "A", "FMrpTerminateStatus": "A",
            "FSaleOrgId.FNumber": "100", "FCustId.FNumber": key, "FCustId.FName": f"公司{key}", "FDate": f"{day}T00:00:00",
            "FSaleOrderEntry_FEntryId": number * 100 + place, "FMaterialId.FNumber": f"M{place}", "FMaterialId.FName": f"物料{place}",
            "FQty": 10.0, "FAllAmount_LC": amount, "FAllAmount": amount / 7, "FLocalCurrId.FNumber": "PRE001",
            "FSettleCurrId.FNumber": "PRE007", "FRemainOutQty": 10.0, "FDeliveryDate": f"{day}T00:00:00", "FSalerId.FName": "张伟",
            "FModifyDate": stamp(site.clock),
        }  # fmt: skip
        site.put("SAL_SaleOrder", row | more)


def delivery(site: Kingdee, number: int, of: tuple[int, int], day: str, quantity: float = 10.0, **more: str) -> None:
    """Of an order and its line."""
    bill_number, line = of
    row: Fields = {
        "FID": number, "FBillNo": f"XSCKD{number}", "FDocumentStatus": "C", "FCancelStatus": "A", "FSaleOrgId.FNumber": "100",
        "FSoorDerno": f"XSDD{bill_number}", "FSOEntryId": bill_number * 100 + line, "FMaterialID.FNumber": f"M{line}",
        "FRealQty": quantity, "FDate": f"{day}T00:00:00",
        "FModifyDate": stamp(site.clock),
    }  # fmt: skip
    site.put("SAL_OUTSTOCK", row | more)


def bill(site: Kingdee, number: int, key: str, due: str, amount: float, **more: str) -> None:
    row: Fields = {
        "FID": number, "FBillNo": f"AR{number}", "FDOCUMENTSTATUS": "C", "FCancelStatus": "A", "FSETTLEORGID.FNumber": "100",
        "FCUSTOMERID.FNumber": key, "FCUSTOMERID.FName": f"公司{key}", "FALLAMOUNT": amount, "FALLAMOUNTFOR": amount,
        "FMAINBOOKSTDCURRID.FNumber": "PRE001", "FCURRENCYID.FNumber": "PRE001", "FDATE": "2026-09-01T00:00:00",
        "FENDDATE_H": f"{due}T00:00:00", "FWRITTENOFFSTATUS": "A", "FModifyDate": stamp(site.clock),
    }  # fmt: skip
    site.put("AR_receivable", row | more)


def receipt(site: Kingdee, number: int, key: str, day: str, amount: float, **more: str) -> None:
    row: Fields = {
        "FID": number, "FBillNo": f"SKD{number}", "FDOCUMENTSTATUS": "C", "FCancelStatus": "A", "FSETTLEORGID.FNumber": "100",
        "FCONTACTUNITTYPE": "BD_Customer", "FCONTACTUNIT.FNumber": key, "FCONTACTUNIT.FName": f"公司{key}", "FREALRECAMOUNT": amount,
        "FREALRECAMOUNTFOR": amount, "FMAINBOOKID.FNumber": "PRE001", "FCURRENCYID.FNumber": "PRE001", "FDATE": f"{day}T00:00:00",
        "FModifyDate": stamp(site.clock),
    }  # fmt: skip
    site.put("AR_RECEIVEBILL", row | more)


def stock(site: Kingdee, number: int, article: str, free: float) -> None:
    site.put("STK_Inventory", {"FID": number, "FBillNo": article, "FMaterialId.FNumber": article, "FAVBQty": free})


@dataclass
class Erp:
    """A site, a source on it, and the warehouse that its rows reach."""

    site: Kingdee
    workspace: Workspace
    actor: Actor
    source: Source
    warehouse: LocalWarehouse
    alarms: list[SourceEvent] = field(default_factory=list)

    def run(self) -> list[Batch]:
        """One run of the source; what it brought is imported."""
        batches = source_run(source_id=self.source.pk, now=self.site.clock(), alarm=self.alarms.append)
        for batch in batches:
            context = PlainContext(workspace_id=self.workspace.pk, payload={"batch": batch.pk})
            batch_import(
                batch_id=batch.pk, context=context, alarm=self.alarms.append,
                write=lambda aligned: batch_write(workspace=self.workspace, batch=aligned, warehouse=self.warehouse),
            )  # fmt: skip
            batch.refresh_from_db()
        self.source.refresh_from_db()
        return batches

    def rows(self, kind: str, columns: str = "activity_id, value") -> list[tuple[object, ...]]:
        """What the warehouse holds of a kind, by id."""
        found = self.warehouse.query(self.workspace.pk, f"SELECT {columns} FROM activity WHERE kind = '{kind}' ORDER BY activity_id", {})
        return [tuple(row.values()) for row in found.to_pylist()]

    def later(self, at: datetime | None = None, **by: float) -> None:
        """Time passes."""
        self.site.clock.move(**by)


@pytest.fixture
def site() -> Iterator[Kingdee]:
    with Kingdee() as site:
        for form in ("BD_Customer", "SAL_SaleOrder", "SAL_OUTSTOCK", "AR_receivable", "AR_RECEIVEBILL"):
            site.forms[form] = []
        yield site


@pytest.fixture
def erp(site: Kingdee, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Erp]:
    installation_secret(tmp_path)
    settings.LIUKE = replace(django_settings.LIUKE, data_dir=tmp_path, webhook_allow=("127.0.0.1",))
    monkeypatch.setattr("liuke.connect.service.kingdee.utc_now", site.clock)
    workspace = make_workspace(time_zone="Asia/Shanghai", simulated_as_of=site.clock())
    actor = make_actor(workspace, Role.IT)
    source = source_create(actor=actor, kind="kingdee", name="金蝶", entity="", config=config_of(site), secret=SECRET)
    warehouse = LocalWarehouse(tmp_path / "warehouse")
    yield Erp(site, workspace, actor, source, warehouse)
    warehouse.close()
