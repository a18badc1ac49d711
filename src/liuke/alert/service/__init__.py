"""Use cases of alerts, one file per question.

People's actions and the nightly review also move work items: the API and the pipeline call the functions of the same names
in `act.service`, which contain these in their own transaction.
"""

from liuke.alert.service.assignee import assignee
from liuke.alert.service.baseline import baseline_follow, baseline_news
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
from liuke.alert.service.routing import routing_checked, routing_live, routing_plan, routing_publish, routing_version, routing_versions
from liuke.alert.service.situations import situations_of, staff_of
from liuke.alert.service.standing import AlertStanding, alert_standing
from liuke.alert.service.telling import routed
from liuke.alert.service.verdicts import VerdictEffect, alert_verdict, verdict_undo
from liuke.alert.store.repository import pushes_add, pushes_of_day

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
    "baseline_follow",
    "baseline_news",
    "close_rows",
    "in_scope",
    "now_of",
    "pushes_add",
    "pushes_of_day",
    "reopen_rows",
    "routed",
    "routing_checked",
    "routing_live",
    "routing_plan",
    "routing_publish",
    "routing_version",
    "routing_versions",
    "rule_precision",
    "signal_precision",
    "situations_of",
    "staff_of",
    "verdict_undo",
    "verdicts_current",
]
