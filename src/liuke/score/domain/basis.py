"""What a run knows about everybody: needed to score a few customers exactly as a run over all would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import isfinite

import msgspec

from liuke.segments.domain.cuts import RfmCuts, TierCuts


@dataclass(frozen=True, slots=True)
class Basis:
    """Kinds of activity present (with the newest time of each, UTC microseconds), tier cuts and RFM cuts."""

    kinds: Mapping[str, int]
    tiers: TierCuts
    rfm: RfmCuts
    worth: tuple[float, ...] | None = None
    """How the customers buy (`modelled_value.Worth`); None where no model asked for it, or too few bought."""

    usual: Mapping[str, Mapping[str, float]] | None = None
    """What is usual among customers, by baseline and group (`features.service.usual`); None in runs that did not keep it."""

    @property
    def newest_us(self) -> int:
        """The newest activity of any kind; 0 in an empty workspace."""
        return max(self.kinds.values(), default=0)

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data, to be kept with the run; nothing where nobody bought, for no number stands for "no tier"."""
        plain = asdict(self)
        for name in ("worth", "usual"):
            if plain[name] is None:
                plain.pop(name)
        return plain if isfinite(self.tiers.high) else {}

    def with_kinds(self, kinds: Mapping[str, int]) -> Basis:
        """The same, knowing of activities that came since (newest time by kind): a first complaint must not wait for the next run."""
        newer = {kind: at for kind, at in kinds.items() if at > self.kinds.get(kind, 0)}
        return replace(self, kinds=dict(sorted({**self.kinds, **newer}.items()))) if newer else self


def basis_from_plain(data: Mapping[str, object]) -> Basis:
    """The counterpart of `Basis.to_plain`."""
    return msgspec.convert(data, Basis)
