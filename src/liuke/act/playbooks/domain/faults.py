"""Faults of a flow's document: collected while reading, told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liuke.rules.faults import Faults as RuleFaults

_SHARED = frozenset({"number", "whole", "text", "choice", "list", "unknown_name", "object", "absent", "yes_or_no"})
"""Sentences that rules have already."""


@dataclass(slots=True)
class Faults(RuleFaults):
    """As of rules, with the sentences `playbooks.faults.<key>`. `at` is the place: `nodes.n1.params.days`."""

    def add(self, at: str, key: str, allowed: Iterable[object] = (), **params: object) -> None:
        """One more fault."""
        name = f"{'rules' if key in _SHARED else 'playbooks'}.faults.{key}"
        self.found.append({"at": at, "key": name, "allowed": [str(one) for one in allowed], **params})
