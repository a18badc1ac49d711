"""A model as a file: the same scores in a notebook, and clear words for any other file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import liuke
from liuke.base.errors import Invalid
from liuke.score.domain.modelled_live import LiveModel
from tests.features.stream import AS_OF, stream
from tests.score.live import live, shop, table_at
from tests.score.test_with_model import scored


def told() -> pa.Table:
    """The shop's activities as a person's frame."""
    rows = stream(shop())
    return pa.table(
        {
            "customer_id": rows["customer_id"],
            "ts": rows["ts_us"].cast(pa.timestamp("us", "UTC")),
            "kind": rows["kind"],
            "value": rows["value"],
        }
    )


def test_a_model_survives_its_file_bit_for_bit() -> None:
    found = LiveModel.from_bytes(live().to_bytes())
    assert (found.number, found.calibration, found.anchors, found.curve) == (3, live().calibration, live().anchors, live().curve)
    mine, usual = (one.modelled(table_at(), AS_OF.date())[0] for one in (found, live()))
    assert (mine.parts == usual.parts).all()
    assert (mine.probability == usual.probability).all()
    assert LiveModel.from_bytes(live(curve=None).to_bytes()).curve is None


def test_ML_04_a_notebook_scores_by_a_model_file_as_the_product_does(tmp_path: Path) -> None:
    path = tmp_path / "v3.model"
    path.write_bytes(live().to_bytes())
    found = liuke.score(told(), as_of=AS_OF, industry="retail", model=path)
    expected = scored().table
    for name in ("score", "probability", "churn_curve", "at_stake", "money_at_risk", "model"):
        assert found[name].to_pylist() == expected[name].to_pylist(), name


@pytest.mark.parametrize("data", [b"", b"{}", b"LIUKE-LIVE-MODEL-1\n{}\nLIUKE", live().to_bytes()[:-40], b"PK\x03\x04" * 20])
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="model_file"):
        liuke.score(told(), as_of=AS_OF, model=data)
