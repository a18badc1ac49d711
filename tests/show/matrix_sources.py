"""Who may call what: sources on an ERP."""

from __future__ import annotations

from tests.show.matrix import TECHNICIANS, Row

TABLE: tuple[Row, ...] = (Row("source_kingdee", "get", "/sources/kingdee", TECHNICIANS),)
