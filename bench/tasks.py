"""The flat tables of the model's bench: rows, outcome, and outer splits that every model gets alike. Kept outside the repository."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from liuke.score.model.splits import Split, grouped_folds

DATA = Path(__file__).resolve().parents[2] / "shared/data"
OUTER_FOLDS = 5
SEED = 20260101


@dataclass(frozen=True)
class Task:
    """`data` without the outcome, `y` (rows, 0/1), outer splits by name; `groups`: rows that belong together; `origin`: row → snapshot."""

    name: str
    data: pa.Table
    y: NDArray[np.int64]
    outer: Mapping[str, Split]
    groups: NDArray[Any] | None = None
    origin: NDArray[np.int64] | None = None
    mature: int = 0
    """By how many origins a validation origin must lie behind the last training origin, so that labels do not overlap."""
    simple: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    """Single numbers that already rank (recency), higher for a higher risk."""


def folded(name: str, data: pa.Table, y: NDArray[np.int64], groups: NDArray[Any] | None = None) -> Task:
    """A flat task with stratified (and grouped) outer folds."""
    folds = grouped_folds(y, groups, OUTER_FOLDS, SEED)
    return Task(name, data, y, {f"fold{number}": split for number, split in enumerate(folds)}, groups)


def read(path: str) -> pa.Table:
    """A gzipped CSV of the shared data; ends the program with a sentence where it is absent."""
    place = DATA / path
    if not place.exists():
        sys.exit(f"This bench needs the real table at {place}; it is not part of the repository. Nothing was measured.")
    return csv.read_csv(pa.input_stream(str(place), compression="gzip"))


def outcome(table: pa.Table, label: str, positive: str) -> NDArray[np.int64]:
    """(rows,) 1 where the label column, as text, is `positive`."""
    return np.array([str(value) == positive for value in table[label].to_pylist()], dtype=np.int64)


def duplicates(table: pa.Table) -> NDArray[np.int64]:
    """(rows,) the number of each row's group: rows that are equal in all columns share one."""
    keys: dict[tuple[object, ...], int] = {}
    return np.array(
        [keys.setdefault(row, len(keys)) for row in zip(*(table[name].to_pylist() for name in table.column_names), strict=True)]
    )


def _telco() -> Task:
    table = read("telco_ibm/customers_flat.csv.gz")
    positive = "True" if pa.types.is_boolean(table["Churn"].type) else "Yes"
    return folded("telco_ibm", table.drop_columns(["Churn", "customerID"]), outcome(table, "Churn", positive))


def _bank() -> Task:
    table = read("bank_churn_modelling/customers.csv.gz")
    return folded("bank_churn_modelling", table.drop_columns(["Exited", "RowNumber", "CustomerId"]), outcome(table, "Exited", "1"))


def _ecommerce() -> Task:
    table = read("ecommerce_churn/customers.csv.gz")
    data = table.drop_columns(["Churn", "CustomerID"])
    return folded("ecommerce_churn", data, outcome(table, "Churn", "1"), duplicates(data))


def _internet(rows: int = 20_000) -> Task:
    table = read("internet_service_churn/customers.csv.gz")
    chosen = np.sort(np.random.default_rng(SEED).permutation(len(table))[:rows])
    table = table.take(pa.array(chosen))
    data = table.drop_columns(["churn", "id", "remaining_contract"])
    return folded("internet_service_churn", data, outcome(table, "churn", "1"), duplicates(data))


def _credit() -> Task:
    table = read("uci_credit_default/clients.csv.gz")
    label = "default.payment.next.month"
    data = table.drop_columns([label, "ID"])
    return folded("uci_credit_default", data, outcome(table, label, "1"), duplicates(data))


def _winback() -> Task:
    table = read("smcrm_winback/customerWinBack.csv.gz")
    return folded(
        "smcrm_winback", table.select(["duration_1", "offer", "duration_lapse", "gender", "age"]), outcome(table, "reacquire", "1.0")
    )


FLAT: Mapping[str, Callable[[], Task]] = {
    "telco_ibm": _telco,
    "bank_churn_modelling": _bank,
    "ecommerce_churn": _ecommerce,
    "internet_service_churn": _internet,
    "uci_credit_default": _credit,
    "smcrm_winback": _winback,
}
