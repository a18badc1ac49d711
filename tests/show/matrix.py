"""Who may call what: one row per endpoint. The table is the specification; the test walks it with every asker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MEMBERS = frozenset(
    {"admin", "it", "operations", "supervisor", "manager", "analyst", "other_supervisor", "other_manager", "key_none", "key_all"}
)
"""Everybody who belongs to the workspace. The `other_…` are of another team; keys belong to it as well."""
ASKERS = (*sorted(MEMBERS), "stranger", "anonymous")
KEYS = frozenset({"key_none", "key_all"})
READERS = MEMBERS - {"it", "key_none"}
HANDLERS = frozenset({"admin", "operations", "supervisor", "manager", "other_supervisor", "other_manager", "key_all"})
ASSIGNERS = frozenset({"admin", "operations", "supervisor", "other_supervisor", "key_all"})
EXPORTERS = frozenset({"admin", "operations", "supervisor", "other_supervisor", "analyst", "key_all"})
PUBLISHERS = frozenset({"admin", "operations", "key_all"})
IMPORTERS = frozenset({"admin", "operations", "it", "key_all"})
TECHNICIANS = frozenset({"admin", "it", "key_all"})
SEE_ALL = frozenset({"admin", "operations", "analyst", "key_all"})
KEEPERS = frozenset({"admin", "key_all"})
ADMIN = frozenset({"admin"})
ELSEWHERE = frozenset({"other_supervisor", "other_manager"})
"""Members who do not see the world's customer: for them it does not exist."""


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint. `who` gets `ok` (409 where the call itself cannot succeed in the world), other members get 403.

    `hidden`: those of `who` for whom the thing does not exist (404); `odd`: exceptions, by asker. `open`: no log-in needed.
    `outside`: not below a workspace, so a stranger, who is an admin elsewhere, gets `ok` too. A path that starts with `!` is
    below `/api/v1`.
    """

    name: str
    method: str
    path: str
    who: frozenset[str] = MEMBERS
    hidden: frozenset[str] = frozenset()
    body: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ok: int = 200
    odd: Mapping[str, int] = field(default_factory=dict)
    open: bool = False
    outside: bool = False

    def expected(self, asker: str) -> int:
        """The status that this asker must get."""
        if asker == "anonymous":
            return self.ok if self.open else 401
        if asker == "stranger":
            return self.ok if self.open or self.outside else 404
        if asker not in self.who:
            return 403
        if asker in self.odd:
            return self.odd[asker]
        return 404 if asker in self.hidden else self.ok


def about(name: str, method: str, path: str, who: frozenset[str], body: Mapping[str, Any] | None = None) -> Row:
    """A row about the world's customer: the other team gets 404."""
    return Row(name, method, path, who, ELSEWHERE, body)


