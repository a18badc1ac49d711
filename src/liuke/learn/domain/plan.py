"""What has to be computed at each origin, and whom it flags: the subject beside the version of it that is live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.learn.domain.backtest import Flags
from liuke.rules.syntax import Rule
from liuke.score.domain.config import ScoreConfig


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to flag: rules (any of them matches), or a level or cut-off of the score, or a signal that fires.

    `threshold`: flagged at this score or above; `levels`: at any level above 正常.
    """

    config: ScoreConfig
    rules: tuple[Rule, ...] = ()
    signal: str = ""
    threshold: float | None = None
    levels: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The subject, the live version of it (None where there is none), and what the report has to say about both."""

    subject: Arm
    live: Arm | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def arms(self) -> Mapping[str, Arm]:
        """By name."""
        return {"subject": self.subject} | ({"live": self.live} if self.live is not None else {})


def flagged(arm: Arm, frame: pa.Table, matched: Mapping[int, Flags], keys: Mapping[Rule, int]) -> Flags:
    """Whom an arm flags in a frame; `matched` has the rules' matches by key."""
    size = frame.num_rows
    if arm.levels:
        return np.asarray(pc.not_equal(frame["level"], "normal").combine_chunks()).astype(np.bool_)
    if arm.threshold is not None:
        return np.asarray(frame["score"]) >= arm.threshold
    if arm.signal:
        name = f"signal.{arm.signal}"
        found = frame[name].fill_null(False) if name in frame.column_names else pa.nulls(size, pa.bool_()).fill_null(False)
        return np.asarray(found).astype(np.bool_)
    anybody = np.zeros(size, dtype=np.bool_)
    for rule in arm.rules:
        anybody |= matched[keys[rule]]
    return anybody
