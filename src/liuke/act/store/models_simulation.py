"""Rehearsals of playbooks, each a job."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PlaybookSimulation(models.Model):
    """One 试运行. Whether it waits, runs, failed or was cancelled is its job's to say; a result means done."""

    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    playbook = models.ForeignKey("act.Playbook", on_delete=models.CASCADE, null=True)
    """Whose re-entry, budget and hold-out count; null = a flow that is not saved yet."""
    spec = models.JSONField()
    """`act.playbooks.domain.spec.Spec` as plain data, as it stood when it was asked for."""
    days = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    """How many candidates are walked through at most."""
    response = models.FloatField(default=0)
    """The share (0–1) of customers of whom it is assumed that they respond."""
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(null=True)
    """`act.playbooks.simulated.plain_of`; null until it is done."""
    created_by = models.ForeignKey("accounts.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-created_at"], name="playbook_sim_newest")]
