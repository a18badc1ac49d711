"""A customer whose name, number and addresses are planted in every place that is kept, beside others who must not lose a row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connection

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.act.outgoing.sealing import seal_text
from liuke.act.plans.files import keep
from liuke.act.store.models import (
    Channel,
    Comment,
    Consent,
    CustomerMessage,
    FollowUp,
    MessageEvent,
    Notice,
    PointsEntry,
    Receipt,
    Suppression,
    Ticket,
    TrackedLink,
    Visit,
    VisitPhoto,
    WorkItem,
)
from liuke.alert.store.models import Alert, Verdict
from liuke.connect.domain.kept import Kept, pack
from liuke.connect.domain.wire import Form
from liuke.connect.service.storing import uploads_dir
from liuke.connect.store.models import Batch, BatchBody
from liuke.facts.store.models import AttributeVersion, Contact, Contract, Customer, TextAnswer, TextVerdict
from liuke.learn.domain.predicted import predicted_bytes, predicted_table
from liuke.learn.store.models import BacktestRun, MiningRun, Outcome
from liuke.pipeline.erasure_space import older_readers_end
from liuke.score.store.models import ModelVersion
from liuke.show.store.models import CustomerCard, WeeklyReport
from liuke.warehouse import Rows, Upsert, Warehouse, open_warehouse
from liuke.warehouse.domain.schema import ACTIVITY_IN, SCORE_IN
from liuke.warehouse.domain.steps import Renew, Replace
from tests.factories import make_actor, make_customer, make_workspace

NAME, KEY, PERSON = "欧阳若兰商贸行", "PLANT-7741", "欧阳若兰"
PHONE, WRITTEN, EMAIL = "13912345678", "139 1234 5678", "ruolan.ouyang@planted.test"
WECOM = "wmPLANTEDexternal0001"
AT = datetime(2026, 3, 2, tzinfo=UTC)
AT_US = int(AT.timestamp() * 1_000_000)
TRACES = tuple(
    spelling for text in (NAME, PERSON, PHONE, WRITTEN, EMAIL, WECOM) for spelling in (text.encode(), json.dumps(text)[1:-1].encode())
)
"""What must be nowhere afterwards, as bytes."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The world: `customer` is to go, `other` stays."""

    workspace: Workspace
    actor: Actor
    customer: Customer
    contact: Contact
    other: Customer
    warehouse: Warehouse


def plant() -> Planted:
    """Everything, in a workspace of its own."""
    workspace = make_workspace()
    actor = make_actor(workspace, Role.ADMIN)
    attributes = {"手机": WRITTEN, "industry": "flowers", "wecom_external_userid": WECOM}
    customer = make_customer(workspace, key=KEY, name=NAME, attributes=attributes)
    contact = Contact.objects.create(customer=customer, key="1", name=PERSON, phone=PHONE, email=EMAIL)
    other = make_customer(workspace, key="OTHER-1", name="不相干公司")
    Contact.objects.create(customer=other, key="1", name="不相干", phone="13800000000", email="other@else.test")
    world = Planted(workspace, actor, customer, contact, other, open_warehouse(settings.LIUKE))
    for add in (_entities, _work, _messages, _results, _mentions, _files, _stream):
        add(world)
    return world


def _entities(world: Planted) -> None:
    customer = world.customer
    AttributeVersion.objects.create(customer=customer, name="手机", value=PHONE, valid_from=AT)
    Contract.objects.create(customer=customer, key="K-1", name=f"{NAME}框架合同", ends_on=AT.date(), amount=10, currency="CNY")
    CustomerCard.objects.create(
        customer=customer, workspace=world.workspace, key=KEY, name=NAME, status="active", tier="low", reasons=[], history=[]
    )
    TextVerdict.objects.create(
        workspace=world.workspace,
        customer=customer,
        source="s",
        activity_id="a1",
        ts_us=AT_US,
        read=70,
        raw=70,
        said=10,
        agreed=False,
        at=AT,
    )
    TextAnswer.objects.create(workspace=world.workspace, digest="d" * 64, answer={"emotion": 5, "quote": PERSON}, at=AT)


