"""Who may call what: the sites of keys of pages."""

from __future__ import annotations

from tests.show.matrix import ADMIN, Row

TABLE: tuple[Row, ...] = (Row("api_key_origins", "put", "/api-keys/0/origins", ADMIN, ADMIN, body={"origins": []}),)
