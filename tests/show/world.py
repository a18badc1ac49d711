"""A small company for the tests of the API: two teams, one customer with everything, one asker per role."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.test import Client

from liuke.accounts.domain.roles import Role
from liuke.accounts.domain.tokens import digest
from liuke.accounts.store.models import ApiKey, Invitation, Membership, Workspace
from liuke.act.store.models import Channel, Notice, Renewal, WorkItem
from liuke.alert.store.models import Alert, Verdict
from liuke.align.service import batch_upload
from liuke.base.times import to_us, utc_now
from liuke.connect.service import source_create
from liuke.connect.store.models import Batch
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.store.models import Contact, Contract, Customer
from liuke.features.store.models import MetricDefinition
from liuke.jobs.service import job_enqueue
from liuke.jobs.store.models import Job, OutboxMessage
from liuke.learn.store.models import BacktestRun, Outcome
from liuke.score.domain.templates import TEMPLATES
from liuke.score.store.models import ScoreOverride, ScoreRun, ScoreVersion
from liuke.segments.store.models import Tag
from liuke.show.service import cards_refresh
from liuke.show.service.weekly import weekly_make
from liuke.show.store.models import CustomerCard, SavedView
from liuke.signals.store.models import Rule, RuleVersion, VerificationCase
from liuke.warehouse import Rows, Run, Upsert, Warehouse, open_warehouse
from liuke.warehouse.domain.schema import SCORE_IN
from liuke.warehouse.scores import scores_write
from tests.factories import actor_of, make_customer, make_member, make_team, make_workspace
from tests.show.world_ingest import make_sent
from tests.show.world_loyalty import make_loyalty
from tests.show.world_mining import make_mining
from tests.show.world_models import make_models
from tests.show.world_persons import make_persons
from tests.show.world_playbooks import make_flow
from tests.show.world_routing import make_routing
from tests.show.world_work import make_work

NOW = datetime(2026, 11, 22, tzinfo=UTC)
"""The workspace clock of the world."""
LATER = NOW + timedelta(days=400)
"""So far ahead that no real clock writes that day into a page."""
KEY_SCOPES = ("personal_data", "handle", "assign", "export", "import", "sources", "channels", "publish", "workspace", "audit")
REASONS: list[dict[str, Any]] = [
    {
        "signal": "SIG-20",
        "family": "consumption",
        "points": 40,
        "key": "reasons.SIG-20.amount_month",
        "params": {"drop": 0.62, "usual": 8200.0, "now": 3100.0},
    },
    {"signal": "SIG-08", "family": "interaction", "points": 14, "key": "reasons.SIG-08", "params": {"silent": 44, "limit": 30}},
]
BASE = 28
PHONE, EMAIL, SAID = "13812345678", "wang.xiao@example.test", "我们在看别的供应商"


@dataclass(slots=True)
class World:
    """Everything by name."""

    workspace: Workspace
    members: Mapping[str, Membership]
    keys: Mapping[str, str]
    customer: Customer
    alert: Alert
    item: WorkItem
    renewal: Renewal
    ids: Mapping[str, Any]
    warehouse: Warehouse

    def client(self, asker: str, **options: Any) -> Client:
        """A browser logged in as a member, a machine with a key, or nobody."""
        if asker in self.keys:
            return Client(headers={"authorization": f"Bearer {self.keys[asker]}"}, **options)
        client = Client(**options)
        if asker in self.members:
            client.force_login(self.members[asker].user)
        return client

    def url(self, path: str) -> str:
        """The address of a path below the workspace; ids by name in braces."""
        return f"/api/v1/w/{self.workspace.slug}{path.format(**self.ids)}"

    def get(self, asker: str, path: str, **options: Any) -> Any:
        """The JSON of a page that must answer 200."""
        answer = self.client(asker).get(self.url(path), options)
        assert answer.status_code == 200, answer.content
        return answer.json()


def activity(customer_id: int, number: int, at: datetime, kind: str, value: float | None = None, **attrs: object) -> dict[str, object]:
    """A row of the stream."""
    return {
        "source": "erp",
        "activity_id": f"a{number}",
        "customer_id": customer_id,
        "ts_us": to_us(at),
        "known_us": to_us(at),
        "kind": kind,
        "value": value,
        "channel": "web",
        "actor": "",
        "attrs": json.dumps(attrs, ensure_ascii=False),
    }


def activities_write(warehouse: Warehouse, workspace: Workspace, rows: list[dict[str, object]], batch: str = "b1") -> None:
    """Put rows into the workspace's stream."""
    table = pa.Table.from_pylist(rows, schema=ACTIVITY_SCHEMA)
    warehouse.transact(workspace.pk, batch, [Upsert(Rows.of(table)), Run("order_totals")])