def _work(world: Planted) -> None:
    workspace, customer = world.workspace, world.customer
    alert = Alert.objects.create(
        workspace=workspace,
        customer=customer,
        status="open",
        origin="score",
        level="high",
        score=90,
        peak_score=90,
        reasons=[],
        tier="low",
        opened_at=AT,
        updated_at=AT,
        level_since=AT,
    )
    Verdict.objects.create(alert=alert, verdict="accurate", note=f"{PERSON} 说要走", at=AT)
    item = WorkItem.objects.create(
        workspace=workspace, customer=customer, alert=alert, kind="alert", title=f"回访{PERSON}", due_at=AT, created_at=AT
    )
    FollowUp.objects.create(work_item=item, at=AT, result="reached", note=f"电话 {WRITTEN}", request_key=f"r1-{world.workspace.pk}")
    Comment.objects.create(work_item=item, at=AT, text=f"{PERSON}很生气", request_key=f"c1-{world.workspace.pk}")
    visit = Visit.objects.create(
        workspace=workspace, customer=customer, at=AT, text=f"见到{PERSON}", request_key=f"v1-{world.workspace.pk}"
    )
    VisitPhoto.objects.create(
        visit=visit, stored=keep("photos", f"JPEG {PHONE}".encode()), kind="image/jpeg", width=1, height=1, size=9, at=AT
    )
    Ticket.objects.create(
        workspace=workspace,
        customer=customer,
        topic="service",
        title=f"{NAME}投诉",
        text=PHONE,
        raised_at=AT,
        changed_at=AT,
        key=f"t1-{world.workspace.pk}",
    )
    PointsEntry.objects.create(workspace=workspace, customer=customer, points=5, reason="manual", key=f"p1-{world.workspace.pk}", at=AT)
    Outcome.objects.create(
        workspace=workspace, customer=customer, kind="churned", occurred_on=AT.date(), note=PERSON, previous_status="active", at=AT
    )


def _messages(world: Planted) -> None:
    workspace, customer = world.workspace, world.customer
    message = CustomerMessage.objects.create(
        workspace=workspace, customer=customer, contact=world.contact, channel="sms_aliyun", medium="sms", purpose="service",
        key=f"m1-{world.workspace.pk}",
        status="accepted", address=seal_text(PHONE), digest="e" * 40, text=f"{PERSON}您好", token=f"tok1-{world.workspace.pk}",
        planned_at=AT, created_at=AT,
    )  # fmt: skip
    TrackedLink.objects.create(message=message, token=f"tok2-{world.workspace.pk}", url=f"https://x.test/?p={PHONE}")
    MessageEvent.objects.create(workspace=workspace, message=message, kind="receipt", dedupe="1", at=AT)
    Consent.objects.create(
        workspace=workspace,
        customer=customer,
        contact=world.contact,
        medium="sms",
        purpose="marketing",
        state="given",
        source="paper",
        at=AT,
    )
    Suppression.objects.create(
        workspace=workspace, medium="sms", digest="e" * 40, hint="139****5678", reason="reply", message=message, at=AT
    )
    channel = Channel.objects.create(workspace=workspace, kind="sms_aliyun", name="短信")
    Receipt.objects.create(channel=channel, key="1", ref="1", sealed_to=seal_text(f"+86{PHONE}"), sent_at=AT)
    Receipt.objects.create(channel=channel, key="2", ref="2", sealed_to=seal_text("13800000000"), sent_at=AT)


def _results(world: Planted) -> None:
    workspace = world.workspace
    rows = [
        {"customer_id": world.customer.pk, "name": NAME, "score": 90},
        {"customer_id": world.other.pk, "name": "不相干公司", "score": 1},
    ]
    common = {"workspace": workspace, "created_at": AT, "finished_at": AT}
    BacktestRun.objects.create(
        subject={}, kind="score", every="week", start=AT.date(), end=AT.date(), horizon_days=90, result={"top": rows, "notes": []}, **common
    )
    MiningRun.objects.create(
        kind="checkup", result={"calls": [{"key": KEY, "name": NAME, "chance": 0.4}, {"key": "OTHER-1", "name": "不相干公司"}]}, **common
    )
    WeeklyReport.objects.create(
        workspace=workspace, week=AT.date(), slice="all", report={"lost": rows, "text": f"本周流失：{NAME}"}, made_at=AT
    )
    foretold = predicted_table({
        "customer_id": np.array([world.customer.pk, world.other.pk]), "origin_us": np.array([AT_US] * 2), "logit": np.zeros(2),
        "expected": np.zeros(2), "lost": np.array([True, False]), "lost_at_us": np.array([AT_US, -1]), "annual_value": np.ones(2),
        "tier": np.array(["low", "low"]), "treated": np.array([False, False]),
    })  # fmt: skip
    ModelVersion.objects.create(workspace=workspace, number=1, definition={}, predictions=predicted_bytes(foretold), created_at=AT)
    detail = {"personal": True, "count": 2, "ids": [world.customer.pk, world.other.pk]}
    AuditEntry.objects.create(
        workspace=workspace, at=AT, actor="user:1", actor_name="Desk", action="seen", object_type="customer", detail=detail
    )


def _mentions(world: Planted) -> None:
    """The person in rows of others."""
    workspace, other = world.workspace, world.other
    member = world.actor.membership_id
    Notice.objects.create(
        workspace=workspace,
        recipient_id=member,
        key="notices.alert",
        params={"customer": NAME, "n": 1},
        link=f"/customers/{world.customer.pk}",
        dedupe=f"n1-{world.workspace.pk}",
        created_at=AT,
    )
    item = WorkItem.objects.create(workspace=workspace, customer=other, kind="manual", title="比较", due_at=AT, created_at=AT)
    Comment.objects.create(
        work_item=item, at=AT, text=f"和{NAME}一样，她的电话是 {WRITTEN}，别的不变", request_key=f"c2-{world.workspace.pk}"
    )


