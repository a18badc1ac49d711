"""信号库 and DAT-15 readiness: what each signal needs, for how many it can be computed, and for whom it fires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from liuke.base.times import to_us
from liuke.score.store.models import ScoreRun
from liuke.show.queries import signal_hits
from liuke.show.service.cards import cards_refresh
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.reason import Family
from liuke.signals.service import signals_all
from liuke.warehouse.frames import frame_write
from tests.factories import make_customer
from tests.show.world import NOW, World

pytestmark = pytest.mark.django_db


def frame(world: World, **signals: list[bool | None]) -> None:
    """A frame of the world's two customers; `SIG_20=[True, None]`."""
    ids = [world.customer.pk, world.ids["unowned"]]
    columns = {f"signal.{name.replace('_', '-')}": pa.array(flags, pa.bool_()) for name, flags in signals.items()}
    table = pa.table({"customer_id": pa.array(ids, pa.int64()), **columns})
    frame_write(world.warehouse, world.workspace.pk, as_of_us=to_us(NOW), frame=table)


def ran(customers: int = 2, **missing: Mapping[str, int]) -> None:
    """The last scoring's summary."""
    summary = {"missing": {name.replace("_", "-"): dict(counts) for name, counts in missing.items()}}
    ScoreRun.objects.update(customers=customers, summary=summary)


def of(answer: dict[str, Any], code: str) -> dict[str, Any]:
    """One signal of the library."""
    return next(signal for signal in answer["signals"] if signal["key"] == code)


class TestLibrary:
    """Every signal with what it needs."""

    def test_all_signals_are_there_in_six_families(self, world: World) -> None:
        answer = world.get("analyst", "/signals")
        assert {signal["key"] for signal in answer["signals"]} == {signal.code for signal in signals_all()}
        assert [family["family"] for family in answer["families"]] == [family.value for family in Family]
        assert sum(family["signals"] for family in answer["families"]) == len(signals_all())

    def test_a_familys_states_add_up(self, world: World) -> None:
        for family in world.get("analyst", "/signals")["families"]:
            assert family["signals"] == sum(family[state] for state in ("ready", "partial", "missing", "off"))

    def test_counts_come_from_the_last_scoring(self, world: World) -> None:
        frame(world, **{"SIG_20": [True, None], "SIG_21": [True, True]})
        ran(SIG_20={"missing.too_few_orders": 1})
        answer = world.get("analyst", "/signals")
        assert answer["customers"] == 2
        found = of(answer, "SIG-20")
        assert (found["fires_now"], found["computable"], found["state"]) == (1, 1, "ready")
        assert [(line["key"], line["customers"]) for line in found["missing"]] == [("missing.too_few_orders", 1)]
        assert of(answer, "SIG-21")["fires_now"] == 2

    def test_without_a_frame_the_reasons_of_the_scores_are_counted(self, world: World) -> None:
        assert of(world.get("analyst", "/signals"), "SIG-20")["fires_now"] == 1

    def test_a_missing_source_names_the_import_that_would_unlock_it(self, world: World) -> None:
        """The world has orders lines, messages and tickets but no surveys."""
        missing = [signal for signal in world.get("analyst", "/signals")["signals"] if signal["state"] == "missing"]
        assert missing
        surveys = [signal for signal in missing if any(unlock["entity"] == "surveys" for unlock in signal["unlock"])]
        assert all(signal["computable"] == 0 and signal["missing"][0]["text"] for signal in missing)
        assert all(unlock["label"] for signal in missing for unlock in signal["unlock"])
        assert surveys, [signal["key"] for signal in missing]

    def test_a_signal_without_enough_text_is_unlocked_by_the_text_reader(self, world: World) -> None:
        ran(SIG_30={"missing.needs_text": 2})
        found = world.get("analyst", "/signals/SIG-30")
        assert found["state"] == "missing"
        assert [unlock["kind"] for unlock in found["unlock"]] == ["text"]

    def test_too_little_history_is_told_as_such(self, world: World) -> None:
        ran(SIG_08={"missing.too_little_activity": 2})
        assert [unlock["kind"] for unlock in world.get("analyst", "/signals/SIG-08")["unlock"]] == ["history"]

    def test_a_signal_has_its_live_numbers_beside_the_defaults(self, world: World) -> None:
        found = world.get("analyst", "/signals/SIG-08")
        (days,) = [param for param in found["params"] if param["name"] == "days"]
        assert (days["value"], days["default"]) == (30, 30)
        assert found["mission_id"] == "SIG-08"

    def test_it_sees_readiness_but_no_customers(self, world: World) -> None:
        assert world.get("it", "/signals")["signals"]
        assert world.client("it").get(world.url("/signals/SIG-20/customers")).status_code == 403

    def test_an_unknown_signal_does_not_exist(self, world: World) -> None:
        assert world.client("admin").get(world.url("/signals/SIG-0")).status_code == 404

    def test_every_text_is_a_sentence_in_both_languages(self, world: World) -> None:
        for asker in ("admin", "analyst"):
            for signal in world.get(asker, "/signals")["signals"]:
                texts = [signal["name"], signal["description"], *signal["needs"], *(param["label"] for param in signal["params"])]
                assert all(text and not text.startswith(("signals.", "kinds.", "missing.")) for text in texts), signal["key"]