def score_write(warehouse: Warehouse, customer: Customer, at: datetime, *, points: float, level: str) -> None:
    """Put one score into the history; the reasons are the world's, the base makes up the rest."""
    given = sum(reason["points"] for reason in REASONS)
    row = {
        "customer_id": customer.pk,
        "as_of_us": to_us(at),
        "score": float(points),
        "base": float(points - given),
        "level": level,
        "reasons": json.dumps(REASONS),
        "confidence": 0.9,
        "version": 1,
    }
    scores_write(warehouse, customer.workspace_id, as_of_us=to_us(at), scored=pa.Table.from_pylist([row], schema=SCORE_IN), version=1)


def make_people(workspace: Workspace) -> dict[str, Membership]:
    """One member per role, a second team, and a stranger from another workspace."""
    team, other = make_team(workspace), make_team(workspace)
    people = {role.value: make_member(workspace, role, team=team if role in {Role.SUPERVISOR, Role.MANAGER} else None) for role in Role}
    people["other_supervisor"] = make_member(workspace, Role.SUPERVISOR, team=other)
    people["other_manager"] = make_member(workspace, Role.MANAGER, team=other)
    people["stranger"] = make_member(make_workspace(), Role.ADMIN)
    return people


def make_keys(workspace: Workspace) -> dict[str, str]:
    """A key that may nothing but read, and one with every scope a key can have."""
    secrets = {"key_none": "lk_" + "a" * 43, "key_all": "lk_" + "b" * 43}
    for name, secret in secrets.items():
        scopes = list(KEY_SCOPES) if name == "key_all" else []
        ApiKey.objects.create(workspace=workspace, name=name, prefix=secret[:10], digest=digest(secret), scopes=scopes)
    return secrets


def make_history(world: Warehouse, workspace: Workspace, customer: Customer) -> None:
    """Orders, a message, and one row of each after the clock; two scores."""
    day = timedelta(days=1)
    rows = [
        activity(customer.pk, 1, NOW - 60 * day, "order.line", 120.0, order_id="SO1", sku="A", description="Lamp", quantity=2, price=60.0),
        activity(customer.pk, 2, NOW - 10 * day, "message.in", None, text=SAID, contact="王小"),
        activity(customer.pk, 3, NOW - 5 * day, "ticket.opened", None, ticket_id="T1", subject="太慢", text=SAID),
        activity(customer.pk, 4, NOW, "message.in", None, text="FUTURE"),
        activity(
            customer.pk, 5, NOW + 3 * day, "order.line", 999.0, order_id="SO9", sku="Z", description="FUTURE", quantity=1, price=999.0
        ),
    ]
    activities_write(world, workspace, rows)
    score_write(world, customer, NOW - 7 * day, points=60, level="early")
    score_write(world, customer, NOW, points=82, level="medium")
    score_write(world, customer, LATER, points=99, level="high")


