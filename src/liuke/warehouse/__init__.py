"""Where bulk facts and score history lie: one DuckDB file per workspace, owned by one process.

In: declared writes (`domain/steps.py`) and SQL that our own code compiled. Out: Arrow tables.
Read `domain/schema.py` (the tables and their migrations), `domain/steps.py` (the `Warehouse` contract), `local.py` (in this
process), `flight.py` and `daemon.py` (through the owning process, over loopback), `service.py` (which of them to open),
`scores.py` (score history). Works without Django.
"""

from liuke.warehouse.domain.steps import Annotate, Done, Erase, Expire, Replace, Rows, Run, Upsert, Warehouse
from liuke.warehouse.service import daemon_vitals, open_warehouse

__all__ = ["Annotate", "Done", "Erase", "Expire", "Replace", "Rows", "Run", "Upsert", "Warehouse", "daemon_vitals", "open_warehouse"]
