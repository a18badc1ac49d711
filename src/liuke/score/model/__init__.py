"""The model of a table: who will be lost, as log-odds that are a sum of one part per column. Pure: no database, no disk, no clock.

Comes in: a `Table` (columns with kinds, as arrays) and outcomes 0/1. Goes out: `Fitted`, which gives log-odds, probabilities, parts
that add up exactly, and bytes that give the same model again. Read `stack.py` first (the front door: `fit`), `table.py` (what comes
in; `reading.py` finds the kinds of a file's columns), `encode.py` (columns to numbers), `linear.py`, `trees.py` and `scorecard.py`
(the members), `choose.py` (which columns), `blend.py` (the members' weights), `judge.py` (how good it is) and `calibrate.py`
(log-odds to honest probabilities). docs/algorithms/model.md says it in words.
"""

from liuke.score.model.calibrate import Beta, Platt, shift_base_rate
from liuke.score.model.fitted import Contributions, Fitted
from liuke.score.model.reading import table_of
from liuke.score.model.recipe import Expert, Recipe
from liuke.score.model.splits import Split
from liuke.score.model.stack import fit
from liuke.score.model.table import Column, Table

__all__ = [
    "Beta",
    "Column",
    "Contributions",
    "Expert",
    "Fitted",
    "Platt",
    "Recipe",
    "Split",
    "Table",
    "fit",
    "shift_base_rate",
    "table_of",
]
