"""Use cases of alerts, one file per question.

People's actions and the nightly review also move work items: the API and the pipeline call the functions of the same names
in `act.service`, which contain these in their own transaction.
"""

from liuke.alert.service.assignee import assignee
from liuke.alert.service.handling import (
    AlertBefore,
    alerts_assign,
    alerts_close,
    alerts_restore,
    alerts_snooze,
    close_rows,
    now_of,
    reopen_rows,
)
from liuke.alert.service.reading import alert_get, alerts_visible, in_scope, rule_precision, signal_precision, verdicts_current
from liuke.alert.service.review import alerts_review
from liuke.alert.service.standing import AlertStanding, alert_standing
from liuke.alert.service.verdicts import VerdictEffect, alert_verdict, verdict_undo

__all__ = [
    "AlertBefore",
    "AlertStanding",
    "VerdictEffect",
    "alert_get",
    "alert_standing",
    "alert_verdict",
    "alerts_assign",
    "alerts_close",
    "alerts_restore",
    "alerts_review",
    "alerts_snooze",
    "alerts_visible",
    "assignee",
    "close_rows",
    "in_scope",
    "now_of",
    "reopen_rows",
    "rule_precision",
    "signal_precision",
    "verdict_undo",
    "verdicts_current",
]