TO_MANAGER = {"owner_id": "{manager}"}
NOT_MINE = {"other_supervisor": 422}
"""Refused already for the new owner, who is not of the supervisor's team."""
DAY = "2026-11-25T00:00:00Z"
OVERRIDE = {"fixed": False, "value": -10, "reason": "刚签了框架协议", "until": "2026-12-25T00:00:00Z"}
PERIOD = {"kind": "shutdown", "name": "停产", "start": "2026-08-01", "end": "2026-08-15", "tolerant": True}
SOURCE = {"kind": "sql", "name": "watch", "entity": "orders", "config": {"query": "SELECT 1 AS a"}, "secret": "postgresql://u:p@db.test/x"}
FILE = {"file": "客户编号,客户名称\nC1,甲\n", "entity": "customers"}
"""Sent as a form: `file` is the content of an upload."""
METRIC = {"kinds": ["order.placed"], "measure": "count", "days": 30}
RULE = {"when": {"all": [{"column": "order_amount_90", "op": "lt", "value": 500}]}, "exclude": None}
CUSTOMER = "/customers/{customer}"
TAG: Mapping[str, Any] = {
    "name": "Neu",
    "kind": "predictive",
    "rule": {"when": {"column": "score", "op": "ge", "value": 50}, "exclude": None},
}
TABLE: tuple[Row, ...] = (
    # session and first run
    Row("session_get", "get", "!/session", open=True, outside=True),
    Row("setup_run", "post", "!/setup", body={"name": "A", "email": "a@b.test", "password": "x" * 12}, ok=409, open=True, outside=True),
    Row("me_update", "patch", "!/me", MEMBERS - KEYS, body={"name": "Neu"}, outside=True),
    Row("invitation_get", "get", "!/invitations/{token}", open=True, outside=True),
    Row("invitation_accept", "post", "!/invitations/{token}", body={"password": "gut-genug-123"}, open=True, outside=True),
    # workspaces
    Row("template_list", "get", "!/templates", outside=True),
    Row("workspace_create", "post", "!/workspaces", ADMIN, body={"name": "Neu", "template": "saas"}, outside=True),
    Row("workspace_get", "get", ""),
    Row("workspace_update", "patch", "", KEEPERS, body={"name": "Umbenannt"}),
    Row("alert_policy_get", "get", "/alert-policy"),
    Row("clock_advance", "post", "/clock", KEEPERS, body={"days": 1}),
    Row("job_get", "get", "/jobs/{job}", MEMBERS, MEMBERS - KEEPERS),
    Row("job_cancel", "post", "/jobs/{job}/cancel", MEMBERS, MEMBERS - KEEPERS),
    # calendar
    Row("calendar_get", "get", "/calendar?year=2026"),
    Row("calendar_period_create", "post", "/calendar/periods", PUBLISHERS, body=PERIOD),
    Row("calendar_period_update", "put", "/calendar/periods/festival:2026", PUBLISHERS, body=PERIOD),
    Row("calendar_period_delete", "delete", "/calendar/periods/festival:2026", PUBLISHERS),
    Row("calendar_period_restore", "post", "/calendar/periods/festival:2026/restore", PUBLISHERS),
    Row("calendar_import", "post", "/calendar/import", PUBLISHERS, body={"text": "date,name,kind\n2027-01-01,元旦,holiday\n"}),
    # people
    Row("person_list", "get", "/people", ADMIN),
    Row("owner_list", "get", "/owners"),
    Row("person_invite", "post", "/people", ADMIN, body={"name": "Neu", "email": "neu@b.test", "role": "manager"}),
    Row("person_update", "patch", "/people/{person}", ADMIN, body={"role": "analyst"}),
    Row("person_reinvite", "post", "/people/{person}/invite", ADMIN),
    Row("team_list", "get", "/teams"),
    Row("team_create", "post", "/teams", ADMIN, body={"name": "Neu"}),
    Row("team_update", "patch", "/teams/{team}", ADMIN, body={"name": "Neu"}),
    Row("team_delete", "delete", "/teams/{team}", ADMIN),
    Row("api_key_list", "get", "/api-keys", ADMIN),
    Row("api_key_create", "post", "/api-keys", ADMIN, body={"name": "Neu", "scopes": ["export"]}),
    Row("api_key_revoke", "delete", "/api-keys/{key}", ADMIN),
    Row("audit_list", "get", "/audit", KEEPERS),
    # customers
    Row("customer_list", "get", "/customers", READERS),
    Row("customer_export", "get", "/customers/export.csv", EXPORTERS),
    Row("customer_create", "post", "/customers", HANDLERS, body={"key": "N1", "name": "Neu"}),
    Row("customer_assign", "post", "/customers/assign", ASSIGNERS, body=TO_MANAGER | {"customer_ids": ["{customer}"]}, odd=NOT_MINE),
    about("customer_get", "get", CUSTOMER, READERS),
    about("customer_update", "patch", CUSTOMER, HANDLERS, {"name": "Neu"}),
    about("customer_timeline", "get", f"{CUSTOMER}/timeline", READERS),
    about("customer_score_history", "get", f"{CUSTOMER}/score-history", READERS),
    about("customer_evidence", "get", f"{CUSTOMER}/evidence/SIG-20", READERS),
    about("customer_order", "get", f"{CUSTOMER}/orders/SO1", READERS),
    about("outcome_list", "get", f"{CUSTOMER}/outcomes", READERS),
    about("outcome_register", "post", f"{CUSTOMER}/outcomes", HANDLERS, {"kind": "churned", "occurred_on": "2026-11-20", "cause": "price"}),
    about("outcome_revert", "post", "/outcomes/{outcome}/revert", HANDLERS),
    # alerts
    Row("alert_list", "get", "/alerts", READERS),
    Row("alert_counts", "get", "/alerts/counts", READERS),
    Row("alert_assign", "post", "/alerts/assign", ASSIGNERS, body=TO_MANAGER | {"alert_ids": ["{alert}"]}, odd=NOT_MINE),
    about("alert_snooze", "post", "/alerts/snooze", HANDLERS, {"alert_ids": ["{alert}"], "until": DAY}),
    about("alert_close", "post", "/alerts/close", HANDLERS, {"alert_ids": ["{alert}"], "reason": "handled"}),
    about("alert_claim", "post", "/alerts/claim", HANDLERS, {"alert_ids": ["{alert}"]}),
    Row("alert_undo", "post", "/alerts/undo", MEMBERS, MEMBERS, {"undo_token": "gone"}),
    about("alert_get", "get", "/alerts/{alert}", READERS),
    about("alert_verdict", "post", "/alerts/{alert}/verdict", HANDLERS, {"verdict": "valid"}),
    about("alert_verdict_undo", "delete", "/alerts/{alert}/verdict", HANDLERS),
    # work
    Row("work_item_list", "get", "/work-items", READERS),
    Row("work_item_counts", "get", "/work-items/counts", READERS),
    about("work_item_create", "post", "/work-items", HANDLERS, {"customer_id": "{customer}", "title": "Anrufen"}),
    about("work_item_get", "get", "/work-items/{item}", READERS),
    about("work_item_update", "patch", "/work-items/{item}", HANDLERS, {"note": "x"}),
    about("follow_up_record", "post", "/work-items/{item}/follow-ups", HANDLERS, {"result": "reached", "request_key": "k-12345678"}),
    Row("today_get", "get", "/today", READERS),
    Row("notice_list", "get", "/notices", MEMBERS - KEYS),
    Row("notice_read", "post", "/notices/read", MEMBERS - KEYS),
    Row("saved_view_list", "get", "/views", MEMBERS - KEYS),
    Row("saved_view_create", "post", "/views", MEMBERS - KEYS, body={"page": "alerts", "name": "Neu", "query": "level=high"}),
    Row("saved_view_delete", "delete", "/views/{view}", MEMBERS - KEYS, MEMBERS - {"manager"}),
    # renewals
    Row("renewal_list", "get", "/renewals", READERS),
    about("renewal_update", "patch", "/renewals/{renewal}", HANDLERS, {"next_step": "Angebot"}),
    about("renewal_start", "post", "/renewals/{renewal}/start", HANDLERS),
    # imports
    Row("entity_list", "get", "/entities"),
    Row("entity_template", "get", "/entities/orders/template.csv"),
    Row("batch_list", "get", "/imports", IMPORTERS),
    Row("batch_upload", "post", "/imports", IMPORTERS, body=FILE),
    Row("batch_get", "get", "/imports/{batch}", IMPORTERS),
    Row(
        "batch_map",
        "put",
        "/imports/{batch}/mapping",
        IMPORTERS,
        body={"entity": "customers", "columns": {"客户编号": "customer_key", "客户名称": "name"}},
    ),
    Row("batch_start", "post", "/imports/{batch}/start", IMPORTERS),
    Row("batch_cancel", "post", "/imports/{batch}/cancel", IMPORTERS),
    Row("batch_rejects", "get", "/imports/{batch}/rejects.csv", IMPORTERS - {"it"}),
    # sources
    Row("source_list", "get", "/sources", IMPORTERS),
    Row("source_create", "post", "/sources", TECHNICIANS, body=SOURCE),
    Row("source_test", "post", "/sources/test", TECHNICIANS, body=SOURCE),
    Row("source_update", "patch", "/sources/{source}", TECHNICIANS, body={"name": "Neu"}),
    Row("source_delete", "delete", "/sources/{source}", TECHNICIANS),
    Row("source_run", "post", "/sources/{source}/run", TECHNICIANS),
    Row("source_batches", "get", "/sources/{source}/batches", TECHNICIANS),
    # boards and the score
    Row("dashboard_get", "get", "/dashboard", READERS),
    Row("search_run", "get", "/search?q=x"),
    Row("scoring_get", "get", "/scoring", READERS),
    Row("scoring_draft_save", "put", "/scoring/draft", PUBLISHERS, body={"config": {}}),
    Row("scoring_draft_discard", "delete", "/scoring/draft", PUBLISHERS),
    Row("scoring_preview", "post", "/scoring/preview", PUBLISHERS, body={"config": {"base": 40}}),
    Row("scoring_publish", "post", "/scoring/publish", PUBLISHERS),
    Row("scoring_versions", "get", "/scoring/versions", READERS),
    Row("signal_list", "get", "/signals", MEMBERS - {"key_none"}),
    Row("signal_get", "get", "/signals/SIG-20", MEMBERS - {"key_none"}),
    Row("signal_customers", "get", "/signals/SIG-20/customers", READERS),
    # tags
    Row("tag_list", "get", "/tags", READERS),
    Row("tag_create", "post", "/tags", PUBLISHERS, body=TAG),
    Row("tag_count", "post", "/tags/count", READERS, body={"kind": "predictive", "rule": TAG["rule"]}),
    Row("tag_get", "get", "/tags/{tag}", READERS),
    Row("tag_edit", "put", "/tags/{tag}", PUBLISHERS, body=TAG),
    Row("tag_enable", "post", "/tags/{tag}/enabled", PUBLISHERS, body={"enabled": False}),
    Row("tag_archive", "delete", "/tags/{tag}", PUBLISHERS),
    Row("tag_unarchive", "post", "/tags/{tag}/unarchive", PUBLISHERS),
    Row("tag_members", "get", "/tags/{tag}/members", READERS),
    Row("tag_members_add", "post", "/tags/{tag}/members", HANDLERS, body={"customer_ids": ["{customer}"]}),
    Row("tag_members_remove", "post", "/tags/{tag}/members/remove", HANDLERS, body={"customer_ids": ["{customer}"]}),
    Row("tag_history", "get", "/tags/{tag}/history", READERS),
    Row("score_override_list", "get", "/scoring/overrides", PUBLISHERS),
    Row("score_override_end", "post", "/scoring/overrides/{override}/end", PUBLISHERS),
    about("customer_override_list", "get", f"{CUSTOMER}/score-overrides", READERS),
    about("customer_override_set", "post", f"{CUSTOMER}/score-overrides", PUBLISHERS, OVERRIDE),
    about("customer_score_change", "get", f"{CUSTOMER}/score-change?from=2026-11-15T00:00:00Z&to=2026-11-22T00:00:00Z", READERS),
    # 待验证
    Row("case_list", "get", "/verification", READERS),
    Row("case_decide", "post", "/verification/decide", HANDLERS, body={"case_ids": ["{case}"], "decision": "wrong"}),
    Row("case_reopen", "post", "/verification/reopen", HANDLERS, body={"case_ids": ["{case}"]}),
    Row("scoring_restore", "post", "/scoring/versions/1/restore", PUBLISHERS),
    # rules
    Row("rule_catalogue", "get", "/rules/catalogue", READERS),
    Row("rule_count", "post", "/rules/count", READERS, body={"rule": RULE}),
    Row("rule_pack_list", "get", "/rules/packs", READERS),
    Row("rule_pack_apply", "post", "/rules/packs/vip/apply", PUBLISHERS),
    Row("rule_index", "get", "/rules", READERS),
    Row("rule_create", "post", "/rules", PUBLISHERS, body={"name": "Neu", "rule": RULE}),
    Row("rule_get", "get", "/rules/{rule}", READERS),
    Row("rule_draft_save", "put", "/rules/{rule}/draft", PUBLISHERS, body={"name": "Umbenannt", "rule": RULE}),
    Row("rule_draft_discard", "delete", "/rules/{rule}/draft", PUBLISHERS),
    Row("rule_trial", "post", "/rules/{rule}/trial", PUBLISHERS),
    Row("rule_publish", "post", "/rules/{rule}/publish", PUBLISHERS),
    Row("rule_enable", "post", "/rules/{rule}/enabled", PUBLISHERS, body={"enabled": False}),
    Row("rule_version_list", "get", "/rules/{rule}/versions", READERS),
    Row("rule_version_restore", "post", "/rules/{rule}/versions/1/restore", PUBLISHERS),
    Row("rule_archive", "delete", "/rules/{rule}", PUBLISHERS),
    Row("rule_unarchive", "post", "/rules/{rule}/unarchive", PUBLISHERS),
    Row("rule_customers", "get", "/rules/{rule}/customers", READERS),
    Row("rule_why", "get", "/rules/{rule}/why/{customer}", READERS, READERS),
    about("customer_why", "get", "/customers/{customer}/why", READERS),
    # backtests
    Row("backtest_start", "post", "/backtests", SEE_ALL, body={"subject": {"kind": "rule", "rule": RULE}}),
    Row("backtest_list", "get", "/backtests?subject=rule", READERS),
    Row("backtest_get", "get", "/backtests/{backtest}", READERS),
    Row("backtest_cancel", "post", "/backtests/{backtest}/cancel", READERS, READERS - KEEPERS),
    Row("rule_review", "get", "/rules/review", READERS),
    # metrics
    Row("metric_list", "get", "/metrics", READERS),
    Row("metric_create", "post", "/metrics", PUBLISHERS, body={"name": "Neu", "spec": METRIC}),
    Row("metric_try", "post", "/metrics/preview", PUBLISHERS, body={"spec": METRIC}),
    Row("metric_preview", "get", "/metrics/order_n_90/preview", READERS),
    Row("metric_edit", "put", "/metrics/{metric}", PUBLISHERS, body={"name": "Umbenannt", "spec": METRIC}),
    Row("metric_archive", "delete", "/metrics/{metric}", PUBLISHERS),
    Row("metric_unarchive", "post", "/metrics/{metric}/unarchive", PUBLISHERS),
)