def make_world() -> World:
    """The company, at noon of nowhere: every row the API can show."""
    workspace = make_workspace(simulated_as_of=NOW, currency="CNY")
    warehouse = open_warehouse(settings.LIUKE)
    warehouse.drop(workspace.pk)
    people, keys = make_people(workspace), make_keys(workspace)
    manager = people["manager"]
    customer = make_customer(workspace, owner=manager, name="华东灯具", attributes={"country": "CN"})
    Contact.objects.create(customer=customer, key="1", name="王小明", phone=PHONE, email=EMAIL, is_key=True)
    contract = Contract.objects.create(
        customer=customer,
        key="K1",
        name="年度合同",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 1),
        amount=Decimal(5000),
        currency="CNY",
    )
    make_history(warehouse, workspace, customer)
    config = TEMPLATES["ecommerce"].config.to_plain()
    old = ScoreVersion.objects.create(workspace=workspace, version=1, status="published", config=config, published_as_of=NOW)
    ScoreVersion.objects.create(workspace=workspace, version=2, status="draft", config=config)
    ScoreRun.objects.create(workspace=workspace, as_of=NOW, version=old, kind="nightly", started_at=utc_now(), finished_at=utc_now())
    cards_refresh(workspace=workspace, customer_ids=[customer.pk])
    CustomerCard.objects.filter(pk=customer.pk).update(
        score=82,
        level="medium",
        tier="high",
        annual_value=50_000,
        expected_loss=41_000,
        reasons=REASONS,
        main_family="consumption",
        scored_at=NOW,
    )
    since = NOW - timedelta(days=2)
    worth = {"annual_value": 50_000, "expected_loss": 41_000, "level": "medium", "score": 82, "peak_score": 82, "reasons": REASONS}
    dates = {"opened_at": since, "updated_at": since, "level_since": since}
    alert = Alert.objects.create(workspace=workspace, customer=customer, owner=manager, **worth, **dates)
    item = WorkItem.objects.create(
        workspace=workspace, customer=customer, alert=alert, kind="winback", owner=manager, due_at=NOW - timedelta(hours=3), created_at=NOW
    )
    renewal = Renewal.objects.create(contract=contract, updated_at=NOW)
    Verdict.objects.create(alert=alert, verdict="valid", signal="SIG-20", by=manager, at=NOW)
    ids = make_rest(workspace, people, customer)
    ids |= make_routing(workspace, people, NOW)
    ids |= make_models(workspace, NOW, customer.pk)
    ids |= make_mining(workspace)
    ids |= make_persons(workspace)
    ids |= make_sent(workspace, customer)
    weekly_make(workspace=workspace, now=NOW)
    ids |= make_loyalty(workspace, people, customer, NOW)
    ids |= make_work(people, item)
    ids |= make_flow(workspace, people, customer, NOW)
    ids |= {"customer": customer.pk, "alert": alert.pk, "item": item.pk, "renewal": renewal.pk}
    return World(workspace, people, keys, customer, alert, item, renewal, ids, warehouse)


def make_metric(workspace: Workspace) -> MetricDefinition:
    """An own metric: tickets of 30 days."""
    spec = {"kinds": ["ticket.opened"], "measure": "count", "days": 30}
    now = {"created_at": utc_now(), "updated_at": utc_now()}
    return MetricDefinition.objects.create(workspace=workspace, code="my_ticket_30", name="近30天工单", unit="count", spec=spec, **now)


def make_rule(workspace: Workspace) -> Rule:
    """A live rule and its next draft."""
    rule = Rule.objects.create(workspace=workspace, code="r1", name="沉默大客户")
    document = {"when": {"all": [{"column": "tier", "op": "eq", "value": "high"}]}, "exclude": None}
    live = {"status": "published", "published_as_of": NOW}
    RuleVersion.objects.create(rule=rule, version=1, document=document, effects={"level": "medium"}, **live)
    RuleVersion.objects.create(rule=rule, version=2, status="draft", document=document, effects={"level": "high"})
    return rule


def make_backtest(workspace: Workspace) -> BacktestRun:
    """One that waits for its job."""
    job = job_enqueue(kind="backtest", key=f"backtest:w{workspace.pk}", payload={}, workspace_id=workspace.pk)
    subject = {"kind": "threshold", "threshold": 50.0}
    return BacktestRun.objects.create(workspace=workspace, subject=subject, kind="threshold", every="month", job=job)


