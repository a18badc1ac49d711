"""What `liuke doctor` says of every channel: callback, credentials and whatever else its vendor wants."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.utils import DatabaseError

from liuke.act.service import findings_of
from liuke.act.store.models import Channel
from liuke.base.errors import LiukeError
from liuke.base.words import catalogue
from liuke.cli.terminal import words


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in words; `ok` False = something to do."""

    ok: bool
    text: str


def channel_findings() -> list[Said]:
    """Of all enabled channels outside rehearsing workspaces. Asks the vendors; a channel that cannot be read is a finding too."""
    said: list[Said] = []
    try:
        channels = list(Channel.objects.filter(enabled=True, workspace__simulated_as_of=None).select_related("workspace").order_by("pk"))
    except DatabaseError:
        return said
    for channel in channels:
        place = f"{channel.workspace.slug}/{channel.name}"
        try:
            found = findings_of(channel)
        except LiukeError as fault:
            said.append(Said(ok=False, text=f"{place}: {words(f'errors.{fault.code}', **fault.params)}"))
            continue
        for finding in found:
            key = f"findings.{finding.code}" if f"findings.{finding.code}" in catalogue("zh-CN") else f"errors.{finding.code}"
            said.append(Said(finding.ok, f"{place}: {words(key, **finding.params)}"))
    return said
