"""What lies in the inbox, as the test of a producer wants to see it."""

from __future__ import annotations

import json

from liuke.connect.domain.kept import unpack
from liuke.connect.store.models import Batch, BatchBody


def activities_in(batch: Batch) -> list[dict[str, object]]:
    """The activities of an accepted batch, as they were handed over, in their order."""
    found = json.loads(unpack(BatchBody.objects.get(batch=batch).body).raw)
    assert isinstance(found, list)
    return found
