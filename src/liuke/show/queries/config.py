"""What a workspace is scored by, read without changing anything."""

from __future__ import annotations

from liuke.accounts.store.models import Workspace
from liuke.features.domain.churn import ChurnDefinition
from liuke.score.domain.config import ScoreConfig
from liuke.score.store.models import ScoreVersion
from liuke.score.store.versions import template_of, version_config


def config_of(workspace: Workspace) -> ScoreConfig:
    """The live configuration, or the industry's before anything was published. Only reads."""
    live = ScoreVersion.objects.filter(workspace=workspace, status=ScoreVersion.Status.PUBLISHED).order_by("-version").first()
    return version_config(workspace, live) if live else template_of(workspace).config


def churn_of(workspace: Workspace) -> ChurnDefinition:
    """The workspace's own churn definition, or its industry's."""
    usual = template_of(workspace).churn
    return ChurnDefinition(tuple(workspace.churn.get("kinds") or usual.kinds), int(workspace.churn.get("days") or usual.days))
