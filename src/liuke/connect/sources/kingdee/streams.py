"""What is read: five kinds of documents, the fields of each as a standard 云星空 names them, and what a row of them becomes.

Names differ between sites: every one of them can be set otherwise (`settings.fields`), and an empty name leaves the field out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

STOCK_FORM, STOCK_MATERIAL, STOCK_AVAILABLE = "STK_Inventory", "FMaterialId.FNumber", "FAVBQty"


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of document. `entity`: what its rows are for `align`; `fields`: our name to the site's.

    Names of ours that `align` does not know (`CONTROL`) steer the reading. `lines`: one row of the site per entry line.
    """

    name: str
    form: str
    entity: str
    fields: Mapping[str, str]
    lines: bool = False


CONTROL = frozenset(
    {
        "id", "changed", "document_status", "cancel_status", "line_status", "organisation", "amount_local", "amount_document",
        "currency_local", "currency_document", "remaining", "written_off", "party",
    }
)  # fmt: skip
"""Names that steer the reading and are no columns."""
NEEDED = frozenset({"id", "changed", "customer_key", "order_id", "ordered_at", "line_id", "payment_id", "name", "delivered_on", "sku"})
"""Names that must not be left out."""

_CUSTOMERS = Stream(
    "customers", "BD_Customer", "customers",
    MappingProxyType({
        "id": "FCUSTID", "changed": "FModifyDate", "document_status": "FDocumentStatus", "organisation": "FUseOrgId.FNumber",
        "customer_key": "FNumber", "name": "FName", "registered_at": "FCreateDate", "segment": "", "industry": "", "province": "",
        "city": "", "country": "", "owner_email": "",
    }),
)  # fmt: skip
_ORDERS = Stream(
    "orders", "SAL_SaleOrder", "orders",
    MappingProxyType({
        "id": "FID", "changed": "FModifyDate", "document_status": "FDocumentStatus", "cancel_status": "FCancelStatus",
        "line_status": "FMrpTerminateStatus", "organisation": "FSaleOrgId.FNumber", "order_id": "FBillNo",
        "customer_key": "FCustId.FNumber", "customer_name": "FCustId.FName", "ordered_at": "FDate",
        "line_id": "FSaleOrderEntry_FEntryId", "sku": "FMaterialId.FNumber", "description": "FMaterialId.FName", "quantity": "FQty",
        "amount_local": "FAllAmount_LC", "amount_document": "FAllAmount", "currency_local": "FLocalCurrId.FNumber",
        "currency_document": "FSettleCurrId.FNumber", "remaining": "FRemainOutQty", "promised_on": "FDeliveryDate",
        "actor": "FSalerId.FName", "channel": "",
    }),
    lines=True,
)  # fmt: skip
_DELIVERIES = Stream(
    "deliveries", "SAL_OUTSTOCK", "orders",
    MappingProxyType({
        "id": "FID", "changed": "FModifyDate", "document_status": "FDocumentStatus", "cancel_status": "FCancelStatus",
        "organisation": "FSaleOrgId.FNumber", "order_id": "FSoorDerno", "line_id": "FSOEntryId", "sku": "FMaterialID.FNumber",
        "delivered_on": "FDate", "quantity": "FRealQty",
    }),
    lines=True,
)  # fmt: skip
_RECEIVABLES = Stream(
    "receivables", "AR_receivable", "payments",
    MappingProxyType({
        "id": "FID", "changed": "FModifyDate", "document_status": "FDOCUMENTSTATUS", "cancel_status": "FCancelStatus",
        "organisation": "FSETTLEORGID.FNumber", "payment_id": "FBillNo", "customer_key": "FCUSTOMERID.FNumber",
        "customer_name": "FCUSTOMERID.FName", "amount_local": "FALLAMOUNT", "amount_document": "FALLAMOUNTFOR",
        "currency_local": "FMAINBOOKSTDCURRID.FNumber", "currency_document": "FCURRENCYID.FNumber", "billed_on": "FDATE",
        "due_on": "FENDDATE_H", "written_off": "FWRITTENOFFSTATUS",
    }),
)  # fmt: skip
_RECEIPTS = Stream(
    "receipts", "AR_RECEIVEBILL", "payments",
    MappingProxyType({
        "id": "FID", "changed": "FModifyDate", "document_status": "FDOCUMENTSTATUS", "cancel_status": "FCancelStatus",
        "organisation": "FSETTLEORGID.FNumber", "party": "FCONTACTUNITTYPE", "payment_id": "FBillNo",
        "customer_key": "FCONTACTUNIT.FNumber", "customer_name": "FCONTACTUNIT.FName", "amount_local": "FREALRECAMOUNT",
        "amount_document": "FREALRECAMOUNTFOR", "currency_local": "FMAINBOOKID.FNumber", "currency_document": "FCURRENCYID.FNumber",
        "paid_at": "FDATE",
    }),
)  # fmt: skip
STREAMS: Mapping[str, Stream] = MappingProxyType({each.name: each for each in (_CUSTOMERS, _ORDERS, _DELIVERIES, _RECEIVABLES, _RECEIPTS)})
"""By name, in the order in which they are read: customers before what they do."""
STOCK = "stock"
"""Chosen like a stream: whether open order lines say if their goods are there. It has no documents of its own."""
CHOICES = (*STREAMS, STOCK)