class TestHits:
    """Who fires now."""

    def test_customers_come_with_the_sentence_of_the_signal(self, world: World) -> None:
        frame(world, SIG_20=[True, False])
        page = world.get("manager", "/signals/SIG-20/customers")
        (hit,) = page["items"]
        assert hit["customer"]["id"] == world.customer.pk
        assert hit["text"]
        assert hit["points"] > 0
        assert page["total"] == 1

    def test_a_signal_that_another_one_covers_has_no_points(self, world: World) -> None:
        frame(world, SIG_42=[True, False])
        (hit,) = world.get("admin", "/signals/SIG-42/customers")["items"]
        assert (hit["points"], hit["text"]) == (0, "")

    def test_the_other_team_sees_nobody(self, world: World) -> None:
        frame(world, SIG_20=[True, True])
        assert world.get("other_manager", "/signals/SIG-20/customers")["items"] == []
        assert world.get("other_supervisor", "/signals/SIG-20/customers")["total"] == 0
        assert world.get("admin", "/signals/SIG-20/customers")["total"] == 2

    def test_before_the_first_scoring_nobody_fires(self, world: World) -> None:
        ScoreRun.objects.all().delete()
        assert world.get("admin", "/signals/SIG-20/customers")["items"] == []
        assert world.get("admin", "/signals")["as_of"] is None

    @pytest.mark.parametrize("few", [2000, 0], ids=["by ids", "by walking the cards"])
    def test_both_ways_give_the_same_pages(self, world: World, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
        """Every third of forty customers does not fire; pages of seven hold all others once, by falling score."""
        monkeypatch.setattr(signal_hits, "FEW", few)
        monkeypatch.setattr(signal_hits, "STRIDE", 10)
        made = [make_customer(world.workspace).pk for _ in range(40)]
        cards_refresh(workspace=world.workspace, customer_ids=made)
        for place, pk in enumerate(made):
            CustomerCard.objects.filter(pk=pk).update(score=place % 9)
        fires = [place % 3 > 0 for place in range(40)]
        table = pa.table({"customer_id": pa.array(made, pa.int64()), "signal.SIG-20": pa.array(fires, pa.bool_())})
        frame_write(world.warehouse, world.workspace.pk, as_of_us=to_us(NOW), frame=table)
        found, cursor, totals = [], "", set()
        while True:
            page = world.get("admin", "/signals/SIG-20/customers", limit=7, cursor=cursor)
            found += [(hit["customer"]["score"], hit["customer"]["id"]) for hit in page["items"]]
            totals.add(page["total"])
            cursor = page["next_cursor"]
            if not cursor:
                break
        assert {pk for _, pk in found} == {pk for pk, fire in zip(made, fires, strict=True) if fire}
        assert found == sorted(set(found), reverse=True)
        assert totals == {len(found)}

    def test_a_scope_that_does_not_exist_is_refused(self, world: World) -> None:
        assert world.client("admin").get(world.url("/signals/SIG-20/customers?scope=everybody")).status_code == 422
