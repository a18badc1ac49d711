"""How far two hundred labelled customers reach: AUC on the same test rows, as a share of the AUC with all labels.

liuke bench few_labels [--labels 200] [--draws 6]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np
from bench.tasks import FLAT
from bench.tasks_in_time import IN_TIME

from liuke.score.model import Recipe, fit, table_of
from liuke.stats.ranking import auc

SETS = ("telco_ibm", "online_retail_ii", "cdnow", "olist_b2b")


def main(arguments: Sequence[str] | None = None) -> None:
    """One JSON line per set."""
    read = argparse.ArgumentParser(prog="liuke bench few_labels")
    read.add_argument("--labels", type=int, default=200)
    read.add_argument("--draws", type=int, default=6)
    chosen = read.parse_args(arguments)
    for name in SETS:
        task = {**FLAT, **IN_TIME}[name]()
        table, split = table_of(task.data), task.outer[max(task.outer)]
        groups = np.arange(len(task.y)) if task.groups is None else task.groups
        tested, happened = table.take(split.test), task.y[split.test]

        def reached(rows: np.ndarray, recipe: Recipe) -> float:
            return auc(fit(table.take(rows), task.y[rows], groups=groups[rows], recipe=recipe).logit(tested), happened)  # noqa: B023

        whole = reached(split.train, Recipe(threads=2, members=("linear", "pairs", "shallow")))
        newest = np.unique(groups[split.train][::-1], return_index=True)[1]
        one_each = split.train[::-1][newest]
        random = np.random.default_rng(0)
        few = [reached(random.permutation(one_each)[: chosen.labels], Recipe(threads=2)) for _ in range(chosen.draws)]
        share = float(np.mean(few)) / whole
        figures = {"auc_few": round(float(np.mean(few)), 4), "spread": round(float(np.std(few)), 4), "auc_all": round(whole, 4)}
        print(
            json.dumps(
                {"figure": "few_labels", "set": name, "labels": chosen.labels, "draws": chosen.draws, **figures, "share": round(share, 4)}
            )
        )


if __name__ == "__main__":
    main()
