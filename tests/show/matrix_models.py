"""Who may call what of 模型."""

from __future__ import annotations

from tests.show.matrix import PUBLISHERS, READERS, SEE_ALL, Row

TABLE: tuple[Row, ...] = (
    Row("model_page", "get", "/model", READERS),
    Row("model_settings_save", "put", "/model/settings", PUBLISHERS, body={"definition": {"horizon_days": 60}, "target": 0.8}),
    Row("model_label_preview", "post", "/model/preview", SEE_ALL, body={"horizon_days": 60}),
    Row("model_train", "post", "/model/train", PUBLISHERS),
    Row("model_get", "get", "/model/versions/2", READERS),
    Row("model_cancel", "post", "/model/versions/2/cancel", PUBLISHERS, PUBLISHERS),
    Row("model_shadow", "post", "/model/versions/2/shadow", PUBLISHERS),
    Row("model_publish", "post", "/model/versions/2/publish", PUBLISHERS, body={"early": True}),
    Row("model_rollback", "post", "/model/rollback", PUBLISHERS),
    Row("model_retire", "post", "/model/versions/2/retire", PUBLISHERS),
    Row("model_weights_approve", "post", "/model/versions/2/weights", PUBLISHERS, body={"codes": ["SIG-09"], "seasons": True}),
)
