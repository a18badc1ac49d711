"""What the bench of models says: per set and model AUC with interval, log-loss, ECE and time; the mean rank over all sets."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.quality import average_precision, ece, log_loss
from liuke.stats.ranking import auc, precision_at

OURS = "liuke"
FIGURES = Path(__file__).parent / "figures/models.jsonl"
"""What `--write` measured, by set and model: a run over some of them leaves the others' figures."""
MARKS = ("<!-- bench models -->", "<!-- /bench models -->")


@dataclass(frozen=True)
class Measured:
    """A model on a set: means over its splits; `ahead` is our AUC minus its, with a 95% bootstrap interval by customer."""

    set: str
    model: str
    n: int
    base_rate: float
    splits: int
    auc: float
    ap: float
    precision_top10: float
    logloss: float | None
    ece: float | None
    wall_seconds: float
    cpu_seconds: float
    ahead: float
    ahead_low: float
    ahead_high: float
    version: str


def measured(folder: Path) -> list[Measured]:
    """Every model of a set on the splits that both it and ours have."""
    rows = np.load(folder / "splits.npz")
    y, group = _outcomes(folder)
    found: dict[str, dict[str, Path]] = {}
    for place in sorted(folder.glob("*.*.npz")):
        model, split = place.stem.split(".", 1)
        found.setdefault(model, {})[split] = place
    ours = {split: np.load(place)["chances"] for split, place in found[OURS].items()}
    tests = {split: rows[f"{split}.test"] for split in ours}
    return [_one(folder.name, model, places, ours, tests, y, group) for model, places in found.items()]


