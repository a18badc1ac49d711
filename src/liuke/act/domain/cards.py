"""What a card is called at the vendor, which buttons it has, and where they lead when no click comes back."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

ALERT_BUTTONS = ("claim", "snooze:1", "snooze:3", "verdict:valid", "verdict:false_alarm")
"""WeCom shows six; the sixth leads to the page."""
APPROVAL_BUTTONS = ("approve", "decline")
FORMS = ("verdict:false_alarm",)
"""Buttons that ask for more than a card can: they open the page with the form."""
_TASK = re.compile(r"(alert|approval)_(\d{1,18})_(\d{1,18})_[0-9a-f]{12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AlertTask:
    """Which alert a card shows, and to which membership it went (0 = to a group)."""

    alert_id: int
    membership_id: int


@dataclass(frozen=True, slots=True)
class ApprovalTask:
    """Which approval of a playbook a card asks for, and of which membership (0 = of a group)."""

    approval_id: int
    membership_id: int


def task_id_of(alert_id: int, membership_id: int, key: str) -> str:
    """Unique per message: the same alert pushed again is another card."""
    return f"alert_{alert_id}_{membership_id}_{_digest(key)}"


def approval_task_id_of(approval_id: int, membership_id: int, key: str) -> str:
    """The same for an approval."""
    return f"approval_{approval_id}_{membership_id}_{_digest(key)}"


def task_of(task_id: str) -> AlertTask | ApprovalTask | None:
    """What `task_id_of` or `approval_task_id_of` was given; None for an id that is not ours."""
    match = _TASK.fullmatch(task_id)
    if not match:
        return None
    about, number, member = match[1], int(match[2]), int(match[3])
    return AlertTask(number, member) if about == "alert" else ApprovalTask(number, member)


def page_of(page: str, button: str) -> str:
    """The page that asks for one confirming tap and then does what the button does."""
    return f"{page}?do={button}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]
