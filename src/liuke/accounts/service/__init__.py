"""Use cases of accounts, one file per subject: workspaces (and first run), people, teams, keys, profile, clock, audit, limits."""

from liuke.accounts.service.audit import EXPORTED, SEEN, AuditPage, audit_list, audit_personal, audit_record
from liuke.accounts.service.clock import workspace_clock_set, workspace_now
from liuke.accounts.service.keys import NewKey, api_key_create, api_key_list, api_key_origins, api_key_revoke
from liuke.accounts.service.limits import ingest_allow, track_allow
from liuke.accounts.service.people import (
    KEEP,
    Invited,
    Person,
    invitation_accept,
    invitation_read,
    owners_list,
    people_list,
    person_get,
    person_invite,
    person_reinvite,
    person_update,
)
from liuke.accounts.service.profile import password_change, profile_update
from liuke.accounts.service.teams import team_create, team_delete, team_get, team_list, team_rename
from liuke.accounts.service.workspaces import (
    installation_needs_setup,
    installation_setup,
    workspace_create,
    workspace_may_create,
    workspace_update,
)

__all__ = [
    "EXPORTED",
    "KEEP",
    "SEEN",
    "AuditPage",
    "Invited",
    "NewKey",
    "Person",
    "api_key_create",
    "api_key_list",
    "api_key_origins",
    "api_key_revoke",
    "audit_list",
    "audit_personal",
    "audit_record",
    "ingest_allow",
    "installation_needs_setup",
    "installation_setup",
    "invitation_accept",
    "invitation_read",
    "owners_list",
    "password_change",
    "people_list",
    "person_get",
    "person_invite",
    "person_reinvite",
    "person_update",
    "profile_update",
    "team_create",
    "team_delete",
    "team_get",
    "team_list",
    "team_rename",
    "track_allow",
    "workspace_clock_set",
    "workspace_create",
    "workspace_may_create",
    "workspace_now",
    "workspace_update",
]
