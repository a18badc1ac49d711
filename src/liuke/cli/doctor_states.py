"""What `liuke doctor` says of the running product: the very states that the page 运行状况 shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.utils import DatabaseError

from liuke.accounts.store.models import Workspace
from liuke.base.settings import Settings
from liuke.cli.terminal import words
from liuke.show.domain.operations import Condition, State
from liuke.show.queries.operations import installation_now, work_now

PAGE = "operations."
"""What names of parts begin with that the page shows too."""
RUNNING = frozenset({"web", "worker", "warehouse", "stream"})
TROUBLE = {State.OK: "ok", State.OFF: "ok", State.WARN: "warn", State.FAIL: "fail"}


@dataclass(frozen=True, slots=True)
class Told:
    """One state in words. `name`: `operations.<part>` as on the page, or `running`; `state` is ok, warn or fail."""

    name: str
    state: str
    text: str


def told_states(settings: Settings, now: datetime) -> list[Told]:
    """Of the installation and of every workspace; where nothing runs, that alone is said of the processes. None without a database."""
    try:
        _, shared = installation_now(settings, now)
        work = [(workspace.slug, work_now(workspace, now).conditions) for workspace in Workspace.objects.order_by("slug")]
    except DatabaseError:
        return []
    own = [_told(one) for one in shared if one.part not in RUNNING] if _nothing_runs(shared) else [_told(one) for one in shared]
    first = [Told("running", "warn", words("doctor.running_fix"))] if _nothing_runs(shared) else []
    return [*first, *own, *(told for slug, conditions in work for told in _of_workspace(slug, conditions))]


def _nothing_runs(conditions: Sequence[Condition]) -> bool:
    return all(one.state is State.FAIL for one in conditions if one.part in RUNNING)


def _of_workspace(slug: str, conditions: Sequence[Condition]) -> list[Told]:
    """Only what wants doing: a dozen workspaces that are well need no lines."""
    return [_told(one, f"{slug}: ") for one in conditions if one.state in {State.WARN, State.FAIL}]


def _told(one: Condition, place: str = "") -> Told:
    key = f"operations.{one.part}.{one.case}"
    todo = words(f"{key}.todo", **one.params) if one.state in {State.WARN, State.FAIL} else ""
    return Told(f"{PAGE}{one.part}", TROUBLE[one.state], place + " — ".join(part for part in (words(key, **one.params), todo) if part))
