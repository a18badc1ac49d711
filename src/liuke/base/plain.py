"""Reads JSON-like data field by field: the value where it is right, the default and a remembered fault where it is not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from liuke.base.faults import Faults


def digits(value: float) -> str:
    """A number in digits, whatever its size: people read 1000000000, not 1e+09."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def comma_separated(text: str) -> list[str]:
    """What stands between the commas, blanks dropped."""
    return [part.strip() for part in text.split(",") if part.strip()]


def span_told(low: float, high: float) -> str:
    """What a number may be, both limits included."""
    return f"{digits(low)}–{digits(high)}"


@dataclass(frozen=True, slots=True)
class Part:
    """An object within the data; `at` is its place. All parts share one list of faults."""

    data: Mapping[str, object]
    at: str = ""
    faults: Faults = field(default_factory=Faults)

    def fault(self, name: str, got: object, allowed: str) -> None:
        """Remember what is wrong with a field."""
        self.faults.add(self.place(name), got, allowed)

    def place(self, name: str) -> str:
        """Where a field is within the whole."""
        return f"{self.at}.{name}" if self.at else name

    def only(self, names: Collection[str]) -> None:
        """No other names than these."""
        for name in sorted(set(self.data) - set(names)):
            self.fault(name, self.data[name], ", ".join(sorted(names)))

    def number(self, name: str, within: tuple[float, float], default: float) -> float:
        """A number, both limits included."""
        value, (low, high) = self.data.get(name, default), within
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.fault(name, value, span_told(low, high))
        return default

    def whole(self, name: str, within: tuple[int, int], default: int) -> int:
        """A whole number, both limits included."""
        value, (low, high) = self.data.get(name, default), within
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(name, value, f"{low}–{high}")
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self.data.get(name, default)
        if isinstance(value, bool):
            return value
        self.fault(name, value, "true | false")
        return default

    def text(self, name: str, *, most: int, least: int = 0) -> str:
        """A text of so many characters, without blanks around it."""
        value = self.data.get(name, "")
        if isinstance(value, str) and least <= len(value.strip()) <= most:
            return value.strip()
        self.fault(name, value, f"{least}–{most}")
        return ""

    def choice(self, name: str, allowed: Collection[str], default: str, mark: str = " | ") -> str:
        """One of `allowed`; `mark` stands between them in the fault."""
        value = self.data.get(name, default)
        if isinstance(value, str) and value in allowed:
            return value
        self.fault(name, value, mark.join(allowed))
        return default

    def words(self, name: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
        """A list of texts, each once, of `allowed` where there are any; an absent one is empty, so is one with a fault."""
        value = self.data.get(name, ())
        known = isinstance(value, list | tuple) and all(isinstance(each, str) and (not allowed or each in allowed) for each in value)
        if isinstance(value, list | tuple) and known:
            return tuple(dict.fromkeys(str(each) for each in value))
        self.fault(name, value, " | ".join(allowed) or "[…]")
        return ()

    def amount(self, name: str, most: int, default: Decimal | None = None) -> Decimal | None:
        """Money of 0 or more, to four decimals; None = none."""
        value = self.data.get(name, default)
        if value is None:
            return None
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if isinstance(value, bool) or not amount.is_finite() or not 0 <= amount <= most:
            self.fault(name, value, f"0–{most}")
            return None
        return amount.quantize(Decimal("0.0001")).normalize() + Decimal(0)

    def day(self, name: str) -> date | None:
        """An ISO date, or nothing."""
        value = self.data.get(name)
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(name, value, "YYYY-MM-DD")
            return None

    def part(self, name: str) -> Part:
        """An object within; an absent one is empty."""
        value = self.data.get(name, {})
        if not isinstance(value, Mapping):
            self.fault(name, value, "{…}")
            value = {}
        return Part(value, self.place(name), self.faults)

    def parts(self, name: str, most: int) -> Iterator[Part]:
        """The objects of a list; an absent one is empty."""
        value = self.data.get(name, [])
        if not isinstance(value, list | tuple) or len(value) > most or not all(isinstance(part, Mapping) for part in value):
            self.fault(name, value, f"[{{…}}] ≤ {most}")
            return
        for number, part in enumerate(value):
            yield Part(part, f"{self.place(name)}.{number}", self.faults)
