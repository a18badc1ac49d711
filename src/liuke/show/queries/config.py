"""What a workspace is scored by, read without changing anything."""

from __future__ import annotations

from liuke.accounts.store.models import Workspace
from liuke.score.domain.config import ScoreConfig
from liuke.score.store.models import ScoreVersion
from liuke.score.store.versions import churn_of, template_of, version_config

__all__ = ["churn_of", "config_of"]


def config_of(workspace: Workspace) -> ScoreConfig:
    """The live configuration, or the industry's before anything was published. Only reads."""
    live = ScoreVersion.objects.filter(workspace=workspace, status=ScoreVersion.Status.PUBLISHED).order_by("-version").first()
    return version_config(workspace, live) if live else template_of(workspace).config