def _files(world: Planted) -> None:
    folder = uploads_dir()
    orders = f"订单号,客户编号,备注\n1,{KEY},x\n2,OTHER-1,y\n".encode("gb18030")
    (folder / "done.bin").write_bytes(orders)
    (folder / "waits.bin").write_bytes(orders)
    (folder / "import-1.rejects.csv").write_text(f"被拒行号,被拒原因,姓名\n2,坏,{PERSON}\n3,坏,不相干\n", "utf-8-sig")
    (folder / "clean.bin").write_bytes(b"1,OTHER-1\n")
    samples = {"columns": [{"name": "客户编号", "samples": [KEY, "OTHER-1"]}, {"name": "姓名", "samples": [PERSON]}]}
    make = {"workspace": world.workspace, "entity": "orders", "created_at": AT}
    Batch.objects.create(
        stored_name="done.bin", rejects_name="import-1.rejects.csv", status="done", detected=samples, finished_at=AT, **make
    )
    Batch.objects.create(stored_name="waits.bin", status="ready", **make)
    Batch.objects.create(stored_name="clean.bin", status="done", finished_at=AT, **make)
    rows: list[dict[str, Any]] = [{"customer_key": KEY, "attrs": {"text": PHONE}}, {"customer_key": "OTHER-1", "attrs": {}}]
    for status in ("done", "queued"):
        batch = Batch.objects.create(workspace=world.workspace, entity="activities", status=status, created_at=AT)
        BatchBody.objects.create(batch=batch, body=pack(Kept(json.dumps(rows).encode(), Form.ARRAY)))


def _activity(number: str, customer: int, text: str) -> dict[str, object]:
    attrs = json.dumps({"text": text}, ensure_ascii=False)
    row: dict[str, object] = {"source": "wecom", "activity_id": number, "customer_id": customer, "ts_us": AT_US, "known_us": AT_US}
    return row | {"kind": "message.in", "value": None, "channel": None, "actor": None, "attrs": attrs}


def _stream(world: Planted) -> None:
    mine, others = world.customer.pk, world.other.pk
    rows = [
        _activity("a1", mine, f"我是{PERSON}，电话 {PHONE}"),
        _activity("a2", others, f"请联系{NAME} {PHONE}"),
        _activity("a3", others, "你好"),
    ]
    rows += [_activity(f"n{number}", others, f"第 {number} 条") for number in range(500)]
    score = {
        "customer_id": mine,
        "as_of_us": AT_US,
        "score": 90.0,
        "base": 0.0,
        "level": "high",
        "reasons": "[]",
        "confidence": 1.0,
        "version": 1,
    }
    empty = dict.fromkeys(("probability", "churn_curve", "at_stake", "money_at_risk", "model"))
    scores = [{**score, **empty}, {**score, **empty, "customer_id": others}]
    frame = pa.table({"customer_id": [mine, others], "name": [NAME, "不相干公司"]})
    steps = [
        Upsert(Rows.of(pa.Table.from_pylist(rows, ACTIVITY_IN))),
        Replace("score", Rows.of(pa.Table.from_pylist(scores, SCORE_IN)), {"as_of_us": AT_US}),
        Renew(Rows.of(frame)),
    ]
    world.warehouse.transact(world.workspace.pk, f"plant-{world.workspace.pk}", steps)


def score_write(world: Planted, at_us: int) -> None:
    """A score of the customer as a scoring would write it."""
    row = {"customer_id": world.customer.pk, "as_of_us": at_us, "score": 90.0, "base": 0.0, "level": "high", "reasons": "[]"}
    whole = row | {"confidence": 1.0, "version": 1} | dict.fromkeys(("probability", "churn_curve", "at_stake", "money_at_risk", "model"))
    step = Replace("score", Rows.of(pa.Table.from_pylist([whole], SCORE_IN)), {"as_of_us": at_us})
    world.warehouse.transact(world.workspace.pk, None, [step])


def database_files() -> list[Path]:
    """The files in which this run's application database keeps its tables."""
    if connection.vendor == "sqlite":
        own = Path(str(connection.settings_dict["NAME"]))
        return [path for path in own.parent.iterdir() if path.name.startswith(own.name)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        number = cursor.fetchone()[0]
    return [path for path in (folder / "base" / str(number)).rglob("*") if path.is_file()]


def database_renew() -> None:
    """Nothing lies in those files but rows that are there: PostgreSQL keeps what earlier tests wrote and took back."""
    if connection.vendor == "postgresql":
        older_readers_end()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (FULL, ANALYZE)")
            cursor.execute("CHECKPOINT")


def traces_in(paths: list[Path]) -> dict[str, list[str]]:
    """Which of TRACES are in which file."""
    found = {path.name: [trace.decode() for trace in TRACES if trace in path.read_bytes()] for path in paths if path.is_file()}
    return {name: traces for name, traces in found.items() if traces}


def data_files() -> list[Path]:
    """Every file of the data folder, backups and tombstones too."""
    return [path for path in settings.LIUKE.data_dir.rglob("*") if path.is_file()]
