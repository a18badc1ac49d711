"""Use cases of the step `connect`: the inbox (`inbox.py`, `storing.py`), API batches (`ingest.py`, `live.py`), saved sources (`sources.py`,
`running.py`).

What needs the meaning of columns (upload with a suggested mapping, preview, import) is in `liuke.align.service`.
"""

from liuke.connect.service.inbox import batch_accept, batch_cancel, batch_find, batch_rejects_path, batch_seen_before
from liuke.connect.service.ingest import batch_ingest
from liuke.connect.service.running import SourceEvent, source_run, source_run_now, sources_enqueue
from liuke.connect.service.sources import source_create, source_delete, source_find, source_probe, source_streams, source_update
from liuke.connect.service.storing import batch_path, batch_store, uploads_sweep

__all__ = [
    "SourceEvent",
    "batch_accept",
    "batch_cancel",
    "batch_find",
    "batch_ingest",
    "batch_path",
    "batch_rejects_path",
    "batch_seen_before",
    "batch_store",
    "source_create",
    "source_delete",
    "source_find",
    "source_probe",
    "source_run",
    "source_run_now",
    "source_streams",
    "source_update",
    "sources_enqueue",
    "uploads_sweep",
]
