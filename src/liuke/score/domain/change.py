"""Why a score changed between two dates (BEY-05): behaviour, configuration, stale data, model, version. The parts add up exactly.

The customer is scored again: `old_old` = the old data with the old configuration, `old_new` = the new data with the old
configuration, `new_new` = the new data with the new one. Stored scores stand at both ends:

    after − before = (old_old − before) + (old_new − old_old) + (new_new − old_new) + (after − new_new)
                     ╰─ version ──────╯   ╰─ behaviour+stale ╯   ╰─ configuration ──╯   ╰─ version ───────╯

Where another model made the later score, all three go by the older model, and `new_model` = the new data with the new configuration and
the newer model stands between: new_model − new_new is the model's part. Version is what scoring again does not reproduce: another
version of the product, a model that is gone or was anchored anew, or rows corrected since.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from liuke.score.domain.points import CLIP, OVERRIDE


class Part(StrEnum):
    """行为 / 评分设置 / 数据过期 / 模型 / 版本."""

    BEHAVIOUR = "behaviour"
    CONFIGURATION = "configuration"
    STALE = "stale"
    MODEL = "model"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Lines:
    """A score as what it is made of: `points` by reason code without the clipping; `unknown`: signals not computable."""

    base: float
    points: Mapping[str, float]
    unknown: Collection[str] = ()
    score: float = 0.0

    @property
    def total(self) -> float:
        """Base and points before the clipping."""
        return self.base + sum(points for code, points in self.points.items() if code not in {CLIP, OVERRIDE})


@dataclass(frozen=True, slots=True)
class Moved:
    """One reason whose points differ, within the part it belongs to."""

    part: Part
    code: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """`after - before` = the sum of `parts`, exactly. `moved` lists the reasons behind them, the largest first."""

    before: float
    after: float
    parts: Mapping[Part, float]
    moved: tuple[Moved, ...] = field(default=())


def score_change(
    *,
    before: Lines,
    after: Lines,
    old_old: Lines,
    old_new: Lines,
    new_new: Lines,
    stale: Collection[str],
    new_model: Lines | None = None,
) -> Change:
    """Split `after.score - before.score`. `stale`: signals whose source lies behind at the later date.

    `new_model` None: the same model, or none, made both scores; there is no part for it then.

    A signal that was computable at one date only counts as stale data too. A person's adjustment (人工调整) is configuration.
    """
    silent = (set(stale) | (set(old_old.unknown) ^ set(old_new.unknown))) - {CLIP, OVERRIDE}
    data = _clipped(old_new.total) - _clipped(old_old.total)
    moving = [code for code in silent if old_old.points.get(code, 0.0) != old_new.points.get(code, 0.0)]
    without = old_new.total - sum(old_new.points.get(code, 0.0) - old_old.points.get(code, 0.0) for code in moving)
    of_stale = _clipped(old_new.total) - _clipped(without)
    configured = _clipped(new_new.total) - _clipped(old_new.total) + _own(after) - _own(before)
    change = after.score - before.score
    parts = {Part.BEHAVIOUR: data - of_stale, Part.CONFIGURATION: configured, Part.STALE: of_stale}
    if new_model is not None:
        parts[Part.MODEL] = _clipped(new_model.total) - _clipped(new_new.total)
    parts[Part.VERSION] = _settled(change - sum(parts.values()))
    moved = [
        *_moved(old_old, old_new, lambda code: Part.STALE if code in silent else Part.BEHAVIOUR),
        *_moved(old_new, new_new, lambda _: Part.CONFIGURATION),
        *(_moved(new_new, new_model, lambda _: Part.MODEL) if new_model is not None else ()),
        *_adjusted(before, after),
    ]
    return Change(before.score, after.score, parts, tuple(sorted(moved, key=lambda line: (-abs(line.after - line.before), line.code))))


def with_lines(rescored: Lines, stored: Lines, codes: Iterable[str]) -> Lines:
    """A rescored customer with the lines of tags and rules as they were stored: scoring again does not ask those."""
    kept = {code: stored.points[code] for code in codes if code in stored.points}
    return Lines(rescored.base, {**rescored.points, **kept}, rescored.unknown, rescored.score)


def _clipped(total: float) -> float:
    return min(max(total, 0.0), 100.0)


def _own(lines: Lines) -> float:
    return lines.points.get(OVERRIDE, 0.0)


def _settled(rest: float) -> float:
    """Without the dust of adding floats."""
    return 0.0 if abs(rest) < 1e-9 else rest


def _moved(one: Lines, other: Lines, part: Callable[[str], Part]) -> list[Moved]:
    codes = sorted((one.points.keys() | other.points.keys()) - {CLIP, OVERRIDE})
    moved = [Moved(part(code), code, one.points.get(code, 0.0), other.points.get(code, 0.0)) for code in codes]
    if one.base != other.base:
        moved.append(Moved(part("base"), "base", one.base, other.base))
    return [line for line in moved if line.before != line.after]


def _adjusted(before: Lines, after: Lines) -> list[Moved]:
    return [Moved(Part.CONFIGURATION, OVERRIDE, _own(before), _own(after))] if _own(before) != _own(after) else []
