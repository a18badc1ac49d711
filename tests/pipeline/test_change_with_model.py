"""BEY-05 on stored scores: a newly published model is told as such, and behaviour under one model as behaviour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.alert.domain.changes import ReviewKind
from liuke.pipeline.scoring import workspace_score
from liuke.show.api.schemas.scoring import ScoreChangeOut
from liuke.show.queries import score_change
from liuke.show.queries.kept import forget
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard
from tests.factories import make_actor
from tests.pipeline.conftest import OPENS, Shop
from tests.score.test_model_service import published

pytestmark = pytest.mark.django_db
LATER, LAST = OPENS + timedelta(days=7), OPENS + timedelta(days=28)


@pytest.fixture
def reader(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """An administrator after the last scoring, reading the shop's own warehouse."""
    forget()
    for name, given in {
        "warehouse": lambda: shop.warehouse,
        "runner": lambda workspace: lambda sql: shop.warehouse.query(workspace.pk, sql),
        "rows": lambda workspace, sql, given: shop.warehouse.query(workspace.pk, sql, given),
    }.items():
        monkeypatch.setattr(score_change, name, given)
    return Reader(make_actor(shop.workspace), shop.workspace, LAST, "zh-CN")


def _score(shop: Shop, *moments: object) -> None:
    for moment in moments:
        workspace_score(workspace=shop.workspace, warehouse=shop.warehouse, as_of=moment, kind=ReviewKind.NIGHTLY)  # type: ignore[arg-type]


def _change(reader: Reader, **ends: object) -> ScoreChangeOut:
    customer = CustomerCard.objects.get(key="fading").customer_id
    return score_change.score_change_out(reader=reader, customer_id=customer, **ends)  # type: ignore[arg-type]


def test_BEY_05_a_newly_published_model_is_a_part_of_its_own_with_its_name(shop: Shop, reader: Reader) -> None:
    _score(shop, OPENS)
    published(shop.workspace)
    _score(shop, LATER)
    found = _change(reader, start=OPENS, end=LATER)
    parts = {part.key: part for part in found.parts}
    assert parts["model"].text == "模型（规则 → 第 3 版）"
    assert parts["model"].points != 0
    assert parts["version"].points == 0
    assert sum(part.points for part in found.parts) == pytest.approx(found.after - found.before)
    assert any(line.part == "model" and line.text == "距上次下单天数" for line in found.lines)


def test_under_one_model_a_longer_silence_is_behaviour_by_what_the_model_read(shop: Shop, reader: Reader) -> None:
    published(shop.workspace)
    _score(shop, OPENS, LAST)
    found = _change(reader, start=OPENS, end=LAST)
    parts = {part.key: part.points for part in found.parts}
    assert "model" not in parts
    assert parts["version"] == parts["configuration"] == 0
    assert parts["behaviour"] + parts["stale"] == found.after - found.before
