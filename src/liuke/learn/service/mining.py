"""Look for patterns in a workspace's own past: candidate rules, missed losses, clusters of those who left, associations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liuke.accounts.store.models import Workspace
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from liuke.base.times import DAY_US, day_start, to_us
from liuke.features.domain.metric import COMPARING
from liuke.features.domain.moment import Moment
from liuke.features.service import features_compute
from liuke.features.service.metrics import metrics_of
from liuke.learn.domain.backtest import Figures
from liuke.learn.domain.mining_clusters import Clusters, Leavers, clusters_of
from liuke.learn.domain.mining_links import Baskets, Links, links_of
from liuke.learn.domain.mining_missed import Missed, Snapshot, missed_of
from liuke.learn.domain.mining_rules import MinedRule, MinedRules, Rows, document_of, mine_rules
from liuke.learn.domain.samples import Sample
from liuke.learn.domain.subject import Subject, SubjectKind
from liuke.learn.service.backtest import Question, backtest
from liuke.learn.service.dataset import Past, origins_of, past_of, sample_at
from liuke.learn.service.model_settings import definition_of
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.service.columns import SIGNAL_PREFIX
from liuke.warehouse import Warehouse

Told = Callable[[float, date | None], None]
BACKTESTED, PROOF_SHARE, PERIOD_DAYS, MOST_ROWS, BASKET_DAYS = 6, 0.3, 365, 40_000, 365
_BOUGHT = """SELECT customer_id, coalesce(json_extract_string(attrs, '$.description'), json_extract_string(attrs, '$.sku')) AS item,
    bool_or(value < 0) AS back, bool_or(value > 0) AS bought
