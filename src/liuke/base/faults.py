"""What is wrong with a draft, field by field: collected while it is read, told all at once."""

from __future__ import annotations

from collections.abc import Collection

from liuke.base.errors import Invalid

Fault = dict[str, object]
"""`{"field", "got", "allowed"}`: the place, what stands there, what may stand there. `Invalid` carries a list of them."""
SHOWN = 40
"""So many characters of a text are repeated in its fault."""


def fault_of(field: str, got: object, allowed: str) -> Fault:
    """One fault as errors carry it."""
    return {"field": field, "got": got, "allowed": allowed}


class Faults(list[Fault]):
    """The faults of one draft in the order of reading; whoever reads them sees a list."""

    def add(self, field: str, got: object, allowed: str) -> None:
        """One more."""
        self.append(fault_of(field, got, allowed))

    def unless(self, sound: bool, field: str, got: object, allowed: str) -> None:
        """One more where the field is not sound."""
        if not sound:
            self.add(field, got, allowed)

    def text(self, field: str, value: str, most: int, *, least: int = 1) -> None:
        """A text has so many characters, blanks around it not counted."""
        self.unless(least <= len(value.strip()) <= most, field, value[:SHOWN], f"{least}–{most}")

    def choice(self, field: str, value: str, allowed: Collection[str], mark: str = " | ") -> None:
        """A value is one of `allowed`; `mark` stands between them."""
        self.unless(value in allowed, field, value, mark.join(allowed))

    def within(self, field: str, value: int, low: int, high: int) -> None:
        """A whole number keeps its limits, both included."""
        self.unless(low <= value <= high, field, value, f"{low}–{high}")

    def raise_if_any(self, code: str) -> None:
        """Raises Invalid(code, faults=…) with every fault at once."""
        if self:
            raise Invalid(code, faults=self)
