"""Use cases of accounts, one file per question: clock, audit."""

from liuke.accounts.service.audit import EXPORTED, SEEN, AuditPage, audit_list, audit_personal, audit_record
from liuke.accounts.service.clock import workspace_clock_set, workspace_now

__all__ = [
    "EXPORTED",
    "SEEN",
    "AuditPage",
    "audit_list",
    "audit_personal",
    "audit_record",
    "workspace_clock_set",
    "workspace_now",
]