def make_case(workspace: Workspace, customer: Customer) -> VerificationCase:
    """A week at −80% that waits for a word."""
    said = {"key": "reasons.SIG-06", "params": {"drop": 0.9, "usual": 20, "now": 2}}
    return VerificationCase.objects.create(
        workspace=workspace, customer=customer, kind="drop", about="SIG-06", opened_at=NOW, seen_at=NOW, **said
    )


def make_override(workspace: Workspace, by: Membership, customer: Customer) -> ScoreOverride:
    """A person's word on the customer's score, for another month."""
    until = NOW + timedelta(days=30)
    return ScoreOverride.objects.create(
        workspace=workspace,
        customer=customer,
        fixed=False,
        value=-5,
        reason="刚拜访过",
        since=NOW - timedelta(days=1),
        until=until,
        created_by=by,
    )


def make_rest(workspace: Workspace, people: Mapping[str, Membership], customer: Customer) -> dict[str, Any]:
    """Rows that only need to be there."""
    admin, manager = people["admin"], people["manager"]
    second = make_customer(workspace, name="无主客户")
    cards_refresh(workspace=workspace, customer_ids=[second.pk])
    actor = actor_of(admin)
    source = source_create(
        actor=actor, kind="sql", name="shop", entity="orders", config={"query": "SELECT 1 AS a"}, secret="postgresql://u:p@db.test/shop"
    )
    batch = batch_upload(actor=actor, entity="customers", file=io.BytesIO("客户编号,客户名称\nZ1,甲\n".encode()), name="a.csv")
    Batch.objects.filter(pk=batch.pk).update(rejects_name=batch.stored_name)
    invited = make_member(workspace, Role.MANAGER)
    invited.user.set_unusable_password()
    invited.user.save()
    Invitation.objects.create(
        workspace=workspace, membership=invited, token_digest=digest("t" * 43), expires_at=utc_now() + timedelta(days=1)
    )
    at = {"run_at": utc_now()}
    Notice.objects.create(
        workspace=workspace, recipient=manager, key="notices.plain", params={"text": "x"}, dedupe=f"d{workspace.pk}", created_at=NOW
    )
    outcome = Outcome.objects.create(
        workspace=workspace,
        customer=customer,
        kind="repurchased",
        occurred_on=date(2026, 11, 1),
        previous_status="active",
        by=manager,
        at=NOW,
    )
    channel = Channel.objects.create(workspace=workspace, kind="webhook", name="hook", config={"url": "https://example.test/x"})
    trouble = OutboxMessage.objects.create(
        workspace=workspace, key=f"trouble:{workspace.pk}", topic="channel.webhook", payload={"channel": channel.pk},
        status=OutboxMessage.Status.UNKNOWN, **at,
    )  # fmt: skip
    return {
        "unowned": second.pk,
        "trouble": trouble.pk,
        "source": source.pk,
        "batch": batch.pk,
        "channel": channel.pk,
        "job": Job.objects.create(workspace=workspace, kind="score", key=f"k{workspace.pk}", created_by=admin, **at).pk,
        "view": SavedView.objects.create(workspace=workspace, member=manager, page="alerts", name="v", query="").pk,
        "outcome": outcome.pk,
        "override": make_override(workspace, admin, customer).pk,
        "metric": make_metric(workspace).code,
        "rule": make_rule(workspace).pk,
        "backtest": make_backtest(workspace).pk,
        "person": invited.pk,
        "manager": manager.pk,
        "team": make_team(workspace).pk,
        "case": make_case(workspace, customer).pk,
        "tag": Tag.objects.create(workspace=workspace, code="loyal", name="老客户", kind="behaviour").pk,
        "key": ApiKey.objects.create(workspace=workspace, name="old", prefix="lk_x", digest=f"{workspace.pk}x").pk,
        "token": "t" * 43,
    }
