"""流失体检 (BEY-13): from an order list to last year's losses, what would have been seen coming, and whom to call on Monday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liuke.base.errors import Invalid
from liuke.base.times import DAY_US, from_us, local_day
from liuke.features.service import churn_days_suggested
from liuke.learn.domain.backtest import Asked, Estimate, Figures, Snapshot, found_in
from liuke.learn.domain.checkup import CALLS, FLAGGED_SHARE, Call, Checkup, FileFacts, Habits, Losses, Measured, Month, Share, reasons_of
from liuke.learn.domain.log_plan import LogLabel, LogOrigins, log_origins
from liuke.learn.domain.log_result import OriginTested, quality_of
from liuke.learn.service.activity_log import ActivityLog, open_log
from liuke.learn.service.log_model import Learned, LogQuestion, frame_of, learn_log, metrics_of
from liuke.learn.service.order_file import OrderFile, read_orders
from liuke.score.model import Recipe
from liuke.score.model.table import Table
from liuke.stats import bgnbd
from liuke.stats.returns import ReturnPoint

ORDER = ("order.placed",)
CANDIDATES = (30, 45, 60, 90, 120, 180)
AT_MOST_RETURN, TEST_MOMENTS, YEAR = 0.2, 6, 365
RECIPE = Recipe(members=("shallow",), folds=3, threads=1)
Told = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class CheckupAsked:
    """Where the orders happened and in which money; `churn_days` 0: as the file suggests."""

    zone: str = "Asia/Shanghai"
    currency: str = "CNY"
    churn_days: int = 0
    recipe: Recipe = RECIPE


def checkup_file(path: Path, asked: CheckupAsked, *, now_us: int, name: str = "", told: Told | None = None) -> Checkup:
    """The report of a file. Raises what `order_file.read_orders` raises; a history too short to be judged is told in the report."""
    started = perf_counter()
    tell = told or (lambda _share, _step: None)
    file = read_orders(path, zone=asked.zone, now_us=now_us, told=lambda share: tell(0.3 * share, "read"))
    log = open_log(file.orders, zone=asked.zone, threads=1)
    try:
        return _Examination(log, file, asked, tell).report(name or path.name, started)
    finally:
        log.close()


@dataclass(slots=True)
class _Examination:
    log: ActivityLog
    file: OrderFile
    asked: CheckupAsked
    tell: Told

    def report(self, name: str, started: float) -> Checkup:
        self.tell(0.3, "losses")
        last_us = _newest(self.file.orders)
        days, returned = self._churn_days(last_us)
        label = LogLabel(False, ORDER, days)
        losses = _losses(self.file.orders, last_us, days)
        learned, why = self._learned(label, last_us)
        self.tell(0.9, "calls")
        calls, active, at_risk, money = self._calls(label, learned, last_us)
        return Checkup(
            facts=self._facts(name),
            currency=self.asked.currency,
            churn_days=days,
            returned=returned,
            active=active,
            at_risk=at_risk,
            money_at_risk=money,
            losses=losses,
            measured=None if learned is None else self._measured(learned, days),
            why_not_measured=why,
            calls=calls,
            seconds=round(perf_counter() - started, 1),
        )

    def _facts(self, name: str) -> FileFacts:
        orders, zone = self.file.orders, self.asked.zone
        placed = np.asarray(orders["kind"]) == ORDER[0]
        first, last = (local_day(from_us(int(pick(orders["ts_us"].to_numpy()))), zone) for pick in (np.min, np.max))
        return FileFacts(
            name=name,
            rows=self.file.rows,
            rejected=self.file.rejected,
            columns=self.file.columns,
            first=first,
            last=last,
            customers=len(self.log.customers),
            orders=int(placed.sum()),
            cancelled=int((~placed).sum()),
            amount=float(orders["value"].to_numpy()[placed].sum()),
        )

    def _churn_days(self, last_us: int) -> tuple[int, float | None]:
        """The shortest silence after which few return; no longer than a quarter of the history, or nothing could be measured."""
        span = (last_us - self.log.first_us) / DAY_US
        fitting = [days for days in CANDIDATES if days <= max(span / 4, CANDIDATES[0])]
        if self.asked.churn_days:
            fitting = [self.asked.churn_days]
        moment = self.log.moment(last_us + 1)
        curve = churn_days_suggested(source=self.log.source, moment=moment, kinds=ORDER, days=fitting, watch=fitting[-1])
        chosen = next((point for point in curve if point.silent and point.share <= AT_MOST_RETURN), curve[-1])
        return chosen.days, _share(chosen)

    def _learned(self, label: LogLabel, last_us: int) -> tuple[Learned | None, str]:
        """Learned on earlier moments and tested on later ones, as many as leave enough to learn from."""
        for count in range(TEST_MOMENTS, 0, -1):
            try:
                origins = log_origins(self.log.first_us, last_us, label.horizon_days, count)
                if len(origins.train) < 3 and count > 1:
                    continue
                question = LogQuestion(label, ORDER, origins)
                return learn_log(
                    self.log, question, recipe=self.asked.recipe, told=lambda share, step: self.tell(0.3 + 0.6 * share, step)
                ), ""
            except Invalid as fault:
                why = fault.code
                if why != "log_short":
                    break
        return None, why

    def _fitting(self, share: float, step: str) -> None:
        self.tell(0.3 + 0.6 * share, "features" if step == "features" else "fit")

    def _measured(self, learned: Learned, days: int) -> Measured | None:
        quality = quality_of(learned.tested, times=100)
        if not quality.n:
            return None
        model = found_in([self._shot(one, one.probability) for one in learned.tested], Asked(days, days, 300)).figures
        recency = found_in([self._shot(one, one.silence) for one in learned.tested], Asked(days, days, 300)).figures
        start, end = (local_day(from_us(learned.tested[at].at_us), self.asked.zone) for at in (0, -1))
        return _measured(start, end, len(learned.tested), (quality.auc, quality.recency_auc), (model, recency))

    def _shot(self, one: OriginTested, ranked: NDArray[np.float64]) -> Snapshot:
        flagged = np.zeros(len(ranked), np.bool_)
        flagged[np.argsort(-ranked, kind="stable")[: max(1, round(FLAGGED_SHARE * len(ranked)))]] = True
        last = one.at_us - np.round(one.silence * DAY_US).astype(np.int64)
        return Snapshot(one.at_us, one.customers, last, one.lost > 0, flagged)

    def _calls(self, label: LogLabel, learned: Learned | None, last_us: int) -> tuple[tuple[Call, ...], int, int, float]:
        """Whom to call: of the riskiest fifth of those not lost yet the ones with most money at stake; how many are active, how many

        of them at risk, and the money that they may take along.
        """
        now = last_us + 1
        newest = LogOrigins((last_us - label.horizon_days * DAY_US,), (), now)
        question = LogQuestion(label, ORDER, newest, label.horizon_days)
        metrics = metrics_of(self.log, question)
        frame = frame_of(self.log, question, metrics, now)
        if not len(frame.ids):
            return (), 0, 0, 0.0
        habits = _habits(frame.table, self._cancelled(frame.ids, now))
        chance = learned.fitted.probability(frame.table) if learned is not None else self._by_rhythm(frame.table, label.horizon_days)
        worth = frame.table.number("life_sum_365")
        high = np.argsort(-chance, kind="stable")[: max(1, round(FLAGGED_SHARE * len(chance)))]
        order = high[np.argsort(-(chance * worth)[high], kind="stable")][:CALLS]
        calls = tuple(
            Call(
                key, self.file.names.get(key, ""), float(chance[row]), float(worth[row]), float(habits.since[row]), reasons_of(habits, row)
            )
            for row, key in ((int(row), str(self.log.customers[frame.ids[row]])) for row in order)
        )
        return calls, len(chance), len(high), float((chance * worth)[high].sum())

    def _by_rhythm(self, table: Table, days: int) -> NDArray[np.float64]:
        repeats = np.maximum(np.nan_to_num(table.number("life_days_365")) - 1, 0)
        age = np.nan_to_num(table.number("life_known"))
        recency = np.where(repeats > 0, np.maximum(age - table.number("life_since"), 0), 0.0)
        model = bgnbd.fit(repeats, recency, age, ridge=0.01)
        return model.silent(days, repeats, recency, age)

    def _cancelled(self, ids: NDArray[np.int64], now: int) -> NDArray[np.float64]:
        sql = (
            f"SELECT customer_id, count(*) AS n FROM activity WHERE kind = 'order.cancelled' AND ts_us >= {now - YEAR * DAY_US} GROUP BY 1"
        )
        found = self.log.connection.sql(sql).to_arrow_table()
        counts = np.zeros(len(self.log.customers))
        counts[found["customer_id"].to_numpy()] = found["n"].to_numpy()
        return counts[ids]


def _share(point: ReturnPoint) -> float | None:
    return point.share if point.silent else None


def _newest(orders: pa.Table) -> int:
    return int(orders["ts_us"].to_numpy().max())


def _habits(table: Table, cancelled: NDArray[np.float64]) -> Habits:
    return Habits(
        since=table.number("life_since"),
        gap=table.number("life_gap_median"),
        now=table.number("life_n_90"),
        before=table.number("life_n_before_90"),
        money_now=table.number("life_sum_90"),
        money_before=table.number("life_sum_before_90"),
        last_year=table.number("life_season_90"),
        cancelled=cancelled,
    )


def _measured(
    start: date, end: date, moments: int, aucs: tuple[float, float], figures: tuple[Figures, Figures]
) -> Measured:  # fmt: skip
    model, recency = figures
    return Measured(
        start=start,
        end=end,
        moments=moments,
        auc=aucs[0],
        recency_auc=aucs[1],
        base_rate=_interval(model.base_rate),
        precision=_interval(model.precision),
        caught=_interval(model.recall),
        lead_days=_interval(model.lead_days),
        recency_precision=_interval(recency.precision),
        recency_caught=_interval(recency.recall),
    )


def _interval(found: Estimate) -> Share:
    return Share(found.value, found.low, found.high, found.n)


def _losses(orders: pa.Table, last_us: int, days: int) -> Losses:
    """Customers whose silence reached `days` within the last year, and what they had bought in the year before their last order."""
    placed = np.asarray(orders["kind"]) == ORDER[0]
    coded = orders["customer"].combine_chunks().dictionary_encode().indices.to_numpy()[placed]
    ts, value = orders["ts_us"].to_numpy()[placed], orders["value"].to_numpy()[placed]
    last = np.zeros(int(coded.max()) + 1, np.int64)
    np.maximum.at(last, coded, ts)
    recent = ts > last[coded] - YEAR * DAY_US
    worth = np.bincount(coded[recent], weights=value[recent], minlength=len(last))
    year_ago = last_us - YEAR * DAY_US
    lost_us = last + days * DAY_US
    alive = (last > 0) & (lost_us > year_ago)
    lost = alive & (lost_us <= last_us)
    months = np.asarray(lost_us[lost], "datetime64[us]").astype("datetime64[M]").astype(str)
    listed = tuple(
        Month(str(month), int((months == month).sum()), float(worth[lost][months == month].sum())) for month in np.unique(months)
    )
    return Losses(int(alive.sum()), int(lost.sum()), float(worth[lost].sum()), float(value[ts > year_ago].sum()), listed)
