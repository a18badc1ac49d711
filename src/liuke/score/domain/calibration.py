"""From the model's raw log-odds to honest ones: a curve learned out of time, then a shift to the base rate of the season."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from liuke.score.model.calibrate import Platt, shift_base_rate
from liuke.signals.domain.signal import Numbers

YEAR = timedelta(days=365)
NEAR = timedelta(days=20)
"""Origins so near to the same day a year ago tell of its season."""
FEWEST, MOST = 0.005, 0.995
"""Base rates are kept within: a month without any loss does not make losing impossible."""


@dataclass(frozen=True, slots=True)
class RateAt:
    """The share lost (0–1) of the `n` eligible customers at a day of the past."""

    day: date
    rate: float
    n: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """`curve` was fitted where the base rate was `rate`; `rates`: every labelled origin, for what the season usually brings.

    The curve is a straight line (Platt), so that calibrated log-odds are still the sum of one part per column.
    """

    curve: Platt
    rate: float
    rates: tuple[RateAt, ...] = ()

    def usual(self, day: date) -> float | None:
        """The base rate around the same day last year; None where nothing is known of it."""
        near = [one for one in self.rates if abs(one.day - (day - YEAR)) <= NEAR and one.n]
        total = sum(one.n for one in near)
        return sum(one.rate * one.n for one in near) / total if total else None

    def expected(self, day: date) -> float:
        """Last year's same season, or the base rate of the calibration."""
        usual = self.usual(day)
        return self.rate if usual is None else usual

    def cautious(self, day: date) -> float:
        """The lowest of what may be expected: thresholds go by it where no promise has been measured yet."""
        return min(self.rate, self.expected(day))

    def logit(self, raw: Numbers) -> Numbers:
        """Calibrated log-odds at the base rate of the calibration: what thresholds, levels and the score go by."""
        return self.curve.apply(raw)

    def at(self, raw: Numbers, day: date) -> Numbers:
        """Calibrated log-odds at the base rate expected of `day`: what a probability is shown from."""
        return shift_base_rate(self.logit(raw), _inside(self.rate), _inside(self.expected(day)))

    def to_plain(self) -> dict[str, object]:
        """JSON-ready; floats come back bit-equal."""
        rates = [{"day": one.day.isoformat(), "rate": one.rate, "n": one.n} for one in self.rates]
        return {"kind": "platt", "parameters": asdict(self.curve), "rate": self.rate, "rates": rates}

    @classmethod
    def from_plain(cls, data: Mapping[str, object]) -> Calibration:
        """The reverse of `to_plain`; made by this product, so that a fault raises KeyError or TypeError."""
        parameters, rates, rate = data["parameters"], data["rates"], data["rate"]
        if not isinstance(parameters, Mapping) or not isinstance(rates, Sequence) or not isinstance(rate, int | float):
            raise TypeError("calibration")
        return cls(Platt(**parameters), float(rate), rates_from_plain(rates))


def rates_from_plain(rows: Iterable[Mapping[str, object]]) -> tuple[RateAt, ...]:
    """Base rates by day."""
    return tuple(RateAt(date.fromisoformat(str(row["day"])), float(str(row["rate"])), int(str(row["n"]))) for row in rows)


def _inside(rate: float) -> float:
    return min(max(rate, FEWEST), MOST)
