"""Which workspace a command is about, and as whom it acts."""

from __future__ import annotations

from liuke.accounts.domain.actor import Actor, system
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid, NotFound


def workspace_named(slug: str) -> Workspace:
    """The workspace with this short name; with an empty one, the only workspace.

    Raises NotFound("cli_workspace") or Invalid("cli_which_workspace"), both naming those that exist.
    """
    known = list(Workspace.objects.order_by("slug"))
    names = ", ".join(workspace.slug for workspace in known) or "—"
    if not slug:
        if len(known) == 1:
            return known[0]
        raise Invalid("cli_which_workspace", known=names)
    for workspace in known:
        if workspace.slug == slug:
            return workspace
    raise NotFound("cli_workspace", slug=slug, known=names)


def operator(workspace: Workspace) -> Actor:
    """The person at the terminal: whoever can read the data directory may do everything; the trail says `system`."""
    return system(workspace.pk)
