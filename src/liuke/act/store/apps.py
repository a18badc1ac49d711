"""Registers the step's tables with Django."""

from django.apps import AppConfig


class ActConfig(AppConfig):
    """Tables of the step `act`."""

    name = "liuke.act.store"
    label = "act"
    default_auto_field = "django.db.models.BigAutoField"
