"""Who may call what of 备份与保留."""

from __future__ import annotations

from tests.show.matrix import TECHNICIANS, Row

TABLE: tuple[Row, ...] = (
    Row("keeping_get", "get", "/keeping", TECHNICIANS),
    Row("keeping_backup", "post", "/keeping/backups", TECHNICIANS),
    Row("keeping_retention_preview", "post", "/keeping/retention/preview", TECHNICIANS, body={"usage": 12}),
    Row("keeping_retention_set", "put", "/keeping/retention", TECHNICIANS, body={"rows": 0}),
)
