"""What a run hands over per customer: the contract between scoring and alerting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from liuke.score.domain.levels import Level


@dataclass(frozen=True, slots=True)
class ScoredCustomer:
    """One customer's score as of the run.

    `reasons` is the JSON text of the score table, highest points first: a list of `{"signal", "family", "points", "key",
    "params"}`. It stays text because most customers have no alert and a run has hundreds of thousands of rows.
    """

    customer_id: int
    score: float
    level: Level
    reasons: str
    annual_value: float
    is_lost: bool = False

    @property
    def expected_loss(self) -> float:
        """预计损失 in the workspace's currency: annual value × score/100 until a model is trained. Not a probability."""
        return max(self.annual_value, 0.0) * self.score / 100

    def fingerprint(self) -> str:
        """Changes when the reasons or the value change; cheaper to compare than the reasons themselves."""
        return hashlib.blake2b(f"{self.annual_value!r}{self.reasons}".encode(), digest_size=8).hexdigest()

    def points(self) -> list[tuple[str, str, float]]:
        """(signal, family, points) of each reason that raises the score."""
        return [
            (str(reason["signal"]), str(reason["family"]), float(reason["points"]))
            for reason in json.loads(self.reasons)
            if float(reason["points"]) > 0
        ]


def from_table(table: pa.Table) -> Iterator[ScoredCustomer]:
    """The rows of `score.service.score_customers` (columns customer_id, score, level, reasons, annual_value, is_lost)."""
    names = ("customer_id", "score", "level", "reasons", "annual_value", "is_lost")
    levels = {level.value: level for level in Level}
    columns = [table.column(name).to_pylist() for name in names]
    for customer_id, score, level, reasons, value, is_lost in zip(*columns, strict=True):
        yield ScoredCustomer(customer_id, score, levels[level], reasons or "[]", value or 0.0, bool(is_lost))
