"""Who is asking: the one value that every use case takes to decide what may be seen and done."""

from __future__ import annotations

from dataclasses import dataclass

from liuke.accounts.domain.roles import PERMISSIONS, SCOPE, Permission, Role, Scope
from liuke.base.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an API key or the product itself, inside exactly one workspace.

    Scope queries by `scope` (with `membership_id` for OWN and `team_id` for TEAM), never by `role`: a key has no role.
    """

    workspace_id: int
    membership_id: int | None
    user_id: int | None
    role: Role | None
    team_id: int | None
    scope: Scope
    permissions: frozenset[Permission]
    language: str
    is_key: bool
    name: str
    key_id: int | None = None
    ip: str = ""
    stands_in: frozenset[int] = frozenset()
    """Members who are away today and whose work this one sees too (代办)."""

    @property
    def owners(self) -> frozenset[int]:
        """Whose customers and work count as the actor's own today: oneself and whoever one stands in for."""
        return self.stands_in if self.membership_id is None else self.stands_in | {self.membership_id}

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises Forbidden("forbidden", permission=…) where the permission is missing."""
        if permission not in self.permissions:
            raise Forbidden("forbidden", permission=permission.value)

    @property
    def label(self) -> str:
        """How the audit trail names the actor: `user:7`, `key:3` or `system`."""
        if self.is_key:
            return f"key:{self.key_id}"
        return "system" if self.user_id is None else f"user:{self.user_id}"


def person(
    *,
    workspace_id: int,
    membership_id: int,
    user_id: int,
    role: Role,
    team_id: int | None,
    language: str,
    name: str,
    ip: str = "",
    stands_in: frozenset[int] = frozenset(),
) -> Actor:
    """A member with exactly what the role gives, and the work of whoever they stand in for."""
    return Actor(
        workspace_id, membership_id, user_id, role, team_id, SCOPE[role], PERMISSIONS[role], language, False, name, None, ip, stands_in
    )


def machine(*, workspace_id: int, key_id: int, permissions: frozenset[Permission], name: str, ip: str = "") -> Actor:
    """An API key: reads customers only where it may export, personal data only with that permission, and owns nothing."""
    scope = Scope.ALL if Permission.EXPORT in permissions else Scope.NONE
    return Actor(workspace_id, None, None, None, None, scope, permissions, "zh-CN", True, name, key_id, ip)


def system(workspace_id: int) -> Actor:
    """The product itself (nightly run, command line of the installation's owner): may do everything."""
    return Actor(workspace_id, None, None, None, None, Scope.ALL, frozenset(Permission), "zh-CN", False, "system")
