"""Who may call what of 质检, 词库 and the settings of reading."""

from __future__ import annotations

from tests.show.matrix import ELSEWHERE, HANDLERS, KEEPERS, PUBLISHERS, READERS, SEE_ALL, Row

OF = {"source": "erp", "activity_id": "a2"}
UNREAD = 409
"""The world's texts are not read: whoever may judge is told so."""
LISTS = {"lists": {"competitors": [{"name": "友商甲", "aliases": ["甲家"]}]}, "note": "第一版"}
MODEL = {"enabled": False, "url": "https://llm.test/v1", "name": "m", "key": "sk-x", "seconds": 5}

TABLE: tuple[Row, ...] = (
    Row("text_review_list", "get", "/text/review", READERS),
    Row("text_around", "get", "/text/around?source=erp&activity_id=a2", READERS, ELSEWHERE),
    Row("text_verdict", "post", "/text/verdict", HANDLERS, ELSEWHERE, {**OF, "said": 10}, UNREAD),
    Row("text_verdict_undo", "post", "/text/verdict/undo", HANDLERS, ELSEWHERE, OF),
    Row("text_calibration", "get", "/text/calibration", READERS),
    Row("text_recalibrate", "post", "/text/recalibrate", PUBLISHERS),
    Row("text_rate", "get", "/text/rate", SEE_ALL),
    Row("text_lists_get", "get", "/text/lists", READERS),
    Row("text_lists_save", "put", "/text/lists", PUBLISHERS, body=LISTS),
    Row("text_lists_restore", "post", "/text/lists/7/restore", PUBLISHERS, PUBLISHERS),
    Row("text_lists_hits", "post", "/text/lists/hits", READERS, body=LISTS["lists"]),
    Row("text_try", "post", "/text/try", READERS, body={"text": "等了三天还没人理"}),
    Row("text_reread", "post", "/text/reread", PUBLISHERS),
    Row("text_settings_get", "get", "/text/settings", PUBLISHERS | KEEPERS),
    Row("text_retention_set", "put", "/text/settings/retention", KEEPERS, body={"days": 365}),
    Row("text_model_save", "put", "/text/settings/model", KEEPERS, body=MODEL),
    Row("text_model_test", "post", "/text/settings/model/test", KEEPERS, ok=422),
    Row("customer_texts_erase", "post", "/customers/{customer}/texts/erase", KEEPERS),
)  # fmt: skip
