"""What travels between a client and the daemon: requests as JSON bytes, rows as Arrow streams uploaded beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from liuke.warehouse.domain.steps import (
    Annotate,
    Done,
    Erase,
    Expire,
    Gather,
    Renew,
    Replace,
    Rows,
    Run,
    Step,
    Supersede,
    Upsert,
)

HEADER = "authorization"


def bearer(token: str) -> str:
    """The header's value for a token."""
    return f"Bearer {token}"


def request(**fields: object) -> bytes:
    """A request as bytes. Raises TypeError for a parameter that is not a JSON value."""
    return json.dumps(fields).encode()


def steps_out(steps: Sequence[Step], uploads: Sequence[str]) -> list[dict[str, object]]:
    """Steps as plain data; their rows are named by the uploads, in the order of the steps that have rows."""
    names = iter(uploads)
    return [_alone_out(step) or {**_with_rows_out(step), "upload": next(names)} for step in steps]


def _with_rows_out(step: Step) -> dict[str, object]:
    match step:
        case Annotate():
            return {"do": "annotate"}
        case Replace():
            return {"do": "replace", "table": step.table, "where": dict(step.where)}
        case Supersede():
            return {"do": "supersede", "after_us": step.after_us}
        case Renew():
            return {"do": "renew"}
        case _:
            return {"do": "upsert"}


def _alone_out(step: Step) -> dict[str, object] | None:
    match step:
        case Run():
            return {"do": "run", "name": step.name}
        case Erase():
            return {"do": "erase", "customers": list(step.customer_ids)}
        case Expire():
            return {"do": "expire", "kinds": list(step.kinds), "before_us": step.before_us}
        case Gather():
            return {"do": "gather", "first": step.first, "last": step.last}
        case _:
            return None


def steps_in(told: Sequence[Mapping[str, object]], uploads: Mapping[str, Rows]) -> list[Step]:
    """The steps that `steps_out` told. Raises KeyError for an upload that the daemon does not have (it was restarted)."""
    return [_step_in(step, uploads) for step in told]


def _step_in(step: Mapping[str, object], uploads: Mapping[str, Rows]) -> Step:
    alone = _without_rows(step)
    if alone is not None:
        return alone
    rows = uploads[str(step["upload"])]
    if step["do"] == "renew":
        return Renew(rows)
    if step["do"] == "supersede":
        return Supersede(rows, int(str(step["after_us"])))
    if step["do"] == "annotate":
        return Annotate(rows)
    where = step.get("where")
    if step["do"] == "replace" and isinstance(where, Mapping):
        return Replace(str(step["table"]), rows, where)
    return Upsert(rows)


def _without_rows(step: Mapping[str, object]) -> Step | None:
    match step["do"]:
        case "run":
            return Run(str(step["name"]))
        case "erase":
            return Erase([int(one) for one in _texts(step["customers"])])
        case "expire":
            return Expire(_texts(step["kinds"]), int(str(step["before_us"])))
        case "gather":
            return Gather(int(str(step["first"])), int(str(step["last"])))
        case _:
            return None


def _texts(given: object) -> list[str]:
    return [str(one) for one in given] if isinstance(given, list) else []


def done_out(done: Done | None) -> bytes:
    """An outcome as bytes; empty for none."""
    return b"" if done is None else json.dumps(asdict(done) | {"counts": list(done.counts)}).encode()


def done_in(data: bytes) -> Done | None:
    """The outcome that `done_out` wrote."""
    return Done(**json.loads(data)) if data else None