def _outcomes(folder: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    from pyarrow import parquet

    table = parquet.read_table(folder / "rows.parquet")
    y = table["__y"].to_numpy()
    if "__group" not in table.column_names:
        return y, np.arange(len(y))
    return y, np.unique(table["__group"].to_numpy(), return_inverse=True)[1]


def _one(  # noqa: PLR0917
    name: str,
    model: str,
    places: Mapping[str, Path],
    ours: Mapping[str, NDArray[np.float64]],
    tests: Mapping[str, NDArray[np.int64]],
    y: NDArray[np.int64],
    group: NDArray[np.int64],
) -> Measured:
    splits = [split for split in places if split in ours]
    files = [np.load(places[split]) for split in splits]
    chances = [file["chances"] for file in files]
    hits = [y[tests[split]] for split in splits]
    seconds = np.mean([file["seconds"] for file in files], axis=0)
    ahead = [auc(ours[split], hit) - auc(given, hit) for split, given, hit in zip(splits, chances, hits, strict=True)]
    where = np.concatenate([np.full(len(hit), number) for number, hit in enumerate(hits)])
    mine, theirs, hit = np.concatenate([ours[split] for split in splits]), np.concatenate(chances), np.concatenate(hits)

    def difference(drawn: NDArray[np.int64]) -> float:
        parts = [drawn[where[drawn] == number] for number in range(len(splits))]
        return float(np.mean([auc(mine[part], hit[part]) - auc(theirs[part], hit[part]) for part in parts]))

    clusters = np.concatenate([group[tests[split]] for split in splits])
    low, high = (0.0, 0.0) if model == OURS else cluster_bootstrap(clusters, difference, times=200, seed=1)
    chance = model != "recency"
    return Measured(
        name,
        model,
        len(hit),
        float(hit.mean()),
        len(splits),
        _mean(auc, chances, hits),
        _mean(average_precision, chances, hits),
        float(np.mean([precision_at(given, happened, 0.1) for given, happened in zip(chances, hits, strict=True)])),
        _mean(log_loss, chances, hits) if chance else None,
        _mean(ece, chances, hits) if chance else None,
        float(seconds[0]),
        float(seconds[1]),
        float(np.mean(ahead)),
        low,
        high,
        str(files[0]["version"]),
    )


def _mean(of, chances: Sequence[NDArray[np.float64]], hits: Sequence[NDArray[np.int64]]) -> float:  # noqa: ANN001 - one of three
    return float(np.mean([of(given, happened) for given, happened in zip(chances, hits, strict=True)]))


def mean_ranks(rows: Sequence[Measured]) -> dict[str, float]:
    """Model → mean rank by AUC (1 is best) over the sets, of the models that were measured on every split of each."""
    splits = {row.set: row.splits for row in rows if row.model == OURS}
    table = {(row.set, row.model): row.auc for row in rows if row.splits == splits[row.set]}
    models = [model for model in sorted({row.model for row in rows}) if all((name, model) in table for name in splits)]
    places = {model: [1 + sum(table[name, other] > table[name, model] for other in models) for name in splits] for model in models}
    return {model: float(np.mean(found)) for model, found in sorted(places.items(), key=lambda item: np.mean(item[1]))}


def beside(rows: Sequence[Measured]) -> list[str]:
    """A line for each model that took part in some sets or splits only: how far ours is ahead on the same splits, and the time of both."""
    ranked, ours = mean_ranks(rows), {row.set: row for row in rows if row.model == OURS}
    lines = []
    for model in sorted({row.model for row in rows} - set(ranked)):
        theirs = [row for row in rows if row.model == model]
        ahead, times = [row.ahead for row in theirs], [row.wall_seconds / ours[row.set].wall_seconds for row in theirs]
        lines.append(
            f"- {model}: {len(theirs)} sets, {sum(row.splits for row in theirs)} splits; ours ahead on {sum(by > 0 for by in ahead)}, by "
            f"{np.mean(ahead):+.4f} on average, {min(ahead):+.4f} at least; it takes {np.median(times):.1f} times as long (median, wall)."
        )
    return lines


def told(keep: Path, sets: Sequence[str], *, as_json: bool, write: Path | None, day: date) -> None:
    """As JSON lines or as a table; into a Markdown file between its marks, with the figures of other days and sets from `FIGURES`."""
    rows = [row for name in sets for row in measured(keep / name)]
    if as_json:
        for row in rows:
            print(json.dumps(asdict(row)))
        print(json.dumps({"mean_rank": mean_ranks(rows)}))
    else:
        print(markdown(dict.fromkeys(rows, day)))
    if write:
        text = write.read_text(encoding="utf-8")
        before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        write.write_text(f"{before}{MARKS[0]}\n{markdown(_kept(rows, day))}\n{MARKS[1]}{after}", encoding="utf-8")


def _kept(rows: Sequence[Measured], day: date) -> dict[Measured, date]:
    """Every figure that was ever measured and not measured again, with its day; kept in `FIGURES` from here on."""
    lines = [json.loads(line) for line in FIGURES.read_text(encoding="utf-8").splitlines()] if FIGURES.exists() else []
    known = {Measured(**line["figures"]): date.fromisoformat(line["day"]) for line in lines}
    new = {(row.set, row.model) for row in rows}
    found = {row: at for row, at in known.items() if (row.set, row.model) not in new} | dict.fromkeys(rows, day)
    ordered = dict(sorted(found.items(), key=lambda item: (item[0].set, item[0].model)))
    FIGURES.write_text("".join(f"{json.dumps({'day': at.isoformat(), 'figures': asdict(row)})}\n" for row, at in ordered.items()))
    return ordered


def markdown(found: Mapping[Measured, date]) -> str:
    """The table for people."""
    rows, ranks = list(found), mean_ranks(list(found))
    days = " to ".join(dict.fromkeys(at.isoformat() for at in (min(found.values()), max(found.values()))))
    versions = ", ".join(sorted({f"{row.model} {row.version}" for row in rows if row.version != "-"}))
    lines = [
        f"Measured {days} with `liuke bench models` on {platform.machine()}, 2 threads; {versions}.",
        "",
        "| set | n tested | base | model | AUC | ours − it [95%] | AP | top 10% | log-loss | ECE | CPU s per fit |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ahead = "" if row.model == OURS else f"{row.ahead:+.4f} [{row.ahead_low:+.4f}, {row.ahead_high:+.4f}]"
        loss = "" if row.logloss is None else f"{row.logloss:.4f}"
        off = "" if row.ece is None else f"{row.ece:.3f}"
        lines.append(
            f"| {row.set} | {row.n:,} | {row.base_rate:.3f} | {'**liuke**' if row.model == OURS else row.model} | {row.auc:.4f} | {ahead} "
            f"| {row.ap:.3f} | {row.precision_top10:.3f} | {loss} | {off} | {row.cpu_seconds:.1f} |"
        )
    lines += ["", f"Mean rank by AUC over {len({row.set for row in rows})} sets: {', '.join(f'{m} {r:.2f}' for m, r in ranks.items())}."]
    if more := beside(rows):
        lines += ["Beside them, on the same splits:", "", *more]
    return "\n".join(lines)
