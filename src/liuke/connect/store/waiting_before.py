"""Batches that an older version accepted and did not yet apply: their rows move to where the live path finds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from liuke.connect.domain.kept import Kept, pack
from liuke.connect.domain.wire import Form

OLD_KIND = "ingest"
"""Kind of the jobs that applied such a batch each."""
_ROWS = "activities"


def moved(detected: Mapping[str, object]) -> tuple[bytes, dict[str, object]] | None:
    """The rows as they are kept now, and the rest of `detected`; None where it holds no rows."""
    rows = detected.get(_ROWS)
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        return None
    raw = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return pack(Kept(raw, Form.ARRAY)), {name: value for name, value in detected.items() if name != _ROWS}
