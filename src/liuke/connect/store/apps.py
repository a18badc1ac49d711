"""Registers the step's tables with Django."""

from django.apps import AppConfig


class ConnectConfig(AppConfig):
    """Tables of the step `connect`."""

    name = "liuke.connect.store"
    label = "connect"
    default_auto_field = "django.db.models.BigAutoField"
