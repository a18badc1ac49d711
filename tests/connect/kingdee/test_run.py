"""INT-01: from 云星空 to the stream of activities: everything once, nothing lost, what is taken back is undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.base.errors import Invalid, Transient
from liuke.connect.service import kingdee_run
from liuke.connect.store.models import SourceDocument
from liuke.facts.store.models import Customer
from liuke.jobs.store.models import Job
from tests.connect.kingdee.conftest import Erp, bill, config_of, customer, delivery, order, receipt, stock
from tests.simulators.kingdee import SERVICES
from tests.simulators.server import said

pytestmark = pytest.mark.django_db
QUERY = f"{SERVICES}.DynamicFormService.ExecuteBillQuery"


def test_a_first_run_brings_customers_orders_bills_and_money(erp: Erp) -> None:
    customer(erp.site, "C1", 1)
    order(erp.site, 1, "C1", "2026-10-01", 100.0, 50.0)
    bill(erp.site, 1, "C1", "2026-10-20", 150.0)
    receipt(erp.site, 1, "C1", "2026-10-25", 80.0)
    batches = erp.run()
    assert [batch.entity for batch in batches] == ["customers", "orders", "payments", "payments"]
    assert [(batch.status, batch.rows_rejected) for batch in batches] == [("done", 0)] * 4
    assert Customer.objects.get(key="C1").name == "公司C1"
    assert erp.rows("order.placed") == [("order:XSDD1", 150.0)]
    assert erp.rows("order.line") == [("line:XSDD1/101", 100.0), ("line:XSDD1/102", 50.0)]
    assert erp.rows("payment.overdue") == [("payment:AR1/overdue", 150.0)]
    assert erp.rows("payment.received") == [("payment:SKD1", 80.0)]


def test_the_same_again_brings_no_batch_and_an_edit_only_itself(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    order(erp.site, 2, "C2", "2026-10-02", 70.0)
    erp.run()
    erp.later(minutes=20)
    assert erp.run() == []
    erp.site.change("SAL_SaleOrder", "XSDD2", FAllAmount_LC=90.0)
    (batch,) = erp.run()
    assert (batch.rows_total, batch.rows_changed) == (1, 1)
    assert erp.rows("order.placed") == [("order:XSDD1", 100.0), ("order:XSDD2", 90.0)]


def test_a_document_saved_before_the_cursor_but_committed_after_it_is_found(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    erp.run()
    erp.site.clock.at -= timedelta(minutes=5)
    order(erp.site, 2, "C1", "2026-10-01", 30.0)
    erp.later(minutes=10)
    erp.run()
    assert [row[0] for row in erp.rows("order.placed")] == ["order:XSDD1", "order:XSDD2"]


def test_unaudited_orders_are_undone_and_count_again_once_audited(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0, 20.0)
    erp.run()
    erp.later(minutes=1)
    erp.site.change("SAL_SaleOrder", "XSDD1", FDocumentStatus="D")
    erp.run()
    assert (erp.rows("order.placed"), erp.rows("order.line")) == ([], [])
    erp.later(minutes=1)
    erp.site.change("SAL_SaleOrder", "XSDD1", FDocumentStatus="C")
    erp.run()
    assert erp.rows("order.placed") == [("order:XSDD1", 120.0)]


def test_drafts_never_count_and_are_told_as_left_out(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0, FDocumentStatus="A")
    order(erp.site, 2, "C1", "2026-10-01", 100.0, **{"FLocalCurrId.FNumber": "PRE007"})
    order(erp.site, 3, "", "2026-10-01", 100.0)
    assert erp.run() == []
    erp.later(minutes=1)
    erp.run()
    assert erp.source.cursor["orders"]["left_out"] == {"not_audited": 1, "currency": 1, "no_customer": 1}


def test_a_void_order_that_counted_is_a_cancelled_one(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    order(erp.site, 2, "C1", "2026-10-01", 9.0, FDocumentStatus="A", FCancelStatus="B")
    erp.run()
    erp.later(minutes=1)
    erp.site.change("SAL_SaleOrder", "XSDD1", FDocumentStatus="A", FCancelStatus="B")
    erp.run()
    assert (erp.rows("order.placed"), erp.rows("order.cancelled")) == ([], [("order:XSDD1", 100.0)])


def test_a_line_taken_out_of_an_order_is_gone(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0, 50.0)
    erp.run()
    erp.later(minutes=1)
    erp.site.delete("SAL_SaleOrder", "XSDD1")
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    erp.run()
    assert erp.rows("order.placed") == [("order:XSDD1", 100.0)]
    assert erp.rows("order.line") == [("line:XSDD1/101", 100.0)]


def test_what_was_deleted_is_undone_by_the_daily_look(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    order(erp.site, 2, "C1", "2026-10-02", 60.0)
    bill(erp.site, 1, "C1", "2026-10-10", 100.0)
    erp.run()
    erp.site.delete("SAL_SaleOrder", "XSDD1")
    erp.site.delete("AR_receivable", "AR1")
    erp.later(minutes=30)
    assert erp.run() == []
    erp.later(hours=21)
    erp.run()
    assert erp.rows("order.placed") == [("order:XSDD2", 60.0)]
    assert (erp.rows("payment.overdue"), erp.rows("payment.due")) == ([], [])
    erp.later(hours=21)
    assert erp.run() == []


def test_ids_of_a_deleted_document_used_again_by_nobody_harm_nothing(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    erp.run()
    erp.site.delete("SAL_SaleOrder", "XSDD1")
    erp.later(hours=21)
    erp.run()
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    erp.run()
    assert erp.rows("order.placed") == [("order:XSDD1", 100.0)]


def test_deliveries_make_an_order_late_and_stock_tells_what_is_missing(erp: Erp) -> None:
    stock(erp.site, 1, "M1", 3.0)
    stock(erp.site, 2, "M2", 10.0)
    order(erp.site, 1, "C1", "2026-10-01", 100.0, 50.0)
    erp.run()
    attrs = "json_extract_string(attrs, '$.in_stock')"
    assert erp.rows("order.line", attrs) == [("false",), ("true",)]
    assert erp.rows("order.placed", "json_extract_string(attrs, '$.short_of_stock')") == [("true",)]
    erp.later(minutes=1)
    delivery(erp.site, 1, (1, 1), "2026-10-04", 4.0)
    erp.run()
    late = "json_extract_string(attrs, '$.late_days')"
    assert erp.rows("order.line", late) == [(None,), (None,)]
    erp.later(minutes=1)
    delivery(erp.site, 2, (1, 1), "2026-10-08", 6.0)
    erp.run()
    assert erp.rows("order.line", f"CAST({late} AS DOUBLE)") == [(7.0,), (None,)]


def test_deliveries_taken_back_and_without_a_line_id(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    delivery(erp.site, 1, (1, 1), "2026-10-09", FDocumentStatus="D")
    delivery(erp.site, 2, (1, 1), "2026-10-03")
    for row in erp.site.forms["SAL_OUTSTOCK"]:
        row["FSOEntryId"] = 0
    erp.run()
    assert erp.rows("order.line", "CAST(json_extract_string(attrs, '$.late_days') AS DOUBLE)") == [(2.0,)]


def test_a_bill_written_off_without_an_edit_is_seen_by_the_daily_look(erp: Erp) -> None:
    bill(erp.site, 1, "C1", "2026-11-20", 100.0)
    erp.run()
    assert erp.rows("payment.due") == [("payment:AR1/due", 100.0)]
    erp.site.forms["AR_receivable"][0]["FWRITTENOFFSTATUS"] = "C"
    erp.later(hours=21)
    erp.run()
    assert erp.rows("payment.settled") == [("payment:AR1/settled", 100.0)]
    assert erp.rows("payment.received") == []


def test_without_receipts_a_bill_written_off_is_the_payment(erp: Erp) -> None:
    erp.source.config = config_of(erp.site, streams=["receivables"])
    erp.source.save()
    bill(erp.site, 1, "C1", "2026-11-20", 100.0, FWRITTENOFFSTATUS="C")
    erp.run()
    assert erp.rows("payment.received") == [("payment:AR1", 100.0)]


def test_red_bills_and_other_parties_are_left_out(erp: Erp) -> None:
    bill(erp.site, 1, "C1", "2026-11-20", -100.0)
    receipt(erp.site, 1, "S1", "2026-10-25", 80.0, FCONTACTUNITTYPE="BD_Supplier")
    assert erp.run() == []
    assert erp.source.cursor["receivables"]["left_out"] == {"not_positive": 1}
    assert erp.source.cursor["receipts"]["left_out"] == {"other_party": 1}


def test_a_site_without_the_first_of_edits_loses_nothing(erp: Erp) -> None:
    """Documents that were never edited bear no moment at all."""
    customer(erp.site, "C1", 1)
    erp.site.forms["BD_Customer"][0]["FModifyDate"] = None
    customer(erp.site, "C2", 2)
    erp.run()
    assert set(Customer.objects.values_list("key", flat=True)) == {"C1", "C2"}


def test_organisations_days_currency_and_own_field_names_are_those_of_the_settings(erp: Erp) -> None:
    erp.source.config = config_of(
        erp.site, streams=["orders"], organisations=["100"], since="2026-10-01", amounts="document", currency="PRE007",
        fields={"orders": {"actor": "", "channel": "F_PAEZ_Channel"}},
    )  # fmt: skip
    erp.source.save()
    order(erp.site, 1, "C1", "2026-10-02", 70.0, F_PAEZ_Channel="门店")
    order(erp.site, 2, "C1", "2026-10-02", 70.0, **{"FSaleOrgId.FNumber": "200"})
    order(erp.site, 3, "C1", "2026-09-30", 70.0)
    order(erp.site, 4, "C1", "2026-10-02", 70.0, **{"FSettleCurrId.FNumber": "PRE001"})
    erp.run()
    assert erp.rows("order.placed", "activity_id, value, channel, actor") == [("order:XSDD1", 10.0, "门店", None)]
    assert all("FSalerId" not in str(asked.json) for asked in erp.site.asked(QUERY))


def test_a_long_load_goes_on_in_further_runs_and_loses_nothing(erp: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kingdee_run, "MOST_PAGES", 2)
    monkeypatch.setattr(kingdee_run, "PAGES_A_BATCH", 1)
    monkeypatch.setattr(kingdee_run, "PAGE", 3)
    for number in range(1, 12):
        order(erp.site, number, f"C{number}", "2026-10-01", 10.0)
    runs = 0
    while Job.objects.filter(kind="source", key__contains=":more:").count() >= runs:
        erp.run()
        runs += 1
        erp.later(seconds=1)
    assert runs > 3
    assert len(erp.rows("order.placed")) == 11
    assert SourceDocument.objects.count() == 11


def test_edits_between_two_pages_neither_lose_nor_double(erp: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kingdee_run, "PAGE", 4)
    for number in range(1, 13):
        erp.site.clock.move(seconds=1)
        order(erp.site, number, "C1", "2026-10-01", 10.0)

    def meanwhile(page: int) -> None:
        erp.site.clock.move(seconds=1)
        if page <= 3:
            erp.site.change("SAL_SaleOrder", f"XSDD{page}", FAllAmount_LC=11.0)

    erp.site.after_page = meanwhile
    erp.run()
    erp.site.after_page = None
    erp.run()
    found = dict(erp.rows("order.placed"))
    assert len(found) == 12
    assert [found[f"order:XSDD{number}"] for number in (1, 2, 3, 4)] == [11.0, 11.0, 11.0, 10.0]


def test_a_busy_site_keeps_what_was_read_and_is_asked_again_later(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 10.0)

    def meanwhile(page: int) -> None:
        if page == 4:
            erp.site.fails(QUERY, said({}, 429, Retry_After="30"), times=1)

    erp.site.after_page = meanwhile
    erp.run()
    job = Job.objects.get(kind="source", key__contains=":more:")
    assert job.run_at == erp.site.clock() + timedelta(seconds=30)
    assert erp.rows("order.placed") == [("order:XSDD1", 10.0)]
    assert (erp.source.failures, erp.alarms) == (0, [])


def test_wrong_credentials_stop_the_source_with_one_alarm_and_plain_words(erp: Erp) -> None:
    erp.source.config = config_of(erp.site, app_id="200001_demo")
    erp.source.save()
    for _ in range(2):
        with pytest.raises(Invalid, match="kingdee_login"):
            erp.run()
    erp.source.refresh_from_db()
    assert (erp.source.failures, erp.source.last_error["code"]) == (2, "kingdee_login")
    assert [event.failing for event in erp.alarms] == [True]


def test_a_site_that_is_down_is_tried_again_by_the_job(erp: Erp) -> None:
    erp.site.fails(QUERY, said({}, 503), times=1)
    with pytest.raises(Transient, match="kingdee_busy"):
        erp.run()
    erp.run()
    assert [event.failing for event in erp.alarms] == [True, False]
    assert erp.source.failures == 0
