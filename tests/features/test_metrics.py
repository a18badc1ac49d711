"""DAT-13: metrics that people make: kept under a code that stays, changed, put away, taken back, previewed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.features.domain.builtin import BUILTIN
from liuke.features.domain.moment import Moment
from liuke.features.domain.named import NamedMetric
from liuke.features.domain.spec import Measure, MetricSpec, Shape
from liuke.features.service import Source, metrics
from liuke.features.service.metrics import Known, MetricIn, metric_archive, metric_create, metric_edit, metric_unarchive, metrics_of
from liuke.features.service.preview import BINS, metric_preview
from liuke.features.store.models import MetricDefinition
from tests.factories import make_actor, make_workspace
from tests.features.stream import AS_OF, Did, runner, stream

KNOWN = Known(["login", "order.placed", "our.kind"], ["attr.industry"])
LOGINS = MetricIn("近30天登录", {"kinds": ["login"], "measure": "count", "days": 30})
pytestmark = pytest.mark.django_db


def test_an_own_metric_is_used_like_a_built_in_one() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace, Role.OPERATIONS)
    row = metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN)
    *builtin, own = metrics_of(workspace)
    assert tuple(builtin) == BUILTIN
    assert isinstance(own, NamedMetric)
    assert (own.code, own.name, own.unit, own.group, own.builtin) == ("my_login_count_30", "近30天登录", "count", "own", False)
    assert own.spec == MetricSpec(("login",), Measure.COUNT, days=30)
    assert row.created_by_id == actor.membership_id
    assert AuditEntry.objects.get(action="metric_create").object_id == own.code


def test_other_workspaces_do_not_see_it() -> None:
    mine, theirs = make_workspace(), make_workspace()
    metric_create(actor=make_actor(mine), workspace=mine, given=LOGINS, known=KNOWN)
    assert len(metrics_of(theirs)) == len(BUILTIN)


def test_a_renamed_metric_keeps_its_code() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    code = metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN).code
    given = MetricIn("VIP", {"kinds": ["our.kind"], "measure": "sum", "shape": "trend", "weeks": 6}, unit="money")
    metric_edit(actor=actor, workspace=workspace, code=code, given=given, known=KNOWN)
    own = metrics_of(workspace)[-1]
    assert (own.code, own.name, own.unit) == (code, "VIP", "money")
    assert own.spec is not None
    assert (own.spec.shape, own.spec.weeks) == (Shape.TREND, 6)


def test_a_metric_put_away_is_no_longer_offered_and_comes_back_whole() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    code = metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN).code
    before = metrics_of(workspace)[-1]
    metric_archive(actor=actor, workspace=workspace, code=code)
    assert metrics_of(workspace) == list(BUILTIN)
    assert [row.code for row in metrics.definitions_of(workspace, archived=True)] == [code]
    metric_unarchive(actor=actor, workspace=workspace, code=code)
    assert metrics_of(workspace)[-1] == before


def test_a_metric_in_use_is_not_put_away() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    code = metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN).code
    with pytest.raises(Conflict) as caught:
        metric_archive(actor=actor, workspace=workspace, code=code, uses=["登录减少"])
    assert (caught.value.code, caught.value.params["uses"]) == ("metric_in_use", "登录减少")
    assert metrics_of(workspace)[-1].code == code


def test_two_metrics_do_not_share_a_name_unless_one_is_put_away() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    first = metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN)
    with pytest.raises(Conflict, match="metric_name_taken"):
        metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN)
    metric_archive(actor=actor, workspace=workspace, code=first.code)
    second = metric_create(actor=actor, workspace=workspace, given=LOGINS, known=KNOWN)
    assert second.code == f"{first.code}_2", "a code is never given twice"
    with pytest.raises(Conflict, match="metric_name_taken"):
        metric_unarchive(actor=actor, workspace=workspace, code=first.code)


def test_every_fault_is_named_at_once_with_its_place() -> None:
    workspace = make_workspace()
    given = MetricIn(" ", {"kinds": ["order.dreamt"], "days": -3}, unit="light-years")
    with pytest.raises(Invalid) as caught:
        metric_create(actor=make_actor(workspace), workspace=workspace, given=given, known=KNOWN)
    assert [fault["at"] for fault in caught.value.params["faults"]] == ["name", "spec.kinds.0", "spec.days", "unit"]
    assert caught.value.params["faults"][1]["allowed"] == sorted(KNOWN.kinds)
    assert not MetricDefinition.objects.exists()


def test_only_who_may_publish_changes_metrics() -> None:
    workspace = make_workspace()
    code = metric_create(actor=make_actor(workspace), workspace=workspace, given=LOGINS, known=KNOWN).code
    for role in (Role.ANALYST, Role.SUPERVISOR, Role.MANAGER, Role.IT):
        asked = {"actor": make_actor(workspace, role), "workspace": workspace}
        with pytest.raises(Forbidden):
            metric_create(**asked, given=LOGINS, known=KNOWN)
        with pytest.raises(Forbidden):
            metric_edit(**asked, code=code, given=LOGINS, known=KNOWN)
        with pytest.raises(Forbidden):
            metric_archive(**asked, code=code)
        with pytest.raises(Forbidden):
            metric_unarchive(**asked, code=code)


def test_what_is_built_in_or_unknown_is_not_changed() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    with pytest.raises(Conflict, match="metric_builtin"):
        metric_archive(actor=actor, workspace=workspace, code="order_n_90")
    with pytest.raises(NotFound, match="metric_not_found"):
        metric_edit(actor=actor, workspace=workspace, code="my_nothing", given=LOGINS, known=KNOWN)


def test_there_is_an_end_to_the_number_of_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = make_workspace()
    monkeypatch.setattr(metrics, "LIMIT", 1)
    metric_create(actor=make_actor(workspace), workspace=workspace, given=LOGINS, known=KNOWN)
    with pytest.raises(Conflict, match="metrics_too_many"):
        metric_create(actor=make_actor(workspace), workspace=workspace, given=MetricIn("b", LOGINS.spec), known=KNOWN)


def preview(spec: MetricSpec, did: list[Did], **arguments: object) -> object:
    """The preview of a description over a stream."""
    metric = metrics.metric_read(MetricIn("m", metrics.spec_to_plain(spec)), KNOWN)
    return metric_preview(source=Source(runner(stream(did))), metric=metric, moment=Moment(AS_OF, "UTC"), **arguments)


def test_a_preview_tells_the_distribution_and_names_customers_from_low_to_high() -> None:
    did = [Did(customer, 5, value=float(customer)) for customer in range(1, 101)] + [Did(500, 3, "login", None)]
    found = preview(MetricSpec(("order.placed",), Measure.LAST), did)
    assert (found.customers, found.missing) == (101, 1)
    assert found.quantiles == pytest.approx((1, 10.9, 25.75, 50.5, 75.25, 90.1, 100))
    assert (len(found.counts), sum(found.counts), len(found.edges)) == (BINS, 100, BINS + 1)
    assert found.sample == tuple((number, float(number)) for number in (1, 12, 23, 34, 45, 56, 67, 78, 89, 100))
    assert "SELECT" in found.sql


def test_a_preview_shows_only_the_customers_that_the_reader_sees() -> None:
    did = [Did(customer, 5, value=float(customer)) for customer in range(1, 11)]
    found = preview(MetricSpec(("order.placed",), Measure.SUM, shape=Shape.PEERS), did, among={9, 10})
    assert found.customers == 2
    assert [customer for customer, _ in found.sample] == [9, 10]
    assert found.sample[1][1] == pytest.approx(10 / 5.5), "compared with everybody all the same"


def test_the_sql_of_a_comparison_names_the_table_of_groups() -> None:
    groups = pa.table({"customer_id": pa.array([1, 2], pa.int64()), "attr.industry": ["shop", "shop"]})
    found = preview(MetricSpec(("login",), shape=Shape.PEERS, by="attr.industry"), [Did(1, 2, "login")], groups=groups)
    assert "customer_groups" in found.sql
    assert "attr.industry" in found.sql


def test_a_preview_of_nothing_is_empty_and_one_of_equal_values_has_one_bar() -> None:
    nothing = preview(MetricSpec(("order.placed",), Measure.LAST), [Did(1, 2, "login", None)])
    assert (nothing.customers, nothing.missing, nothing.quantiles, nothing.counts, nothing.sample) == (1, 1, (), (), ())
    same = preview(MetricSpec(("login",), Measure.COUNT), [Did(one, 2, "login", None) for one in (1, 2)])
    assert (same.counts, same.edges) == ((2,), (1.0, 1.0))
