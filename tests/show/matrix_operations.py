"""Who may call what of 运行状况."""

from __future__ import annotations

from tests.show.matrix import KEYS, MEMBERS, TECHNICIANS, Row

TABLE: tuple[Row, ...] = (
    Row("operations_get", "get", "/operations", TECHNICIANS),
    Row("data_age_get", "get", "/data-age", MEMBERS - KEYS),
    Row("operations_job_retry", "post", "/operations/jobs/{job}/retry", TECHNICIANS, ok=409),
)
