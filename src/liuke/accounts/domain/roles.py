"""Which role may do what. The one place; `web/src/app/permissions.ts` receives the answer from the session."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A person's role in one workspace."""

    ADMIN = "admin"
    IT = "it"
    OPERATIONS = "operations"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ANALYST = "analyst"


class Scope(StrEnum):
    """Whose customers a role sees."""

    ALL = "all"
    TEAM = "team"
    OWN = "own"
    NONE = "none"


class Permission(StrEnum):
    """One thing that can be allowed."""

    PERSONAL_DATA = "personal_data"
    """See phone numbers, e-mail addresses and message texts unmasked."""
    HANDLE = "handle"
    """Follow up, give verdicts, register outcomes, work the renewal ledger."""
    ASSIGN = "assign"
    """Give customers and work items to other people."""
    EXPORT = "export"
    IMPORT = "import"
    INGEST = "ingest"
    """Send rows by API and see what became of them; for machines, beside `import`, which allows it too."""
    TRACK = "track"
    """Send what happens on pages, and see nothing: for keys that anybody can read in a browser."""
    SOURCES = "sources"
    CHANNELS = "channels"
    PUBLISH = "publish"
    """Edit and publish rules, scores and playbooks."""
    PEOPLE = "people"
    WORKSPACE = "workspace"
    """Workspace settings, clock, alert manners."""
    AUDIT = "audit"


SCOPE: dict[Role, Scope] = {
    Role.ADMIN: Scope.ALL,
    Role.IT: Scope.NONE,
    Role.OPERATIONS: Scope.ALL,
    Role.SUPERVISOR: Scope.TEAM,
    Role.MANAGER: Scope.OWN,
    Role.ANALYST: Scope.ALL,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.IT: frozenset({Permission.SOURCES, Permission.CHANNELS, Permission.IMPORT}),
    Role.OPERATIONS: frozenset(
        {Permission.PERSONAL_DATA, Permission.HANDLE, Permission.ASSIGN, Permission.EXPORT, Permission.IMPORT, Permission.PUBLISH}
    ),
    Role.SUPERVISOR: frozenset({Permission.PERSONAL_DATA, Permission.HANDLE, Permission.ASSIGN, Permission.EXPORT}),
    Role.MANAGER: frozenset({Permission.PERSONAL_DATA, Permission.HANDLE}),
    Role.ANALYST: frozenset({Permission.EXPORT}),
}
