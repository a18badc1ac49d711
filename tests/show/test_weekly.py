"""RPT-01, the weekly risk report: what it counts, who gets which, once a week, and as a file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from liuke.accounts.store.models import AuditEntry
from liuke.act.channels import KINDS
from liuke.act.outgoing.rendering import rendered
from liuke.act.plans.files import path_of
from liuke.act.store.models import Channel, Notice
from liuke.base.errors import Forbidden, NotFound
from liuke.jobs.domain.contract import Message
from liuke.jobs.store.models import OutboxMessage
from liuke.learn.store.models import Outcome
from liuke.show.domain.figures import Figures
from liuke.show.domain.weekly import weekly_from_plain
from liuke.show.queries.weekly import report_book, report_file, report_out, reports_out, slice_led
from liuke.show.service.weekly import monday_of, weekly_make, weekly_of
from liuke.show.store.models import DayFigures, WeeklyReport
from tests.alert.world import Company, at
from tests.show.world_team import alert_of, answered, card_of, judged, reader_of

pytestmark = pytest.mark.django_db

NOW = at(7, 3)
"""Monday of the second week, three in the morning."""
WEEK = date(2011, 6, 20)


@pytest.fixture
def reported(acme: Company) -> Company:
    """A week in both teams: three alerts, one answer, one loss."""
    for key, loss in (("wang1", 8_000), ("li1", 5_000), ("outsider1", 9_000)):
        card_of(acme.customers[key], expected_loss=loss)
    card_of(acme.customers["wang2"], level="normal", score=10)
    card_of(acme.customers["wang3"], level="normal", status="lost", annual_value=700)
    for key in ("wang1", "outsider1"):
        alert_of(acme.customers[key], at(1))
    alert_of(acme.customers["li1"], at(2), origin="stock")
    answered(acme.customers["wang1"].alert_set.get(), at(1, 4))
    judged(acme.customers["wang1"].alert_set.get(), "valid", at(1, 5))
    Outcome.objects.create(
        workspace=acme.workspace, customer=acme.customers["wang3"], kind="churned", occurred_on=date(2011, 6, 15),
        previous_status="active", at=at(2),
    )  # fmt: skip
    return acme


def test_a_week_begins_on_monday() -> None:
    assert [monday_of(date(2011, 6, day)) for day in (19, 20, 26)] == [date(2011, 6, 13), WEEK, WEEK]


def test_RPT_01_the_report_counts_the_week_before(reported: Company) -> None:
    found = weekly_of(reported.workspace, WEEK, "", NOW)
    assert found.levels == {"normal": 1, "early": 0, "medium": 0, "high": 3}
    assert (found.customers, found.high_value) == (4, 27_000)
    assert found.raised == 2, "the stock is no news"
    assert (dict(found.outcomes), found.lost_value) == ({"churned": 1}, 700)
    assert (found.handled.told, found.handled.answered, found.handled.median_hours) == (3, 1, 4.0)
    assert dict(found.handled.verdicts) == {"valid": 1}


def test_likely_leavers_stand_with_the_largest_expected_loss_first(reported: Company) -> None:
    found = weekly_of(reported.workspace, WEEK, "", NOW)
    keys = {customer.pk: key for key, customer in reported.customers.items()}
    assert [keys[one.customer_id] for one in found.leavers] == ["outsider1", "wang1", "li1"]
    assert [one.last_contact for one in found.leavers] == [None, "2011-06-14", None]


def test_what_happened_before_or_after_the_week_is_not_of_it(acme: Company) -> None:
    alert_of(acme.customers["wang1"], at(-1, 23))
    alert_of(acme.customers["wang2"], at(0))
    alert_of(acme.customers["wang3"], at(7))
    assert weekly_of(acme.workspace, WEEK, "", at(8)).raised == 1


def test_a_teams_report_is_of_the_teams_customers_alone(reported: Company) -> None:
    found = weekly_of(reported.workspace, WEEK, f"team:{reported.supervisor.team_id}", NOW)
    assert (found.levels["high"], found.raised, found.handled.told, len(found.leavers)) == (2, 1, 2, 2)


def test_levels_of_a_week_ago_are_those_that_were_kept_then(reported: Company) -> None:
    kept = Figures(levels={"high": 7, "normal": 40}, high_value=12.5)
    DayFigures.objects.create(workspace=reported.workspace, day=date(2011, 6, 12), slice="", figures=kept.to_plain())
    found = weekly_of(reported.workspace, WEEK, "", NOW)
    assert (dict(found.levels_before), found.high_value_before) == ({"high": 7, "normal": 40}, 12.5)


def test_where_nothing_was_kept_there_is_nothing_to_compare_with(reported: Company) -> None:
    old = Figures(levels={"high": 7})
    DayFigures.objects.create(workspace=reported.workspace, day=date(2011, 6, 9), slice="", figures=old.to_plain())
    found = weekly_of(reported.workspace, WEEK, "", NOW)
    assert (dict(found.levels_before), found.high_value_before) == ({}, None)


def test_a_report_is_read_back_as_it_was_made(reported: Company) -> None:
    found = weekly_of(reported.workspace, WEEK, "", NOW)
    weekly_make(workspace=reported.workspace, now=NOW)
    assert weekly_from_plain(WeeklyReport.objects.get(slice="").report) == found


def test_RPT_01_it_is_made_once_per_week_and_slice(reported: Company) -> None:
    teams = {f"team:{reported.supervisor.team_id}", f"team:{reported.outsider.team_id}"}
    assert weekly_make(workspace=reported.workspace, now=NOW) == 3
    assert set(WeeklyReport.objects.values_list("slice", flat=True)) == {"", *teams}
    told = Notice.objects.count()
    assert weekly_make(workspace=reported.workspace, now=at(9)) == 0
    assert Notice.objects.count() == told
    assert weekly_make(workspace=reported.workspace, now=at(14)) == 3


def test_before_anybody_was_scored_there_is_no_report(acme: Company) -> None:
    assert weekly_make(workspace=acme.workspace, now=NOW) == 0
    assert not WeeklyReport.objects.exists()


def test_only_those_who_lead_are_told_each_of_their_slice(reported: Company) -> None:
    weekly_make(workspace=reported.workspace, now=NOW)
    told = {one.recipient_id: one for one in Notice.objects.filter(key="notices.weekly")}
    assert set(told) == {reported.admin.pk, reported.supervisor.pk}
    assert told[reported.admin.pk].params["high"] == 3
    assert told[reported.supervisor.pk].params["high"] == 2


def test_a_supervisor_reads_the_teams_report_and_a_manager_none(reported: Company) -> None:
    weekly_make(workspace=reported.workspace, now=NOW)
    mine = report_out(reader=reader_of(reported, reported.supervisor, NOW), week=WEEK)
    assert {one.customer.key for one in mine.leavers} == {"wang1", "li1"}
    assert not mine.is_live
    assert len(report_out(reader=reader_of(reported, reported.analyst, NOW), week=WEEK).leavers) == 3
    for who in (reported.wang, reported.it):
        with pytest.raises(Forbidden):
            report_out(reader=reader_of(reported, who, NOW), week=WEEK)


def test_any_day_of_a_week_finds_its_report_and_another_week_none(reported: Company) -> None:
    weekly_make(workspace=reported.workspace, now=NOW)
    reader = reader_of(reported, reported.admin, NOW)
    assert report_out(reader=reader, week=date(2011, 6, 23)).week == WEEK
    assert [(one.week, one.high, one.raised, one.lost) for one in reports_out(reader=reader)] == [(WEEK, 3, 2, 1)]
    with pytest.raises(NotFound):
        report_out(reader=reader, week=date(2011, 6, 13))


def test_the_running_days_are_counted_now(reported: Company) -> None:
    found = report_out(reader=reader_of(reported, reported.admin, at(3, 12)), week=None)
    assert (found.is_live, found.since, found.until) == (True, date(2011, 6, 9), date(2011, 6, 15))
    assert found.raised == 2


def test_the_file_opens_and_no_cell_of_it_is_a_formula(reported: Company) -> None:
    customer = reported.customers["wang1"]
    customer.name = "=HYPERLINK(1)"
    customer.save()
    weekly_make(workspace=reported.workspace, now=NOW)
    content = report_book(reader=reader_of(reported, reported.admin, NOW), week=WEEK)
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 2
    leavers = book.worksheets[1]
    names = [cell.value for cell in leavers["A"]]
    assert names == ["客户", "客户outsider1", "'=HYPERLINK(1)", "客户li1"]
    assert not any(cell.data_type == "f" for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    assert leavers["E2"].value == 92
    assert AuditEntry.objects.filter(workspace=reported.workspace, object_type="report").count() == 1


def test_the_file_needs_the_permission_to_export(reported: Company) -> None:
    weekly_make(workspace=reported.workspace, now=NOW)
    with pytest.raises(Forbidden):
        report_book(reader=reader_of(reported, reported.wang, NOW), week=WEEK)


def test_a_deputy_of_who_leads_reads_their_report_today_and_nobody_elses(reported: Company) -> None:
    weekly_make(workspace=reported.workspace, now=NOW)
    alone = reader_of(reported, reported.wang, NOW)
    with pytest.raises(Forbidden):
        slice_led(alone)
    standing = replace(alone, actor=replace(alone.actor, stands_in=frozenset({reported.supervisor.pk})))
    assert slice_led(standing) == f"team:{reported.supervisor.team_id}"
    assert report_out(reader=standing, week=WEEK).customers
    whole = replace(alone, actor=replace(alone.actor, stands_in=frozenset({reported.supervisor.pk, reported.admin.pk})))
    assert slice_led(whole) == ""
    peer = replace(alone, actor=replace(alone.actor, stands_in=frozenset({reported.li.pk})))
    with pytest.raises(Forbidden):
        slice_led(peer)


def test_RPT_01_the_mail_carries_the_report_as_a_file_and_other_channels_do_not(reported: Company) -> None:
    workspace = reported.workspace
    type(workspace).objects.filter(pk=workspace.pk).update(simulated_as_of=None)
    workspace.refresh_from_db()
    Channel.objects.create(workspace=workspace, kind="email", name="邮件", config={"to": "owner"})
    Channel.objects.create(workspace=workspace, kind="webhook", name="系统", config={"url": "https://a.example"})
    weekly_make(workspace=workspace, now=NOW, book=lambda member, report: report_file(workspace, member, report, NOW))
    rows = {row.topic: row for row in OutboxMessage.objects.filter(payload__recipient=reported.supervisor.pk)}
    stored, name = rows["channel.email"].payload["file"]
    assert name == f"liuke-{WEEK}.xlsx"
    book = load_workbook(io.BytesIO(path_of("reports", stored).read_bytes()))
    assert len(book.sheetnames) == 2
    assert all("file" not in row.payload for row in OutboxMessage.objects.filter(topic="channel.webhook"))
    row = rows["channel.email"]
    message = Message(row.pk, row.key, row.topic, row.payload, workspace.pk, 1)
    sent = rendered(message, workspace, reported.supervisor, KINDS["email"])
    assert [title for title, content in sent.files if content[:2] == b"PK"] == [name]
    path_of("reports", stored).unlink()
    assert rendered(message, workspace, reported.supervisor, KINDS["email"]).files == ()


def test_nobody_writes_a_file_where_nobody_gets_mails(reported: Company) -> None:
    def never(_member: object, _report: object) -> bytes:
        raise AssertionError

    assert weekly_make(workspace=reported.workspace, now=NOW, book=never)
