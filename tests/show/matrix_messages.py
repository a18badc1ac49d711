"""Who may call what: 触达规则, consents, templates and messages."""

from __future__ import annotations

from tests.show.matrix import CUSTOMER, EXPORTERS, HANDLERS, PUBLISHERS, READERS, Row, about

TEMPLATE = {"name": "Neu", "purpose": "service", "media": ["email"], "subject": "Hallo", "body": "Guten Tag"}
CONSENT = {"medium": "email", "purpose": "marketing", "state": "given", "source": "phone", "wording": "2026-11"}
MESSAGE = {"channel": "email", "template": "care_checkin"}
TABLE: tuple[Row, ...] = (
    Row("governor_policy_get", "get", "/governor/policy", READERS),
    Row("governor_policy_publish", "put", "/governor/policy", PUBLISHERS, body={"policy": {"defer_days": 2}, "based_on": 0}),
    Row("governor_policy_preview", "post", "/governor/policy/preview", PUBLISHERS, body={"policy": {}}),
    Row("governor_policy_versions", "get", "/governor/policy/versions", READERS),
    Row("governor_policy_restore", "post", "/governor/policy/versions/0/restore", PUBLISHERS),
    Row("governor_decisions", "get", "/governor/decisions", READERS),
    Row("do_not_contact_list", "get", "/do-not-contact", READERS),
    about("do_not_contact_add", "post", "/do-not-contact", HANDLERS, {"customer_ids": ["{customer}"], "reason": "Streit"}),
    Row("do_not_contact_end", "delete", "/do-not-contact/{customer}", PUBLISHERS, PUBLISHERS),
    Row("suppression_list", "get", "/suppressions", PUBLISHERS),
    Row("suppression_add", "post", "/suppressions", PUBLISHERS, body={"medium": "sms", "address": "13800138000"}),
    Row("suppression_import", "post", "/suppressions/import", PUBLISHERS, body={"text": "medium,address\nsms,13800138001\n"}),
    Row("suppression_export", "get", "/suppressions/export.csv", PUBLISHERS),
    about("consent_list", "get", f"{CUSTOMER}/consents", READERS),
    about("consent_set", "post", f"{CUSTOMER}/consents", HANDLERS, CONSENT),
    Row("consent_export", "get", "/consents/export.csv", EXPORTERS),
    Row("consent_import", "post", "/consents/import", PUBLISHERS, body={"text": "customer_key,contact_key,medium,purpose,state\n"}),
    Row("message_template_list", "get", "/message-templates", READERS),
    Row("message_template_create", "post", "/message-templates", PUBLISHERS, body={**TEMPLATE, "code": "own_one"}),
    Row("message_template_try", "post", "/message-templates/preview", READERS, body={"template": {**TEMPLATE, "code": "own_one"}}),
    Row("message_template_get", "get", "/message-templates/care_checkin", READERS),
    Row("message_template_save", "put", "/message-templates/care_checkin", PUBLISHERS, body=TEMPLATE),
    Row("message_template_archive", "post", "/message-templates/care_checkin/archived", PUBLISHERS, body={"archived": True}),
    Row("message_template_versions", "get", "/message-templates/care_checkin/versions", READERS),
    Row("message_template_restore", "post", "/message-templates/care_checkin/versions/0/restore", PUBLISHERS),
    about("customer_message_list", "get", f"{CUSTOMER}/messages", READERS),
    about("customer_message_preview", "post", f"{CUSTOMER}/messages/preview", HANDLERS, MESSAGE),
    about("customer_message_send", "post", f"{CUSTOMER}/messages", HANDLERS, {**MESSAGE, "request_key": "k-12345678"}),
)
