"""What a card about an alert is called at the vendor, and which buttons it has."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

ALERT_BUTTONS = ("claim", "snooze:1", "snooze:3", "verdict:valid", "verdict:false_alarm")
"""WeCom shows six; the sixth leads to the page."""
_TASK = re.compile(r"alert_(\d+)_(\d+)_[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class AlertTask:
    """Which alert a card shows, and to which membership it went (0 = to a group)."""

    alert_id: int
    membership_id: int


def task_id_of(alert_id: int, membership_id: int, key: str) -> str:
    """Unique per message: the same alert pushed again is another card."""
    return f"alert_{alert_id}_{membership_id}_{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def task_of(task_id: str) -> AlertTask | None:
    """What `task_id_of` was given; None for an id that is not ours."""
    match = _TASK.fullmatch(task_id)
    return AlertTask(int(match[1]), int(match[2])) if match else None
