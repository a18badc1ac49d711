"""SCR-08 for whole value tiers."""

from __future__ import annotations

import pytest

from liuke.act import service as act
from liuke.act.store.models import Notice
from liuke.base.words import render
from tests.act.routed import told
from tests.alert.world import Company, at

pytestmark = pytest.mark.django_db


def tell(acme: Company, day: int, off: dict[str, float], before: tuple[str, ...] = ()) -> dict[str, float]:
    return dict(act.groups_inform(workspace=acme.workspace, at=at(day), off=off, before=before))


def test_SCR_08_a_value_tier_that_begins_to_lie_off_its_own_baseline_is_told_once(acme: Company) -> None:
    assert tell(acme, 0, {"high": 0.25}) == {"high": 0.25}
    notice = Notice.objects.get()
    assert notice.recipient == acme.admin
    assert render(notice.key, notice.params) == "整体偏离自身基线：高价值客户低 25%"
    tell(acme, 1, {"high": 0.27}, before=("high",))
    assert Notice.objects.count() == 1
    tell(acme, 2, {"high": 0.3, "low": 0.4}, before=("high",))
    assert told(acme, acme.admin) == ["notices.group_off"] * 2


def test_SCR_08_what_begins_on_a_day_off_is_news_on_monday(acme: Company) -> None:
    assert tell(acme, 5, {"high": 0.25, "mid": 0.3}, before=("mid",)) == {"mid": 0.3}
    assert not Notice.objects.exists()


def test_SCR_08_a_workspace_that_has_it_off_is_told_nothing(acme: Company) -> None:
    acme.workspace.alert_policy = {"baseline_notice": False}
    assert tell(acme, 0, {"high": 0.25}) == {"high": 0.25}
    assert not Notice.objects.exists()
