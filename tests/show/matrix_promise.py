"""Who may call what of the promised precision and the model card. The world has no live model: what asks for one finds none."""

from __future__ import annotations

from tests.show.matrix import PUBLISHERS, READERS, Row

NONE = 999_999

TABLE: tuple[Row, ...] = (
    Row("promise_get", "get", "/promise?target=0.8", READERS),
    Row("promise_publish", "post", "/promise", PUBLISHERS, body={"target": 0.8}, ok=404),
    Row("model_card", "get", f"/models/{NONE}/card", READERS, ok=404),
    Row("model_card_file", "get", f"/models/{NONE}/card/file?form=markdown", READERS, ok=404),
)