FROM activity WHERE kind = 'order.line' AND ts_us >= ? AND ts_us < ? AND known_us <= ? GROUP BY 1, 2"""
_DID = """SELECT DISTINCT customer_id, kind FROM activity WHERE ts_us >= ? AND ts_us < ? AND known_us <= ?
    AND kind NOT IN ('order.line', 'order.placed')"""


@dataclass(frozen=True, slots=True)
class RuleFound:
    """A mined rule with its document and the figures of its backtest (None beyond the first few)."""

    rule: MinedRule
    document: dict[str, object]
    backtest: Figures | None


@dataclass(frozen=True, slots=True)
class RulesFound:
    """Candidate rules; found on origins up to `found_until`, proved from `proof_from` on."""

    rules: tuple[RuleFound, ...]
    tested: int
    found_rows: int
    proof_rows: int
    horizon_days: int
    found_until: date
    proof_from: date


@dataclass(slots=True)
class Mine:
    """A workspace's past, opened for looking. Raises Invalid("mining_short") where no outcome is known yet."""

    workspace: Workspace
    warehouse: Warehouse
    told: Told

    def rules(self) -> RulesFound:
        """Candidate rules, the best backtested (BEY-12). Raises Invalid("mining_short") where nothing is left to prove them on."""
        past, days = self._past()
        split = self._split(days, past.definition.mature_days)
        rows = [self._rows(past, day, nth, 0.6 * nth / len(days)) for nth, day in enumerate(days)]
        proof_day = days[split]
        found = _together([one for one, day in zip(rows, days, strict=True) if _known(day, past, proof_day)])
        proof = _together(rows[split:])
        if not found.lost.any() or not proof.lost.any():
            raise Invalid("mining_no_losses")
        self.told(0.6, None)
        mined = mine_rules(found, proof)
        return self._backtested(mined, past, max(day for day in days if _known(day, past, proof_day)), proof_day)

    def missed(self) -> Missed:
        """Losses of the last year without an alert (BEY-04)."""
        past, days = self._past()
        days = [day for day in days if day > days[-1] - timedelta(days=PERIOD_DAYS)]
        samples = self._samples(past, days)
        watch = past.config.bands.early
        alerts = list(Alert.objects.filter(workspace=self.workspace).values_list("customer_id", "opened_at").order_by("opened_at"))
        replayed = not alerts or to_us(alerts[0][1]) > to_us(day_start(days[len(days) // 2], past.zone))
        opened = [(customer, to_us(at)) for customer, at in alerts]
        shots = [_shot(sample, past, _replayed(sample, watch) if replayed else _alerted(sample, opened, past)) for sample in samples]
        return missed_of(shots, watch_score=watch, replayed=replayed)

    def clusters(self) -> Clusters:
        """Those who left, by what they were like (ML-03). Raises Invalid("mining_few_leavers")."""
        past, days = self._past()
        found = clusters_of(_leavers(self._samples(past, days)))
        if found is None:
            raise Invalid("mining_few_leavers")
        return found

    def links(self) -> Links:
        """What those who were lost had done together (ML-03)."""
        past, days = self._past()
        sample = self._samples(past, days[-1:])[0]
        self.told(0.5, None)
        return links_of(self._baskets(sample))

    def _past(self) -> tuple[Past, list[date]]:
        past = past_of(self.workspace, self.warehouse, definition_of(self.workspace))
        days = origins_of(self.workspace, past)
        if not days:
            raise Invalid("mining_short", days=past.definition.mature_days)
        return past, days

    def _samples(self, past: Past, days: Sequence[date]) -> list[Sample]:
        samples = []
        for nth, day in enumerate(days):
            self.told(0.8 * nth / len(days), day)
            samples.append(sample_at(past, day))
        return samples

    def _split(self, days: Sequence[date], mature_days: int) -> int:
        """The first origin of the proof: about the newest third, but early enough that something was known before it."""
        first = max(1, round(len(days) * (1 - PROOF_SHARE)))
        for split in range(first, len(days)):
            if days[0] + timedelta(days=mature_days) <= days[split]:
                return split
        raise Invalid("mining_short", days=2 * mature_days)

    def _rows(self, past: Past, day: date, nth: int, share: float) -> Rows:
        """The catalogue's own numbers and signals of those who could be lost at an origin."""
        self.told(share, day)
        sample = sample_at(past, day)
        named = [metric for metric in metrics_of(self.workspace) if not any(isinstance(part, COMPARING) for part in metric.declared)]
        declared = [part for metric in named for part in metric.declared]
        table = features_compute(source=past.source, metrics=declared, moment=Moment(day_start(day, past.zone), past.zone))
        place = np.searchsorted(np.asarray(table["customer_id"]), sample.customers)
        columns = {metric.code: table[metric.code].to_numpy()[place].astype(np.float64) for metric in named}
        signals = _signals(sample)
        columns |= {f"{SIGNAL_PREFIX}{code}": (strength > 0).astype(np.float64) for code, strength in signals.items()}
        flags = frozenset(f"{SIGNAL_PREFIX}{code}" for code in signals)
        return Rows(columns, sample.lost, sample.customers, np.full(len(sample.customers), nth), flags)

    def _backtested(self, mined: MinedRules, past: Past, until: date, proof_from: date) -> RulesFound:
        found = []
        for nth, rule in enumerate(mined.rules):
            self.told(0.7 + 0.3 * nth / len(mined.rules), None)
            document = document_of(rule.cuts)
            found.append(RuleFound(rule, document, self._backtest(document, past) if nth < BACKTESTED else None))
        return RulesFound(
            tuple(found), mined.tested, mined.found_rows, mined.proof_rows, past.definition.horizon_days, until, proof_from
        )  # fmt: skip

    def _backtest(self, document: dict[str, object], past: Past) -> Figures:
        question = Question(Subject(SubjectKind.RULE, rule=document), horizon_days=past.definition.horizon_days)
        report = backtest(workspace=self.workspace, warehouse=self.warehouse, question=question, progress=lambda _share, _day: None)
        return report.subject.figures

    def _baskets(self, sample: Sample) -> Baskets:
        window = [sample.as_of_us - BASKET_DAYS * DAY_US, sample.as_of_us, sample.as_of_us]
        lines = self.warehouse.query(self.workspace.pk, _BOUGHT, window)
        kinds = self.warehouse.query(self.workspace.pk, _DID, window)
        pairs = [*_items(lines, "bought", "bought"), *_items(lines, "back", "returned")]
        pairs += [(who, f"did:{kind}") for who, kind in zip(kinds["customer_id"].to_pylist(), kinds["kind"].to_pylist(), strict=True)]
        place = {int(customer): row for row, customer in enumerate(sample.customers)}
        items = {item: nth for nth, item in enumerate(sorted({item for _, item in pairs}))}
        did = np.zeros((len(place), len(items)), np.bool_)
        for who, item in pairs:
            if who in place:
                did[place[who], items[item]] = True
        often = np.argsort(-did.sum(axis=0), kind="stable")[:400]
        names = tuple(items)
        return Baskets(tuple(names[at] for at in often), did[:, often], sample.lost)


def _items(lines: pa.Table, column: str, prefix: str) -> list[tuple[int, str]]:
    rows = zip(lines["customer_id"].to_pylist(), lines["item"].to_pylist(), lines[column].to_pylist(), strict=True)
    return [(who, f"{prefix}:{item}") for who, item, yes in rows if yes and item]


def _known(day: date, past: Past, at: date) -> bool:
    """Whether the outcome of an origin was complete at `at`."""
    return day + timedelta(days=past.definition.mature_days) <= at


def _signals(sample: Sample) -> dict[str, NDArray[np.float64]]:
    """Strengths of the signals that speak for a loss."""
    codes = [name.removeprefix(SIGNAL_PREFIX) for name in sample.table.names if name.startswith(SIGNAL_PREFIX)]
    return {code: sample.table.number(f"{SIGNAL_PREFIX}{code}") for code in codes if not BY_CODE[code].protective}


def _together(rows: Sequence[Rows]) -> Rows:
    """All rows under each other; whole customers are drawn where there are too many."""
    customers = np.concatenate([one.customers for one in rows])
    keep = np.ones(len(customers), np.bool_)
    if len(customers) > MOST_ROWS:
        keep = np.random.default_rng(0).random(int(customers.max()) + 1)[customers] < MOST_ROWS / len(customers)
    common = set.intersection(*(set(one.columns) for one in rows))
    columns = {name: np.concatenate([one.columns[name] for one in rows])[keep] for name in rows[0].columns if name in common}
    lost, origin = (np.concatenate([getattr(one, name) for one in rows])[keep] for name in ("lost", "origin"))
    return Rows(columns, lost, customers[keep], origin, frozenset.union(*(one.flags for one in rows)) & common)


def _shot(sample: Sample, past: Past, alerted: NDArray[np.bool_]) -> Snapshot:
    end = sample.as_of_us + past.definition.horizon_days * DAY_US
    lost_at = np.where(sample.lost_at_us >= 0, sample.lost_at_us, end)
    return Snapshot(
        sample.as_of_us, sample.customers, sample.lost, lost_at, alerted, sample.score, sample.annual_value, _signals(sample)
    )  # fmt: skip


def _replayed(sample: Sample, watch: float) -> NDArray[np.bool_]:
    return np.asarray(sample.score >= watch, dtype=np.bool_)


def _alerted(sample: Sample, opened: Sequence[tuple[int, int]], past: Past) -> NDArray[np.bool_]:
    """Who had an alert that was opened in the year before the origin or in the horizon after it."""
    start, end = sample.as_of_us - PERIOD_DAYS * DAY_US, sample.as_of_us + past.definition.horizon_days * DAY_US
    who = {customer for customer, at in opened if start <= at < end}
    return np.isin(sample.customers, np.fromiter(who, dtype=np.int64, count=len(who)))


def _leavers(samples: Sequence[Sample]) -> Leavers:
    """Each customer who was lost, as she was at the last origin before that."""
    newest: dict[int, tuple[int, int]] = {}
    for nth, sample in enumerate(samples):
        for row in np.flatnonzero(sample.lost):
            newest[int(sample.customers[row])] = (nth, int(row))
    ids = np.array(sorted(newest), dtype=np.int64)
    names = [name for name in samples[-1].table.names if not name.startswith(SIGNAL_PREFIX)]
    every = [_signals(sample) for sample in samples]

    def gathered(of: Callable[[int, int], float]) -> NDArray[np.float64]:
        return np.array([of(*newest[int(customer)]) for customer in ids], dtype=np.float64)

    columns = {name: gathered(lambda nth, row, name=name: float(samples[nth].table.number(name)[row])) for name in names}  # type: ignore[misc]
    codes = sorted({code for signals in every for code in signals})
    signals = {
        code: gathered(lambda nth, row, code=code: float(every[nth][code][row]) if code in every[nth] else 0.0)  # type: ignore[misc]
        for code in codes
    }
    return Leavers(ids, columns, signals, gathered(lambda nth, row: float(samples[nth].annual_value[row])))
