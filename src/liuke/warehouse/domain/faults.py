"""Faults of the warehouse, and how they travel from the daemon to its clients unchanged."""

from __future__ import annotations

import json

from liuke.base.errors import Conflict, Invalid, LiukeError, NotFound, Transient


class WarehouseError(LiukeError):
    """A statement failed. Ours to repair: the SQL is compiled by our code."""

    status = 500


_TRAVELLERS: dict[str, type[LiukeError]] = {kind.__name__: kind for kind in (Conflict, Invalid, NotFound, Transient, WarehouseError)}


def to_wire(error: LiukeError) -> bytes:
    """An error as bytes for `from_wire`. Parameters that are not JSON travel as text."""
    kind = next((name for name, known in _TRAVELLERS.items() if isinstance(error, known)), "WarehouseError")
    return json.dumps({"kind": kind, "code": error.code, "params": dict(error.params)}, default=str).encode()


def from_wire(data: bytes) -> LiukeError | None:
    """The error that `to_wire` wrote, or None where the bytes are something else."""
    try:
        told = json.loads(data)
        return _TRAVELLERS[told["kind"]](told["code"], **told["params"])
    except (ValueError, KeyError, TypeError):
        return None
