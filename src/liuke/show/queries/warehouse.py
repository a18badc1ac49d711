"""The installation's warehouse, for reading."""

from __future__ import annotations

import pyarrow as pa
from django.conf import settings

from liuke.accounts.store.models import Workspace
from liuke.features.service import Run
from liuke.warehouse import Warehouse, open_warehouse
from liuke.warehouse.domain.steps import Parameters


def warehouse() -> Warehouse:
    """The warehouse of the installation that Django runs for."""
    return open_warehouse(settings.LIUKE)


def rows(workspace: Workspace, sql: str, parameters: Parameters = ()) -> pa.Table:
    """The answer of one of our own SELECTs over a workspace's warehouse."""
    return warehouse().query(workspace.pk, sql, parameters)


def runner(workspace: Workspace) -> Run:
    """`rows` for the steps that compile their own SQL."""
    return lambda sql: rows(workspace, sql)
