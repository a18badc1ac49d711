"""Out-of-time predictions for the bench of the promise: shops that roll through time, and a flat table without any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
from bench.tasks import DATA, FLAT
from bench.tasks_in_time import HORIZON, PURCHASE_FEATURES

from liuke.base.times import DAY_US
from liuke.learn.domain.promise import Predictions
from liuke.score.model import Platt, Recipe, Split, fit, table_of

EVERY = 15
"""Days between origins; models are made for every second one."""
LEARNED, MOST = 12, 12_000
"""Origins that a model learns from, and rows drawn of them: the bench has many models to make."""
LEAN = Recipe(members=("linear", "shallow"), folds=2, choose=False, threads=1)


@dataclass(frozen=True)
class Shop:
    """Purchases as a query (customer, day, money, items), the days of its first and last origin, and how long one counts as active."""

    purchases: str
    first: int
    last: int
    active: int


def _days(until: date, since: date) -> int:
    return (until - since).days


SHOPS: Mapping[str, Shop] = {
    "online_retail_ii": Shop(
        f"""SELECT customer_id::BIGINT AS customer, invoice_ts::DATE - DATE '2009-12-01' AS day, sum(quantity * price) AS money,
            sum(quantity) AS items FROM '{DATA}/online_retail_ii/lines.parquet'
            WHERE customer_id IS NOT NULL AND quantity > 0 AND price > 0 AND NOT (sheet = '2009-2010' AND invoice_ts >= '2010-12-01')
            GROUP BY customer_id, invoice, invoice_ts::DATE""",
        90, _days(date(2011, 9, 10), date(2009, 12, 1)), 365,
    ),
    "cdnow": Shop(
        f"""SELECT customer_id::BIGINT AS customer, date::DATE - DATE '1997-01-01' AS day, sum(amount) AS money, sum(cds) AS items
            FROM read_csv('{DATA}/cdnow/transactions.csv.gz') GROUP BY ALL""",
        90, _days(date(1998, 6, 30), date(1997, 1, 1)) - HORIZON, 180,
    ),
}  # fmt: skip
"""The policy was chosen on the first; the other was looked at afterwards only."""


def shop_predictions(name: str) -> Predictions:
    """Every origin foretold by a model that learned from origins whose outcomes were known, and calibrated on its inner folds."""
    shop = SHOPS[name]
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute(f"CREATE TABLE purchase AS {shop.purchases}")
    days = list(range(shop.last - (shop.last - shop.first) // EVERY * EVERY, shop.last + 1, EVERY))
    asked = [{"t": day, "h": HORIZON, "active": shop.active} for day in days]
    tables = [connection.execute(PURCHASE_FEATURES, one).to_arrow_table() for one in asked]
    parts: list[tuple[np.ndarray, ...]] = []
    model: Callable[..., np.ndarray] | None = None
    for at, day in enumerate(days):
        known = [one for one in range(at) if days[one] <= day - HORIZON][-LEARNED:]
        if len(known) < 4:
            continue
        model = _made(tables, known) if model is None or at % 2 == 0 else model
        table = tables[at]
        lost = table["lost"].to_numpy() > 0
        parts.append((table["customer"].to_numpy(), np.full(len(lost), day * DAY_US), model(table), lost))
    customer, origin, logit, lost = (np.concatenate(column) for column in zip(*parts, strict=True))
    nothing = np.zeros(len(lost), dtype=np.bool_)
    return Predictions(customer, origin, logit, lost, np.full(len(lost), -1), np.zeros(len(lost)), nothing)


def _made(tables: list[pa.Table], known: list[int]) -> Callable[..., np.ndarray]:
    random = np.random.default_rng(7)
    rows = pa.concat_tables([tables[one] for one in known])
    rows = rows.take(np.sort(random.permutation(len(rows))[:MOST]))
    y, groups = rows["lost"].to_numpy().astype(np.float64), rows["customer"].to_numpy()
    fitted = fit(table_of(rows.drop_columns(["lost", "customer"])), y, groups=groups, recipe=LEAN)
    seen = ~np.isnan(fitted.held_out)
    curve = Platt.fit(fitted.held_out[seen], y[seen])
    return lambda table: curve.apply(fitted.logit(table_of(table.drop_columns(["lost", "customer"]))))


@dataclass(frozen=True)
class Fold:
    """A fold of a table without time: predictions on the training rows that their models did not see, in four parts that stand for
    moments, and the judged rows."""

    past: Predictions
    logit: np.ndarray
    lost: np.ndarray
    customer: np.ndarray


def flat_folds(name: str, repeats: int) -> list[Fold]:
    """`repeats` times two halves, rows shuffled anew each time: smaller folds hold too few alerts for three points."""
    task = FLAT[name]()
    table, size = table_of(task.data), len(task.y)
    found = []
    for repeat in range(repeats):
        order = np.random.default_rng(repeat).permutation(size)
        for part in np.array_split(order, 2):
            split = Split(np.setdiff1d(order, part), part)
            y = task.y[split.train].astype(np.float64)
            fitted = fit(table.take(split.train), y, recipe=replace(LEAN, folds=4))
            moment = np.random.default_rng(repeat).integers(0, 4, len(y)) * 30 * DAY_US
            nothing = np.zeros(len(y), dtype=np.bool_)
            curve = Platt.fit(fitted.held_out, y)
            past = Predictions(
                split.train, moment, curve.apply(fitted.held_out), y > 0, np.full(len(y), -1), np.zeros(len(y)), nothing
            )  # fmt: skip
            found.append(Fold(past, curve.apply(fitted.logit(table.take(part))), task.y[part] > 0, part))
    return found
