"""Two versions of the model: one that was live before, one that waits to be published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from liuke.accounts.store.models import Workspace
from liuke.features.domain.label import LabelDefinition
from liuke.score.store.models import ModelVersion, ShadowScore

FIGURE = {"value": 0.78, "low": 0.77, "high": 0.79, "n": 900}
NONE = {"value": None, "low": None, "high": None, "n": 900}
COMPARED = {"auc": FIGURE, "ap": FIGURE, "top": FIGURE, "log_loss": FIGURE, "ece": 0.03, "behind": {**FIGURE, "value": 0.1}}
CARD: dict[str, Any] = {
    "why": "asked",
    "rows": 900, "customers": 300, "base_rate": 0.5, "lost": 220, "stayed": 250, "judged": 4, "slope": 1.04,
    "origins": [{"day": "2026-05-01", "rate": 0.4, "n": 200}, {"day": "2026-05-31", "rate": 0.5, "n": 210}],
    "comparison": [
        {"name": "stack", **COMPARED, "behind": {**FIGURE, "value": 0.0}},
        {"name": "recency", **COMPARED, "log_loss": NONE, "ece": None},
    ],
    "members": {"scorecard": 0.4, "shallow": 0.6},
    "importance": {"signal.SIG-09": 0.4, "order_since": 0.2},
    "weights": [{"code": "SIG-09", "before": 22.0, "after": 19.0, "fired": 0.44}],
    "seasons": [{"quarter": 4, "family": "consumption", "factor": 1.2, "low": 1.1, "high": 1.3, "n": 400}],
    "leaks": [], "missing": [], "objections": [],
}  # fmt: skip


def make_models(workspace: Workspace, now: datetime, customer_id: int | None = None) -> dict[str, Any]:
    """v1 retired after having been live, v2 a candidate of stage 模型 with one day in shadow behind it."""
    common: dict[str, Any] = {"workspace": workspace, "definition": LabelDefinition().to_plain(), "created_at": now, "card": CARD}
    ModelVersion.objects.create(number=1, stage="model", status="retired", published_at=now - timedelta(days=90), **common)
    version = ModelVersion.objects.create(number=2, stage="model", status="candidate", anchors={"promise": 1.4}, **common)
    apart = [] if customer_id is None else [[customer_id, 40.0, 92.0]]
    counts = {"customers": 2, "levels": [[1, 0, 0, 1], [0] * 4, [0] * 4, [0] * 4], "agree": 0.5, "rank": 0.9, "apart": apart}
    ShadowScore.objects.create(version=version, day=now.date(), counts=counts)
    return {"model": version.pk}
