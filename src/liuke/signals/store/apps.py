"""Registers the step's tables with Django."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Tables of the step `signals`."""

    name = "liuke.signals.store"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"
