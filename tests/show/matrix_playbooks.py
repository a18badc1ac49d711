"""Who may call what about playbooks."""

from __future__ import annotations

from tests.show.matrix import ASSIGNERS, CUSTOMER, ELSEWHERE, HANDLERS, KEEPERS, MEMBERS, PUBLISHERS, READERS, Row, about
from tests.show.world_playbooks import FLOW

ONE = "/playbooks/{playbook}"
SAVE = {"name": "Neu", "spec": dict(FLOW)}

TABLE: tuple[Row, ...] = (
    Row("playbook_list", "get", "/playbooks", READERS),
    Row("playbook_create", "post", "/playbooks", PUBLISHERS, body=SAVE),
    Row("playbook_kind_list", "get", "/playbooks/kinds", READERS),
    Row("playbook_problem_list", "post", "/playbooks/problems", READERS, body={"spec": {}}),
    Row("playbook_simulation_start", "post", "/playbooks/simulations", PUBLISHERS, body={"spec": dict(FLOW), "days": 5}),
    Row("playbook_simulation_get", "get", "/playbooks/simulations/{simulation}", PUBLISHERS),
    Row("playbook_simulation_cancel", "post", "/playbooks/simulations/{simulation}/cancel", PUBLISHERS, PUBLISHERS - KEEPERS),
    Row("playbook_pack_list", "get", "/playbooks/packs", READERS),
    Row("playbook_pack_apply", "post", "/playbooks/packs/recall/apply", PUBLISHERS),
    Row("approval_list", "get", "/playbooks/approvals", READERS),
    Row("approval_decide", "post", "/playbooks/approvals/{approval}", MEMBERS, MEMBERS - (ASSIGNERS - ELSEWHERE), {"approved": True}),
    Row("playbook_get", "get", ONE, READERS),
    Row("playbook_draft_save", "put", f"{ONE}/draft", PUBLISHERS, body=SAVE),
    Row("playbook_draft_discard", "delete", f"{ONE}/draft", PUBLISHERS),
    Row("playbook_trial", "post", f"{ONE}/trial", PUBLISHERS),
    Row("playbook_publish", "post", f"{ONE}/publish", PUBLISHERS),
    Row("playbook_enable", "post", f"{ONE}/enabled", PUBLISHERS, body={"enabled": False}),
    Row("playbook_pause", "post", f"{ONE}/pause", PUBLISHERS),
    Row("playbook_resume", "post", f"{ONE}/resume", PUBLISHERS),
    Row("playbook_stop", "post", f"{ONE}/stop", PUBLISHERS),
    Row("playbook_archive", "delete", ONE, PUBLISHERS),
    Row("playbook_version_list", "get", f"{ONE}/versions", READERS),
    Row("playbook_version_restore", "post", f"{ONE}/versions/1/restore", PUBLISHERS),
    Row("playbook_counts", "get", f"{ONE}/counts", READERS),
    Row("enrolment_list", "get", f"{ONE}/enrolments", READERS),
    about("enrolment_add", "post", f"{ONE}/enrolments", HANDLERS, {"customer_ids": ["{customer}"]}),
    about("enrolment_stop", "post", "/enrolments/{enrolment}/stop", HANDLERS),
    about("playbook_why_not", "get", f"{ONE}/why/{{customer}}", READERS),
    about("customer_playbooks", "get", f"{CUSTOMER}/playbooks", READERS),
)
