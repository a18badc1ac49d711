"""The lake follows imports and nights where there is Spark, holds no names, and is checked by the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from liuke.accounts.store.models import Workspace
from liuke.base.settings import Settings, from_environment
from liuke.base.times import to_us
from liuke.cli import lake as cli_lake
from liuke.cli.main import app
from liuke.facts.service.attribute_intervals import CUSTOMERS, INTERVALS, attribute_intervals, customer_heads
from liuke.facts.store.models import AttributeVersion, Customer
from liuke.jobs.domain.contract import Cancelled, PlainContext
from liuke.jobs.store.models import Job
from liuke.pipeline.handlers import HANDLERS
from liuke.pipeline.lake import lake_bring_up, lake_soon
from liuke.warehouse.domain.lake import LakeFile
from liuke.warehouse.lake_files import LakeFolder
from tests.factories import make_customer, make_member, make_workspace
from tests.pipeline.conftest import Shop

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 1, tzinfo=UTC)
JUNE = datetime(2025, 6, 1, tzinfo=UTC)
runner = CliRunner(env={"LIUKE_LANGUAGE": "en"})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation without Spark and with a lake of its own."""
    return from_environment({"LIUKE_DATA_DIR": str(tmp_path)})


def table(settings: Settings, workspace: Workspace, name: str) -> pa.Table:
    """A table of the lake."""
    folder = LakeFolder(settings.lake_dir, workspace.pk)
    return pa.concat_tables([pq.read_table(folder.path / file.path) for file in folder.manifest().files(name)])


def test_the_lake_has_activities_customers_and_attributes_with_their_validity(shop: Shop, settings: Settings) -> None:
    context = PlainContext(shop.workspace.pk)
    done = lake_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, settings=settings, context=context)
    stored = shop.warehouse.query(shop.workspace.pk, "SELECT count(*) AS n FROM activity")["n"][0].as_py()
    assert done.rows == table(settings, shop.workspace, "activity").num_rows == stored > 0
    assert table(settings, shop.workspace, "customer")["customer_id"].to_pylist() == sorted(
        Customer.objects.filter(workspace=shop.workspace).values_list("pk", flat=True)
    )
    shares = [share for share, _, _ in context.steps]
    assert shares == sorted(shares)
    assert {key for _, key, _ in context.steps} == {"stages.lake"}
    again = lake_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, settings=settings, context=context)
    assert (again.written, again.generation) == (0, done.generation)


def test_the_lake_knows_no_names_and_no_contacts(shop: Shop, settings: Settings) -> None:
    lake_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, settings=settings, context=PlainContext())
    assert table(settings, shop.workspace, "customer").schema.names == CUSTOMERS.names
    assert not {"name", "key", "phone", "email"} & set(CUSTOMERS.names)


def test_an_attribute_has_its_intervals_or_only_todays_value() -> None:
    workspace = make_workspace()
    owner = make_member(workspace)
    one = make_customer(workspace, attributes={"industry": "hotel", "seats": 12, "empty": ""}, owner=owner)
    other = make_customer(workspace, attributes={"industry": "学校"})
    AttributeVersion.objects.create(customer=one, name="industry", value="shop", valid_from=JUNE, valid_to=NOW)
    AttributeVersion.objects.create(customer=one, name="industry", value="hotel", valid_from=NOW)
    make_customer(make_workspace(), attributes={"industry": "foreign"})
    found = attribute_intervals(workspace)
    assert found.schema.equals(INTERVALS)
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        (one.pk, "industry", '"shop"', to_us(JUNE), to_us(NOW)),
        (one.pk, "industry", '"hotel"', to_us(NOW), None),
        (one.pk, "owner", str(owner.pk), None, None),
        (one.pk, "seats", "12", None, None),
        (other.pk, "industry", '"学校"', None, None),
    ]


def test_a_workspace_without_customers_has_empty_tables() -> None:
    workspace = make_workspace()
    assert (attribute_intervals(workspace).num_rows, customer_heads(workspace).num_rows) == (0, 0)


def test_customers_of_the_lake_have_status_owner_and_registration() -> None:
    workspace = make_workspace()
    owner = make_member(workspace)
    one = make_customer(workspace, owner=owner, registered_at=JUNE, status=Customer.Status.PAUSED)
    other = make_customer(workspace)
    assert [tuple(row.values()) for row in customer_heads(workspace).to_pylist()] == [
        (one.pk, "paused", owner.pk, to_us(JUNE)),
        (other.pk, "active", None, None),
    ]


def test_without_spark_nothing_is_exported_by_itself_and_with_it_once_a_quarter_of_an_hour(shop: Shop) -> None:
    assert not lake_soon(shop.workspace, from_environment({}), now=NOW)
    spark = from_environment({"LIUKE_SPARK_REMOTE": "sc://spark"})
    for minutes in (0, 5, 13):
        assert lake_soon(shop.workspace, spark, now=NOW + timedelta(minutes=minutes))
    assert Job.objects.filter(kind="lake", workspace=shop.workspace).count() == 1
    lake_soon(shop.workspace, spark, now=NOW + timedelta(minutes=15))
    assert Job.objects.filter(kind="lake", workspace=shop.workspace).count() == 2
    assert "lake" in HANDLERS


def test_an_export_that_is_cancelled_stops_and_leaves_the_lake_as_it_was(shop: Shop, settings: Settings) -> None:
    class Stopped(PlainContext):
        """Cancelled from the start."""

        def check_cancelled(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        lake_bring_up(workspace=shop.workspace, warehouse=shop.warehouse, settings=settings, context=Stopped())
    assert LakeFolder(settings.lake_dir, shop.workspace.pk).manifest().parts == ()


@pytest.fixture
def by_hand(shop: Shop, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The command line on the shop."""
    Workspace.objects.filter(pk=shop.workspace.pk).update(slug="shop")
    monkeypatch.setattr(cli_lake, "LIUKE", settings)
    monkeypatch.setattr(cli_lake, "open_warehouse", lambda _settings: shop.warehouse)
    return shop


def told(*arguments: str, code: int = 0) -> dict[str, object]:
    """What a command says as JSON."""
    result = runner.invoke(app, ["lake", *arguments, "--json"])
    assert result.exit_code == code, result.output
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


@pytest.mark.usefixtures("by_hand")
def test_the_command_exports_what_changed_and_says_where() -> None:
    first = told("export")
    assert first["written"] != 0
    assert first["months"] == first["months_written"]
    assert Path(str(first["folder"])).is_dir()
    assert told("export")["written"] == 0
    assert told("check")["rows"] == first["rows"]


def test_the_check_names_damaged_files_and_fails(by_hand: Shop, settings: Settings) -> None:
    told("export")
    folder = LakeFolder(settings.lake_dir, by_hand.workspace.pk)
    first: LakeFile = folder.manifest().files("activity")[0]
    (folder.path / first.path).unlink()
    answer = told("check", code=2)
    error = answer["error"]
    assert isinstance(error, dict)
    assert error["code"] == "lake_damaged"
    assert first.path in error["message"]


@pytest.mark.usefixtures("by_hand")
def test_people_are_told_in_words() -> None:
    for command in ("export", "check"):
        result = runner.invoke(app, ["lake", command])
        assert result.exit_code == 0
        assert "lake" in result.stdout
        assert "{" not in result.stdout
