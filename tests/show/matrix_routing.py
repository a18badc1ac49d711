"""Who may call what about routing, absences, hand-overs and the watch."""

from __future__ import annotations

from tests.show.matrix import ADMIN, KEYS, MEMBERS, PUBLISHERS, READERS, Row, about

AWAY = {"deputy_id": "{person}", "starts_on": "2026-11-23", "ends_on": "2026-11-27"}
PLAN: dict[str, object] = {"routes": [{"levels": ["high"], "tell": ["owner", "supervisors"]}, {}]}
TO = {"owner_id": "{manager}"}

TABLE: tuple[Row, ...] = (
    Row("routing_get", "get", "/routing", PUBLISHERS),
    Row("routing_preview", "post", "/routing/preview", PUBLISHERS, body={"plan": PLAN}),
    Row("routing_publish", "post", "/routing/publish", PUBLISHERS, body={"plan": PLAN, "based_on": 0}),
    Row("routing_version_list", "get", "/routing/versions", PUBLISHERS),
    about("alert_trail", "get", "/alerts/{alert}/trail", READERS),
    Row("absence_index", "get", "/absences", MEMBERS),
    Row("absence_create", "post", "/absences", MEMBERS, body=AWAY, odd=dict.fromkeys(KEYS, 422)),
    Row("absence_delete", "delete", "/absences/{absence}", MEMBERS, MEMBERS - {"admin", "manager", "operations", "supervisor", "key_all"}),
    Row("handover_preview", "post", "/people/{person}/handover/preview", ADMIN, body=TO),
    Row("handover_run", "post", "/people/{person}/handover", ADMIN, body=TO),
    Row("handover_list", "get", "/handovers", ADMIN),
    Row("handover_undo", "post", "/handovers/{handover}/undo", ADMIN),
    Row("watch_list", "get", "/watch", READERS),
    Row("watch_counts", "get", "/watch/counts", READERS),
)
