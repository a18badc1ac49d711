"""Registers the step's tables with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Tables of the step `jobs`."""

    name = "liuke.jobs.store"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
