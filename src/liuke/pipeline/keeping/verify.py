"""Whether a restored installation scores as the original did: the last scoring made again and compared customer by customer."""

from __future__ import annotations

from dataclasses import dataclass

from liuke.accounts.store.models import Workspace
from liuke.pipeline.scoring import workspace_scored_again
from liuke.score.store.models import ScoreRun
from liuke.score.store.versions import version_live
from liuke.warehouse import Warehouse
from liuke.warehouse.scores import scores_at

EXAMPLES = 3
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Compared:
    """One workspace's scores, stored and made again. `skipped` says why nothing was compared, as the end of `cli.verify_<skipped>`."""

    workspace: str
    customers: int = 0
    differ: int = 0
    examples: tuple[int, ...] = ()
    """Some customers whose score differs."""
    skipped: str = ""


def scores_compared(warehouse: Warehouse) -> list[Compared]:
    """Every workspace's last scoring beside the same moment scored now. Writes nothing."""
    return [_compared(workspace, warehouse) for workspace in Workspace.objects.order_by("pk")]


def _compared(workspace: Workspace, warehouse: Warehouse) -> Compared:
    last = ScoreRun.objects.filter(workspace=workspace, finished_at__isnull=False).order_by("-as_of").first()
    if last is None:
        return Compared(workspace.slug, skipped="not_scored")
    if last.version_id != version_live(workspace).pk:
        return Compared(workspace.slug, skipped="other_version")
    stored = scores_at(warehouse, workspace.pk, as_of=last.as_of)
    again = workspace_scored_again(workspace=workspace, warehouse=warehouse, as_of=last.as_of)
    before = dict(zip(stored["customer_id"].to_pylist(), stored["score"].to_pylist(), strict=True))
    after = dict(zip(again["customer_id"].to_pylist(), again["score"].to_pylist(), strict=True))
    differ = sorted(key for key in before.keys() | after.keys() if not _same(before.get(key), after.get(key)))
    return Compared(workspace.slug, len(before.keys() | after.keys()), len(differ), tuple(differ[:EXAMPLES]))


def _same(before: float | None, after: float | None) -> bool:
    return before is not None and after is not None and abs(before - after) <= SAME
