"""From the model's logit to 0–100: a piecewise linear map, and its correction by a workspace's own verdicts."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from liuke.base.errors import Invalid

Point = tuple[float, float]
_MOST_POINTS = 64


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising piecewise linear map of emotion 0–100 to emotion 0–100, by its points (as read, as meant)."""

    points: tuple[Point, ...] = ((0.0, 0.0), (100.0, 100.0))

    @property
    def digest(self) -> str:
        """Names the map within a reading's version."""
        return hashlib.sha256(json.dumps(self.points).encode()).hexdigest()[:8]

    def apply(self, emotion: float) -> float:
        """The meant emotion, 0–100."""
        return interpolate(self.points, emotion)


def interpolate(points: Sequence[Point], x: float) -> float:
    """The map's value at `x`; constant outside its points. `points` rise in both coordinates."""
    place = bisect_right(points, x, key=lambda point: point[0])
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (left, low), (right, high) = points[place - 1], points[place]
    return low + (high - low) * (x - left) / (right - left)


def calibration_from_plain(data: Mapping[str, object]) -> Calibration:
    """From `{"points": [[as read, as meant], …]}`. Raises Invalid `text_calibration` where the points do not rise within 0–100."""
    points = data.get("points")
    if not isinstance(points, list | tuple) or not 2 <= len(points) <= _MOST_POINTS:
        raise Invalid("text_calibration", got=points, allowed=f"2–{_MOST_POINTS}")
    read = tuple(_point(point) for point in points)
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(read)):
        raise Invalid("text_calibration", got=points, allowed="↑")
    return Calibration(read)


def calibration_to_plain(calibration: Calibration) -> dict[str, object]:
    """JSON-like data; `calibration_from_plain` gives it back."""
    return {"points": [list(point) for point in calibration.points]}


def _point(value: object) -> Point:
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int | float) and 0 <= v <= 100 for v in value):
        return float(value[0]), float(value[1])
    raise Invalid("text_calibration", got=value, allowed="[0–100, 0–100]")
