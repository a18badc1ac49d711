# ruff: noqa: ANN001, ANN202, PLR0917, E501
"""One peer on the rows and splits of a folder; runs in an environment of its own (requirements-models.txt) and knows nothing of Liuke.

    python run.py FOLDER MODEL[:SPLITS]…

FOLDER holds `rows.parquet` (column `__y`, numbers as doubles, categories as texts) and `splits.npz` (`<name>.train`, `<name>.test`). For
each split (or the first SPLITS) it leaves `<model>.<split>.npz` with the chances given to the test rows and the seconds spent; what is there is kept.
"""

from __future__ import annotations

import sys
import time
import warnings
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
THREADS = 2
FLAML_SECONDS = 60
AUTOGLUON_SECONDS = 600


def _forest(train, y, test):
    from sklearn.ensemble import RandomForestClassifier

    both = pd.get_dummies(pd.concat([train, test]), dummy_na=False).fillna(train.median(numeric_only=True))
    model = RandomForestClassifier(n_jobs=THREADS, random_state=0).fit(both[: len(train)], y)
    return model.predict_proba(both[len(train) :])[:, 1]


def _lightgbm(train, y, test):
    from lightgbm import LGBMClassifier

    return LGBMClassifier(n_jobs=THREADS, random_state=0, verbose=-1).fit(train, y).predict_proba(test)[:, 1]


def _xgboost(train, y, test):
    from xgboost import XGBClassifier

    return XGBClassifier(n_jobs=THREADS, random_state=0, enable_categorical=True).fit(train, y).predict_proba(test)[:, 1]


def _catboost(train, y, test):
    from catboost import CatBoostClassifier

    words = [name for name in train if train[name].dtype.name == "category"]
    train, test = (part.astype(dict.fromkeys(words, str)) for part in (train, test))
    model = CatBoostClassifier(thread_count=THREADS, random_seed=0, verbose=False, allow_writing_files=False, cat_features=words)
    return model.fit(train, y).predict_proba(test)[:, 1]


def _ebm(train, y, test):
    from interpret.glassbox import ExplainableBoostingClassifier

    words = [name for name in train if train[name].dtype.name == "category"]
    train, test = (part.astype(dict.fromkeys(words, str)) for part in (train, test))
    return ExplainableBoostingClassifier(n_jobs=THREADS, random_state=0).fit(train, y).predict_proba(test)[:, 1]


def _flaml(train, y, test, groups=None):
    from flaml import AutoML

    model, extra = AutoML(), {} if groups is None else {"split_type": "group", "groups": groups}
    model.fit(train, y, task="classification", metric="roc_auc", time_budget=FLAML_SECONDS, n_jobs=THREADS, seed=0, verbose=0, **extra)
    return model.predict_proba(test)[:, 1]


def _autogluon(train, y, test, groups=None):
    from autogluon.tabular import TabularPredictor

    rows, settings = train.assign(__y=np.asarray(y)), {}
    if groups is not None:
        rows, settings = rows.assign(__fold=pd.Series(groups, index=rows.index).map(lambda group: hash(group) % 8)), {"groups": "__fold"}
    model = TabularPredictor("__y", eval_metric="roc_auc", verbosity=0, path=f"/tmp/autogluon-{time.time_ns()}", **settings)
    model.fit(rows, presets="best_quality", time_limit=AUTOGLUON_SECONDS, num_cpus=THREADS)
    return model.predict_proba(test)[1].to_numpy()


PEERS = {
    "lightgbm": (_lightgbm, "lightgbm"),
    "xgboost": (_xgboost, "xgboost"),
    "forest": (_forest, "sklearn"),
    "catboost": (_catboost, "catboost"),
    "ebm": (_ebm, "interpret"),
    "flaml": (_flaml, "flaml"),
    "autogluon": (_autogluon, "autogluon.tabular"),
}


def main(folder: Path, names: list[str]) -> None:
    """Every model on every split that has no result yet."""
    rows = pd.read_parquet(folder / "rows.parquet")
    y = rows.pop("__y")
    groups = rows.pop("__group") if "__group" in rows else None
    for name in rows:
        if not pd.api.types.is_numeric_dtype(rows[name]):
            rows[name] = rows[name].astype("category")
    with np.load(folder / "splits.npz") as stored:
        splits = {name: stored[name] for name in stored.files}
    named = sorted({name.rsplit(".", 1)[0] for name in splits})
    for name in names:
        model, _, most = name.partition(":")
        for split in named[: int(most or len(named))]:
            _one(folder, model, split, rows, y, groups, splits)


def _one(folder, name, split, rows, y, groups, splits) -> None:
    place = folder / f"{name}.{split}.npz"
    if place.exists():
        return
    model, package = PEERS[name]
    train, test = splits[f"{split}.train"], splits[f"{split}.test"]
    extra = {"groups": groups.iloc[train]} if groups is not None and name in ("flaml", "autogluon") else {}
    wall, cpu = time.perf_counter(), time.process_time()
    chances = model(rows.iloc[train], y.iloc[train], rows.iloc[test], **extra)
    seconds = np.array([time.perf_counter() - wall, time.process_time() - cpu])
    np.savez(place, chances=np.asarray(chances, dtype=np.float64), seconds=seconds, version=import_module(package).__version__)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
