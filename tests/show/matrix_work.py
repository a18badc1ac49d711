"""Who may call what about tasks: checklists, content packs, comments, visits, tickets, calendar addresses."""

from __future__ import annotations

from tests.photos import PNG
from tests.show.matrix import HANDLERS, KEEPERS, KEYS, MEMBERS, PUBLISHERS, READERS, Row, about

STEP = {"text": "电话回访"}
PLAN = {"name": "自己的计划", "steps": [STEP]}
PACK = {"name": "自己的话术", "scripts": [{"title": "问候", "text": "{{客户名}}您好"}]}
ONLY_AUTHOR = HANDLERS - {"manager"}
"""Everybody but who wrote it: for them it does not exist."""
TICKET = {"topic": "quality", "title": "灯珠发黄", "team_id": "{team}", "customer_id": "{customer}", "request_key": "t-1"}

TABLE: tuple[Row, ...] = (
    about("work_sheet_get", "get", "/work-items/{item}/sheet", READERS),
    about("work_items_bulk", "post", "/work-items/bulk", HANDLERS, {"item_ids": ["{item}"], "action": "claim"}),
    about("plan_apply", "post", "/work-items/{item}/plans", HANDLERS, {"code": "thirty-days"}),
    about("plan_remove", "delete", "/work-items/{item}/plans/{plan}", HANDLERS),
    about("plan_restore", "post", "/work-items/{item}/plans/{removed_plan}/restore", HANDLERS),
    about("step_add", "post", "/work-items/{item}/steps", HANDLERS, STEP),
    about("steps_order", "post", "/work-items/{item}/steps/order", HANDLERS, {"step_ids": ["{step}", "{plan_step}"]}),
    about("step_update", "put", "/steps/{step}", HANDLERS, STEP),
    about("step_tick", "post", "/steps/{step}/tick", HANDLERS, {"done": True}),
    about("step_remove", "delete", "/steps/{step}", HANDLERS),
    about("step_restore", "post", "/steps/{removed_step}/restore", HANDLERS),
    about("comment_add", "post", "/work-items/{item}/comments", HANDLERS, {"text": "已联系", "request_key": "c-1"}),
    Row("comment_remove", "delete", "/comments/{comment}", HANDLERS, ONLY_AUTHOR),
    Row("comment_restore", "post", "/comments/{removed_comment}/restore", HANDLERS, ONLY_AUTHOR),
    Row("plan_template_list", "get", "/plans", READERS),
    Row("plan_template_create", "post", "/plans", PUBLISHERS, body=PLAN),
    Row("plan_template_save", "put", "/plans/thirty-days", PUBLISHERS, body=PLAN),
    Row("plan_template_archive", "delete", "/plans/thirty-days", PUBLISHERS),
    Row("plan_template_restore", "post", "/plans/{old_template}/restore", PUBLISHERS),
    Row("content_pack_list", "get", "/content-packs", READERS),
    Row("content_pack_variables", "get", "/content-packs/variables", READERS),
    Row("content_pack_create", "post", "/content-packs", PUBLISHERS, body=PACK),
    Row("content_pack_save", "put", "/content-packs/care", PUBLISHERS, body=PACK),
    Row("content_pack_archive", "delete", "/content-packs/care", PUBLISHERS),
    Row("content_pack_restore", "post", "/content-packs/{old_pack}/restore", PUBLISHERS),
    Row("pack_file_add", "post", "/content-packs/care/files", PUBLISHERS, body={"file": "%PDF-1.4", "name": "plan.pdf"}),
    Row("pack_file_get", "get", "/pack-files/{pack_file}", READERS),
    Row("pack_file_remove", "delete", "/pack-files/{pack_file}", PUBLISHERS),
    Row("pack_file_restore", "post", "/pack-files/{pack_file}/restore", PUBLISHERS),
    about("visit_list", "get", "/customers/{customer}/visits", READERS),
    about("visit_record", "post", "/customers/{customer}/visits", HANDLERS, {"text": "见到了采购", "request_key": "v-1"}),
    about("visit_remove", "delete", "/visits/{visit}", HANDLERS),
    about("visit_restore", "post", "/visits/{removed_visit}/restore", HANDLERS),
    Row("visit_photo_add", "post", "/visits/{visit}/photos", HANDLERS, ONLY_AUTHOR, {"file": PNG, "name": "a.png"}),
    about("visit_photo_get", "get", "/visit-photos/{photo}", HANDLERS),
    Row("opportunity_stage_list", "get", "/opportunity-stages", READERS),
    about("opportunity_stage_update", "patch", "/opportunities/{opportunity}", HANDLERS, {"stage": "报价"}),
    Row("ticket_list", "get", "/tickets?scope=all", READERS),
    Row("ticket_counts", "get", "/tickets/counts", READERS),
    about("ticket_raise", "post", "/tickets", HANDLERS, TICKET),
    about("ticket_get", "get", "/tickets/{ticket}", READERS),
    about("ticket_move", "post", "/tickets/{ticket}/move", HANDLERS, {"move": "accept"}),
    Row("ticket_route_list", "get", "/ticket-routes", READERS),
    Row("ticket_route_save", "put", "/ticket-routes", KEEPERS, body={"routes": [{"topic": "quality", "team_id": "{team}"}]}),
    Row("calendar_feed_get", "get", "/calendar-feed", MEMBERS - KEYS),
    Row("calendar_feed_make", "post", "/calendar-feed", MEMBERS - KEYS),
    Row("calendar_feed_revoke", "delete", "/calendar-feed", MEMBERS - KEYS),
)
