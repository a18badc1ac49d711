"""Registers the step's tables with Django."""

from django.apps import AppConfig


class AlertConfig(AppConfig):
    """Tables of the step `alert`."""

    name = "liuke.alert.store"
    label = "alert"
    default_auto_field = "django.db.models.BigAutoField"
